// Proves every figure from the rows it stands for, and puts right what differs.
import type { Connection } from '../../db/connect.js';
import {
  countedLikely,
  countedNames,
  merged,
  miscounted,
  misjudged,
  type Signature,
  samePerson,
  signatureById,
  stands,
} from '../../db/signatures.js';
import { isCounted, sourceById, sourcesOf, standingBatches, standingObservations } from '../../db/sources.js';
import { addToSummary, type Summary, summariesOfSource } from '../../db/summaries.js';
import { settleAlike, settlePerson } from './person.js';
import type { RecountErrand } from './recount-errand.js';
import { type Change, figureOf, figuresOf } from './summary.js';
import { sendErrand } from './thread.js';

/** What one source's rows say of its figures, and of who counts. */
export interface Proof {
  sourceId: number;
  /** What is to be added to each figure that is not what its rows add up to. */
  changes: Summary[];
  /** The ids of signatures that count and shouldn't, or the other way round. */
  miscounted: number[];
  /** The ids of signatures that wait for review and shouldn't, or the other way round. */
  misjudged: number[];
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
 * Adds every figure up anew and puts right what differs.
 *
 * @returns the sources whose figures differed; none is the normal answer
 */
export function recountPetition(connection: Connection, petitionId: number): Difference[] {
  return mend(connection, provePetition(connection, petitionId));
}

/**
 * What differs from the rows, source by source; reads only, so that it may run beside the bot.
 *
 * @remarks Read in one transaction. What it returns are additions, so they are right when they are made later too.
 */
export function provePetition(connection: Connection, petitionId: number): Proof[] {
  return sourcesOf(connection, petitionId)
    .map(({ id }) => ({
      sourceId: id,
      changes: changesOf(summariesOfSource(connection, id), provenFigures(connection, id)),
      miscounted: [
        ...miscounted(connection, id),
        ...merged(connection, id).filter((one) => one.counts !== shouldCount(connection, one)),
      ].map((one) => one.id),
      misjudged: misjudged(connection, id).map((one) => one.id),
    }))
    .filter((proof) => proof.changes.length + proof.miscounted.length + proof.misjudged.length > 0);
}

/**
 * The same in a thread of its own: with millions of signatures it takes seconds, in which the bot answers.
 *
 * @param file - the database's
 */
export function proveBeside(file: string, petitionId: number): Promise<Proof[]> {
  return sendErrand({ file: './recount-errand.js', from: import.meta.url }, {
    file,
    petitionId,
  } satisfies RecountErrand);
}

/** Puts right what a proof found; in a write transaction. */
export function mend(connection: Connection, proofs: Proof[]): Difference[] {
  const before = proofs.map(({ sourceId }) => totalOf(connection, sourceId));
  for (const { changes } of proofs) for (const change of changes) addToSummary(connection, change);
  const those = (ids: number[]) => ids.flatMap((id) => signatureById(connection, id) ?? []);
  for (const one of those(proofs.flatMap((proof) => proof.miscounted))) settlePerson(connection, one);
  for (const { likeness } of those(proofs.flatMap((proof) => proof.misjudged))) {
    if (likeness) settleAlike(connection, likeness);
  }
  return proofs.map(({ sourceId }, index) => ({
    sourceId,
    name: sourceById(connection, sourceId)?.name ?? '',
    kept: before[index] ?? 0,
    proven: totalOf(connection, sourceId),
  }));
}

const shouldCount = (connection: Connection, signature: Signature) =>
  samePerson(connection, signature).find(({ id }) => stands(connection, id))?.id === signature.id;

function totalOf(connection: Connection, sourceId: number): number {
  const basis = isCounted(connection, sourceId) ? 'count' : 'names';
  return summariesOfSource(connection, sourceId)
    .filter((figure) => figure.basis === basis && figure.dimension === 'all')
    .reduce((sum, { count }) => sum + count, 0);
}

/** What the rows of a source add up to. */
function provenFigures(connection: Connection, sourceId: number): Summary[] {
  const changes: Change[] = [];
  const last = { person: 0, organization: 0 };
  const counted = { sourceId, basis: 'count', country: '' } as const;
  for (const observation of standingObservations(connection, sourceId)) {
    for (const kind of ['person', 'organization'] as const) {
      const figure = figureOf(observation, kind);
      if (figure === null) continue;
      changes.push({ ...counted, kind, day: observation.day, count: figure - last[kind] });
      last[kind] = figure;
    }
  }
  for (const { day, people, organizations } of standingBatches(connection, sourceId)) {
    changes.push({ ...counted, kind: 'person', day, count: people });
    changes.push({ ...counted, kind: 'organization', day, count: organizations });
  }
  for (const { kind, day, country, count } of countedNames(connection, sourceId)) {
    changes.push({ sourceId, basis: 'names', kind, day, country: country ?? '', count });
  }
  const likely = countedLikely(connection, sourceId).map(
    ({ kind, count }): Summary => ({ sourceId, basis: 'names', dimension: 'likely', key: '', kind, count }),
  );
  return [...changes.flatMap(figuresOf), ...likely];
}

/** What brings the kept figures to the proven ones. */
function changesOf(kept: Summary[], proven: Summary[]): Summary[] {
  const figures = new Map<string, Summary>();
  const add = (figure: Summary, sign: 1 | -1) => {
    const place = [figure.basis, figure.dimension, figure.key, figure.kind].join('\n');
    const count = (figures.get(place)?.count ?? 0) + sign * figure.count;
    figures.set(place, { ...figure, count });
  };
  for (const figure of proven) add(figure, 1);
  for (const figure of kept) add(figure, -1);
  return [...figures.values()].filter(({ count }) => count !== 0);
}
