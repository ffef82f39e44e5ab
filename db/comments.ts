// Comments on a petition: sealed, waiting for an organizer, or approved to be quoted.
import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  ne,
  notInArray,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Connection } from './connect.js';
import { comments, tallyPosts } from './schema.js';

export type Comment = typeof comments.$inferSelect;

export function insertComment(connection: Connection, row: typeof comments.$inferInsert): Comment {
  return connection.insert(comments).values(row).returning().get();
}

export function commentById(connection: Connection, id: number): Comment | undefined {
  return connection.select().from(comments).where(eq(comments.id, id)).get();
}

/** The comment that was submitted from a message. */
export function commentFrom(connection: Connection, messageId: string): Comment | undefined {
  return connection.select().from(comments).where(eq(comments.messageId, messageId)).get();
}

/** What waits in a petition; what was erased meanwhile does not. */
const waiting = (petitionId: number) =>
  and(eq(comments.petitionId, petitionId), eq(comments.state, 'waiting'), isNotNull(comments.sealed));

function counted(connection: Connection, where: SQL | undefined): number {
  return connection.select({ count: count() }).from(comments).where(where).get()?.count ?? 0;
}

export function countWaiting(connection: Connection, petitionId: number): number {
  return counted(connection, waiting(petitionId));
}

/** How many of a person's comments wait. */
export function countWaitingBy(connection: Connection, petitionId: number, userId: string): number {
  return counted(connection, and(waiting(petitionId), eq(comments.userId, userId)));
}

/** The oldest that waits after another one and is by somebody else than the reader. */
export function waitingAfter(
  connection: Connection,
  petitionId: number,
  reader: string,
  after: number,
): Comment | undefined {
  return connection
    .select()
    .from(comments)
    .where(and(waiting(petitionId), ne(comments.userId, reader), gt(comments.id, after)))
    .orderBy(asc(comments.id))
    .limit(1)
    .get();
}

export function updateComment(connection: Connection, id: number, changes: Partial<Comment>): void {
  connection.update(comments).set(changes).where(eq(comments.id, id)).run();
}

/** What an organizer approved and nobody erased. */
const approved = (petitionId: number) =>
  and(eq(comments.petitionId, petitionId), eq(comments.state, 'approved'), isNotNull(comments.sealed));

export function approvedOf(connection: Connection, petitionId: number): Comment[] {
  return connection.select().from(comments).where(approved(petitionId)).orderBy(asc(comments.id)).all();
}

/** The id of the newest approved comment that no daily card of a channel has quoted or is about to. */
export function unquotedIn(
  connection: Connection,
  channelId: string,
  petitionId: number,
): number | undefined {
  const quoted = connection
    .select({ id: sql<number>`json_extract(${tallyPosts.facts}, '$.comment')` })
    .from(tallyPosts)
    .where(
      and(
        eq(tallyPosts.channelId, channelId),
        inArray(tallyPosts.state, ['claimed', 'sending', 'sent']),
        sql`json_extract(${tallyPosts.facts}, '$.comment') is not null`,
      ),
    );
  return connection
    .select({ id: comments.id })
    .from(comments)
    .where(and(approved(petitionId), notInArray(comments.id, quoted)))
    .orderBy(desc(comments.reviewedAt), desc(comments.id))
    .limit(1)
    .get()?.id;
}
