// Servers as people set them up: roles, channels, members. What the bot would hear of, it hears.
import {
  type APIOverwrite,
  ChannelType,
  GatewayDispatchEvents,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  OverwriteType,
} from 'discord-api-types/v10';
import { deleteMessage } from '../messages.js';
import { channelPayload, guildCreatePayload, rolePayload } from '../payloads.js';
import { botPermissions, everyonePermissions } from '../permissions.js';
import { scheduleEvent } from '../rest/events.js';
import { publicMessages } from '../rest/messages.js';
import { type ChannelRecord, type Guild, timestamp, type World } from '../world.js';
import {
  type Channel,
  type ChannelOptions,
  DriverError,
  type Overwrite,
  type Person,
  type Role,
  type Server,
  type ServerOptions,
} from './contract.js';

/** Opens a server, with the bot in it unless told otherwise. */
export function addServer(world: World, name: string, options: ServerOptions = {}): Server {
  const id = world.nextId();
  const guild: Guild = {
    id,
    name,
    locale: options.locale ?? 'en-US',
    ownerId: world.nextId(),
    unavailable: false,
    roles: new Map(),
    members: new Map(),
    events: new Map(),
  };
  world.guilds.set(id, guild);
  const everyone = addRole(world, guild, '@everyone', options.everyone ?? everyonePermissions, id);
  const { bot = botPermissions } = options;
  const botRole = bot === false ? undefined : addRole(world, guild, world.bot.displayName, bot);
  if (botRole) join(world, guild, world.bot.id, [botRole.id], null);
  tellBot(world, guild, GatewayDispatchEvents.GuildCreate, () => guildCreatePayload(world, guild));

  return {
    id,
    name,
    get ownerId() {
      return guild.ownerId;
    },
    everyone,
    ...(botRole && { botRole }),
    addRole: (roleName, { permissions = 0n } = {}) => addRole(world, guild, roleName, permissions),
    addChannel: (channelName, channelOptions) => addChannel(world, guild, channelName, channelOptions),
    addMember: (person, { roles = [], nick, owner } = {}) => {
      const isFirst = [...guild.members.keys()].every((userId) => userId === world.bot.id);
      if (owner ?? isFirst) guild.ownerId = person.id;
      join(world, guild, person.id, idsOf(roles), nick ?? null);
    },
    setRoles: (person, roles) => {
      const member = guild.members.get(person.id);
      if (!member) throw new DriverError(`${person.displayName} is not in ${name}`);
      member.roles = idsOf(roles);
    },
    addEvent: (by, { name: eventName, place, start, end, description }) => {
      const user = world.users.get(by.id);
      if (!user || !guild.members.has(by.id)) throw new DriverError(`${by.displayName} is not in ${name}`);
      return scheduleEvent(world, guild, user, {
        name: eventName,
        privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
        entity_type: GuildScheduledEventEntityType.External,
        entity_metadata: { location: place },
        scheduled_start_time: start,
        scheduled_end_time: end,
        ...(description !== undefined && { description }),
      });
    },
    removeBot: () => {
      tellBot(world, guild, GatewayDispatchEvents.GuildDelete, () => ({ id }));
      guild.members.delete(world.bot.id);
    },
    setAvailable: (available) => {
      if (guild.unavailable === !available) return;
      // Of both ends of an outage the bot hears, of nothing between them.
      guild.unavailable = false;
      if (available)
        tellBot(world, guild, GatewayDispatchEvents.GuildCreate, () => guildCreatePayload(world, guild));
      else tellBot(world, guild, GatewayDispatchEvents.GuildDelete, () => ({ id, unavailable: true }));
      guild.unavailable = !available;
    },
  };
}

function idsOf(things: { id: string }[]): string[] {
  return things.map(({ id }) => id);
}

function join(world: World, guild: Guild, userId: string, roles: string[], nick: string | null): void {
  guild.members.set(userId, { roles, nick, joinedAt: timestamp(world) });
}

function addRole(world: World, guild: Guild, name: string, permissions: bigint, id = world.nextId()): Role {
  const role = rolePayload(id, name, permissions, guild.roles.size);
  guild.roles.set(id, role);
  tellBot(world, guild, GatewayDispatchEvents.GuildRoleCreate, () => ({ guild_id: guild.id, role }));
  return { kind: 'role', id, name };
}

function addChannel(world: World, guild: Guild, name: string, options: ChannelOptions = {}): Channel {
  const channel: ChannelRecord = {
    id: world.nextId(),
    type: options.type === 'announcement' ? ChannelType.GuildAnnouncement : ChannelType.GuildText,
    name,
    guildId: guild.id,
    recipients: [],
    overwrites: (options.overwrites ?? []).map(overwritePayload),
  };
  world.channels.set(channel.id, channel);
  const tell = (event: GatewayDispatchEvents) =>
    tellBot(world, guild, event, () => channelPayload(world, channel));
  tell(GatewayDispatchEvents.ChannelCreate);
  return {
    kind: 'channel',
    id: channel.id,
    name,
    get messages() {
      return publicMessages(world, channel.id);
    },
    setOverwrites: (overwrites) => {
      channel.overwrites = overwrites.map(overwritePayload);
      tell(GatewayDispatchEvents.ChannelUpdate);
    },
    delete: () => {
      world.channels.delete(channel.id);
      for (const message of world.messages.values()) {
        if (message.api.channel_id === channel.id) deleteMessage(world, message);
      }
      tell(GatewayDispatchEvents.ChannelDelete);
    },
  };
}

function overwritePayload({ of, allow = 0n, deny = 0n }: Overwrite): APIOverwrite {
  const type = isPerson(of) ? OverwriteType.Member : OverwriteType.Role;
  return { id: of.id, type, allow: allow.toString(), deny: deny.toString() };
}

function isPerson(of: Role | Person): of is Person {
  return of.kind === 'person';
}

function tellBot(world: World, guild: Guild, event: GatewayDispatchEvents, data: () => unknown): void {
  const hears = guild.members.has(world.bot.id) && !guild.unavailable;
  if (hears) world.events.emit('dispatch', { event, data: data() });
  world.events.emit('change');
}
