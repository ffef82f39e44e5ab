// Decision makers: who they are, where they sit and can be reached, where they stand, how often they were contacted.
import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { actions, positions, targetOffices, targetSeats, targets, voids } from './schema.js';

export type Target = typeof targets.$inferSelect;
export type TargetOffice = typeof targetOffices.$inferSelect;
export type TargetSeat = typeof targetSeats.$inferSelect;
export type Position = typeof positions.$inferSelect;

/** A petition's targets as they were added; former ones last. */
export function targetsOf(connection: Connection, petitionId: number): Target[] {
  return connection
    .select()
    .from(targets)
    .where(eq(targets.petitionId, petitionId))
    .orderBy(asc(targets.former), asc(targets.id))
    .all();
}

export function insertTarget(connection: Connection, row: typeof targets.$inferInsert): Target {
  return connection.insert(targets).values(row).returning().get();
}

export function updateTarget(connection: Connection, id: number, changes: Partial<Target>): void {
  connection.update(targets).set(changes).where(eq(targets.id, id)).run();
}

/** A target's offices, the one at the capitol first, the others as the data has them. */
export function officesOf(connection: Connection, targetId: number): TargetOffice[] {
  return connection
    .select()
    .from(targetOffices)
    .where(eq(targetOffices.targetId, targetId))
    .orderBy(sql`${targetOffices.city} is not null`, asc(targetOffices.id))
    .all();
}

export function replaceOffices(
  connection: Connection,
  targetId: number,
  rows: readonly Omit<typeof targetOffices.$inferInsert, 'targetId'>[],
): void {
  connection.delete(targetOffices).where(eq(targetOffices.targetId, targetId)).run();
  for (const row of rows)
    connection
      .insert(targetOffices)
      .values({ ...row, targetId })
      .run();
}

/** Who sits on a petition's committees, and who sat there; by committee, side and rank. */
export function seatsOf(connection: Connection, petitionId: number): TargetSeat[] {
  const committees = connection
    .select({ id: targets.id })
    .from(targets)
    .where(eq(targets.petitionId, petitionId));
  return connection
    .select()
    .from(targetSeats)
    .where(inArray(targetSeats.committeeId, committees))
    .orderBy(
      asc(targetSeats.committeeId),
      asc(targetSeats.side),
      asc(targetSeats.rank),
      asc(targetSeats.memberId),
    )
    .all();
}

/** Writes a seat over the one that this member had on this committee. */
export function putSeat(connection: Connection, { committeeId, memberId, ...seat }: TargetSeat): void {
  connection
    .insert(targetSeats)
    .values({ committeeId, memberId, ...seat })
    .onConflictDoUpdate({ target: [targetSeats.committeeId, targetSeats.memberId], set: seat })
    .run();
}

export function insertPosition(connection: Connection, row: typeof positions.$inferInsert): void {
  connection.insert(positions).values(row).run();
}

/** Where each of a petition's targets stands, by its id: the latest that was noted. */
export function positionsOf(connection: Connection, petitionId: number): Map<number, Position> {
  const rows = connection
    .select({ position: positions })
    .from(positions)
    .innerJoin(targets, eq(targets.id, positions.targetId))
    .where(eq(targets.petitionId, petitionId))
    .orderBy(asc(positions.at), asc(positions.id))
    .all();
  return new Map(rows.map(({ position }) => [position.targetId, position]));
}

/** How often each of a petition's targets was contacted, by type, the most first: what counts and stands. */
export function contactsOf(connection: Connection, petitionId: number) {
  const count = sql<number>`sum(${actions.count})`;
  return connection
    .select({ targetId: sql<number>`${actions.targetId}`, type: actions.type, count })
    .from(actions)
    .where(
      and(
        eq(actions.petitionId, petitionId),
        eq(actions.state, 'counted'),
        isNotNull(actions.targetId),
        sql`not exists (select 1 from ${voids} where ${voids.entryKind} = 'action' and ${voids.entryId} = ${actions.id})`,
      ),
    )
    .groupBy(actions.targetId, actions.type)
    .orderBy(desc(count), asc(actions.type))
    .all();
}
