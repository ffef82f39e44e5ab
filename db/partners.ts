// The servers of a coalition, the invitations that let them in, and each server's part of the work.
import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { standing as actionStanding } from './actions.js';
import type { Connection } from './connect.js';
import {
  actionJoins,
  actions,
  batches,
  invitations,
  organizations,
  petitionServers,
  schedules,
  servers,
  sources,
} from './schema.js';
import { standing } from './sources.js';

export type Invitation = typeof invitations.$inferSelect;
export type PartnerRow = typeof petitionServers.$inferInsert;

/** The servers that act on a petition, the host first; each with its name and the organization it acts under. */
export function serversOf(connection: Connection, petitionId: number) {
  return connection
    .select({
      id: petitionServers.serverId,
      role: petitionServers.role,
      joinedAt: petitionServers.joinedAt,
      name: servers.name,
      organization: organizations,
    })
    .from(petitionServers)
    .leftJoin(servers, eq(servers.id, petitionServers.serverId))
    .leftJoin(organizations, eq(organizations.id, petitionServers.organizationId))
    .where(eq(petitionServers.petitionId, petitionId))
    .orderBy(asc(petitionServers.role), asc(petitionServers.joinedAt), asc(petitionServers.serverId))
    .all();
}

export type CoalitionServer = ReturnType<typeof serversOf>[number];

export function insertPartner(connection: Connection, row: Omit<PartnerRow, 'role'>): void {
  connection
    .insert(petitionServers)
    .values({ ...row, role: 'partner' })
    .run();
}

/** Takes a partner out; false where it was none. */
export function deletePartner(connection: Connection, petitionId: number, serverId: string): boolean {
  const taken = connection
    .delete(petitionServers)
    .where(
      and(
        eq(petitionServers.petitionId, petitionId),
        eq(petitionServers.serverId, serverId),
        eq(petitionServers.role, 'partner'),
      ),
    )
    .run();
  return taken.changes === 1;
}

/** Ends a server's daily tallies of one petition. */
export function deleteSchedulesOf(connection: Connection, petitionId: number, serverId: string): void {
  connection
    .delete(schedules)
    .where(and(eq(schedules.petitionId, petitionId), eq(schedules.serverId, serverId)))
    .run();
}

export function insertInvitation(connection: Connection, row: typeof invitations.$inferInsert): Invitation {
  return connection.insert(invitations).values(row).returning().get();
}

export function invitationByDigest(connection: Connection, digest: string): Invitation | undefined {
  return connection.select().from(invitations).where(eq(invitations.digest, digest)).get();
}

/** Uses an invitation up. */
export function useInvitation(connection: Connection, id: number, serverId: string, at: number): void {
  connection.update(invitations).set({ usedAt: at, serverId }).where(eq(invitations.id, id)).run();
}

/** The invitations that still let a server in at a moment, those that end soonest first. */
export function openInvitations(connection: Connection, petitionId: number, at: number) {
  return connection
    .select({ invitation: invitations, organization: organizations })
    .from(invitations)
    .leftJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(
      and(eq(invitations.petitionId, petitionId), isNull(invitations.usedAt), gt(invitations.expiresAt, at)),
    )
    .orderBy(asc(invitations.expiresAt), asc(invitations.id))
    .all();
}

/** How many signatures on paper a server entered for a petition, of those that stand. */
export function paperOf(connection: Connection, petitionId: number, serverId: string): number {
  const sum = connection
    .select({ count: sql<number>`coalesce(sum(${batches.people} + ${batches.organizations}), 0)` })
    .from(batches)
    .innerJoin(sources, eq(sources.id, batches.sourceId))
    .where(
      and(eq(sources.petitionId, petitionId), eq(batches.serverId, serverId), standing('batch', batches.id)),
    )
    .get();
  return sum?.count ?? 0;
}

/** What a server's people did for a petition, alone or with others, by type and largest first: what counts by a moment. */
export function outreachOf(
  connection: Connection,
  { petitionId, serverId, until }: { petitionId: number; serverId: string; until: number },
) {
  const joined = connection
    .select({ id: actionJoins.actionId })
    .from(actionJoins)
    .where(eq(actionJoins.serverId, serverId));
  const count = sql<number>`sum(${actions.count})`;
  return connection
    .select({ type: actions.type, count })
    .from(actions)
    .where(
      and(
        actionStanding,
        eq(actions.petitionId, petitionId),
        eq(actions.state, 'counted'),
        lte(actions.at, until),
        or(eq(actions.serverId, serverId), inArray(actions.id, joined)),
      ),
    )
    .groupBy(actions.type)
    .orderBy(desc(count), asc(actions.type))
    .all();
}
