// Who may do what: asked anew on every interaction, buttons and modals included.
import { type Interaction, PermissionFlagsBits } from 'discord.js';
import type { Server } from '../../db/servers.js';
import { Failure } from '../coalition/failure.js';

/** What a person is in a server, each including the ones before it. */
export const ranks = ['anyone', 'member', 'organizer', 'administrator'] as const;
export type Rank = (typeof ranks)[number];

/** The rank of whoever interacts, by the server's settings and Discord's own permissions. */
export function rankOf(interaction: Interaction, server: Server | undefined): Rank {
  if (!server || !interaction.member) return 'anyone';
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild)) return 'administrator';
  const roles = rolesOf(interaction);
  if (server.organizerRoleId !== null && roles.includes(server.organizerRoleId)) return 'organizer';
  if (server.memberRoleId === null || roles.includes(server.memberRoleId)) return 'member';
  return 'anyone';
}

/** The ids of a person's roles: discord.js gives a list of ids where the server is not in its cache. */
function rolesOf({ member }: Interaction): readonly string[] {
  if (!member) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}

export function atLeast(rank: Rank, needed: Rank): boolean {
  return ranks.indexOf(rank) >= ranks.indexOf(needed);
}

/** @throws {@link Failure} where the rank does not reach */
export function requireRank(rank: Rank, needed: Rank): void {
  if (!atLeast(rank, needed)) throw new Failure(`rank.${needed as Exclude<Rank, 'anyone'>}`);
}
