// What Minga may do in a channel, from what Discord's REST API says of its roles.
import { z } from 'zod';

/** What Minga needs in a channel, by the names that Discord shows. @see https://docs.discord.com/developers/topics/permissions */
export const needed = {
  'View Channels': 1n << 10n,
  'Send Messages': 1n << 11n,
  'Attach Files': 1n << 15n,
  'Read Message History': 1n << 16n,
};

/** What Minga is invited with: it also puts the campaign's events into the server's calendar. */
export const invited = { ...needed, 'Create Events': 1n << 44n };

const administrator = 1n << 3n;

const bits = z.string().regex(/^\d+$/).transform(BigInt);
const ofRole = 0;

export const serverShape = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
});
export const memberShape = z.object({ user: z.object({ id: z.string() }), roles: z.array(z.string()) });
export const channelShape = z.object({
  name: z.string(),
  guild_id: z.string(),
  permission_overwrites: z
    .array(z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits }))
    .default([]),
});

type Overwrite = z.output<typeof channelShape>['permission_overwrites'][number];

/**
 * The names of the permissions that a member lacks in a channel.
 *
 * @see https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function missingIn(
  server: z.output<typeof serverShape>,
  member: z.output<typeof memberShape>,
  channel: z.output<typeof channelShape>,
): string[] {
  const held = server.roles
    .filter(({ id }) => id === server.id || member.roles.includes(id))
    .reduce((sum, { permissions }) => sum | permissions, 0n);
  if (held & administrator) return [];
  const overwrites = channel.permission_overwrites;
  // From the widest to the narrowest, each over the one before; @everyone has the server's own id.
  const layers = [
    overwrites.filter(({ id }) => id === server.id),
    overwrites.filter(({ id, type }) => type === ofRole && id !== server.id && member.roles.includes(id)),
    overwrites.filter(({ id, type }) => type !== ofRole && id === member.user.id),
  ];
  const left = layers.reduce(applied, held);
  return Object.entries(needed)
    .filter(([, bit]) => !(left & bit))
    .map(([name]) => name);
}

function applied(held: bigint, overwrites: Overwrite[]): bigint {
  const denied = overwrites.reduce((sum, { deny }) => sum | deny, 0n);
  const allowed = overwrites.reduce((sum, { allow }) => sum | allow, 0n);
  return (held & ~denied) | allowed;
}
