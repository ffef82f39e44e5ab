// Sources that are read from another platform by themselves, and each time one was asked.
import { and, asc, count, desc, eq, isNull, lte } from 'drizzle-orm';
import type { Connection } from './connect.js';
import type { Petition } from './petitions.js';
import { connections, petitions, polls, schedules, sources } from './schema.js';
import type { Source } from './sources.js';
import type { Schedule } from './tally-posts.js';

export type SourceConnection = typeof connections.$inferSelect;
export type Poll = typeof polls.$inferSelect;

/** Sets how a source is read, in place of how it was. */
export function putConnection(connection: Connection, row: typeof connections.$inferInsert): void {
  const { sourceId, ...rest } = row;
  connection
    .insert(connections)
    .values(row)
    .onConflictDoUpdate({ target: connections.sourceId, set: { stoppedAt: null, ...rest } })
    .run();
}

export function connectionOf(connection: Connection, sourceId: number): SourceConnection | undefined {
  return connection.select().from(connections).where(eq(connections.sourceId, sourceId)).get();
}

export function updateConnection(
  connection: Connection,
  sourceId: number,
  changes: Partial<Omit<SourceConnection, 'sourceId'>>,
): void {
  connection.update(connections).set(changes).where(eq(connections.sourceId, sourceId)).run();
}

/** Takes a connection until a moment; false where another process was first. */
export function takeConnection(
  connection: Connection,
  { sourceId, nextAt }: SourceConnection,
  until: number,
): boolean {
  const taken = connection
    .update(connections)
    .set({ nextAt: until })
    .where(
      and(eq(connections.sourceId, sourceId), eq(connections.nextAt, nextAt), isNull(connections.stoppedAt)),
    )
    .run();
  return taken.changes === 1;
}

/** A connected source with what decides when it is asked. */
export interface Connected {
  connection: SourceConnection;
  source: Source;
  petition: Petition;
}

/** The connected sources that may be asked at a moment, those that wait longest first. */
export function askable(connection: Connection, now: number): Connected[] {
  return connection
    .select({ connection: connections, source: sources, petition: petitions })
    .from(connections)
    .innerJoin(sources, eq(sources.id, connections.sourceId))
    .innerJoin(petitions, eq(petitions.id, sources.petitionId))
    .where(and(isNull(connections.stoppedAt), lte(connections.nextAt, now)))
    .orderBy(asc(connections.nextAt), asc(connections.sourceId))
    .all();
}

/** How many of a petition's sources are connected. */
export function connectedCount(connection: Connection, petitionId: number): number {
  const found = connection
    .select({ count: count() })
    .from(connections)
    .innerJoin(sources, eq(sources.id, connections.sourceId))
    .where(eq(sources.petitionId, petitionId))
    .get();
  return found?.count ?? 0;
}

/** The daily tallies that show a petition, in whichever servers. */
export function schedulesShowing(connection: Connection, petitionId: number): Schedule[] {
  return connection.select().from(schedules).where(eq(schedules.petitionId, petitionId)).all();
}

export function insertPoll(connection: Connection, row: typeof polls.$inferInsert): void {
  connection.insert(polls).values(row).run();
}

/** The last time a source was asked. */
export function latestPoll(connection: Connection, sourceId: number): Poll | undefined {
  return connection
    .select()
    .from(polls)
    .where(eq(polls.sourceId, sourceId))
    .orderBy(desc(polls.at), desc(polls.id))
    .limit(1)
    .get();
}
