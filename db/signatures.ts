// Signatures with a name: the rows, which are of one person, and which are alike.
import { and, asc, eq, gte, inArray, isNotNull, not, or, type SQL, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import {
  departures,
  identities,
  imports,
  likelyDuplicates,
  likenesses,
  merges,
  signatures,
  sources,
  voids,
} from './schema.js';

export type Signature = typeof signatures.$inferSelect;
export type SignatureKind = Signature['kind'];

/** The condition that a signature is not of an import still under way, or undone. */
export const published: SQL = isPublished(sql`${signatures.importId}`);

function isPublished(importId: SQL): SQL {
  return sql`not exists (select 1 from ${imports} where ${imports.id} = ${importId} and ${imports.state} <> 'done')`;
}

const isStanding = (id: SQL) =>
  sql`not exists (select 1 from ${voids} where ${voids.entryKind} = 'signature' and ${voids.entryId} = ${id})`;

/** Adds a signature, found from now on by its identity and its likeness; it does not count until it is settled. */
export function insertSignature(
  connection: Connection,
  row: Omit<typeof signatures.$inferInsert, 'counts'>,
): Signature {
  const signature = connection
    .insert(signatures)
    .values({ ...row, counts: false })
    .returning()
    .get();
  const { id: signatureId, identity, likeness, sourceId } = signature;
  if (identity) {
    // Who withdrew may sign again: the identity then leads to the new signature.
    connection
      .insert(identities)
      .values({ identity, sourceId, signatureId })
      .onConflictDoUpdate({
        target: [identities.identity, identities.sourceId],
        set: { signatureId },
      })
      .run();
  }
  if (likeness) connection.insert(likenesses).values({ likeness, signatureId }).run();
  return signature;
}

export function signatureById(connection: Connection, id: number): Signature | undefined {
  return connection
    .select()
    .from(signatures)
    .where(and(eq(signatures.id, id), published))
    .get();
}

/** The newest sealed bytes; undefined where nothing is sealed. */
export function newestSealed(connection: Connection): Buffer | undefined {
  const newest = connection
    .select({ sealed: signatures.sealed })
    .from(signatures)
    .where(isNotNull(signatures.sealed))
    .orderBy(sql`${signatures.id} desc`)
    .limit(1)
    .get();
  return newest?.sealed ?? undefined;
}

/** There are signatures that keyed hashes tell apart, with a name or without. */
export function isMarked(connection: Connection): boolean {
  const [identity] = connection.select().from(identities).limit(1).all();
  const [likeness] = connection.select().from(likenesses).limit(1).all();
  return (identity ?? likeness) !== undefined;
}

/** The signatures of one identity in a petition, in every source, earliest first. */
export function signaturesOf(connection: Connection, identity: Buffer): Signature[] {
  return connection
    .select({ signature: signatures })
    .from(identities)
    .innerJoin(signatures, eq(signatures.id, identities.signatureId))
    .where(and(eq(identities.identity, identity), published))
    .orderBy(asc(signatures.id))
    .all()
    .map((row) => row.signature);
}

/** All signatures of the person of this one, by identity and by what was merged, earliest first. */
export function samePerson(connection: Connection, signature: Signature): Signature[] {
  const found = new Map<number, Signature>();
  // As it is now: whoever holds it may have read it before something else of this person changed.
  const toFollow = [signatureById(connection, signature.id) ?? signature];
  for (let next = toFollow.pop(); next; next = toFollow.pop()) {
    if (found.has(next.id)) continue;
    found.set(next.id, next);
    if (next.identity) toFollow.push(...signaturesOf(connection, next.identity));
    toFollow.push(...mergedWith(connection, next.id));
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}

function mergedWith(connection: Connection, id: number): Signature[] {
  const pairs = connection
    .select()
    .from(merges)
    .where(or(eq(merges.signatureId, id), eq(merges.intoId, id)))
    .all();
  const ids = pairs
    .flatMap(({ signatureId, intoId }) => [signatureId, intoId])
    .filter((other) => other !== id);
  if (ids.length === 0) return [];
  return connection
    .select()
    .from(signatures)
    .where(and(inArray(signatures.id, ids), published))
    .all();
}

/** A signature that has not been voided or withdrawn. */
export function stands(connection: Connection, id: number): boolean {
  return connection.get<{ stands: number }>(sql`select ${isStanding(sql`${id}`)} as stands`)?.stands === 1;
}

/** The signatures that are alike, earliest first. */
export function alike(connection: Connection, likeness: Buffer): Signature[] {
  return connection
    .select({ signature: signatures })
    .from(likenesses)
    .innerJoin(signatures, eq(signatures.id, likenesses.signatureId))
    .where(and(eq(likenesses.likeness, likeness), published))
    .orderBy(asc(signatures.id))
    .all()
    .map((row) => row.signature);
}

export function updateSignature(
  connection: Connection,
  id: number,
  changes: Partial<Pick<Signature, 'counts' | 'settled' | 'sealed' | 'consent'>>,
): void {
  connection.update(signatures).set(changes).where(eq(signatures.id, id)).run();
}

/** Puts a signature among the likely duplicates or takes it out; false where it was so already. */
export function markLikely(connection: Connection, signatureId: number, likely: boolean): boolean {
  const change = likely
    ? connection.insert(likelyDuplicates).values({ signatureId }).onConflictDoNothing().run()
    : connection.delete(likelyDuplicates).where(eq(likelyDuplicates.signatureId, signatureId)).run();
  return change.changes === 1;
}

/** The likely duplicates of a petition after a signature's id, in order. */
export function likelyAfter(
  connection: Connection,
  petitionId: number,
  after: number,
  most: number,
): Signature[] {
  return connection
    .select({ signature: signatures })
    .from(likelyDuplicates)
    .innerJoin(signatures, eq(signatures.id, likelyDuplicates.signatureId))
    .innerJoin(sources, eq(sources.id, signatures.sourceId))
    .where(
      and(eq(sources.petitionId, petitionId), sql`${likelyDuplicates.signatureId} > ${after}`, published),
    )
    .orderBy(asc(likelyDuplicates.signatureId))
    .limit(most)
    .all()
    .map((row) => row.signature);
}

/** The signature waits among the likely duplicates. */
export function isLikely(connection: Connection, signatureId: number): boolean {
  const found = connection
    .select()
    .from(likelyDuplicates)
    .where(eq(likelyDuplicates.signatureId, signatureId))
    .get();
  return found !== undefined;
}

/** The signature that this one was merged into, if it was. */
export function mergedInto(connection: Connection, signatureId: number): number | undefined {
  return connection
    .select({ intoId: merges.intoId })
    .from(merges)
    .where(eq(merges.signatureId, signatureId))
    .get()?.intoId;
}

export function insertMerge(connection: Connection, row: typeof merges.$inferInsert): void {
  connection.insert(merges).values(row).onConflictDoNothing().run();
}

/** Notes that an identity is gone, so that no file brings it back. */
export function insertDeparture(connection: Connection, row: typeof departures.$inferInsert): void {
  connection
    .insert(departures)
    .values(row)
    .onConflictDoUpdate({ target: departures.identity, set: { how: row.how, at: row.at } })
    .run();
}

/** Who withdrew and signs again is there again. */
export function deleteDeparture(connection: Connection, identity: Buffer): void {
  connection.delete(departures).where(eq(departures.identity, identity)).run();
}

/** Identities that left since a moment. */
export function departuresSince(connection: Connection, at: number): (typeof departures.$inferSelect)[] {
  return connection.select().from(departures).where(sql`${departures.at} >= ${at}`).all();
}

/** How many signatures there are of each kind, day and country, of those that count. */
export function countedNames(connection: Connection, sourceId: number) {
  return connection
    .select({
      kind: signatures.kind,
      day: signatures.day,
      country: signatures.country,
      count: sql<number>`count(*)`,
    })
    .from(signatures)
    .where(and(eq(signatures.sourceId, sourceId), signatures.counts, published))
    .groupBy(signatures.kind, signatures.day, signatures.country)
    .all();
}

/** How many likely duplicates there are of each kind. */
export function countedLikely(connection: Connection, sourceId: number) {
  return connection
    .select({ kind: signatures.kind, count: sql<number>`count(*)` })
    .from(likelyDuplicates)
    .innerJoin(signatures, eq(signatures.id, likelyDuplicates.signatureId))
    .where(and(eq(signatures.sourceId, sourceId), published))
    .groupBy(signatures.kind)
    .all();
}

/** The condition that a signature, or another of its identity, was merged. */
const ofMerged = sql`(
  ${signatures.id} in (select signature_id from ${merges} union select into_id from ${merges})
  or ifnull(${signatures.identity} in (
    select one.identity from ${signatures} as one
    where one.id in (select signature_id from ${merges} union select into_id from ${merges})
      and one.identity is not null
  ), 0)
)`;

/**
 * Signatures of a source that should count and don't, or the other way round.
 *
 * @remarks Those of people who were merged are not judged: they are few, and `merged` lists them.
 */
export function miscounted(connection: Connection, sourceId: number): Signature[] {
  const earlier = sql`exists (
    select 1 from ${identities} as other
    join ${signatures} as one on one.id = other.signature_id
    where other.identity = ${signatures.identity} and one.id < ${signatures.id}
      and ${isStanding(sql`one.id`)} and ${isPublished(sql`one.import_id`)}
  )`;
  return connection
    .select()
    .from(signatures)
    .where(
      and(
        eq(signatures.sourceId, sourceId),
        published,
        not(ofMerged),
        sql`${signatures.counts} <> (${isStanding(sql`${signatures.id}`)} and not ${earlier})`,
      ),
    )
    .all();
}

/** Signatures of a source whose people an organizer merged with others. */
export function merged(connection: Connection, sourceId: number): Signature[] {
  return connection
    .select()
    .from(signatures)
    .where(and(eq(signatures.sourceId, sourceId), published, ofMerged))
    .all();
}

/** Signatures of a source that should be among the likely duplicates and aren't, or the other way round. */
export function misjudged(connection: Connection, sourceId: number): Signature[] {
  const isLikely = sql`exists (
    select 1 from ${likelyDuplicates} where ${likelyDuplicates.signatureId} = ${signatures.id}
  )`;
  const earlier = sql`exists (
    select 1 from ${likenesses} as other
    join ${signatures} as one on one.id = other.signature_id
    where other.likeness = ${signatures.likeness} and other.signature_id < ${signatures.id}
      and one.counts and ${isPublished(sql`one.import_id`)}
  )`;
  return connection
    .select()
    .from(signatures)
    .where(
      and(
        eq(signatures.sourceId, sourceId),
        published,
        sql`${isLikely} <> (${signatures.counts} and not ${signatures.settled} and ${earlier})`,
      ),
    )
    .all();
}

/** The last id that an import has written; 0 where it has written none. @param firstId - of the ids kept free for it */
export function lastSignatureOf(connection: Connection, importId: number, firstId: number): number {
  const last = connection
    .select({ id: sql<number>`coalesce(max(${signatures.id}), 0)` })
    .from(signatures)
    .where(and(gte(signatures.id, firstId), eq(signatures.importId, importId)))
    .get();
  return last?.id ?? 0;
}
