// Signature files made in a test, and all that is read from them.
import { Failure } from '../../../src/coalition/failure.js';
import type { ReadRow, RejectedRow } from '../../../src/coalition/import/row.js';
import {
  type FileInput,
  type FileShape,
  readRows,
  shapeOf,
} from '../../../src/connectors/signature-file/index.js';

export const today = '2026-11-23';

export function bytesOf(content: string | Uint8Array): FileInput {
  return { bytes: typeof content === 'string' ? Buffer.from(content) : content };
}

/** Everything in a file. */
export async function readAll(
  input: FileInput,
  batchSize?: number,
): Promise<{ shape: FileShape; rows: ReadRow[]; rejected: RejectedRow[] }> {
  const shape = await shapeOf(input);
  const rows: ReadRow[] = [];
  const rejected: RejectedRow[] = [];
  for await (const batch of readRows(input, shape, today, batchSize)) {
    rows.push(...batch.rows);
    rejected.push(...batch.rejected);
  }
  return { shape, rows, rejected };
}

/** The rows of a CSV text. */
export async function rowsOf(text: string): Promise<ReadRow[]> {
  return (await readAll(bytesOf(text))).rows;
}

/** The key and values of the failure that a promise ends in. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<{ key: string; values: Failure['values'] } | 'none'> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { key: error.key, values: error.values };
  }
}
