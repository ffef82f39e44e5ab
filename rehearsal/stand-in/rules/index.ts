// What Discord would refuse of the bodies a bot sends: its schemas first, then the rules they miss.
import type {
  APIInteractionResponse,
  RESTPostAPIChannelMessageJSONBody,
  RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { InteractionResponseType } from 'discord-api-types/v10';
import type { BodyKind, Message, UploadedFile } from './body.js';
import { callbackRefusals } from './callback.js';
import { coerced } from './coerce.js';
import { commandRefusals } from './commands.js';
import { houseRefusals } from './house.js';
import { messageRefusals } from './message.js';
import type { Refusal } from './refusal.js';
import { checkedBySchema, unknownFields } from './schema.js';

export type { BodyKind, UploadedFile } from './body.js';
export type { Refusal } from './refusal.js';

/**
 * Everything that Discord would refuse of a body; empty means accepted.
 *
 * @param body - The JSON body (`payload_json` of a multipart request), for `commands` the whole array
 * @param files - The files that came with it, in the order of their `files[n]`
 * @remarks As at Discord, a body that fails its schema is not looked at further.
 * @see https://docs.discord.com/developers/reference#error-messages
 */
export function refusalsOf(kind: BodyKind, body: unknown, files: UploadedFile[]): Refusal[] {
  const sent = coerced(kind, body);
  const { refusals, known } = checkedBySchema(kind, sent);
  if (refusals.length > 0) return refusals;
  return [...unknownFields(sent, known, []), ...rulesOf(kind, known, files)];
}

// What a schema has passed is of the types' shape, save that null may stand for "not given".
function rulesOf(kind: BodyKind, known: unknown, files: UploadedFile[]): Refusal[] {
  if (kind === 'commands') return commandRefusals(known as RESTPutAPIApplicationCommandsJSONBody);
  // What an event lacks shows only beside what it had: rest/events.ts asks for that.
  if (kind === 'event' || kind === 'event-edit') return [];
  if (kind !== 'callback') {
    const fresh = kind === 'message' || kind === 'follow-up';
    return messageRules({ kind, body: known as RESTPostAPIChannelMessageJSONBody, path: [], files, fresh });
  }
  const callback = known as APIInteractionResponse;
  const carriesMessage =
    callback.type === InteractionResponseType.ChannelMessageWithSource ||
    callback.type === InteractionResponseType.UpdateMessage;
  if (!carriesMessage) return callbackRefusals(callback);
  const fresh = callback.type === InteractionResponseType.ChannelMessageWithSource;
  return messageRules({ kind, body: callback.data ?? {}, path: ['data'], files, fresh });
}

function messageRules(message: Message): Refusal[] {
  return [...messageRefusals(message), ...houseRefusals(message)];
}
