// Versions of the statement, which of them match, and where they were posted.
import { and, asc, desc, eq, gt, lt, notExists, or, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { audit, petitionServers, statementMatches, statementPosts, statements } from './schema.js';

export type Statement = typeof statements.$inferSelect;
export type StatementPost = typeof statementPosts.$inferSelect;
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

/** The newest versions that are known to say the same; 0 where none are. */
export function latestMatch(connection: Connection, petitionId: number): Record<Language, number> {
  const { en, es } = statementMatches;
  return (
    connection
      .select({ en, es })
      .from(statementMatches)
      .where(eq(statementMatches.petitionId, petitionId))
      .orderBy(desc(en), desc(es))
      .limit(1)
      .get() ?? { en: 0, es: 0 }
  );
}

/** The first language that moved on from a pair of versions; undefined where neither did. */
export function firstAfter(
  connection: Connection,
  petitionId: number,
  { en, es }: Record<Language, number>,
): Language | undefined {
  const { language, version } = statements;
  return connection
    .select({ language })
    .from(statements)
    .where(
      and(
        eq(statements.petitionId, petitionId),
        or(and(eq(language, 'en'), gt(version, en)), and(eq(language, 'es'), gt(version, es))),
      ),
    )
    .orderBy(asc(statements.id))
    .limit(1)
    .get()?.language;
}

export function insertStatementPost(connection: Connection, row: typeof statementPosts.$inferInsert): void {
  connection.insert(statementPosts).values(row).run();
}

/** The deed by which the audit knows a copy that could not be brought up to a version. */
export const leftBehind = 'statement.copyLeft';

/**
 * The posted copies of earlier versions than the latest of their language, oldest first, with what they show now.
 * Not those of servers that left the coalition, nor those that could not be brought up to that latest version.
 */
export function outdatedPosts(connection: Connection): { post: StatementPost; shows: Statement }[] {
  const { petitionId, language } = statements;
  const latest = sql`(select max(s.id) from ${statements} s
    where s.petition_id = ${petitionId} and s.language = ${language})`;
  const gaveUp = connection
    .select({ id: audit.id })
    .from(audit)
    .where(
      and(
        eq(audit.deed, leftBehind),
        sql`json_extract(${audit.detail}, '$.post') = ${statementPosts.id}`,
        sql`json_extract(${audit.detail}, '$.statement') = ${latest}`,
      ),
    );
  return connection
    .select({ post: statementPosts, shows: statements })
    .from(statementPosts)
    .innerJoin(statements, eq(statements.id, statementPosts.statementId))
    .innerJoin(
      petitionServers,
      and(eq(petitionServers.petitionId, petitionId), eq(petitionServers.serverId, statementPosts.serverId)),
    )
    .where(and(lt(statements.id, latest), notExists(gaveUp)))
    .orderBy(asc(statementPosts.id))
    .all();
}

/** Records that a copy shows another version now; false where somebody else did, or it is gone. */
export function updateStatementPost(
  connection: Connection,
  { id, statementId }: Pick<StatementPost, 'id' | 'statementId'>,
  now: Pick<StatementPost, 'statementId' | 'messageIds'>,
): boolean {
  const updated = connection
    .update(statementPosts)
    .set(now)
    .where(and(eq(statementPosts.id, id), eq(statementPosts.statementId, statementId)))
    .run();
  return updated.changes === 1;
}

export function deleteStatementPost(connection: Connection, id: number): void {
  connection.delete(statementPosts).where(eq(statementPosts.id, id)).run();
}
