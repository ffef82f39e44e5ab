// What organizers still have to be told.
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { notices } from './schema.js';

export type Notice = typeof notices.$inferSelect;

export function insertNotice(connection: Connection, row: typeof notices.$inferInsert): void {
  connection.insert(notices).values(row).run();
}

/** What a server's organizers have not been told yet, oldest first. */
export function untoldNotices(connection: Connection, serverId: string): Notice[] {
  return connection
    .select()
    .from(notices)
    .where(and(eq(notices.serverId, serverId), isNull(notices.toldAt)))
    .orderBy(asc(notices.id))
    .all();
}

export function allUntoldNotices(connection: Connection): Notice[] {
  return connection.select().from(notices).where(isNull(notices.toldAt)).orderBy(asc(notices.id)).all();
}

/** Marks a notice as told; false where somebody else told it first. */
export function markTold(connection: Connection, id: number, at: number): boolean {
  const told = connection
    .update(notices)
    .set({ toldAt: at })
    .where(and(eq(notices.id, id), isNull(notices.toldAt)))
    .run();
  return told.changes === 1;
}
