// What Minga holds on a person, shown to them or erased; the figures stay as they are.
import type { Connection, Database } from '../../db/connect.js';
import { deleteDraftsOf } from '../../db/drafts.js';
import { allPetitions } from '../../db/petitions.js';
import {
  emptyLog,
  eraseAccount,
  eraseSignature,
  noteForgotten,
  overwriting,
  proofsOf,
  rowsOf,
} from '../../db/privacy.js';
import type { Localized } from '../../db/schema.js';
import { serverOf } from '../../db/servers.js';
import { signaturesOf, stands } from '../../db/signatures.js';
import { writeOnce } from '../../db/transaction.js';
import type { SignedName } from './count.js';
import { takeDraft } from './draft.js';
import { byAccount } from './mark.js';
import type { Seal } from './seal.js';
import { draftOwner, type PersonalWrite, personOf, unnamed } from './signing.js';

/** A signature as its person may read it. */
export interface SignatureHeld extends Partial<SignedName> {
  petitionId: number;
  petition: Localized;
  server: string;
  country: string | null;
  day: string;
  consent: boolean;
  state: 'counts' | 'countedBefore' | 'takenOut';
  at: string;
}

/** All that is held on a person. */
export interface Held {
  account: string;
  signatures: SignatureHeld[];
  proofs: ReturnType<typeof proofsOf>;
  /** Rows of the database that name the account, by table. */
  rows: Record<string, Record<string, unknown>[]>;
}

/** Everything that Minga holds on a person; their signatures opened, moments as ISO 8601. */
export function heldOn(connection: Connection, seal: Seal, userId: string): Held {
  const signatures = allPetitions(connection).flatMap(({ id, title }) =>
    signaturesOf(connection, byAccount(seal, id, userId)).map((signature): SignatureHeld => {
      const { sealed, country, day, consent, counts, serverId, at } = signature;
      const standing = stands(connection, signature.id);
      return {
        petitionId: id,
        petition: title,
        server: serverOf(connection, serverId).name,
        ...(sealed ? (seal.open(sealed) as SignedName) : {}),
        country,
        day,
        consent,
        state: counts ? 'counts' : standing ? 'countedBefore' : 'takenOut',
        at: new Date(at).toISOString(),
      };
    }),
  );
  const rows = Object.entries(rowsOf(connection, userId)).map(([table, found]) => [
    table,
    found.map(readable),
  ]);
  return {
    account: userId,
    signatures,
    proofs: proofsOf(connection, userId),
    rows: Object.fromEntries(rows),
  };
}

/** A row without bytes, its moments as people read them. */
function readable(row: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(row).filter(([, value]) => !Buffer.isBuffer(value));
  return Object.fromEntries(
    fields.map(([name, value]) => {
      const isMoment = /^at$|At$/.test(name) && typeof value === 'number';
      return [name, isMoment ? new Date(value).toISOString() : value];
    }),
  );
}

/**
 * Erases a person everywhere, in one transaction; every total stays.
 *
 * @param key - of the draft by which they confirmed it
 */
export function forget(database: Database, write: PersonalWrite, seal: Seal, key: string): void {
  const { userId, at } = write;
  overwriting(database, () =>
    writeOnce(database, unnamed(write, seal), (connection, record) => {
      takeDraft(connection, write, key);
      for (const { id } of allPetitions(connection)) {
        for (const one of personOf(connection, byAccount(seal, id, userId))) {
          eraseSignature(connection, one.id);
          if (one.identity) noteForgotten(connection, one.identity, at);
        }
      }
      deleteDraftsOf(connection, draftOwner(seal, userId));
      eraseAccount(connection, userId);
      record({ deed: 'privacy.forget' });
    }),
  );
  emptyLog(database);
}
