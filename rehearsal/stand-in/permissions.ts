// Who may do what where: roles first, then what a channel takes away or adds.
import { type APIOverwrite, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import { type ChannelRecord, type Guild, guildOf, type World } from './world.js';

const everything = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** What everybody may do in a server unless said otherwise: what a volunteer needs. */
export const everyonePermissions =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.UseExternalApps;

/** What the bot's own role holds unless said otherwise: what its invite asks for. */
export const botPermissions =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.CreateEvents;

/** What somebody may do in a server as a whole; nothing for those who are no members. */
export function permissionsInGuild(guild: Guild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return everything;
  const held = [guild.id, ...member.roles].reduce(
    (sum, roleId) => sum | BigInt(guild.roles.get(roleId)?.permissions ?? 0),
    0n,
  );
  return held & PermissionFlagsBits.Administrator ? everything : held;
}

/**
 * What somebody may do in a channel; in direct messages everything that people do there.
 *
 * @see https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function permissionsIn(world: World, channel: ChannelRecord, userId: string): bigint {
  const guild = guildOf(world, channel);
  if (!guild) return everyonePermissions;
  const base = permissionsInGuild(guild, userId);
  if (base & PermissionFlagsBits.Administrator) return base;
  const roles = guild.members.get(userId)?.roles ?? [];
  const ofEveryone = channel.overwrites.filter(({ id }) => id === guild.id);
  const ofRoles = channel.overwrites.filter(({ id }) => id !== guild.id && roles.includes(id));
  const ofMember = channel.overwrites.filter(
    ({ id, type }) => type === OverwriteType.Member && id === userId,
  );
  return [ofEveryone, ofRoles, ofMember].reduce(applied, base);
}

function applied(permissions: bigint, overwrites: APIOverwrite[]): bigint {
  const denied = overwrites.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
  const allowed = overwrites.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
  return (permissions & ~denied) | allowed;
}

/** Whether somebody may do something in a channel; who cannot see it can do nothing there. */
export function may(world: World, channel: ChannelRecord, userId: string, permission: bigint): boolean {
  const held = permissionsIn(world, channel, userId);
  const needed = permission | PermissionFlagsBits.ViewChannel;
  return (held & needed) === needed;
}
