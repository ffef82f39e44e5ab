// Versions of the statement, which of them match, and where they were posted.
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { statementMatches, statementPosts, statements } from './schema.js';

export type Statement = typeof statements.$inferSelect;
export type Language = Statement['language'];

/** The latest version in a language, or the one with a given number. */
export function statementOf(
  connection: Connection,
  petitionId: number,
  language: Language,
  version?: number,
): Statement | undefined {
  const wanted = [eq(statements.petitionId, petitionId), eq(statements.language, language)];
  if (version !== undefined) wanted.push(eq(statements.version, version));
  return connection
    .select()
    .from(statements)
    .where(and(...wanted))
    .orderBy(desc(statements.version))
    .limit(1)
    .get();
}

/** Every version, oldest first; of one language or of both. */
export function statementHistory(
  connection: Connection,
  petitionId: number,
  language?: Language,
): Statement[] {
  const wanted = [eq(statements.petitionId, petitionId)];
  if (language) wanted.push(eq(statements.language, language));
  return connection
    .select()
    .from(statements)
    .where(and(...wanted))
    .orderBy(asc(statements.id))
    .all();
}

export function insertStatement(connection: Connection, row: typeof statements.$inferInsert): Statement {
  return connection.insert(statements).values(row).returning().get();
}

export function insertMatch(connection: Connection, row: typeof statementMatches.$inferInsert): void {
  connection.insert(statementMatches).values(row).onConflictDoNothing().run();
}

export function versionsMatch(connection: Connection, petitionId: number, en: number, es: number): boolean {
  return (
    connection
      .select({ en: statementMatches.en })
      .from(statementMatches)
      .where(
        and(
          eq(statementMatches.petitionId, petitionId),
          eq(statementMatches.en, en),
          eq(statementMatches.es, es),
        ),
      )
      .get() !== undefined
  );
}

export function insertStatementPost(connection: Connection, row: typeof statementPosts.$inferInsert): void {
  connection.insert(statementPosts).values(row).run();
}
