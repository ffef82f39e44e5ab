// Outreach actions, their proofs, and who agreed to be named on a board.
import { and, asc, desc, eq, gt, gte, lte, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { actions, type Localized, organizations, proofs, servers, shownMembers, voids } from './schema.js';

export type Action = typeof actions.$inferSelect;
export type ActionType = Action['type'];

/** Which actions are asked for; days and moments are inclusive but for `after`. */
export interface ActionFilter {
  petitionId?: number;
  userId?: string;
  serverId?: string;
  state?: Action['state'];
  from?: string | undefined;
  to?: string | undefined;
  /** Entered after this moment, epoch milliseconds. */
  after?: number;
  /** Entered at this moment or before it. */
  until?: number;
}

const standing = sql`not exists (select 1 from ${voids} where ${voids.entryKind} = 'action' and ${voids.entryId} = ${actions.id})`;

function matching(filter: ActionFilter) {
  return and(
    standing,
    filter.petitionId === undefined ? undefined : eq(actions.petitionId, filter.petitionId),
    filter.userId === undefined ? undefined : eq(actions.userId, filter.userId),
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

export function updateActionState(connection: Connection, id: number, state: Action['state']): void {
  connection.update(actions).set({ state }).where(eq(actions.id, id)).run();
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

const groupings = {
  type: sql<string>`${actions.type}`,
  member: sql<string>`${actions.userId}`,
  server: sql<string>`${actions.serverId}`,
  organization: sql<string>`coalesce(${actions.organizationId}, '')`,
};

export type ActionGrouping = keyof typeof groupings;

/** Sums by group, largest first: how many entries, and how many they stand for. */
export function sumActions(connection: Connection, filter: ActionFilter, by: ActionGrouping) {
  const count = sql<number>`sum(${actions.count})`;
  return connection
    .select({ key: groupings[by], entries: sql<number>`count(*)`, count })
    .from(actions)
    .where(matching(filter))
    .groupBy(groupings[by])
    .orderBy(desc(count), asc(groupings[by]))
    .all()
    .map((row) => ({ ...row, key: String(row.key) }));
}

/** What the organizations of a petition are called, those that withdrew included, by id. */
export function organizationNames(connection: Connection, petitionId: number): Map<string, Localized> {
  const rows = connection.select().from(organizations).where(eq(organizations.petitionId, petitionId)).all();
  return new Map(rows.map(({ id, name }) => [String(id), name]));
}

/** What the servers are called from which a petition's actions came, by id. */
export function serverNames(connection: Connection, petitionId: number): Map<string, string> {
  const rows = connection
    .selectDistinct({ id: servers.id, name: servers.name })
    .from(actions)
    .innerJoin(servers, eq(servers.id, actions.serverId))
    .where(eq(actions.petitionId, petitionId))
    .all();
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
