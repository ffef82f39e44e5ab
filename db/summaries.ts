// The figures kept beside the rows they sum.
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { sources, summaries } from './schema.js';

export type Summary = typeof summaries.$inferSelect;
export type Basis = Summary['basis'];

/** Adds to one figure, which may be negative. */
export function addToSummary(connection: Connection, row: Summary): void {
  connection
    .insert(summaries)
    .values(row)
    .onConflictDoUpdate({
      target: [summaries.sourceId, summaries.basis, summaries.dimension, summaries.key, summaries.kind],
      set: { count: sql`${summaries.count} + ${row.count}` },
    })
    .run();
}

/** The figures of every source of a petition along one dimension; those that are 0 are left out. */
export function summariesOf(
  connection: Connection,
  petitionId: number,
  dimension: Summary['dimension'],
): Summary[] {
  return connection
    .select({ summary: summaries })
    .from(summaries)
    .innerJoin(sources, eq(sources.id, summaries.sourceId))
    .where(
      and(eq(sources.petitionId, petitionId), eq(summaries.dimension, dimension), ne(summaries.count, 0)),
    )
    .all()
    .map((row) => row.summary);
}

/** All figures of one source; those that are 0 are left out. */
export function summariesOfSource(connection: Connection, sourceId: number): Summary[] {
  return connection
    .select()
    .from(summaries)
    .where(and(eq(summaries.sourceId, sourceId), ne(summaries.count, 0)))
    .all();
}
