// What the rows of a file are told apart by, made where they are read: of all that is done to a row it takes longest.
import { byEmail, byFields, identityLength, likenessLength, likenessOf } from '../mark.js';
import { fold } from '../plain-text.js';
import type { Seal } from '../seal.js';
import type { ReadRow, RowBatch } from './row.js';

/** Rows and, for each of them, its identity and its likeness: bytes one after the other, which pass between threads. */
export interface MarkedBatch extends RowBatch {
  marks: Uint8Array<ArrayBuffer>;
}

/** What the marks of rows depend on. */
export interface Marking {
  petitionId: number;
  /** The name of the source that the rows are for. */
  source: string;
  seal: Seal;
}

/** What a row is told apart by. */
export interface Marks {
  identity: Buffer;
  likeness: Buffer;
}

const length = identityLength + likenessLength;

/** The same batches, with their rows' marks. */
export async function* marked(
  batches: AsyncIterable<RowBatch>,
  { petitionId, source, seal }: Marking,
): AsyncGenerator<MarkedBatch> {
  const folded = fold(source);
  for await (const batch of batches) {
    const marks = new Uint8Array(batch.rows.length * length);
    for (const [index, row] of batch.rows.entries()) {
      const { email } = row;
      const identity =
        email === undefined
          ? byFields(seal, petitionId, folded, fieldsOf(row))
          : byEmail(seal, petitionId, email);
      marks.set(identity, index * length);
      marks.set(likenessOf(seal, petitionId, row), index * length + identityLength);
    }
    yield { ...batch, marks };
  }
}

/** The marks of the row at this place of a batch. */
export function marksOf({ marks }: MarkedBatch, index: number): Marks {
  const own = Buffer.from(marks.buffer, marks.byteOffset + index * length, length);
  return { identity: own.subarray(0, identityLength), likeness: own.subarray(identityLength) };
}

/** What a row says, whatever is answered about it later. */
function fieldsOf({
  kind,
  name,
  organization,
  comment,
  country,
  typedCountry,
  day,
  dayFirst,
  monthFirst,
}: ReadRow) {
  return JSON.stringify([
    kind,
    name,
    organization,
    comment,
    country ?? typedCountry,
    day ?? [dayFirst ?? swapped(monthFirst)],
  ]);
}

/** 03/05/2026 by one of its readings, whichever is there: on another day the same file may have both, or the other. */
const swapped = (day = '') => day.replace(/(\d\d)-(\d\d)$/, '$2-$1');
