// What organizers and members still have to be told.
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { memberNotices, notices, petitionServers } from './schema.js';

export type Notice = typeof notices.$inferSelect;

export function insertNotice(connection: Connection, row: typeof notices.$inferInsert): void {
  connection.insert(notices).values(row).run();
}

/** Whether a server's organizers were told something, or are to be, after a moment; or still are to be. */
export function noticedSince(
  connection: Connection,
  { serverId, key }: Pick<Notice, 'serverId' | 'key'>,
  at: number,
): boolean {
  const about = and(eq(notices.serverId, serverId), eq(notices.key, key));
  const recent = or(gt(notices.at, at), isNull(notices.toldAt));
  return connection.select().from(notices).where(and(about, recent)).limit(1).get() !== undefined;
}

/** Whether a server's organizers were told something about a petition, or are to be: its values name the petition by id. */
export function noticedAbout(
  connection: Connection,
  { serverId, key }: Pick<Notice, 'serverId' | 'key'>,
  petitionId: number,
): boolean {
  const about = eq(sql`${notices.values} ->> '$.petitionId'`, petitionId);
  const same = and(eq(notices.serverId, serverId), eq(notices.key, key), about);
  return connection.select().from(notices).where(same).limit(1).get() !== undefined;
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

export type MemberNotice = typeof memberNotices.$inferSelect;

export function insertMemberNotice(connection: Connection, row: typeof memberNotices.$inferInsert): void {
  connection.insert(memberNotices).values(row).run();
}

/**
 * What a person has not been told yet of what is theirs in a server, oldest first: of the petitions on which that server
 * acts now, as the values name each by its id.
 */
export function untoldMemberNotices(
  connection: Connection,
  userId: string,
  serverId: string,
): MemberNotice[] {
  const acting = connection
    .select({ id: petitionServers.petitionId })
    .from(petitionServers)
    .where(eq(petitionServers.serverId, serverId));
  return connection
    .select()
    .from(memberNotices)
    .where(
      and(
        eq(memberNotices.userId, userId),
        eq(memberNotices.serverId, serverId),
        isNull(memberNotices.toldAt),
        inArray(sql`${memberNotices.values} ->> '$.petitionId'`, acting),
      ),
    )
    .orderBy(asc(memberNotices.id))
    .all();
}

/** Marks it as told. */
export function markMemberTold(connection: Connection, id: number, at: number): void {
  connection.update(memberNotices).set({ toldAt: at }).where(eq(memberNotices.id, id)).run();
}
