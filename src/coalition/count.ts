// Entering and correcting figures: an observation of a platform, a batch of paper, a name, a void.
import type { Connection, Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import { type Signature, type SignatureKind, updateSignature } from '../../db/signatures.js';
import {
  type Batch,
  type Entry,
  entryOf,
  insertBatch,
  insertObservation,
  insertVoid,
  latestEntries,
  latestObservation,
  type Observation,
  type Source,
} from '../../db/sources.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { Failure } from './failure.js';
import { likenessOf } from './mark.js';
import { enterSignature, settlePerson } from './person.js';
import { requireHost, requireState, today } from './petition.js';
import { asPlain } from './plain-text.js';
import type { Seal } from './seal.js';
import { addedByHand, findSource, sourceNamed } from './source.js';
import { sumBatch, sumObservation } from './summary.js';
import { type Tally, tallyOf } from './tally.js';

/** What an entry did to the count. */
export interface Counted<Entry> {
  entry: Entry;
  source: Source;
  before: Tally;
  now: Tally;
}

/** An absolute total that a platform shows; the latest by `day` holds, and it may be lower than the one before. */
export function countPlatform(
  database: Database,
  write: Write,
  petition: Petition,
  input: { source: string; people: number; organizations?: number | undefined; day?: string | undefined },
): Counted<Observation> & { held: Observation } {
  requireState(petition, 'count');
  const day = input.day ?? today(petition, write.at);
  if (day > today(petition, write.at)) throw new Failure('futureDay', { day: { day } });
  return writeOnce(database, write, (connection, record) => {
    const before = tallyOf(connection, petition.id);
    const source = sourceNamed(connection, petition.id, input.source, 'platform', write.at);
    const { serverId, userId, at } = write;
    const entry = insertObservation(connection, {
      sourceId: source.id,
      day,
      people: input.people,
      organizations: input.organizations ?? null,
      serverId,
      userId,
      at,
    });
    sumObservation(connection, entry, 1);
    record({ petitionId: petition.id, deed: 'signatures.count', detail: { observation: entry.id } });
    const held = latestObservation(connection, source.id) ?? entry;
    return { entry, source, before, now: tallyOf(connection, petition.id), held };
  });
}

/** More signatures on paper. */
export function addBatch(
  database: Database,
  write: Write,
  petition: Petition,
  input: { source: string; people: number; organizations: number; note?: string | undefined },
): Counted<Batch> {
  requireState(petition, 'batch');
  if (input.people + input.organizations === 0) throw new Failure('emptyBatch');
  return writeOnce(database, write, (connection, record) => {
    const before = tallyOf(connection, petition.id);
    const source = sourceNamed(connection, petition.id, input.source, 'paper', write.at);
    const { serverId, userId, at } = write;
    const { people, organizations, note = null } = input;
    const day = today(petition, at);
    const entry = insertBatch(connection, {
      sourceId: source.id,
      day,
      people,
      organizations,
      note,
      serverId,
      userId,
      at,
    });
    sumBatch(connection, entry, 1);
    record({ petitionId: petition.id, deed: 'signatures.batch', detail: { batch: entry.id } });
    return { entry, source, before, now: tallyOf(connection, petition.id) };
  });
}

/** What a person or an organization signs with; sealed before it is stored. */
export interface SignedName {
  name: string;
  organization?: string | undefined;
  comment?: string | undefined;
}

/** A signature with a name, typed in by an organizer. */
export function addSignature(
  database: Database,
  write: Write,
  petition: Petition,
  input: SignedName & { kind: SignatureKind; country: string; source?: string | undefined },
  seal: Seal,
): Counted<Signature> {
  requireState(petition, 'add');
  requireHost(petition, write.serverId);
  return writeOnce(database, write, (connection, record) => {
    const before = tallyOf(connection, petition.id);
    const name = input.source ?? addedByHand;
    const source =
      findSource(connection, petition.id, name) ??
      sourceNamed(connection, petition.id, name, 'hand', write.at);
    const { serverId, userId, at } = write;
    const sealed = seal.seal({ name: input.name, organization: input.organization, comment: input.comment });
    const entry = enterSignature(connection, {
      sourceId: source.id,
      kind: input.kind,
      sealed,
      country: input.country,
      likeness: likenessOf(seal, petition.id, input),
      // An organization signs in public; a person has to say so.
      consent: input.kind === 'organization',
      day: today(petition, at),
      serverId,
      userId,
      at,
    });
    record({ petitionId: petition.id, deed: 'signatures.add', detail: { signature: entry.id } });
    return { entry, source, before, now: tallyOf(connection, petition.id) };
  });
}

/**
 * Notes that a person whose name was typed in agreed to its being handed over with the petition.
 *
 * @throws {@link Failure} for any other signature: who signed by themselves has said so, or not
 */
export function allowHandingOver(
  database: Database,
  write: Write,
  petition: Petition,
  named: string,
): Signature {
  requireHost(petition, write.serverId);
  return writeOnce(database, write, (connection, record) => {
    const { kind, entry } = findEntry(connection, petition, named);
    if (kind !== 'signature' || entry.userId === null) throw new Failure('staleButton');
    updateSignature(connection, entry.id, { consent: true });
    record({ petitionId: petition.id, deed: 'signatures.consent', detail: { signature: entry.id } });
    return { ...entry, consent: true };
  });
}

/**
 * Takes an entry out of the count; the entry and the reason both stay.
 *
 * @param named - 'observation:12', as completion gives it
 */
export function voidEntry(
  database: Database,
  write: Write,
  petition: Petition,
  named: string,
  reason: string,
): Counted<Entry['entry']> {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    const found = findEntry(connection, petition, named);
    const before = tallyOf(connection, petition.id);
    const fresh = insertVoid(connection, {
      entryKind: found.kind,
      entryId: found.entry.id,
      reason,
      userId: write.userId ?? '',
      at: write.at,
    });
    if (!fresh) throw new Failure('alreadyVoid');
    // After the void is in, the entry's neighbours are those that stand without it.
    if (found.kind === 'observation') sumObservation(connection, found.entry, -1);
    else if (found.kind === 'batch') sumBatch(connection, found.entry, -1);
    else settlePerson(connection, found.entry);
    record({ petitionId: petition.id, deed: 'signatures.void', detail: { entry: entryCode(found), reason } });
    return { entry: found.entry, source: found.source, before, now: tallyOf(connection, petition.id) };
  });
}

/** How an entry is named in completion, and typed by hand. */
export function entryCode({ kind, entry }: Entry): string {
  return `${kind}:${entry.id}`;
}

/** The newest entries that can be corrected. */
export function correctableEntries(connection: Connection, petitionId: number): Entry[] {
  return latestEntries(connection, petitionId, 100);
}

function findEntry(connection: Connection, petition: Petition, named: string): Entry {
  const match = /^\s*(observation|batch|signature):(\d{1,15})\s*$/.exec(named);
  const found = match && entryOf(connection, match[1] as Entry['kind'], Number(match[2]));
  if (!found || found.source.petitionId !== petition.id)
    throw new Failure('unknownEntry', { named: asPlain(named) });
  return found;
}
