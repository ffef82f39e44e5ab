// Signature files: the shape that is made out of a file's bytes, and its rows in parts that fit into memory.
import { Failure } from '../../coalition/failure.js';
import type { RowBatch } from '../../coalition/import/row.js';
import { type Column, columnsOf } from './columns.js';
import { type Encoding, encodingOf, type FileInput, textOf } from './encoding.js';
import { isQuoted } from './quotes.js';
import { recordsOf } from './records.js';
import { rowReader } from './row.js';
import { type Separator, separatorOf } from './separator.js';

export type { Field } from './columns.js';
export type { FileInput } from './encoding.js';

/** What was made out of a file's bytes before any row is read. */
export interface FileShape {
  encoding: Encoding;
  separator: Separator;
  /** Quotation marks around a cell are none of its text. */
  quoted: boolean;
  /** One per cell of the first record. */
  columns: Column[];
  hasHeader: boolean;
}

/** The first 20 rows, unless they are very long. */
const headLength = 131_072;

/**
 * Finds out how a file is written and what its columns hold, whatever its name ends in. Reads all of it.
 *
 * @param linkParameter see `columnsOf`
 * @throws Failure for what is empty, no text, or has neither names nor organizations
 */
export async function shapeOf(input: FileInput, linkParameter?: string): Promise<FileShape> {
  const encoding = await encodingOf(input);
  const separator = separatorOf(await headOf(input, encoding));
  const written = { encoding, separator, quoted: await isQuoted(input, { encoding, separator }) };
  for await (const { records } of recordsOf(input, written)) {
    const [first] = records;
    if (first) return { ...written, ...columnsOf(first.cells, linkParameter) };
  }
  throw new Failure('emptyFile');
}

async function headOf(input: FileInput, encoding: Encoding): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const { text } of textOf(input, encoding)) {
    parts.push(text);
    length += text.length;
    if (length >= headLength) break;
  }
  return Buffer.concat(parts).toString();
}

/**
 * Reads a file's rows, in batches of at most `batchSize` rows and rejected rows together.
 *
 * @param today the campaign's day, ISO: no signature is of a later one
 * @throws Failure that names the line, for quotes that don't pair up and for a row over 64 kB
 */
export async function* readRows(
  input: FileInput,
  shape: FileShape,
  today: string,
  batchSize = 1000,
): AsyncGenerator<RowBatch> {
  const read = rowReader(shape.columns, today);
  let isHeader = shape.hasHeader;
  let batch: RowBatch = { rows: [], rejected: [], consumed: 0 };
  for await (const { records, consumed } of recordsOf(input, shape)) {
    batch.consumed = consumed;
    for (const record of isHeader ? records.slice(1) : records) {
      const row = read(record);
      if (typeof row === 'object') batch.rows.push(row);
      else if (row !== undefined) batch.rejected.push({ ...record, reason: row });
      if (batch.rows.length + batch.rejected.length < batchSize) continue;
      yield batch;
      batch = { rows: [], rejected: [], consumed };
    }
    if (records.length > 0) isHeader = false;
  }
  if (batch.rows.length + batch.rejected.length > 0) yield batch;
}

/** The columns that are used: one for codes is not where no cell has that of a link of the petition. */
export function usedColumns({ columns }: FileShape, { coded }: { coded: number }): Column[] {
  return coded > 0 ? columns : columns.map((one) => (one.field === 'code' ? { ...one, field: null } : one));
}

/**
 * How dates like 03/05/2026 are read where no date of the file tells: the day first, as everywhere but in the United
 * States; the month first in a file with English headers and commas, as it is made there.
 */
export function usualOrder({ columns, separator }: FileShape): 'dayFirst' | 'monthFirst' {
  const english = columns.some(({ header }) => /name|date|country|signed|created/i.test(header));
  return english && separator === ',' ? 'monthFirst' : 'dayFirst';
}
