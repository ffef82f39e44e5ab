// Messages as they are kept: what a body and its files become, and what an edit changes.
import {
  type APIAttachment,
  type APIMessage,
  MessageFlags,
  MessageType,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { userPayload } from './payloads.js';
import type { UploadedFile } from './rules/index.js';
import { type ChannelRecord, type StoredMessage, timestamp, type User, type World } from './world.js';

/** What becomes a message, already known to be acceptable. */
export interface Draft {
  body: RESTPostAPIChannelMessageJSONBody;
  files: UploadedFile[];
}

/** An edit: what it leaves out stays. */
export interface Change {
  body: RESTPatchAPIChannelMessageJSONBody;
  files: UploadedFile[];
}

/**
 * Puts a message into a channel.
 *
 * @param more - What only some messages have: the interaction they answer, their own type
 * @param onlyFor - The id of the one person who sees it
 */
export function postMessage(
  world: World,
  channel: ChannelRecord,
  author: User,
  { body, files }: Draft,
  more: Partial<APIMessage> = {},
  onlyFor?: string,
): StoredMessage {
  const id = world.nextId();
  const attachments = files.map((file, place) => attach(world, channel.id, file, place, body.attachments));
  const api: APIMessage = {
    id,
    channel_id: channel.id,
    author: userPayload(author),
    content: body.content?.trim() ?? '',
    timestamp: timestamp(world),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments,
    embeds: linked(body.embeds ?? [], attachments).map((embed) => ({
      type: 'rich',
      ...embed,
    })) as APIMessage['embeds'],
    components: numbered(linked(body.components ?? [], attachments)) as NonNullable<APIMessage['components']>,
    pinned: false,
    type: MessageType.Default,
    flags: (body.flags ?? 0) as MessageFlags,
    ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
    ...more,
  };
  const stored: StoredMessage = { api, deleted: false, ...(onlyFor === undefined ? {} : { onlyFor }) };
  if (body.enforce_nonce && body.nonce !== undefined) {
    stored.nonce = { value: String(body.nonce), at: world.clock.now() };
  }
  world.messages.set(id, stored);
  return stored;
}

const changeable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/** What a message would be after an edit; `keepEdit` makes it so. */
export function editedMessage(world: World, { api }: StoredMessage, { body, files }: Change): APIMessage {
  const fresh = files.map((file, place) => attach(world, api.channel_id, file, place, body.attachments));
  const listed = body.attachments?.map(({ id }) => String(id));
  const kept = api.attachments.filter(({ id }) => listed?.includes(id) ?? true);
  const attachments = [...kept, ...fresh];
  const flags = api.flags ?? 0;
  return {
    ...api,
    attachments,
    content: body.content === undefined ? api.content : (body.content?.trim() ?? ''),
    embeds:
      body.embeds === undefined
        ? api.embeds
        : (linked(body.embeds ?? [], attachments).map((embed) => ({
            type: 'rich',
            ...embed,
          })) as APIMessage['embeds']),
    components:
      body.components === undefined
        ? (api.components ?? [])
        : (numbered(linked(body.components ?? [], attachments)) as NonNullable<APIMessage['components']>),
    flags: flagsAfter(flags, body.flags),
    edited_timestamp: flags & MessageFlags.Loading ? null : timestamp(world),
  };
}

// Only these two can change, the layout only one way; "is thinking…" ends with the first edit.
function flagsAfter(before: number, asked: number | null | undefined): MessageFlags {
  const kept = before & ~(MessageFlags.Loading | MessageFlags.SuppressEmbeds);
  const wanted = asked == null ? before & MessageFlags.SuppressEmbeds : asked & changeable;
  return kept | wanted;
}

/** Makes an edit last; whoever holds the message sees it change. */
export function keepEdit(message: StoredMessage, edited: APIMessage): void {
  Object.assign(message.api, edited);
}

/** Deletes a message; its files go with it. */
export function deleteMessage(world: World, message: StoredMessage): void {
  message.deleted = true;
  for (const { id } of message.api.attachments) world.files.delete(id);
}

/** Keeps a file, and says where it is. */
export function attach(
  world: World,
  channelId: string,
  file: UploadedFile,
  place = 0,
  described: RESTPatchAPIChannelMessageJSONBody['attachments'] = [],
): APIAttachment {
  const id = world.nextId();
  world.files.set(id, file);
  const description =
    file.description ?? described?.find((one) => String(one.id) === String(place))?.description;
  const url = `${world.origin}/attachments/${channelId}/${id}/${encodeURIComponent(file.name)}`;
  return {
    id,
    filename: file.name,
    content_type: contentTypeOf(file),
    size: file.bytes.length,
    url,
    proxy_url: url,
    ...(description ? { description } : {}),
  };
}

const contentTypes: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  csv: 'text/csv',
  md: 'text/markdown',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
};

// Like Discord, goes by the name where nothing better was said.
function contentTypeOf({ name, contentType }: UploadedFile): string {
  if (contentType !== 'application/octet-stream') return contentType;
  return contentTypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? contentType;
}

/** The same with `attachment://name` replaced by where that file is. */
function linked<T>(value: T, attachments: APIAttachment[]): T {
  return mapped(value, (inner) => {
    const [, name] = /^attachment:\/\/(.*)$/.exec(String(inner)) ?? [];
    return attachments.find(({ filename }) => filename === name)?.url ?? inner;
  });
}

function mapped<T>(value: T, change: (inner: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_key, inner) =>
    typeof inner === 'string' ? change(inner) : inner,
  );
}

/** Gives every component the id that Discord would, where the bot set none. */
export function numbered<T>(components: T): T {
  let last = 0;
  return JSON.parse(JSON.stringify(components), (_key, inner) => {
    const isComponent =
      typeof inner === 'object' && inner !== null && 'type' in inner && !Array.isArray(inner);
    return isComponent && !inner.id ? { ...inner, id: ++last } : inner;
  });
}
