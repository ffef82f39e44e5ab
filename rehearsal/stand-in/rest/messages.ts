// Messages of channels over REST: posting, reading, editing, deleting, each with its permissions.
import {
  type APIMessage,
  PermissionFlagsBits,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { deleteMessage, editedMessage, keepEdit, postMessage } from '../messages.js';
import { may } from '../permissions.js';
import type { StoredMessage, World } from '../world.js';
import { demand, seenChannel } from './access.js';
import { accepted, keepable } from './bodies.js';
import { failures } from './failure.js';
import { filesOf } from './uploads.js';

/** How long a nonce is remembered, in milliseconds; Discord says "the past few minutes". */
const nonceWindow = 5 * 60_000;

interface InChannel {
  Params: { channel: string };
  Querystring: { limit?: string; before?: string; after?: string };
}

interface OneMessage {
  Params: { channel: string; message: string };
}

const oneMessage = '/channels/:channel/messages/:message';

export function messageRoutes(api: FastifyInstance, world: World): void {
  api.post<InChannel>('/channels/:channel/messages', async (request) => {
    const channel = seenChannel(world, request.params.channel);
    const body = accepted('message', request) as RESTPostAPIChannelMessageJSONBody;
    const files = filesOf(request);
    demand(world, channel, PermissionFlagsBits.SendMessages);
    if (body.embeds?.length) demand(world, channel, PermissionFlagsBits.EmbedLinks);
    if (files.length > 0) demand(world, channel, PermissionFlagsBits.AttachFiles);
    const earlier = body.enforce_nonce ? withNonce(world, String(body.nonce)) : undefined;
    if (earlier?.deleted) throw failures.unknownMessage();
    return (earlier ?? postMessage(world, channel, world.bot, { body, files })).api;
  });

  api.get<InChannel>('/channels/:channel/messages', async ({ params, query }) => {
    const channel = seenChannel(world, params.channel);
    if (!mayRead(world, channel.id)) return [];
    const { before, after, limit = '50' } = query;
    const found = publicMessages(world, channel.id).filter(
      ({ id }) => (!before || BigInt(id) < BigInt(before)) && (!after || BigInt(id) > BigInt(after)),
    );
    const some = after ? found.slice(0, Number(limit)) : found.slice(-Number(limit));
    return some.reverse().map((message) => asSeenByBot(world, message));
  });

  api.get<OneMessage>(oneMessage, async ({ params }) => {
    const { api: message } = inChannel(world, params);
    if (!mayRead(world, params.channel)) throw failures.missingPermissions();
    return asSeenByBot(world, message);
  });

  api.patch<OneMessage>(oneMessage, async (request) => {
    const message = inChannel(world, request.params);
    if (message.api.author.id !== world.bot.id) throw failures.notOwnMessage();
    const body = accepted('message-edit', request) as RESTPatchAPIChannelMessageJSONBody;
    keepEdit(message, keepable(editedMessage(world, message, { body, files: filesOf(request) })));
    return message.api;
  });

  api.delete<OneMessage>(oneMessage, async ({ params }, reply) => {
    const message = inChannel(world, params);
    if (message.api.author.id !== world.bot.id) {
      demand(world, seenChannel(world, params.channel), PermissionFlagsBits.ManageMessages);
    }
    deleteMessage(world, message);
    return reply.code(204).send();
  });
}

/** What everybody in a channel sees, oldest first. */
export function publicMessages(world: World, channelId: string): APIMessage[] {
  return [...world.messages.values()]
    .filter(({ api, deleted, onlyFor }) => api.channel_id === channelId && !deleted && onlyFor === undefined)
    .map(({ api }) => api);
}

function mayRead(world: World, channelId: string): boolean {
  const channel = world.channels.get(channelId);
  return channel !== undefined && may(world, channel, world.bot.id, PermissionFlagsBits.ReadMessageHistory);
}

/** A message of a channel that the bot can see; private replies are none. */
function inChannel(world: World, { channel, message }: OneMessage['Params']): StoredMessage {
  const place = seenChannel(world, channel);
  const found = world.messages.get(message);
  if (!found || found.deleted || found.onlyFor !== undefined || found.api.channel_id !== place.id) {
    throw failures.unknownMessage();
  }
  return found;
}

function withNonce(world: World, nonce: string): StoredMessage | undefined {
  const since = world.clock.now() - nonceWindow;
  return [...world.messages.values()].find(
    (message) =>
      message.api.author.id === world.bot.id && message.nonce?.value === nonce && message.nonce.at >= since,
  );
}

// Without the message content intent, what others wrote stays out of the bot's sight.
function asSeenByBot(world: World, message: APIMessage): APIMessage {
  if (message.author.id === world.bot.id) return message;
  return { ...message, content: '', embeds: [], attachments: [], components: [] };
}
