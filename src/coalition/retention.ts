// How long what is personal is kept: until a set time after delivery. The counts stay.
//
// Removed are the names, organizations and comments of signatures, the comments people submitted, the notes, outcomes, message links and proofs of
// outreach, and the names on boards. What figures rest on stays: kind, country and day of a signature, and the keyed
// hashes that keep a file from bringing it back; so do the ids of Discord accounts, which `/privacy forget` removes.
import type { Connection, Database } from '../../db/connect.js';
import { insertNotice } from '../../db/notices.js';
import {
  countComments,
  countNotes,
  countProofs,
  eraseComments,
  eraseNames,
  eraseNotes,
  eraseProofs,
  eraseReleaseFacts,
  eraseShownMembers,
  namesAfter,
} from '../../db/personal.js';
import { type Petition, petitionById, updatePetition } from '../../db/petitions.js';
import { overwriting } from '../../db/privacy.js';
import { sourcesOf } from '../../db/sources.js';
import { inTransaction, writeOnce } from '../../db/transaction.js';
import type { Values } from '../i18n/words.js';
import { addDays, type Day, dayIn } from './day.js';
import { plainTitle, today } from './petition.js';

/** How many days after delivery names are kept. */
export const retentionDays = 180;

/** How many days before, at the least, organizers are told what will be removed. */
export const warningDays = 14;

/** How many signatures, or entries of outreach, one step touches: short enough to keep no command waiting. */
const pieces = 1000;

/** Files are large. */
const files = 5;

/** What a removal takes. */
export interface Personal {
  names: number;
  comments: number;
  notes: number;
  proofs: number;
}

/** What is to be done for a petition now. */
export type Task = 'tell' | 'remove';

/** Work in short steps: whoever runs it lets others have their turn in between. */
export type InSteps<Result> = Generator<undefined, Result>;

/**
 * The day on which a petition's names are removed: a set time after delivery, and never before organizers have known
 * of it long enough. Undefined where it has not been delivered, or they are removed already.
 */
export function removalDay(petition: Petition, now: number): Day | undefined {
  const { state, timezone, deliveredAt, removalToldAt, namesRemovedAt } = petition;
  if (state !== 'delivered' || deliveredAt === null || namesRemovedAt !== null) return undefined;
  const kept = addDays(dayIn(timezone, deliveredAt), retentionDays);
  const warned = addDays(dayIn(timezone, removalToldAt ?? now), warningDays);
  return kept > warned ? kept : warned;
}

/** What is due for a petition at a moment. */
export function taskOf(petition: Petition, now: number): Task | undefined {
  const day = removalDay(petition, now);
  if (day === undefined) return undefined;
  if (petition.removalToldAt !== null) return today(petition, now) >= day ? 'remove' : undefined;
  return today(petition, now) >= addDays(day, -warningDays) ? 'tell' : undefined;
}

/** A petition that was delivered before Minga kept the time: it begins to run now. */
export function startClock(database: Database, petition: Petition, now: number): void {
  if (petition.state === 'delivered' && petition.deliveredAt === null)
    updatePetition(database, petition.id, { deliveredAt: now });
}

/** What there is that a removal would take. */
export function* personalIn(connection: Connection, petitionId: number): InSteps<Personal> {
  let names = 0;
  for (const window of windows(connection, petitionId)) {
    names += window.names;
    yield;
  }
  return {
    names,
    comments: countComments(connection, petitionId),
    notes: countNotes(connection, petitionId),
    proofs: countProofs(connection, petitionId),
  };
}

/** «1,234 names, 12 notes»: only what there is. */
export function listOf(personal: Personal) {
  return (['names', 'comments', 'notes', 'proofs'] as const)
    .filter((what) => personal[what] > 0)
    .map((what) => ({ key: `retention.${what}` as const, values: { count: personal[what] } }));
}

/** Tells organizers what will be removed on which day, and how to keep a copy. Where there is nothing, it is done. */
export function* tellRemoval(database: Database, petition: Petition, now: number): InSteps<void> {
  const personal = yield* personalIn(database, petition.id);
  inTransaction(database, (connection) => {
    const current = petitionById(connection, petition.id);
    if (!current || taskOf(current, now) !== 'tell') return;
    updatePetition(connection, petition.id, { removalToldAt: now });
    const what = listOf(personal);
    if (what.length === 0) return updatePetition(connection, petition.id, { namesRemovedAt: now });
    const values: Values = {
      title: plainTitle(current),
      kept: retentionDays,
      day: { day: removalDay(current, now) ?? '' },
      what: { list: what },
    };
    const { serverId } = current;
    insertNotice(connection, { serverId, key: 'notices.removalAhead', values, at: now });
  });
}

/** Removes what is due, and tells organizers once nothing is left; it ends where the petition is opened again. */
export function* removePersonal(database: Database, petition: Petition, now: number): InSteps<void> {
  const isDue = (connection: Connection) => {
    const current = petitionById(connection, petition.id);
    return current !== undefined && taskOf(current, now) === 'remove';
  };
  const step = (erase: (connection: Connection) => boolean) =>
    overwriting(database, () =>
      inTransaction(database, (connection) => isDue(connection) && erase(connection)),
    );
  let signatures = 0;
  for (const { sourceId, after, last, names, ...window } of windows(database, petition.id)) {
    signatures += window.signatures;
    if (names > 0 && !step((connection) => eraseNames(connection, sourceId, after, last))) return;
    yield;
  }
  while (step((connection) => eraseComments(connection, petition.id, pieces))) yield;
  while (step((connection) => eraseNotes(connection, petition.id, pieces))) yield;
  while (step((connection) => eraseProofs(connection, petition.id, files))) yield;
  const { serverId, id: petitionId } = petition;
  writeOnce(database, { userId: null, serverId, at: now }, (connection, record) => {
    if (!isDue(connection)) return;
    eraseShownMembers(connection, petitionId);
    eraseReleaseFacts(connection, petitionId);
    updatePetition(connection, petitionId, { namesRemovedAt: now });
    record({ petitionId, deed: 'petition.namesRemoved', detail: { signatures } });
    const values: Values = { title: plainTitle(petition), count: signatures };
    insertNotice(connection, { serverId, key: 'notices.removed', values, at: now });
  });
}

/** Goes through all of a petition's signatures, those of imports that were never finished too. */
function* windows(connection: Connection, petitionId: number) {
  for (const { id: sourceId } of sourcesOf(connection, petitionId)) {
    let after = 0;
    for (;;) {
      const { last, ...window } = namesAfter(connection, sourceId, after, pieces);
      if (last === null) break;
      yield { sourceId, after, last, ...window };
      after = last;
    }
  }
}
