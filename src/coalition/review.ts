// Likely duplicates: organizers look at two signatures that are alike and say whether they are of one person.
import type { Connection, Database } from '../../db/connect.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import {
  alike,
  insertMerge,
  isLikely,
  likelyAfter,
  mergedInto,
  type Signature,
  signatureById,
  updateSignature,
} from '../../db/signatures.js';
import { sourceById } from '../../db/sources.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { Failure } from './failure.js';
import { settleAlike, settlePerson } from './person.js';
import { plainTitle, requireHost } from './petition.js';

/** Two signatures that count and are alike: the later waits until somebody has looked at both. */
export interface Pair {
  earlier: Signature;
  later: Signature;
}

export type Verdict = 'merge' | 'keep';

/**
 * The pair to look at after another one, and from the beginning again once all were seen; undefined where none waits.
 *
 * @param after - the id of the later signature of the pair before it
 */
export function nextPair(connection: Connection, petitionId: number, after = 0): Pair | undefined {
  const later =
    likelyAfter(connection, petitionId, after, 1)[0] ?? likelyAfter(connection, petitionId, 0, 1)[0];
  const earlier = later && firstAlike(connection, later);
  return earlier && { earlier, later };
}

/** The one that is taken as it is: the first that counts of those that are alike. */
function firstAlike(connection: Connection, { likeness }: Signature): Signature | undefined {
  return likeness === null ? undefined : alike(connection, likeness).find(({ counts }) => counts);
}

/**
 * Says of a pair that it is one person, who then counts once by the earlier signature, or two, who both count.
 *
 * @param reason - needed once the petition was delivered, as for any correction; it stays in the audit
 * @returns false where this pair doesn't wait any more: nothing was changed
 * @throws {@link Failure} in a server that is not the host, for no signature of this petition, or without a reason
 */
export function judgePair(
  database: Database,
  write: Write,
  petition: Petition,
  pair: { earlier: number; later: number },
  verdict: Verdict,
  reason?: string,
): boolean {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    if (needsReason(petitionById(connection, petition.id) ?? petition) && reason === undefined)
      throw new Failure('state.delivered', { title: plainTitle(petition) });
    const later = signatureById(connection, pair.later);
    if (!later || sourceById(connection, later.sourceId)?.petitionId !== petition.id)
      throw new Failure('staleButton');
    if (!isLikely(connection, later.id)) return false;
    // What was looked at is what is judged: since then the earlier one may have been voided or merged itself.
    if (firstAlike(connection, later)?.id !== pair.earlier) return false;
    if (verdict === 'merge') merge(connection, write, later, pair.earlier);
    else keep(connection, later);
    const detail = {
      signature: later.id,
      earlier: pair.earlier,
      ...(reason === undefined ? {} : { reason }),
    };
    record({ petitionId: petition.id, deed: `signatures.${verdict}`, detail });
    return true;
  });
}

/** A petition that was delivered takes corrections with a reason only. */
export function needsReason(petition: Petition): boolean {
  return petition.state === 'delivered';
}

function merge(connection: Connection, { userId, at }: Write, later: Signature, intoId: number): void {
  // A signature is merged into one other. Where this one was before, into one that went since, the whole group joins.
  let signatureId = later.id;
  for (let next = mergedInto(connection, signatureId); next; next = mergedInto(connection, signatureId)) {
    signatureId = next;
  }
  insertMerge(connection, { signatureId, intoId, userId, at });
  settlePerson(connection, later);
}

function keep(connection: Connection, later: Signature): void {
  updateSignature(connection, later.id, { settled: true });
  if (later.likeness) settleAlike(connection, later.likeness);
}
