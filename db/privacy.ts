// Every place where rows say who somebody is by their account: to show it to them, and to forget it.
import { eq, getTableName, inArray, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Connection, Database } from './connect.js';
import {
  actions,
  audit,
  batches,
  connections,
  departures,
  drafts,
  imports,
  lastServers,
  merges,
  notices,
  observations,
  personalLinks,
  petitions,
  proofs,
  shares,
  shownMembers,
  signatures,
  statementMatches,
  statementPosts,
  statements,
  voids,
} from './schema.js';

/** Rows that are about the person alone: they go. */
export const ownRows: readonly SQLiteColumn[] = [
  personalLinks.userId,
  lastServers.userId,
  shownMembers.userId,
  drafts.userId,
];

/** Rows of the campaign that say who wrote them: they stay, and no longer do. */
export const writtenRows: readonly SQLiteColumn[] = [
  petitions.createdBy,
  statements.authorId,
  statementMatches.confirmedBy,
  statementPosts.postedBy,
  shares.userId,
  observations.userId,
  batches.userId,
  signatures.userId,
  merges.userId,
  imports.userId,
  connections.userId,
  voids.userId,
  actions.userId,
  audit.userId,
];

/** JSON in which an account may be named: within quotes, or as Discord shows people. */
const mentions: readonly SQLiteColumn[] = [audit.detail, notices.values];

const tableOf = (column: SQLiteColumn) => column.table as SQLiteTable;

/** The rows that name an account, by table; none that is empty. Names entered for others are only counted. */
export function rowsOf(connection: Connection, userId: string): Record<string, Record<string, unknown>[]> {
  const found = [...ownRows, ...writtenRows].map((column): [string, Record<string, unknown>[]] => {
    const name = getTableName(tableOf(column));
    if (column === signatures.userId) return [name, namesEnteredBy(connection, userId)];
    return [name, connection.select().from(tableOf(column)).where(eq(column, userId)).all()];
  });
  return Object.fromEntries(found.filter(([, rows]) => rows.length > 0));
}

/** How many names somebody entered, by source and by file: there may be a million. */
function namesEnteredBy(connection: Connection, userId: string) {
  const { sourceId, importId } = signatures;
  return connection
    .select({ sourceId, importId, names: sql<number>`count(*)` })
    .from(signatures)
    .where(eq(signatures.userId, userId))
    .groupBy(sourceId, importId)
    .all();
}

/** The files by which a person showed what they did, without the bytes; sizes in bytes. */
export function proofsOf(connection: Connection, userId: string) {
  return connection
    .select({
      actionId: proofs.actionId,
      name: proofs.name,
      contentType: proofs.contentType,
      size: sql<number>`length(${proofs.bytes})`,
    })
    .from(proofs)
    .innerJoin(actions, eq(actions.id, proofs.actionId))
    .where(eq(actions.userId, userId))
    .all();
}

/** Takes an account out of every row: what is the person's alone goes, what the campaign counts stays without them. */
export function eraseAccount(connection: Connection, userId: string): void {
  const theirs = eq(actions.userId, userId);
  const ids = connection.select({ id: actions.id }).from(actions).where(theirs);
  connection.delete(proofs).where(inArray(proofs.actionId, ids)).run();
  connection.update(actions).set({ outcome: null, note: null, messageLink: null }).where(theirs).run();
  for (const column of ownRows) connection.delete(tableOf(column)).where(eq(column, userId)).run();
  for (const column of writtenRows) {
    const nobody = column.notNull ? '' : null;
    const name = sql.identifier(column.name);
    connection.run(sql`update ${tableOf(column)} set ${name} = ${nobody} where ${name} = ${userId}`);
  }
  for (const column of mentions) {
    const name = sql.identifier(column.name);
    for (const [named, unnamed] of [
      [`"${userId}"`, '""'],
      [`<@${userId}>`, ''],
    ] as const) {
      connection.run(
        sql`update ${tableOf(column)} set ${name} = replace(${name}, ${named}, ${unnamed}) where instr(${name}, ${named})`,
      );
    }
  }
}

/** Erases what a signature says; it counts as before. */
export function eraseSignature(connection: Connection, id: number): void {
  connection.update(signatures).set({ sealed: null, consent: false }).where(eq(signatures.id, id)).run();
}

/** Notes that an identity is forgotten; one that withdrew stays withdrawn. */
export function noteForgotten(connection: Connection, identity: Buffer, at: number): void {
  connection.insert(departures).values({ identity, how: 'forgotten', at }).onConflictDoNothing().run();
}

/** What is written meanwhile leaves zeros where something was, not bytes that a copy of the file could still show. */
export function overwriting<T>({ $client }: Database, work: () => T): T {
  $client.pragma('secure_delete = ON');
  try {
    return work();
  } finally {
    $client.pragma('secure_delete = OFF');
  }
}

/** Takes over into the file what was written, and empties the log beside it, which still holds what was there before. */
export function emptyLog({ $client }: Database): void {
  $client.pragma('wal_checkpoint(TRUNCATE)');
}
