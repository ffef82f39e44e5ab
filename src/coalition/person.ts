// Who is counted: of a person's signatures the earliest that stands, and whom organizers should look at.
import type { Connection } from '../../db/connect.js';
import {
  alike,
  insertSignature,
  markLikely,
  type Signature,
  samePerson,
  signatureById,
  stands,
  updateSignature,
} from '../../db/signatures.js';
import { sumLikely, sumSignature } from './summary.js';

/** Adds a signature; it counts unless an earlier one of the same person does. */
export function enterSignature(
  connection: Connection,
  row: Parameters<typeof insertSignature>[1],
): Signature {
  const signature = insertSignature(connection, row);
  settlePerson(connection, signature);
  return signatureById(connection, signature.id) ?? signature;
}

/**
 * Counts a person once, in the first of their signatures that stands: after one came, was voided, withdrawn or merged.
 */
export function settlePerson(connection: Connection, signature: Signature): void {
  const signatures = samePerson(connection, signature);
  const counted = signatures.find(({ id }) => stands(connection, id));
  for (const one of signatures) {
    const counts = one === counted;
    if (one.counts === counts) continue;
    updateSignature(connection, one.id, { counts });
    sumSignature(connection, one, counts ? 1 : -1);
    if (one.likeness) settleAlike(connection, one.likeness);
  }
}

/** Of signatures that are alike, the first that counts is taken as it is; the others wait to be reviewed. */
export function settleAlike(connection: Connection, likeness: Buffer): void {
  let first = true;
  for (const signature of alike(connection, likeness)) {
    const likely = signature.counts && !first && !signature.settled;
    if (signature.counts) first = false;
    if (markLikely(connection, signature.id, likely)) sumLikely(connection, signature, likely ? 1 : -1);
  }
}
