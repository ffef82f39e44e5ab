// Whether quotation marks stand around cells or are part of them: tab-separated text comes both ways, and its bytes tell.
import { Failure } from '../../coalition/failure.js';
import { type Encoding, type FileInput, textOf } from './encoding.js';
import { recordsOf } from './records.js';
import type { Separator } from './separator.js';

interface Written {
  encoding: Encoding;
  separator: Separator;
}

/**
 * Whether a file is read with quotes around cells: all are but tab-separated ones in which those don't pair up, as Google
 * Sheets writes a quote like any other character. Where some of its cells are as Excel writes them in quotes, one of
 * those is broken, and nobody can tell what was meant. Reads all of it.
 */
export async function isQuoted(input: FileInput, written: Written): Promise<boolean> {
  if (written.separator !== '\t' || !(await hasQuotes(input, written.encoding))) return true;
  if (await isEven(input, { ...written, quoted: true }, () => {})) return true;
  const seen = { header: true, quoted: false, quotedComma: false, bareComma: false };
  const isPlain = await isEven(input, { ...written, quoted: false }, (cells) => {
    for (const cell of cells) {
      const inner = innerOf(cell);
      if (inner === undefined) seen.bareComma ||= cell.includes(',');
      else if (seen.header || inner.includes('""')) seen.quoted = true;
      else seen.quotedComma ||= inner.includes(',');
    }
    seen.header = false;
  });
  // Excel puts each cell with a comma in quotes, or none.
  return !isPlain || seen.quoted || (seen.quotedComma && !seen.bareComma);
}

async function hasQuotes(input: FileInput, encoding: Encoding): Promise<boolean> {
  for await (const { text } of textOf(input, encoding)) if (text.includes('"')) return true;
  return false;
}

/** Whether it can be read so, and each row has as many cells as the first: a quote that swallows rows leaves it ragged. */
async function isEven(
  input: FileInput,
  written: Written & { quoted: boolean },
  see: (cells: string[]) => void,
): Promise<boolean> {
  let width: number | undefined;
  try {
    for await (const { records } of recordsOf(input, written)) {
      for (const { cells } of records) {
        width ??= cells.length;
        if (cells.length !== width) return false;
        see(cells);
      }
    }
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** What a cell holds that is in quotes as programs write it, those inside doubled; undefined for any other. */
function innerOf(cell: string): string | undefined {
  if (cell.length < 2 || !cell.startsWith('"') || !cell.endsWith('"')) return undefined;
  const inner = cell.slice(1, -1);
  return inner.replaceAll('""', '').includes('"') ? undefined : inner;
}
