// Imports of signature files: which are under way, and what moved beside them.
import { and, asc, eq, gt, gte, lt, ne, or, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import {
  batches,
  connections,
  identities,
  imports,
  likelyDuplicates,
  likenesses,
  merges,
  observations,
  polls,
  signatures,
  sources,
  summaries,
  voids,
} from './schema.js';
import type { Signature } from './signatures.js';

export type Import = typeof imports.$inferSelect;

export function insertImport(connection: Connection, row: typeof imports.$inferInsert): Import {
  return connection.insert(imports).values(row).returning().get();
}

export function importById(connection: Connection, id: number): Import | undefined {
  return connection.select().from(imports).where(eq(imports.id, id)).get();
}

/** The imports whose rows are being written. */
export function importsUnderWay(connection: Connection): Import[] {
  return connection
    .select()
    .from(imports)
    .where(eq(imports.state, 'publishing'))
    .orderBy(asc(imports.id))
    .all();
}

export function updateImport(
  connection: Connection,
  id: number,
  changes: Partial<Pick<Import, 'state' | 'firstId' | 'added'>>,
): void {
  connection.update(imports).set(changes).where(eq(imports.id, id)).run();
}

/**
 * Takes an import on, or keeps it, for a while.
 *
 * @returns false where another process has it
 */
export function holdImport(
  connection: Connection,
  { id, holder, now, until }: { id: number; holder: string; now: number; until: number },
): boolean {
  return (
    connection
      .update(imports)
      .set({ holder, leaseUntil: until })
      .where(
        and(
          eq(imports.id, id),
          eq(imports.state, 'publishing'),
          or(eq(imports.holder, holder), lt(imports.leaseUntil, now)),
        ),
      )
      .run().changes === 1
  );
}

/**
 * Signatures of any petition that came, were voided or merged since an import began, other than its own.
 *
 * @param lastId - of the ids kept free for it: what was entered since has later ones
 */
export function movedSince(connection: Connection, at: number, lastId: number): Signature[] {
  const since = [
    sql`select ${voids.entryId} from ${voids} where ${voids.entryKind} = 'signature' and ${voids.at} >= ${at}`,
    sql`select ${merges.signatureId} from ${merges} where ${merges.at} >= ${at}`,
  ];
  return connection
    .select()
    .from(signatures)
    .where(or(sql`${signatures.id} in (${sql.join(since, sql` union `)})`, gt(signatures.id, lastId)))
    .all();
}

/** Removes what an import wrote within a range of its ids, or of the first byte of its keys; nobody has seen it. */
export function removeSignatures(connection: Connection, importId: number, from: number, to: number): void {
  const range = (id: typeof signatures.id | typeof likelyDuplicates.signatureId) =>
    and(gte(id, from), lt(id, to));
  const own = sql`(select id from signatures where import_id = ${importId} and id >= ${from} and id < ${to})`;
  connection
    .delete(likelyDuplicates)
    .where(and(range(likelyDuplicates.signatureId), sql`${likelyDuplicates.signatureId} in ${own}`))
    .run();
  connection
    .delete(signatures)
    .where(and(range(signatures.id), eq(signatures.importId, importId)))
    .run();
}

/** @param firstByte - of the keys to look through: 0 to 255 */
export function removeKeys(connection: Connection, firstByte: number, fromId: number, toId: number): void {
  const least = Buffer.from([firstByte]);
  const most = firstByte === 255 ? Buffer.alloc(17, 255) : Buffer.from([firstByte + 1]);
  for (const [key, table] of [
    [identities.identity, identities],
    [likenesses.likeness, likenesses],
  ] as const) {
    connection
      .delete(table)
      .where(and(gte(key, least), lt(key, most), gte(table.signatureId, fromId), lt(table.signatureId, toId)))
      .run();
  }
}

/** Removes an import that was undone, with its source: where that was made for it, and nothing else is of that source. */
export function removeWithSource(connection: Connection, { id, sourceId, at }: Import): void {
  const madeForIt = and(eq(sources.id, sourceId), eq(sources.at, at));
  if (!connection.select({ id: sources.id }).from(sources).where(madeForIt).get()) return;
  const isUsed = [batches, connections, imports, observations, polls, signatures, summaries].some(
    (table) =>
      connection
        .select({ sourceId: table.sourceId })
        .from(table)
        .where(and(eq(table.sourceId, sourceId), table === imports ? ne(imports.id, id) : undefined))
        .limit(1)
        .get() !== undefined,
  );
  if (isUsed) return;
  connection.delete(imports).where(eq(imports.id, id)).run();
  connection.delete(sources).where(madeForIt).run();
}
