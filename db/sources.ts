// Sources of signatures, their figures, and corrections; signatures with a name are in signatures.ts.
import { and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { batches, observations, signatures, sources, voids } from './schema.js';
import { published, type SignatureKind } from './signatures.js';

export type Source = typeof sources.$inferSelect;
export type SourceKind = Source['kind'];
export type Observation = typeof observations.$inferSelect;
export type Batch = typeof batches.$inferSelect;
export type EntryKind = (typeof voids.$inferSelect)['entryKind'];

export function sourcesOf(connection: Connection, petitionId: number): Source[] {
  return connection
    .select()
    .from(sources)
    .where(eq(sources.petitionId, petitionId))
    .orderBy(asc(sources.id))
    .all();
}

export function sourceById(connection: Connection, id: number): Source | undefined {
  return connection.select().from(sources).where(eq(sources.id, id)).get();
}

export function sourceByName(
  connection: Connection,
  petitionId: number,
  foldedName: string,
): Source | undefined {
  return connection
    .select()
    .from(sources)
    .where(and(eq(sources.petitionId, petitionId), eq(sources.foldedName, foldedName)))
    .get();
}

export function sourceByUrl(connection: Connection, petitionId: number, url: string): Source | undefined {
  return connection
    .select()
    .from(sources)
    .where(and(eq(sources.petitionId, petitionId), eq(sources.url, url)))
    .get();
}

export function insertSource(connection: Connection, row: typeof sources.$inferInsert): Source {
  return connection.insert(sources).values(row).returning().get();
}

export function updateSource(connection: Connection, id: number, changes: Partial<Omit<Source, 'id'>>): void {
  connection.update(sources).set(changes).where(eq(sources.id, id)).run();
}

export function insertObservation(
  connection: Connection,
  row: typeof observations.$inferInsert,
): Observation {
  return connection.insert(observations).values(row).returning().get();
}

export function insertBatch(connection: Connection, row: typeof batches.$inferInsert): Batch {
  return connection.insert(batches).values(row).returning().get();
}

/** The condition that an entry of this kind has not been voided. */
export const standing = (
  kind: EntryKind,
  id: typeof observations.id | typeof batches.id | typeof signatures.id,
) => sql`not exists (select 1 from ${voids} where ${voids.entryKind} = ${kind} and ${voids.entryId} = ${id})`;

/** The observations that stand, in the order that counts: by day, then by entry. */
export function standingObservations(connection: Connection, sourceId: number): Observation[] {
  return connection
    .select()
    .from(observations)
    .where(and(eq(observations.sourceId, sourceId), standing('observation', observations.id)))
    .orderBy(asc(observations.day), asc(observations.id))
    .all();
}

/** The standing observation just before or after another that states the figure of this kind. */
export function neighbourOf(
  connection: Connection,
  { id, sourceId, day }: Observation,
  side: 'before' | 'after',
  kind: SignatureKind,
): Observation | undefined {
  const [beyond, order] = side === 'before' ? [lt, desc] : [gt, asc];
  return connection
    .select()
    .from(observations)
    .where(
      and(
        eq(observations.sourceId, sourceId),
        or(beyond(observations.day, day), and(eq(observations.day, day), beyond(observations.id, id))),
        kind === 'organization' ? sql`${observations.organizations} is not null` : undefined,
        standing('observation', observations.id),
      ),
    )
    .orderBy(order(observations.day), order(observations.id))
    .limit(1)
    .get();
}

/** The latest standing observation of a source. */
export function latestObservation(connection: Connection, sourceId: number): Observation | undefined {
  return connection
    .select()
    .from(observations)
    .where(and(eq(observations.sourceId, sourceId), standing('observation', observations.id)))
    .orderBy(desc(observations.day), desc(observations.id))
    .limit(1)
    .get();
}

export function standingBatches(connection: Connection, sourceId: number): Batch[] {
  return connection
    .select()
    .from(batches)
    .where(and(eq(batches.sourceId, sourceId), standing('batch', batches.id)))
    .all();
}

/** The source has a count of its own: an observation or a batch that stands. */
export function isCounted(connection: Connection, sourceId: number): boolean {
  const observed = connection
    .select({ id: observations.id })
    .from(observations)
    .where(and(eq(observations.sourceId, sourceId), standing('observation', observations.id)))
    .limit(1)
    .get();
  if (observed) return true;
  const batched = connection
    .select({ id: batches.id })
    .from(batches)
    .where(and(eq(batches.sourceId, sourceId), standing('batch', batches.id)))
    .limit(1)
    .get();
  return batched !== undefined;
}

/** The newest entries of a petition that stand and can be corrected, newest first. */
export function latestEntries(connection: Connection, petitionId: number, most: number) {
  const observed = connection
    .select({ entry: observations, source: sources })
    .from(observations)
    .innerJoin(sources, eq(sources.id, observations.sourceId))
    .where(and(eq(sources.petitionId, petitionId), standing('observation', observations.id)))
    .orderBy(desc(observations.at), desc(observations.id))
    .limit(most)
    .all()
    .map((row) => ({ kind: 'observation' as const, ...row }));
  const batched = connection
    .select({ entry: batches, source: sources })
    .from(batches)
    .innerJoin(sources, eq(sources.id, batches.sourceId))
    .where(and(eq(sources.petitionId, petitionId), standing('batch', batches.id)))
    .orderBy(desc(batches.at), desc(batches.id))
    .limit(most)
    .all()
    .map((row) => ({ kind: 'batch' as const, ...row }));
  const named = connection
    .select({ entry: signatures, source: sources })
    .from(signatures)
    .innerJoin(sources, eq(sources.id, signatures.sourceId))
    .where(and(eq(sources.petitionId, petitionId), standing('signature', signatures.id), published))
    .orderBy(desc(signatures.at), desc(signatures.id))
    .limit(most)
    .all()
    .map((row) => ({ kind: 'signature' as const, ...row }));
  return [...observed, ...batched, ...named].sort((a, b) => b.entry.at - a.entry.at).slice(0, most);
}

export type Entry = ReturnType<typeof latestEntries>[number];

/** One entry by its kind and id, whether it stands or not. */
export function entryOf(connection: Connection, kind: Entry['kind'], id: number): Entry | undefined {
  const table = { observation: observations, batch: batches, signature: signatures }[kind];
  const row = connection
    .select({ entry: table, source: sources })
    .from(table)
    .innerJoin(sources, eq(sources.id, table.sourceId))
    .where(eq(table.id, id))
    .get();
  return row && ({ kind, ...row } as Entry);
}

/** Voids an entry; false where it was void already. */
export function insertVoid(connection: Connection, row: typeof voids.$inferInsert): boolean {
  return connection.insert(voids).values(row).onConflictDoNothing().run().changes === 1;
}

/** The entry no longer counts. */
export function isVoid(connection: Connection, kind: EntryKind, id: number): boolean {
  const found = connection
    .select({ at: voids.at })
    .from(voids)
    .where(and(eq(voids.entryKind, kind), eq(voids.entryId, id)))
    .get();
  return found !== undefined;
}
