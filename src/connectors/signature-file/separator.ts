// What parts the cells of a file: what its first line says ('sep=;'), or what is most even in its first rows.

export type Separator = ',' | ';' | '\t' | '|';

const separators: readonly Separator[] = [',', ';', '\t', '|'];

/** Excel's note on top of a file, which is no row of it. */
const note = /^\uFEFF?"?sep=(.?)"?$/i;

/** Whether a record is such a note: read with its own separator it is 'sep=' and an empty cell. */
export function isNote(cells: readonly string[]): boolean {
  return cells.length < 3 && note.test(cells[0] ?? '') && !cells[1];
}

/** The separator of a file that begins with this text, by its first 20 rows. */
export function separatorOf(head: string): Separator {
  const [first = ''] = head.split(/[\r\n]/, 1);
  const [, said] = note.exec(first) ?? [];
  const named = separators.find((separator) => separator === said);
  if (named !== undefined) return named;
  const rows = countsOf(head, 20).filter((_, index) => index > 0 || said === undefined);
  const rated = separators.map((separator) => {
    const counts = rows.map((row) => row.get(separator) ?? 0);
    const [expected = 0] = counts;
    const even = expected === 0 ? 0 : counts.filter((count) => count === expected).length;
    return { separator, even, expected, all: counts.reduce((sum, count) => sum + count, 0) };
  });
  // Where none parts the header there is one column, and what parts it least leaves 'Quispe, María' whole.
  const [best] = rated.toSorted((one, other) => {
    return other.even - one.even || other.expected - one.expected || one.all - other.all;
  });
  return best?.separator ?? ',';
}

/** How often each character stands outside quotes, in each of the first rows that are not blank. */
function countsOf(text: string, most: number): Map<string, number>[] {
  const rows: Map<string, number>[] = [];
  let row = new Map<string, number>();
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '\n' || sign === '\r')) {
      if (row.size > 0 && rows.push(row) === most) return rows;
      row = new Map();
    } else if (!quoted) row.set(sign, (row.get(sign) ?? 0) + 1);
  }
  // The last row may be cut, and is left out where there are others.
  return rows.length > 0 ? rows : [row];
}
