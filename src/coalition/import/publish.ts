// Publishes prepared rows: written in short transactions while nobody sees them, then counted in one step.
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection, Database } from '../../../db/connect.js';
import {
  type Import,
  importById,
  movedSince,
  removeKeys,
  removeSignatures,
  removeWithSource,
  updateImport,
} from '../../../db/imports.js';
import { eraseSignature } from '../../../db/privacy.js';
import {
  attachStaging,
  compare,
  findLikely,
  freshRows,
  isCompared,
  markCompared,
  reserveIds,
  type Step,
  stagedOrder,
  stagedRows,
  stepsOf,
  sums,
  unsettledIds,
} from '../../../db/publish.js';
import {
  departuresSince,
  lastSignatureOf,
  samePerson,
  signatureById,
  signaturesOf,
} from '../../../db/signatures.js';
import { insertVoid } from '../../../db/sources.js';
import { DamagedStaging } from '../../../db/staging.js';
import { addToSummary, type Summary } from '../../../db/summaries.js';
import { inTransaction } from '../../../db/transaction.js';
import { settleAlike, settlePerson } from '../person.js';
import { figuresOf } from '../summary.js';
import { importLease } from './begin.js';

/** How long one transaction should keep others from writing, in milliseconds, and how many rows it begins with. */
const patience = 10;
const firstPart = 1000;
const largestPart = 20_000;

/**
 * Writes what a staging file holds and then shows it.
 *
 * Interrupted, it goes on where it was when it is called again: each part changes nothing the second time.
 *
 * @param today - the petition's day when the import began: the day of rows that state none
 * @returns how many signatures were added
 */
export async function publishImport(
  database: Database,
  staged: string,
  row: Import,
  today: string,
  progress: (share: number) => void,
): Promise<number> {
  const client = database.$client;
  attachStaging(client, staged);
  const order = stagedOrder(client);
  const firstId = row.firstId || reserve(database, row);
  const lastId = firstId + stagedRows(client) - 1;
  if (!isCompared(client)) {
    // Compared again, what was written of it would be taken for known.
    if (lastSignatureOf(database, row.id, firstId) > 0) throw new DamagedStaging(staged);
    compare(client, row.sourceId, order);
    findLikely(client);
    markCompared(client);
  }
  const publication = { ...row, importId: row.id, today };
  const steps = stepsOf(client, publication, order, firstId);
  const all = steps.reduce((sum, [, places]) => sum + places, 0);
  let done = 0;
  for (const [step, places] of steps) {
    await inParts(database, row, places, step, (part) => {
      done += part;
      progress(done / all);
    });
  }
  const { counted, likely } = sums(client, publication, order);
  const changes = [
    ...counted.flatMap((sum) => figuresOf({ ...sum, sourceId: row.sourceId, basis: 'names' })),
    ...likely.map(
      (sum): Summary => ({ ...sum, sourceId: row.sourceId, basis: 'names', dimension: 'likely', key: '' }),
    ),
  ];
  const unsettled = unsettledIds(client, firstId);
  inTransaction(database, (connection) => {
    if (!isUnderWay(connection, row)) return;
    updateImport(connection, row.id, { state: 'done', added: freshRows(client) });
    for (const change of summed(changes)) addToSummary(connection, change);
    settleWhatMoved(connection, row, lastId, unsettled);
  });
  client.exec('detach database staged');
  return importById(database, row.id)?.added ?? 0;
}

/** Nobody else has ended it, as may be after a process slept for longer than its lease. */
const isUnderWay = (connection: Connection, { id }: Import) =>
  importById(connection, id)?.state === 'publishing';

/** Keeps ids free, so that what others enter meanwhile comes after them. */
function reserve(database: Database, { id }: Import): number {
  return inTransaction(database, (connection) => {
    const firstId = reserveIds(connection, stagedRows(database.$client));
    updateImport(connection, id, { firstId });
    return firstId;
  });
}

/**
 * Does a step in parts, each a transaction of its own that is as long as others may be kept waiting; between two of
 * them it rests for half as long, so that whoever waits for the lock gets it.
 */
async function inParts(
  database: Database,
  row: Import,
  places: number,
  step: Step,
  told: (part: number) => void,
): Promise<void> {
  let part = firstPart;
  for (let from = 1; from <= places; ) {
    const began = performance.now();
    const goesOn = inTransaction(database, (connection) => {
      if (!isUnderWay(connection, row)) return false;
      step(from, from + part);
      return true;
    });
    if (!goesOn) return;
    const took = performance.now() - began;
    told(Math.min(part, places - from + 1));
    from += part;
    if (took > patience) part = Math.max(1, Math.floor(part / 2));
    else if (took < patience / 2) part = Math.min(largestPart, part * 2);
    await wait(took / 2);
  }
}

/** The figures of one place as one. */
function summed(changes: Summary[]): Summary[] {
  const sums = new Map<string, Summary>();
  for (const change of changes) {
    const place = [change.dimension, change.key, change.kind].join('\n');
    sums.set(place, { ...change, count: change.count + (sums.get(place)?.count ?? 0) });
  }
  return [...sums.values()];
}

/** What was entered, corrected or erased while nobody saw these rows, applied to them too. */
function settleWhatMoved(connection: Connection, row: Import, lastId: number, unsettled: number[]): void {
  // Whoever began to write a little before it may have written after it was compared.
  const since = row.at - importLease;
  const left = departuresSince(connection, since).flatMap(({ identity, how }) =>
    signaturesOf(connection, identity)
      .filter(({ importId }) => importId === row.id)
      .map((signature) => ({ signature, how })),
  );
  for (const { signature, how } of left) {
    eraseSignature(connection, signature.id);
    if (how === 'withdrawn') insertVoid(connection, withdrawal(signature.id, row.at));
  }
  for (const signature of [
    ...movedSince(connection, since, lastId),
    ...unsettled.flatMap((id) => signatureById(connection, id) ?? []),
    ...left.map(({ signature }) => signature),
  ]) {
    settlePerson(connection, signature);
    // Another of this person may count by now, and that one be alike with these rows.
    for (const { likeness } of samePerson(connection, signature)) {
      if (likeness) settleAlike(connection, likeness);
    }
  }
}

const withdrawal = (entryId: number, at: number) =>
  ({ entryKind: 'signature', entryId, reason: null, userId: '', at }) as const;

/** Removes all that an import wrote, which nobody has seen, and the source that was made for it. */
export async function undoImport(database: Database, row: Import): Promise<void> {
  const lastId = lastSignatureOf(database, row.id, row.firstId);
  const ids = lastId - row.firstId + 1;
  if (row.firstId > 0 && ids > 0) {
    await inParts(
      database,
      row,
      256,
      (from, to) => {
        for (let byte = from - 1; byte < Math.min(to - 1, 256); byte += 1) {
          removeKeys(database, byte, row.firstId, lastId + 1);
        }
      },
      () => {},
    );
    await inParts(
      database,
      row,
      ids,
      (from, to) => removeSignatures(database, row.id, row.firstId + from - 1, row.firstId + to - 1),
      () => {},
    );
  }
  inTransaction(database, (connection) => {
    if (!isUnderWay(connection, row)) return;
    updateImport(connection, row.id, { state: 'undone' });
    removeWithSource(connection, row);
  });
}
