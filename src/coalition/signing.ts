// Signing in Discord: people for themselves, once. No row says who: accounts and interactions go in as keyed marks only.
import type { Connection, Database } from '../../db/connect.js';
import { deleteDraftsOf, draftOf } from '../../db/drafts.js';
import { allPetitions, type Petition, petitionById, petitionsOf } from '../../db/petitions.js';
import { serverOf } from '../../db/servers.js';
import {
  deleteDeparture,
  insertDeparture,
  insertMerge,
  type Signature,
  samePerson,
  signaturesOf,
  stands,
  updateSignature,
} from '../../db/signatures.js';
import { insertVoid, type Source, sourceById } from '../../db/sources.js';
import { inTransaction, type Write, writeOnce } from '../../db/transaction.js';
import type { SignedName } from './count.js';
import { keepDraft } from './draft.js';
import { Failure } from './failure.js';
import { byAccount, likenessOf } from './mark.js';
import { enterSignature, settlePerson } from './person.js';
import { plainTitle, requireState, today } from './petition.js';
import type { Seal } from './seal.js';
import { sourceOfServer } from './source.js';

/** A write by somebody whose account is known for this moment only. */
export type PersonalWrite = Write & { userId: string };

/** What a person signs with. */
export interface Signing extends SignedName {
  /** Alpha-2 code. */
  country: string;
  /** The name may be handed over with the petition. */
  consent: boolean;
}

const markLength = 16;

/** The same write, saying nothing of who wrote: neither the account, nor the interaction by which Discord knows it. */
export function unnamed(write: PersonalWrite, seal: Seal): Write {
  const { key, ...rest } = write;
  const marked = key === undefined ? {} : { key: seal.mark(markLength, 'interaction', key).toString('hex') };
  return { ...rest, ...marked, userId: null };
}

/** The owner of a draft of a signature, in place of the account. */
export function draftOwner(seal: Seal, userId: string): string {
  return seal.mark(markLength, 'draft', userId).toString('hex');
}

/** @throws {@link Failure} where this server's people can't sign the petition here, or not now */
export function requireSigning(connection: Connection, petition: Petition, serverId: string): void {
  if (!serverOf(connection, serverId).signing)
    throw new Failure('signingOff', { title: plainTitle(petition), url: petition.link });
  requireState(petition, 'sign');
}

/** The signature that an account gave to a petition in any server, if it stands. */
export function ownSignature(
  connection: Connection,
  seal: Seal,
  petitionId: number,
  userId: string,
): Signature | undefined {
  const identity = byAccount(seal, petitionId, userId);
  return signaturesOf(connection, identity).find(({ id }) => stands(connection, id));
}

/**
 * Signs, or says something else in place of a signature given before, which keeps its day.
 *
 * @param replaces - the id of the own signature that stands, as it was when the form was opened
 * @throws {@link Failure} where signing is off, the petition isn't open, or something else stands than what is replaced
 */
export function sign(
  database: Database,
  write: PersonalWrite,
  petition: Petition,
  given: Signing,
  seal: Seal,
  replaces?: number,
): Signature {
  const identity = byAccount(seal, petition.id, write.userId);
  return writeOnce(database, unnamed(write, seal), (connection, record) => {
    const { serverId, at } = write;
    const current = petitionsOf(connection, serverId).find(({ id }) => id === petition.id);
    if (!current) throw new Failure('staleButton');
    requireSigning(connection, current, serverId);
    const before = signaturesOf(connection, identity);
    const standing = before.find(({ id }) => stands(connection, id));
    if (standing && standing.id !== replaces)
      throw new Failure('signedAlready', { title: plainTitle(current), day: { day: standing.day } });
    if (!standing && replaces !== undefined) throw new Failure('staleButton');
    const source = standing
      ? sourceById(connection, standing.sourceId)
      : sourceOfServer(connection, petition.id, serverOf(connection, serverId), at);
    if (!source) throw new Failure('staleButton');
    if (standing) takeOut(connection, standing, at);
    for (const { id } of before) updateSignature(connection, id, { sealed: null, consent: false });
    deleteDeparture(connection, identity);
    const { country, consent, name, organization, comment } = given;
    const likeness = likenessOf(seal, petition.id, { kind: 'person', name, country });
    const entry = enterSignature(connection, {
      sourceId: source.id,
      kind: 'person',
      sealed: seal.seal({ name, organization, comment }),
      country,
      consent,
      identity,
      likeness,
      settled: (standing?.settled ?? false) && (standing?.likeness?.equals(likeness) ?? false),
      day: standing?.day ?? today(current, at),
      serverId: standing?.serverId ?? serverId,
      userId: null,
      at,
    });
    keepMerges(connection, before, source, entry);
    deleteDraftsOf(connection, draftOwner(seal, write.userId));
    const deed = standing ? 'signatures.change' : 'signatures.sign';
    record({ petitionId: petition.id, deed, detail: { signature: entry.id } });
    return signaturesOf(connection, identity).find(({ id }) => id === entry.id) ?? entry;
  });
}

/** A signature no longer stands; what is left of the person may. */
function takeOut(connection: Connection, signature: Signature, at: number): void {
  const entry = { entryKind: 'signature', entryId: signature.id } as const;
  insertVoid(connection, { ...entry, reason: null, userId: '', at });
  settlePerson(connection, signature);
}

/** The identity leads past the signature that was here before: whom an organizer merged it with stays one person. */
function keepMerges(connection: Connection, before: Signature[], source: Source, entry: Signature): void {
  const last = before.find(({ sourceId }) => sourceId === source.id);
  if (!last) return;
  const others = samePerson(connection, last).some(({ identity }) => !sameBytes(identity, entry.identity));
  if (!others) return;
  insertMerge(connection, { signatureId: entry.id, intoId: last.id, userId: null, at: entry.at });
  settlePerson(connection, entry);
}

const sameBytes = (one: Buffer | null, other: Buffer | null) =>
  one !== null && other !== null && one.equals(other);

/** The petitions, in any server, in which something that an account signed stands. */
export function signedPetitions(connection: Connection, seal: Seal, userId: string): Petition[] {
  return allPetitions(connection).filter(
    ({ id }) => standingOf(connection, personOf(connection, byAccount(seal, id, userId))).length > 0,
  );
}

/** All signatures of whoever has an identity, those merged with theirs included, earliest first. */
export function personOf(connection: Connection, identity: Buffer): Signature[] {
  const [first] = signaturesOf(connection, identity);
  return first ? samePerson(connection, first) : [];
}

export const standingOf = (connection: Connection, signatures: Signature[]) =>
  signatures.filter(({ id }) => stands(connection, id));

/**
 * Takes back all that a person signed in a petition, at once, and erases what it said.
 *
 * @returns the petition
 * @throws {@link Failure} where nothing of theirs stands, or the petition was delivered
 */
export function withdraw(database: Database, write: PersonalWrite, petitionId: number, seal: Seal): Petition {
  const identity = byAccount(seal, petitionId, write.userId);
  return writeOnce(database, unnamed(write, seal), (connection, record) => {
    const petition = petitionById(connection, petitionId);
    const person = personOf(connection, identity);
    const standing = standingOf(connection, person);
    if (!petition || standing.length === 0) throw new Failure('notSigned');
    if (petition.state === 'delivered') throw new Failure('withdrawnLate', { title: plainTitle(petition) });
    for (const signature of standing) takeOut(connection, signature, write.at);
    for (const one of person) {
      updateSignature(connection, one.id, { sealed: null, consent: false });
      if (one.identity)
        insertDeparture(connection, { identity: one.identity, how: 'withdrawn', at: write.at });
    }
    deleteDraftsOf(connection, draftOwner(seal, write.userId));
    const detail = { signatures: standing.map(({ id }) => id) };
    record({ petitionId, deed: 'signatures.withdraw', detail });
    return petition;
  });
}

/** Keeps what was typed and could not be taken, sealed, until it is sent again; what was kept before goes. */
export function keepTyped(database: Database, write: PersonalWrite, seal: Seal, typed: unknown): string {
  const owner = draftOwner(seal, write.userId);
  return inTransaction(database, (connection) => {
    deleteDraftsOf(connection, owner);
    return keepDraft(connection, { ...write, userId: owner }, seal.seal(typed).toString('base64'));
  });
}

/** @throws {@link Failure} where it has gone, or is somebody else's */
export function typedBefore<Typed>(
  connection: Connection,
  { userId, serverId }: PersonalWrite,
  seal: Seal,
  key: string,
): Typed {
  const draft = draftOf(connection, key);
  if (draft?.userId !== draftOwner(seal, userId) || draft.serverId !== serverId)
    throw new Failure('staleButton');
  return seal.open(Buffer.from(String(draft.payload), 'base64')) as Typed;
}
