// Outreach actions, their proofs, and who agreed to be named on a board.
import { and, asc, desc, eq, gt, gte, inArray, lte, type SQLWrapper, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';
import type { Connection } from './connect.js';
import { actionJoins, actions, proofs, servers, shownMembers, voids } from './schema.js';

export type Action = typeof actions.$inferSelect;
export type ActionType = Action['type'];

/** Which actions are asked for; days and moments are inclusive but for `after`. */
export interface ActionFilter {
  petitionId?: number;
  /** Who logged it, or did it together with whoever did. */
  userId?: string;
  /** Where it was logged. */
  serverId?: string;
  state?: Action['state'];
  from?: string | undefined;
  to?: string | undefined;
  /** Entered after this moment, epoch milliseconds. */
  after?: number;
  /** Entered at this moment or before it. */
  until?: number;
}

/** It was not taken back. */
export const standing = sql`not exists (select 1 from ${voids} where ${voids.entryKind} = 'action' and ${voids.entryId} = ${actions.id})`;

const doneBy = (userId: string) => sql`${actions.id} in (
  select ${actions.id} from ${actions} where ${actions.userId} = ${userId}
  union all select ${actionJoins.actionId} from ${actionJoins} where ${actionJoins.userId} = ${userId})`;

function matching(filter: ActionFilter) {
  return and(
    standing,
    filter.petitionId === undefined ? undefined : eq(actions.petitionId, filter.petitionId),
    filter.userId === undefined ? undefined : doneBy(filter.userId),
    filter.serverId === undefined ? undefined : eq(actions.serverId, filter.serverId),
    filter.state === undefined ? undefined : eq(actions.state, filter.state),
    filter.from === undefined ? undefined : gte(actions.day, filter.from),
    filter.to === undefined ? undefined : lte(actions.day, filter.to),
    filter.after === undefined ? undefined : gt(actions.at, filter.after),
    filter.until === undefined ? undefined : lte(actions.at, filter.until),
  );
}

export function insertAction(connection: Connection, row: typeof actions.$inferInsert): Action {
  return connection.insert(actions).values(row).returning().get();
}

/** One action, whether it stands or not. */
export function actionById(connection: Connection, id: number): Action | undefined {
  return connection.select().from(actions).where(eq(actions.id, id)).get();
}

export function insertProof(connection: Connection, row: typeof proofs.$inferInsert): void {
  connection.insert(proofs).values(row).run();
}

export function proofOf(connection: Connection, actionId: number) {
  return connection.select().from(proofs).where(eq(proofs.actionId, actionId)).get();
}

/** The ids of a petition's actions that have a proof. */
export function provenActions(connection: Connection, petitionId: number): Set<number> {
  const rows = connection
    .select({ id: proofs.actionId })
    .from(proofs)
    .innerJoin(actions, eq(actions.id, proofs.actionId))
    .where(eq(actions.petitionId, petitionId))
    .all();
  return new Set(rows.map(({ id }) => id));
}

export function updateAction(
  connection: Connection,
  id: number,
  changes: Partial<Pick<Action, 'state' | 'question' | 'answer'>>,
): void {
  connection.update(actions).set(changes).where(eq(actions.id, id)).run();
}

/** The actions that stand and match, newest first. */
export function actionsWhere(connection: Connection, filter: ActionFilter, most = -1): Action[] {
  return connection
    .select()
    .from(actions)
    .where(matching(filter))
    .orderBy(desc(actions.at), desc(actions.id))
    .limit(most)
    .all();
}

/** In whose line an action stands: that of whoever logged it, and of whoever did it with them. */
const groupings = {
  type: [sql<string>`${actions.type}`, sql<string>`${actions.type}`],
  member: [sql<string>`${actions.userId}`, sql<string>`coalesce(${actionJoins.userId}, '')`],
  server: [sql<string>`${actions.serverId}`, sql<string>`${actionJoins.serverId}`],
  organization: [
    sql<string>`coalesce(${actions.organizationId}, '')`,
    sql<string>`coalesce(${actionJoins.organizationId}, '')`,
  ],
} as const;

export type ActionGrouping = keyof typeof groupings;

const entries = sql<number>`count(*)`;
const summed = (count: SQLWrapper) => sql<number>`coalesce(sum(${count}), 0)`;

/** How many entries, and how many actions they stand for. */
export interface ActionSum {
  entries: number;
  count: number;
}

/** Each action with each line that it stands in, once. */
function linesOf(connection: Connection, filter: ActionFilter, by: ActionGrouping) {
  const [logged, joined] = groupings[by];
  const { id, count } = actions;
  return union(
    connection
      .select({ id, count, key: logged.as('key') })
      .from(actions)
      .where(matching(filter)),
    connection
      .select({ id, count, key: joined.as('key') })
      .from(actionJoins)
      .innerJoin(actions, eq(actions.id, actionJoins.actionId))
      .where(matching(filter)),
  ).as('lines');
}

/** Sums by group, largest first; what was done together is whole in the line of each, and so in more than one. */
export function sumActions(connection: Connection, filter: ActionFilter, by: ActionGrouping) {
  const lines = linesOf(connection, filter, by);
  const key = sql<string>`${lines.key}`;
  const count = sql<number>`sum(${lines.count})`;
  return connection
    .select({ key, entries, count })
    .from(lines)
    .groupBy(key)
    .orderBy(desc(count), asc(key))
    .all()
    .map((row) => ({ ...row, key: String(row.key) }));
}

/** The sum of all, each action once. */
export function totalOfActions(connection: Connection, filter: ActionFilter): ActionSum {
  const sum = connection
    .select({ entries, count: summed(actions.count) })
    .from(actions)
    .where(matching(filter))
    .get();
  return sum ?? { entries: 0, count: 0 };
}

/**
 * What the lines that are not listed come to as one line, and what then stands in more than one line; each action once.
 *
 * @param listed - the keys of the lines that are listed
 */
export function sumRest(
  connection: Connection,
  filter: ActionFilter,
  by: ActionGrouping,
  listed: readonly string[],
): { rest: ActionSum; shared: ActionSum } {
  const lines = linesOf(connection, filter, by);
  const isListed = inArray(sql`cast(${lines.key} as text)`, [...listed]);
  const line = sql<string | null>`case when ${isListed} then ${lines.key} end`.as('line');
  const placed = connection
    .selectDistinct({ id: lines.id, count: lines.count, line })
    .from(lines)
    .as('placed');
  const shared = connection
    .select({ id: placed.id, count: placed.count })
    .from(placed)
    .groupBy(placed.id)
    .having(sql`count(*) > 1`)
    .as('shared');
  const none = { entries: 0, count: 0 };
  return {
    rest:
      connection
        .select({ entries, count: summed(placed.count) })
        .from(placed)
        .where(sql`${placed.line} is null`)
        .get() ?? none,
    shared:
      connection
        .select({ entries, count: summed(shared.count) })
        .from(shared)
        .get() ?? none,
  };
}

/** What the servers are called in which a petition's actions were logged or joined, by id. */
export function serverNames(connection: Connection, petitionId: number): Map<string, string> {
  const there = eq(actions.petitionId, petitionId);
  const acting = union(
    connection.select({ id: actions.serverId }).from(actions).where(there),
    connection
      .select({ id: actionJoins.serverId })
      .from(actionJoins)
      .innerJoin(actions, eq(actions.id, actionJoins.actionId))
      .where(there),
  );
  const rows = connection.select().from(servers).where(inArray(servers.id, acting)).all();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The names of the members who pressed Show me, by their id. */
export function shownMembersOf(connection: Connection, petitionId: number): Map<string, string> {
  const rows = connection.select().from(shownMembers).where(eq(shownMembers.petitionId, petitionId)).all();
  return new Map(rows.map((row) => [row.userId, row.name]));
}

/** Names a member on the board. */
export function showMember(connection: Connection, row: typeof shownMembers.$inferInsert): void {
  connection
    .insert(shownMembers)
    .values(row)
    .onConflictDoUpdate({ target: [shownMembers.petitionId, shownMembers.userId], set: { name: row.name } })
    .run();
}

/** Takes a member's name off the board; false where it was not on it. */
export function hideMember(connection: Connection, petitionId: number, userId: string): boolean {
  return (
    connection
      .delete(shownMembers)
      .where(and(eq(shownMembers.petitionId, petitionId), eq(shownMembers.userId, userId)))
      .run().changes > 0
  );
}
