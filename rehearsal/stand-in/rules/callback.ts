// What Discord refuses of callbacks that carry no message: thinking states, suggestions, modals.
import type {
  APIApplicationCommandAutocompleteResponse,
  APIApplicationCommandOptionChoice,
  APIInteractionResponse,
} from 'discord-api-types/v10';
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { modalRefusals } from './modal.js';
import { type Refusal, refusal, refusedIf, required, tooLong } from './refusal.js';

/** @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object */
export function callbackRefusals(callback: APIInteractionResponse): Refusal[] {
  switch (callback.type) {
    case InteractionResponseType.DeferredChannelMessageWithSource:
      return flagsOfDefer(callback.data?.flags ?? 0);
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      return suggestions(callback);
    case InteractionResponseType.Modal:
      return modalRefusals(callback.data, ['data']);
    default:
      return [];
  }
}

// Privacy is fixed by the defer; the layout (IS_COMPONENTS_V2) is set by the edit that follows.
function flagsOfDefer(flags: number): Refusal[] {
  const others = flags & ~MessageFlags.Ephemeral;
  return refusedIf(
    others !== 0,
    refusal(['data', 'flags'], 'MESSAGE_FLAGS_INVALID', `Flags ${others} cannot be set while deferring`),
  );
}

// The schema takes null for a suggestion and 6000 characters for a value; the docs do not.
function suggestions({ data }: APIApplicationCommandAutocompleteResponse): Refusal[] {
  return (data?.choices ?? []).flatMap((choice: APIApplicationCommandOptionChoice | null, index) => {
    const path = ['data', 'choices', index];
    if (!choice) return [required(path)];
    return refusedIf(String(choice.value).length > 100, tooLong([...path, 'value'], 100));
  });
}
