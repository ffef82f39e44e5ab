// What a person sees of Discord with one channel open: servers, people, messages, the commands on offer.
import { type APIApplicationCommand, PermissionFlagsBits } from 'discord-api-types/v10';
import { may } from '../permissions.js';
import { publicMessages } from '../rest/messages.js';
import { directMessages, type Guild, guildOf, type World } from '../world.js';
import { demandAvailable } from './commands.js';
import { DriverError, type SeenServer, type Sight } from './contract.js';
import type { Place } from './envelope.js';
import { type Company, isIn } from './people.js';

/** @throws DriverError where the person cannot see the channel */
export function sightOf(company: Company, userId: string, channelId: string): Sight {
  const { world } = company;
  const user = world.users.get(userId);
  const channel = world.channels.get(channelId);
  if (!user || !channel || !isIn(world, channel, userId) || !may(world, channel, userId, 0n)) {
    throw new DriverError(`${user?.displayName} does not see the channel ${channelId}`);
  }
  const guilds = [...world.guilds.values()].filter(({ members }) => members.has(userId));
  const { id, name, guildId } = channel;
  return {
    servers: guilds.map((guild) => seenServer(world, guild, userId)),
    directId: directMessages(world, userId).id,
    channel: {
      id,
      name,
      ...(guildId !== undefined && { serverId: guildId }),
      mayWrite: may(world, channel, userId, PermissionFlagsBits.SendMessages),
    },
    messages: [...world.messages.values()]
      .filter(
        ({ api, deleted, onlyFor }) => api.channel_id === id && !deleted && (onlyFor ?? userId) === userId,
      )
      .map(({ api }) => api),
    commands: world.commands.filter((command) => isOffered({ ...company, user, channel }, command)),
  };
}

function seenServer(world: World, guild: Guild, userId: string): SeenServer {
  const channels = [...world.channels.values()].filter(
    (channel) => guildOf(world, channel) === guild && may(world, channel, userId, 0n),
  );
  return {
    id: guild.id,
    name: guild.name,
    channels: channels.map(({ id, name }) => {
      const last = publicMessages(world, id).at(-1);
      return { id, name, ...(last && { lastMessageId: last.id }) };
    }),
    roles: [...guild.roles.values()].map(({ id, name }) => ({ id, name })),
    members: [...guild.members].flatMap(([id, { roles, nick }]) => {
      const user = world.users.get(id);
      const name = nick ?? user?.displayName ?? '';
      return user ? [{ id, name, isBot: user.bot, roles, isOwner: guild.ownerId === id }] : [];
    }),
    events: [...guild.events.values()].toSorted((one, other) =>
      one.scheduled_start_time.localeCompare(other.scheduled_start_time),
    ),
  };
}

function isOffered(place: Place, command: APIApplicationCommand): boolean {
  if (command.guild_id !== undefined && command.guild_id !== place.channel.guildId) return false;
  try {
    demandAvailable(place, command);
    return true;
  } catch (error) {
    if (error instanceof DriverError) return false;
    throw error;
  }
}
