// The signatures of a petition as they leave: one pass over those that count, in the order they came in.
import { and, asc, sql } from 'drizzle-orm';
import type { Database } from './connect.js';
import { signatures, sources } from './schema.js';
import { published, type Signature, type SignatureKind } from './signatures.js';

/** One signature that counts; its name is still sealed, or erased. */
export type CountedSignature = Pick<
  Signature,
  'sourceId' | 'kind' | 'sealed' | 'country' | 'day' | 'consent'
>;

interface Row {
  source_id: number;
  kind: SignatureKind;
  sealed: Buffer | null;
  country: string | null;
  day: string;
  consent: 0 | 1;
}

/**
 * The signatures that count, in every source, by id; never all of them in memory.
 *
 * @remarks Until it ends, the connection can do nothing else; what it gives is of the moment at which its transaction
 * first read.
 */
export function* countedSignatures(database: Database, petitionId: number): Generator<CountedSignature> {
  const { sourceId, kind, sealed, country, day, consent } = signatures;
  const query = database
    .select({ sourceId, kind, sealed, country, day, consent })
    .from(signatures)
    .where(
      and(
        signatures.counts,
        // The plus keeps it to the table's own order: by the index of sources, a million rows would have to be sorted.
        sql`+${sourceId} in (select ${sources.id} from ${sources} where ${sources.petitionId} = ${petitionId})`,
        published,
      ),
    )
    .orderBy(asc(signatures.id))
    .toSQL();
  const rows = database.$client.prepare<unknown[], Row>(query.sql).iterate(...query.params);
  for (const { source_id, consent, ...rest } of rows)
    yield { ...rest, sourceId: source_id, consent: consent === 1 };
}
