// The records of a file: its rows as cells, each with the line it starts in, in parts of some 64 kB.
import { parse } from 'csv-parse/sync';
import { Failure } from '../../coalition/failure.js';
import { type Encoding, type FileInput, textOf } from './encoding.js';
import { isNote, type Separator } from './separator.js';

/** The cells of one row, as they are written; `line` is the physical line it starts in, the first being 1. */
export interface FileRecord {
  line: number;
  cells: string[];
}

const longestRecord = 65_536;
/** csv-parse counts the characters of cells; with their bytes, quotes and separators it may be more. */
const longestRaw = 4 * longestRecord;

/**
 * A file's records that are not blank, without the note `sep=`.
 *
 * @param written.quoted - a cell may stand in quotes, with line breaks in it; else a quote is a character like any other
 * @throws Failure that names the line, for quotes that don't pair up and for a record over 64 kB
 */
export async function* recordsOf(
  input: FileInput,
  { encoding, separator, quoted }: { encoding: Encoding; separator: Separator; quoted: boolean },
): AsyncGenerator<{ records: FileRecord[]; consumed: number }> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  let consumed = 0;
  const take = (bytes: Buffer) => {
    const found = parsed(bytes, { separator, quoted }, line);
    line = found.nextLine;
    return { records: found.records, consumed };
  };
  for await (const chunk of textOf(input, encoding)) {
    ({ consumed } = chunk);
    const text = rest.length > 0 ? Buffer.concat([rest, chunk.text]) : chunk.text;
    const end = endOfRecords(text, quoted);
    rest = text.subarray(end);
    if (end > 0) yield take(text.subarray(0, end));
    if (rest.length > longestRaw) throw tooLong(line);
  }
  yield take(rest);
}

/** Where the last line break outside quotes ends; 0 where there is none. */
function endOfRecords(text: Buffer, quoted: boolean): number {
  const quotes: number[] = [];
  for (let at = quoted ? text.indexOf(0x22) : -1; at !== -1; at = text.indexOf(0x22, at + 1)) quotes.push(at);
  // Without a line feed lines end in CR; the last byte may be half of CR LF.
  const lineBreak = text.includes(0x0a) ? 0x0a : 0x0d;
  let end = lineBreak === 0x0a ? text.length : text.length - 1;
  while (end > 0) {
    const at = text.lastIndexOf(lineBreak, end - 1);
    while ((quotes.at(-1) ?? -1) > at) quotes.pop();
    if (quotes.length % 2 === 0) return at + 1;
    end = at;
  }
  return 0;
}

function parsed(
  text: Buffer,
  { separator, quoted }: { separator: Separator; quoted: boolean },
  firstLine: number,
): { records: FileRecord[]; nextLine: number } {
  const options = {
    delimiter: separator,
    quote: quoted ? '"' : null,
    // All of them: csv-parse would take the first one it meets, and files of two programs have two.
    record_delimiter: ['\r\n', '\n', '\r'],
    bom: true,
    relax_quotes: false,
    relax_column_count: true,
    max_record_size: longestRecord,
  };
  let line = firstLine;
  const records: FileRecord[] = [];
  try {
    for (const cells of parse(text, options)) {
      // Blank lines are left out here, as `skip_empty_lines` would hide how many there were.
      const blank = cells.every((cell) => cell.trim() === '');
      if (!blank && !(line === 1 && isNote(cells))) records.push({ line, cells });
      line += linesOf(cells);
    }
  } catch (error) {
    // Only now are the records before it counted one by one, as that takes twice the time.
    const count = (cells: string[]) => {
      line += linesOf(cells);
      return null;
    };
    try {
      parse(text, { ...options, on_record: count });
    } catch {
      // The same as before.
    }
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw error.code === 'CSV_MAX_RECORD_SIZE' ? tooLong(line) : new Failure('fileQuote', { line });
  }
  return { records, nextLine: line };
}

/** How many physical lines a record takes. */
function linesOf(cells: readonly string[]): number {
  let lines = 1;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) lines += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
  }
  return lines;
}

function tooLong(line: number): Failure {
  return new Failure('fileRowTooLong', { line, most: longestRecord / 1024 });
}
