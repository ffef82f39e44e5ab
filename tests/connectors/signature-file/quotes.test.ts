// Quotation marks in tab-separated files: Google Sheets writes them as they are, Excel puts cells in them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, failureOf, readAll, rowsOf } from './support.js';

const table = (...rows: string[][]) => rows.map((cells) => cells.join('\t')).join('\r\n');
const header = ['name', 'comment', 'country'];
const read = async (text: string) =>
  (await rowsOf(text)).map(({ name, comment, country }) => [name, comment ?? '', country]);
/** As Excel saves "Text (tab delimited)". */
const byExcel = (cell: string) => (/[",\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

describe('as Google Sheets writes them', () => {
  it.each([
    ['inside a cell', 'Rosa "La Negra" Huamán'],
    ['one alone', 'un cartel de 5" y nada más'],
    ['at the start', '"No más" dijo'],
    ['at the end', 'así dijo: "basta"'],
    ['at the start and never again', '"sin cerrar'],
    ['two pairs, one at each edge', '"No" es "no"'],
    ['a cell that is a quote and nothing else', '"'],
  ])('they are part of the text: %s', async (_, cell) => {
    const text = table(header, ['Ana', 'x', 'Perú'], ['Luis', cell, 'Chile'], ['Eva', '', 'Perú']);
    const { shape, rows } = await readAll(bytesOf(text));
    expect(shape.quoted).toBe(false);
    expect(rows.map(({ name, comment }) => [name, comment])).toEqual([
      ['Ana', 'x'],
      ['Luis', cell],
      ['Eva', undefined],
    ]);
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('they swallow no rows where one cell begins with a quote and a later one ends with one', async () => {
    const between = Array.from({ length: 40 }, (_, n) => [`Name ${n}`, '', 'Peru']);
    const text = table(header, ['"Ana', '', 'Peru'], ...between, ['Luis', 'adiós"', 'Chile']);
    expect(await read(text)).toHaveLength(42);
    expect((await read(text))[0]).toEqual(['"Ana', '', 'PE']);
  });

  it('a cell in quotes stands as it is beside a lone quote, and so does one with a comma where others have bare ones', async () => {
    const some = [header, ['Ana', '5"', 'Peru'], ['Luis', '"No, gracias"', 'Peru']];
    expect((await read(table(...some, ['Eva', 'sí, claro', 'Peru']))).map(([, comment]) => comment)).toEqual([
      '5"',
      '"No, gracias"',
      'sí, claro',
    ]);
  });

  it('however long the file, and in UTF-16', async () => {
    const text = table(
      header,
      ...Array.from({ length: 20_000 }, (_, n) => [
        `Name ${n}`,
        n % 1000 === 999 ? '5" de alto' : '',
        'Peru',
      ]),
    );
    const { rows, rejected } = await readAll(bytesOf(Buffer.from(`\uFEFF${text}`, 'utf16le')));
    expect([rows.length, rejected]).toEqual([20_000, []]);
    expect(rows.filter(({ comment }) => comment === '5" de alto')).toHaveLength(20);
  });
});

describe('as Excel writes them', () => {
  it('they are around cells, whatever these hold', async () => {
    const cell = fc
      .array(fc.constantFrom('"', ',', '\n', '\t', ' ', 'a', 'ñ', '""', '5"'), { maxLength: 8 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 12 }), async (cells) => {
        const rows = cells.map((comment, n) => [`Name ${n}`, comment, 'Peru'].map(byExcel));
        const { shape, rows: found } = await readAll(bytesOf(table(header, ...rows)));
        expect(shape.quoted).toBe(true);
        // A cell is one line.
        const clean = (text: string) => text.replace(/\s+/g, ' ').trim();
        expect(found.map(({ comment }) => clean(comment ?? ''))).toEqual(cells.map(clean));
      }),
    );
  });

  it.each([
    ['a doubled quote', ['Ana', '"dijo ""no"""', 'Peru']],
    ['a cell that has quotes for its comma', ['"Quispe, Ana"', '', 'Peru']],
    ['a row of fewer cells, as a line break in quotes makes one', ['Ana "x', 'y']],
  ])('one that is broken is told and not guessed, beside %s', async (_, row) => {
    const text = table(header, row, ['Luis', 'a "lone" one', 'Peru']);
    expect(await failureOf(readAll(bytesOf(text)))).toMatchObject({ key: 'fileQuote' });
  });

  it('one that is broken is told where the headers are in quotes', async () => {
    const text = table(
      header.map((cell) => `"${cell}"`),
      ['Luis', 'a "lone" one', 'Peru'],
    );
    expect(await failureOf(readAll(bytesOf(text)))).toEqual({ key: 'fileQuote', values: { line: 2 } });
  });
});

it('between commas a quote that does not pair up is told as before', async () => {
  const text = table(header, ['Luis', 'a "lone" one', 'Peru']).replaceAll('\t', ',');
  expect(await failureOf(readAll(bytesOf(text)))).toEqual({ key: 'fileQuote', values: { line: 2 } });
});
