// The bodies that the rules look at.
import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { MessageFlags } from 'discord-api-types/v10';
import type { Path } from './refusal.js';

/** Which request a body belongs to. */
export type BodyKind =
  | 'message'
  | 'message-edit'
  | 'callback'
  | 'follow-up'
  | 'original-edit'
  | 'commands'
  | 'event'
  | 'event-edit';

/** A file that came with the body as the multipart part `files[n]`, n being its place in the list. */
export interface UploadedFile {
  name: string;
  contentType: string;
  bytes: Buffer;
  /** Alt text; when left out, that of the body's `attachments` counts. */
  description?: string;
}

/** The part of a body that becomes a message. */
export interface Message {
  kind: BodyKind;
  body: RESTPostAPIChannelMessageJSONBody;
  /** Where in the request's body it sits: `['data']` in a callback. */
  path: Path;
  files: UploadedFile[];
  /** Makes a new message; an edit keeps what it does not name. */
  fresh: boolean;
}

/** Whether the message is laid out by components alone. */
export function isV2({ body }: Message): boolean {
  return ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
}
