// The thanks that channels get once a petition is delivered: one row per channel, the promise that it gets them once.
import { and, asc, eq, isNull, lt } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { petitions, thanks } from './schema.js';

export type Thanks = typeof thanks.$inferSelect;

export function thanksOf(connection: Connection, petitionId: number): Thanks[] {
  return connection
    .select()
    .from(thanks)
    .where(eq(thanks.petitionId, petitionId))
    .orderBy(asc(thanks.channelId))
    .all();
}

/** Promises a channel its thanks; a channel that was promised them before keeps that row. */
export function insertThanks(
  connection: Connection,
  row: Pick<Thanks, 'petitionId' | 'serverId' | 'channelId'>,
): void {
  connection
    .insert(thanks)
    .values({ ...row, holder: '', leaseUntil: 0 })
    .onConflictDoNothing()
    .run();
}

/** What is still to go out, of petitions that are delivered, and that no process is at. */
export function waitingThanks(connection: Connection, now: number): Thanks[] {
  return connection
    .select({ row: thanks })
    .from(thanks)
    .innerJoin(petitions, eq(petitions.id, thanks.petitionId))
    .where(
      and(
        isNull(thanks.messageId),
        isNull(thanks.refusedAt),
        lt(thanks.leaseUntil, now),
        eq(petitions.state, 'delivered'),
      ),
    )
    .orderBy(asc(thanks.petitionId), asc(thanks.channelId))
    .all()
    .map(({ row }) => row);
}

export function updateThanks(
  connection: Connection,
  { petitionId, channelId }: Pick<Thanks, 'petitionId' | 'channelId'>,
  changes: Partial<Thanks>,
): void {
  connection
    .update(thanks)
    .set(changes)
    .where(and(eq(thanks.petitionId, petitionId), eq(thanks.channelId, channelId)))
    .run();
}
