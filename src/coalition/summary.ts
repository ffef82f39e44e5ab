// Keeps the summary figures in step with the rows they sum.
import type { Connection } from '../../db/connect.js';
import type { Signature, SignatureKind } from '../../db/signatures.js';
import { type Batch, neighbourOf, type Observation } from '../../db/sources.js';
import { addToSummary, type Basis, type Summary } from '../../db/summaries.js';

/** A change of a source's figures, at a place of the tally. */
export interface Change {
  sourceId: number;
  basis: Basis;
  kind: SignatureKind;
  day: string;
  /** Alpha-2; empty where it is not stated. */
  country: string;
  count: number;
}

const dimensions = ['all', 'day', 'country'] as const;

/** The three figures that a change touches: the source's, the day's and the country's. */
export function figuresOf({ sourceId, basis, kind, day, country, count }: Change): Summary[] {
  const keys = { all: '', day, country };
  return dimensions.map((dimension) => ({ sourceId, basis, dimension, key: keys[dimension], kind, count }));
}

function apply(connection: Connection, change: Change): void {
  if (change.count === 0) return;
  for (const figure of figuresOf(change)) addToSummary(connection, figure);
}

export const figureOf = (observation: Observation | undefined, kind: SignatureKind): number | null =>
  observation ? (kind === 'person' ? observation.people : observation.organizations) : 0;

/**
 * Counts an observation in, or out again when it is voided.
 *
 * @remarks Each day carries the change from the observation before it. One that comes between two others
 * splits the later one's change: what it adds to its own day it takes from the next one's.
 */
export function sumObservation(connection: Connection, observation: Observation, sign: 1 | -1): void {
  for (const kind of ['person', 'organization'] as const) {
    const figure = figureOf(observation, kind);
    if (figure === null) continue;
    const before = figureOf(neighbourOf(connection, observation, 'before', kind), kind) ?? 0;
    const after = neighbourOf(connection, observation, 'after', kind);
    const change = { sourceId: observation.sourceId, basis: 'count', kind, country: '' } as const;
    const count = sign * (figure - before);
    apply(connection, { ...change, day: observation.day, count });
    if (after) apply(connection, { ...change, day: after.day, count: -count });
  }
}

/** Counts a batch of paper in, or out again. */
export function sumBatch(
  connection: Connection,
  { sourceId, day, people, organizations }: Batch,
  sign: 1 | -1,
): void {
  const change = { sourceId, basis: 'count', day, country: '' } as const;
  apply(connection, { ...change, kind: 'person', count: sign * people });
  apply(connection, { ...change, kind: 'organization', count: sign * organizations });
}

/** Counts a signature with a name in, or out again. */
export function sumSignature(connection: Connection, signature: Signature, sign: 1 | -1): void {
  const { sourceId, kind, day, country } = signature;
  apply(connection, { sourceId, basis: 'names', kind, day, country: country ?? '', count: sign });
}

/** Counts a signature among its source's likely duplicates, or no longer. */
export function sumLikely(connection: Connection, { sourceId, kind }: Signature, sign: 1 | -1): void {
  addToSummary(connection, { sourceId, basis: 'names', dimension: 'likely', key: '', kind, count: sign });
}
