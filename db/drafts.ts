// What a modal or a confirmation will write, used once; and which interactions have written.
import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { drafts, interactions } from './schema.js';

export type Draft = typeof drafts.$inferSelect;

export function insertDraft(connection: Connection, row: typeof drafts.$inferInsert): void {
  connection.insert(drafts).values(row).run();
}

export function draftOf(connection: Connection, key: string): Draft | undefined {
  return connection.select().from(drafts).where(eq(drafts.key, key)).get();
}

/** Uses a draft up; false where it was used before. */
export function useDraft(connection: Connection, key: string, at: number): boolean {
  const used = connection
    .update(drafts)
    .set({ usedAt: at })
    .where(and(eq(drafts.key, key), isNull(drafts.usedAt)))
    .run();
  return used.changes === 1;
}

/** Forgets the drafts of one person. */
export function deleteDraftsOf(connection: Connection, userId: string): void {
  connection.delete(drafts).where(eq(drafts.userId, userId)).run();
}

/** Forgets interactions and drafts from before a moment: Discord replays neither for so long. */
export function forgetBefore(connection: Connection, at: number): void {
  connection.delete(interactions).where(lt(interactions.at, at)).run();
  connection.delete(drafts).where(lt(drafts.at, at)).run();
}
