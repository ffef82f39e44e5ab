// Keeps the summary figures in step with the rows they sum, and proves them from the rows.
import type { Connection } from '../../db/connect.js';
import type { Batch, Observation, Signature, SignatureKind } from '../../db/sources.js';
import {
  isCounted,
  neighbourOf,
  sourcesOf,
  standingBatches,
  standingObservations,
  standingSignatures,
} from '../../db/sources.js';
import {
  addToSummary,
  type Basis,
  replaceSummaries,
  type Summary,
  summariesOfSource,
} from '../../db/summaries.js';

/** A change of a source's figures, at a place of the tally. */
interface Change {
  sourceId: number;
  basis: Basis;
  kind: SignatureKind;
  day: string;
  /** Alpha-2; empty where it is not stated. */
  country: string;
  count: number;
}

const dimensions = ['all', 'day', 'country'] as const;

/** The three figures that a change touches. */
function figuresOf({ sourceId, basis, kind, day, country, count }: Change): Summary[] {
  const keys = { all: '', day, country };
  return dimensions.map((dimension) => ({ sourceId, basis, dimension, key: keys[dimension], kind, count }));
}

function apply(connection: Connection, change: Change): void {
  if (change.count === 0) return;
  for (const figure of figuresOf(change)) addToSummary(connection, figure);
}

const figureOf = (observation: Observation | undefined, kind: SignatureKind): number | null =>
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

/** A source whose kept figures were not what its rows add up to. */
export interface Difference {
  sourceId: number;
  name: string;
  /** Before and after, for people and organizations together. */
  kept: number;
  proven: number;
}

/**
 * Adds every figure up anew from the rows and puts right what differs.
 *
 * @returns the sources whose figures differed; none is the normal answer
 */
export function recountPetition(connection: Connection, petitionId: number): Difference[] {
  const differences: Difference[] = [];
  for (const source of sourcesOf(connection, petitionId)) {
    const kept = summariesOfSource(connection, source.id);
    const proven = provenFigures(connection, source.id);
    if (sameFigures(kept, proven)) continue;
    replaceSummaries(connection, source.id, proven);
    const counted = isCounted(connection, source.id) ? 'count' : 'names';
    differences.push({
      sourceId: source.id,
      name: source.name,
      kept: totalOf(kept, counted),
      proven: totalOf(proven, counted),
    });
  }
  return differences;
}

function provenFigures(connection: Connection, sourceId: number): Summary[] {
  const changes: Change[] = [];
  const last = { person: 0, organization: 0 };
  for (const observation of standingObservations(connection, sourceId)) {
    for (const kind of ['person', 'organization'] as const) {
      const figure = figureOf(observation, kind);
      if (figure === null) continue;
      changes.push({
        sourceId,
        basis: 'count',
        kind,
        day: observation.day,
        country: '',
        count: figure - last[kind],
      });
      last[kind] = figure;
    }
  }
  for (const { day, people, organizations } of standingBatches(connection, sourceId)) {
    changes.push({ sourceId, basis: 'count', kind: 'person', day, country: '', count: people });
    changes.push({ sourceId, basis: 'count', kind: 'organization', day, country: '', count: organizations });
  }
  for (const { kind, day, country } of standingSignatures(connection, sourceId)) {
    changes.push({ sourceId, basis: 'names', kind, day, country: country ?? '', count: 1 });
  }
  const figures = new Map<string, Summary>();
  for (const figure of changes.flatMap(figuresOf)) {
    const place = placeOf(figure);
    figures.set(place, { ...figure, count: figure.count + (figures.get(place)?.count ?? 0) });
  }
  return [...figures.values()].filter(({ count }) => count !== 0);
}

const placeOf = ({ basis, dimension, key, kind }: Summary) => [basis, dimension, key, kind].join('\n');

function sameFigures(kept: Summary[], proven: Summary[]): boolean {
  const counts = new Map(proven.map((figure) => [placeOf(figure), figure.count]));
  return (
    kept.length === proven.length && kept.every((figure) => counts.get(placeOf(figure)) === figure.count)
  );
}

const totalOf = (figures: Summary[], basis: Basis) =>
  figures
    .filter((figure) => figure.basis === basis && figure.dimension === 'all')
    .reduce((sum, { count }) => sum + count, 0);
