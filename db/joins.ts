// Who did an action together with whoever logged it, and what somebody has a part in, logged or joined.
import { and, asc, desc, eq, gt, gte, inArray, ne, notInArray, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/sqlite-core';
import { type Action, type ActionFilter, standing } from './actions.js';
import type { Connection } from './connect.js';
import { actionJoins, actions, petitionServers } from './schema.js';

export type Join = typeof actionJoins.$inferSelect;

/** Adds somebody to an action; false where they are in it already. */
export function insertJoin(connection: Connection, row: typeof actionJoins.$inferInsert): boolean {
  return connection.insert(actionJoins).values(row).onConflictDoNothing().run().changes === 1;
}

export function deleteJoin(connection: Connection, id: number): void {
  connection.delete(actionJoins).where(eq(actionJoins.id, id)).run();
}

/** Those who did an action together with whoever logged it, in the order in which they joined. */
export function joinsOf(connection: Connection, actionId: number): Join[] {
  return connection
    .select()
    .from(actionJoins)
    .where(eq(actionJoins.actionId, actionId))
    .orderBy(asc(actionJoins.id))
    .all();
}

/** Puts those who joined one action into another. */
export function moveJoins(connection: Connection, from: number, to: number): void {
  connection.update(actionJoins).set({ actionId: to }).where(eq(actionJoins.actionId, from)).run();
}

/** How many joined each of a petition's actions, by the action's id; those that nobody joined are left out. */
export function joinCounts(connection: Connection, petitionId: number): Map<number, number> {
  const rows = connection
    .select({ id: actionJoins.actionId, joined: sql<number>`count(*)` })
    .from(actionJoins)
    .innerJoin(actions, eq(actions.id, actionJoins.actionId))
    .where(eq(actions.petitionId, petitionId))
    .groupBy(actionJoins.actionId)
    .all();
  return new Map(rows.map(({ id, joined }) => [id, joined]));
}

/** An action in which a person has a part. */
export interface Part {
  action: Action;
  /** They joined it; somebody else logged it. */
  joined: boolean;
  /** Somebody joined it: they, or others. */
  together: boolean;
}

/** The condition that a server acts on an action's petition: what it counted stays when it leaves, and is out of its sight. */
function actsHere(connection: Connection, serverId: string) {
  const { petitionId } = petitionServers;
  const here = connection
    .select({ petitionId })
    .from(petitionServers)
    .where(eq(petitionServers.serverId, serverId));
  return inArray(actions.petitionId, here);
}

interface PartFilter extends Pick<ActionFilter, 'petitionId' | 'from' | 'after'> {
  userId: string;
  /** Where they logged or joined it; only of petitions that this server still acts on. */
  serverId?: string;
}

const isJoined = sql<number>`exists (select 1 from ${actionJoins} where ${actionJoins.actionId} = ${actions.id})`;

/** The actions that stand and in which a person has a part, the latest that they logged or joined first. */
export function partsOf(connection: Connection, filter: PartFilter, most = -1): Part[] {
  const logged = connection
    .select({
      actionId: actions.id,
      serverId: actions.serverId,
      at: actions.at,
      joined: sql<number>`0`.as('joined'),
    })
    .from(actions)
    .where(eq(actions.userId, filter.userId));
  const joined = connection
    .select({
      actionId: actionJoins.actionId,
      serverId: actionJoins.serverId,
      at: actionJoins.at,
      joined: sql<number>`1`.as('joined'),
    })
    .from(actionJoins)
    .where(eq(actionJoins.userId, filter.userId));
  const parts = unionAll(logged, joined).as('parts');
  return connection
    .select({ action: actions, joined: parts.joined, together: isJoined })
    .from(parts)
    .innerJoin(actions, eq(actions.id, parts.actionId))
    .where(
      and(
        standing,
        filter.petitionId === undefined ? undefined : eq(actions.petitionId, filter.petitionId),
        filter.serverId === undefined
          ? undefined
          : and(eq(parts.serverId, filter.serverId), actsHere(connection, filter.serverId)),
        filter.from === undefined ? undefined : gte(actions.day, filter.from),
        filter.after === undefined ? undefined : gt(parts.at, filter.after),
      ),
    )
    .orderBy(desc(parts.at), desc(parts.actionId))
    .limit(most)
    .all()
    .map((row) => ({ action: row.action, joined: row.joined === 1, together: row.together === 1 }));
}

/** What makes two entries look like one action. */
type Likeness = Pick<Action, 'petitionId' | 'type' | 'day' | 'userId'> & { targetId: number; after: number };

/** The latest action like this one that somebody else logged after a moment, and that this person has not joined. */
export function alikeAction(
  connection: Connection,
  { petitionId, type, day, targetId, userId, after }: Likeness,
): Action | undefined {
  const own = connection
    .select({ id: actionJoins.actionId })
    .from(actionJoins)
    .where(eq(actionJoins.userId, userId));
  return connection
    .select()
    .from(actions)
    .where(
      and(
        standing,
        eq(actions.petitionId, petitionId),
        eq(actions.day, day),
        eq(actions.type, type),
        eq(actions.targetId, targetId),
        ne(actions.userId, userId),
        ne(actions.userId, ''),
        ne(actions.state, 'rejected'),
        gt(actions.at, after),
        notInArray(actions.id, own),
      ),
    )
    .orderBy(desc(actions.at), desc(actions.id))
    .limit(1)
    .get();
}
