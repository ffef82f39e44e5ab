// What the bot may see and do over REST, and the failures where it may not.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { may } from '../permissions.js';
import { type ChannelRecord, type Guild, guildOf, type World } from '../world.js';
import { failures } from './failure.js';

/** A channel that the bot can see. */
export function seenChannel(world: World, id: string): ChannelRecord {
  const channel = world.channels.get(id);
  if (!channel) throw failures.unknownChannel();
  const isMember = guildOf(world, channel)?.members.has(world.bot.id) ?? true;
  if (!isMember || !may(world, channel, world.bot.id, PermissionFlagsBits.ViewChannel)) {
    throw failures.missingAccess();
  }
  return channel;
}

/** A server that the bot is in. */
export function ownGuild(world: World, id: string): Guild {
  const guild = world.guilds.get(id);
  if (!guild?.members.has(world.bot.id)) throw failures.unknownGuild();
  return guild;
}

/** @throws Failure 50013 where the bot may not do that in this channel */
export function demand(world: World, channel: ChannelRecord, permission: bigint): void {
  if (!may(world, channel, world.bot.id, permission)) throw failures.missingPermissions();
}
