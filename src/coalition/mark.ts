// By what signatures are told apart: keyed hashes of whom or what they came from, never that itself.
import type { SignatureKind } from '../../db/signatures.js';
import { fold } from './plain-text.js';
import type { Seal } from './seal.js';

/** Lengths of the hashes in bytes: two million-million identities would have to be met before two meet by chance. */
export const identityLength = 16;
export const likenessLength = 8;

/** The identity of whoever has this e-mail address, already trimmed and in lower case. */
export function byEmail(seal: Seal, petitionId: number, email: string): Buffer {
  return seal.mark(identityLength, 'email', String(petitionId), email);
}

/** The identity of a Discord account. */
export function byAccount(seal: Seal, petitionId: number, userId: string): Buffer {
  return seal.mark(identityLength, 'account', String(petitionId), userId);
}

/**
 * The identity of a row without an e-mail address: its fields.
 *
 * @param source - the source's folded name: without an address, rows of two sources are never the same for certain
 */
export function byFields(seal: Seal, petitionId: number, source: string, fields: string): Buffer {
  return seal.mark(identityLength, 'fields', String(petitionId), source, fields);
}

/** The identity of a row whose fields came before in the same file: two namesakes both count. */
export function repeatedFields(seal: Seal, identity: Buffer, occurrence: number): Buffer {
  return seal.mark(identityLength, 'again', identity.toString('hex'), String(occurrence));
}

/** Equal for signatures of one kind with the same name, accents and case aside, in the same country. */
export function likenessOf(
  seal: Seal,
  petitionId: number,
  { kind, name, country }: { kind: SignatureKind; name: string; country: string | null },
): Buffer {
  return seal.mark(likenessLength, 'likeness', String(petitionId), kind, fold(name), country ?? '');
}
