// What the local Discord knows: people, servers, channels, messages, commands. All in memory.
import { EventEmitter } from 'node:events';
import {
  type APIApplicationCommand,
  type APIGuildScheduledEvent,
  type APIMessage,
  type APIOverwrite,
  type APIRole,
  ChannelType,
  type GatewayDispatchEvents,
} from 'discord-api-types/v10';
import type { Interaction } from './interactions.js';
import { type Clock, makeSnowflakes } from './snowflake.js';

export interface User {
  id: string;
  username: string;
  displayName: string;
  locale: string;
  bot: boolean;
}

export interface Member {
  roles: string[];
  nick: string | null;
  joinedAt: string;
}

export interface Guild {
  id: string;
  name: string;
  locale: string;
  ownerId: string;
  /** In an outage. */
  unavailable: boolean;
  roles: Map<string, APIRole>;
  /** By the id of the user. */
  members: Map<string, Member>;
  /** Those to come and under way, by their id. */
  events: Map<string, APIGuildScheduledEvent>;
}

export interface ChannelRecord {
  id: string;
  type: ChannelType.GuildText | ChannelType.GuildAnnouncement | ChannelType.DM | ChannelType.GroupDM;
  name: string;
  /** Absent in direct messages. */
  guildId?: string;
  /** Who is in it, the bot left out; of direct messages only. */
  recipients: string[];
  overwrites: APIOverwrite[];
}

export interface StoredMessage {
  api: APIMessage;
  /** Whose private reply it is. */
  onlyFor?: string;
  /** What the bot marked it with, and when: `enforce_nonce` looks here. */
  nonce?: { value: string; at: number };
  deleted: boolean;
}

export interface StoredFile {
  name: string;
  contentType: string;
  bytes: Buffer;
}

/** Something that Discord tells its clients. */
export interface Dispatch {
  event: GatewayDispatchEvents;
  data: unknown;
}

export interface World {
  clock: Clock;
  nextId(): string;
  /** Where the stand-in is reached; known once it listens. */
  origin: string;
  token: string;
  applicationId: string;
  bot: User;
  users: Map<string, User>;
  guilds: Map<string, Guild>;
  channels: Map<string, ChannelRecord>;
  /** In the order they were posted, deleted ones too. */
  messages: Map<string, StoredMessage>;
  /** By the attachment's id. */
  files: Map<string, StoredFile>;
  commands: APIApplicationCommand[];
  interactions: Map<string, Interaction>;
  /** `dispatch` goes to the gateway; `change` wakes whoever waits for something. */
  events: EventEmitter<{ dispatch: [Dispatch]; change: [] }>;
}

/** A world with nobody in it but the bot. */
export function makeWorld(clock: Clock, token: string): World {
  const nextId = makeSnowflakes(clock);
  const applicationId = nextId();
  const bot = { id: applicationId, username: 'minga', displayName: 'Minga', locale: 'en-US', bot: true };
  const events: World['events'] = new EventEmitter();
  events.setMaxListeners(0);
  return {
    clock,
    nextId,
    origin: '',
    token,
    applicationId,
    bot,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    commands: [],
    interactions: new Map(),
    events,
  };
}

/** The stand-in's time as Discord writes it. */
export function timestamp(world: World): string {
  return new Date(world.clock.now()).toISOString();
}

/** The guild a channel belongs to, if it belongs to one. */
export function guildOf(world: World, channel: ChannelRecord): Guild | undefined {
  return channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
}

/** The direct messages between the bot and one person, opened when first needed. */
export function directMessages(world: World, userId: string): ChannelRecord {
  const open = [...world.channels.values()].find(
    ({ type, recipients }) => type === ChannelType.DM && recipients[0] === userId,
  );
  return open ?? addConversation(world, ChannelType.DM, [userId]);
}

/** A conversation outside of servers. */
export function addConversation(
  world: World,
  type: ChannelType.DM | ChannelType.GroupDM,
  recipients: string[],
): ChannelRecord {
  const channel = { id: world.nextId(), type, name: '', recipients, overwrites: [] };
  world.channels.set(channel.id, channel);
  return channel;
}
