// What a person does in a place: typing commands, pressing buttons, choosing, writing.
import {
  type APIApplicationCommandOptionChoice,
  ApplicationCommandType,
  InteractionType,
  type Locale,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { dispatchInteraction, type Interaction } from '../interactions.js';
import { postMessage } from '../messages.js';
import { may } from '../permissions.js';
import { waitFor } from '../waiting.js';
import type { StoredMessage } from '../world.js';
import { demandAvailable, findCommand, findLeaf, ownersOf } from './commands.js';
import {
  chosenValues,
  findButton,
  findSelect,
  offered,
  ownersOfMessage,
  pressable,
  seenMessage,
} from './components.js';
import { DriverError, type Exchange, type OptionValues, type Person, type Speaker } from './contract.js';
import { makeInteraction, type Place } from './envelope.js';
import { converse } from './exchange.js';
import { type Typing, typedOptions } from './options.js';
import { type Resolved, resolve, resolvedPart } from './resolved.js';

/** A person in a place. */
export function speakerAt(place: Place, person: Person): Speaker {
  const { world, user, channel } = place;
  const speaker: Speaker = {
    person,
    channelId: channel.id,

    say: (content, files = []) => {
      if (!may(world, channel, user.id, PermissionFlagsBits.SendMessages)) {
        throw new DriverError(`${user.displayName} may not write in #${channel.name}`);
      }
      const message = postMessage(world, channel, user, { body: { content }, files }).api;
      world.events.emit('change');
      return message;
    },

    command: async (name, options = {}, { unchecked = false } = {}) =>
      converse(place, speaker, typedCommand(place, name, options, { unchecked })),

    complete: async (name, options, focused) => {
      const typed = typedCommand(place, name, { ...options, [focused]: options[focused] ?? '' }, { focused });
      return completions(place, typed);
    },

    menu: async (name, target, { unchecked = false } = {}) => {
      const isPerson = 'kind' in target;
      const types = [isPerson ? ApplicationCommandType.User : ApplicationCommandType.Message];
      const command = findCommand(place, name, types);
      if (!unchecked) demandAvailable(place, command);
      const resolved: Resolved = isPerson
        ? {}
        : { messages: { [target.id]: seenMessage(place, target).api } };
      if (isPerson) resolve(place, resolved, target);
      const data = { id: command.id, name, type: command.type, target_id: target.id, resolved };
      const more = { commandName: name };
      const type = InteractionType.ApplicationCommand;
      return converse(place, speaker, makeInteraction(place, type, data, ownersOf(place, command), more));
    },

    press: async (message, name) => {
      const source = seenMessage(place, message);
      const button = findButton(source.api, name);
      if (!button) throw new DriverError(`There is no button “${name}”. There is: ${offered([source.api])}`);
      const custom_id = pressable(button, name);
      return use(source, { component_type: button.type, id: button.id, custom_id });
    },

    choose: async (message, name, values) => {
      const source = seenMessage(place, message);
      const select = findSelect(source.api, name);
      if (!select) throw new DriverError(`There is no menu “${name}”. There is: ${offered([source.api])}`);
      const resolved: Resolved = {};
      const chosen = chosenValues(place, select, [values].flat(), resolved);
      const { type: component_type, id, custom_id } = select;
      return use(source, { component_type, id, custom_id, values: chosen, ...resolvedPart(resolved) });
    },
  };

  function use(source: StoredMessage, data: object): Promise<Exchange> {
    const { api: message } = source;
    const owners = ownersOfMessage(place, message);
    const type = InteractionType.MessageComponent;
    return converse(place, speaker, makeInteraction(place, type, data, owners, { source, message }));
  }

  return speaker;
}

function typedCommand(place: Place, name: string, values: OptionValues, typing: Typing): Interaction {
  const [first = '', ...words] = name.split(' ');
  const command = findCommand(place, first, [ApplicationCommandType.ChatInput]);
  if (!typing.unchecked) demandAvailable(place, command);
  const { options: declared, wrap } = findLeaf(command, words);
  const focused = declared.find((option) => option.name === typing.focused);
  if (typing.focused !== undefined && !(focused && 'autocomplete' in focused && focused.autocomplete)) {
    throw new DriverError(`“${name}” suggests nothing for “${typing.focused}”`);
  }
  const resolved: Resolved = {};
  const options = wrap(typedOptions(place, declared, values, resolved, typing));
  const { id, type, guild_id } = command;
  const data = { id, name: first, type, ...(guild_id && { guild_id }), options, ...resolvedPart(resolved) };
  const kind = focused ? InteractionType.ApplicationCommandAutocomplete : InteractionType.ApplicationCommand;
  return makeInteraction(place, kind, data, ownersOf(place, command), { commandName: name });
}

async function completions(
  place: Place,
  interaction: Interaction,
): Promise<APIApplicationCommandOptionChoice[]> {
  const { world, waiting, callbackLimit, user } = place;
  const waited = waitFor(
    { ...waiting, limit: callbackLimit },
    `suggestions for “${interaction.commandName}”`,
    () => interaction.choices,
  );
  dispatchInteraction(world, interaction);
  return (await waited).map(({ name, value, name_localizations: names }) => ({
    name: translated(names, user.locale) ?? name,
    value,
  }));
}

// Latin American Spanish falls back to that of Spain, and the two kinds of English to each other.
const fallbacks: Record<string, Locale> = {
  'es-419': 'es-ES' as Locale,
  'en-US': 'en-GB' as Locale,
  'en-GB': 'en-US' as Locale,
};

function translated(names: Partial<Record<string, string | null>> | null | undefined, locale: string) {
  return names?.[locale] ?? names?.[fallbacks[locale] ?? ''];
}
