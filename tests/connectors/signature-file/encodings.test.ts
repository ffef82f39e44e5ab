import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../../src/coalition/plain-text.js';
import { readRows, shapeOf } from '../../../src/connectors/signature-file/index.js';
import { bytesOf, readAll, rowsOf, today } from './support.js';

const cells = [
  ['nombre', 'organización', 'país', 'correo', 'comentario'],
  ['María Ñuñez “Mari”', '', 'Perú', 'MARIA@example.org', 'Que se retiren, por favor; ya | ahora'],
  ['', 'Red Muqui', 'EE.UU.', '', ''],
  ['Zoë O’Brien – €', 'Cooperacción', 'Reino Unido', '', 'Dos\r\nlíneas y un\ttabulador'],
];
const expected = [
  {
    line: 2,
    kind: 'person',
    name: 'María Ñuñez “Mari”',
    country: 'PE',
    email: 'maria@example.org',
    comment: 'Que se retiren, por favor; ya | ahora',
  },
  { line: 3, kind: 'organization', name: 'Red Muqui', country: 'US' },
  {
    line: 4,
    kind: 'person',
    name: 'Zoë O’Brien – €',
    organization: 'Cooperacción',
    country: 'GB',
    comment: 'Dos líneas y un tabulador',
  },
];

describe.each([
  ['utf-8', false],
  ['utf-8', true],
  ['utf-16le', true],
  ['utf-16le', false],
  ['utf-16be', true],
  ['utf-16be', false],
  ['windows-1252', false],
] as const)('%s, byte order mark %s', (encoding, addBOM) => {
  it.each([',', ';', '\t', '|'] as const)('parted by %j reads the same', async (separator) => {
    for (const lineBreak of ['\r\n', '\n', '\r']) {
      const text = stringify(cells, { delimiter: separator, record_delimiter: lineBreak });
      for (const note of ['', `sep=${separator}${lineBreak}`]) {
        const bytes = iconv.encode(note + text, encoding, { addBOM });
        const { shape, rows, rejected } = await readAll(bytesOf(bytes));
        expect(shape).toMatchObject({ encoding, separator, hasHeader: true });
        const after = note === '' ? 0 : 1;
        expect(rows).toEqual(expected.map((row) => ({ ...row, line: row.line + after })));
        expect(rejected).toEqual([]);
      }
    }
  });
});

describe('an encoding', () => {
  it('is Windows-1252 where the last byte of a long file is no UTF-8', async () => {
    const text = `name\n${'Ana Quispe\n'.repeat(20_000)}`;
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0x4a, 0x6f, 0x73, 0xe9])]);
    const { shape, rows } = await readAll(bytesOf(bytes));
    expect(shape.encoding).toBe('windows-1252');
    expect(rows.at(-1)).toMatchObject({ name: 'José', line: 20_002 });
  });

  it('is UTF-8 wherever the parts of the file end', async () => {
    // Each part that is read has 64 kB; the ñ of two bytes lies across the end of one, by 0 or by 1.
    for (const filling of ['', 'a']) {
      const text = `name\n${filling}${'ñ'.repeat(100)}\n${`${'ñ'.repeat(60)}\n`.repeat(2_000)}`;
      const { shape, rows } = await readAll(bytesOf(text));
      expect(shape.encoding).toBe('utf-8');
      expect(new Set(rows.slice(1).map(({ name }) => name))).toEqual(new Set(['ñ'.repeat(60)]));
      expect(rows).toHaveLength(2_001);
    }
  });

  it('UTF-16 may end in half a character', async () => {
    const bytes = Buffer.concat([
      iconv.encode('name\nJosé Ñ\n', 'utf-16le', { addBOM: true }),
      Buffer.of(0x41),
    ]);
    const { rows } = await readAll(bytesOf(bytes));
    expect(rows[0]).toMatchObject({ name: 'José Ñ' });
  });
});

describe('a separator', () => {
  it.each([
    ['name,comment; optional\nAna,no\nLuis,yes', ','],
    ['name;amount\nAna;1,5\nLuis;2,5', ';'],
    ['name|country\nAna, Luis|Perú, Chile\nRosa|Perú', '|'],
    ['name\tcomment\nAna\ta, b, c\nLuis\td, e, f', '\t'],
    ['name;"a,b,c,d"\nAna;x\n"Ana\n,,,,";y', ';'],
    ['"sep=|"\nname|country,code\nAna|PE', '|'],
    ['SEP=;\nname;country,code\nAna;PE', ';'],
    ['sep=:\nname;country\nAna;PE', ';'],
    ['\n\n\nname;country\n', ';'],
  ])('of %j is %j', async (text, separator) => {
    expect((await shapeOf(bytesOf(text))).separator).toBe(separator);
  });

  it('is none in a list of names under one header', async () => {
    expect((await rowsOf('Nombre\nQuispe, María\nRosa\nMamani, Luis')).map(({ name }) => name)).toEqual([
      'Quispe, María',
      'Rosa',
      'Mamani, Luis',
    ]);
  });
});

it('counts lines where a part that is read ends between CR and LF, and finds a header after a part of blank lines', async () => {
  // Each part that is read has 65,536 bytes.
  const long = await readAll(bytesOf(`name${','.repeat(65_531)}\r\nAna\r\n`));
  expect(long.rows).toEqual([{ line: 2, kind: 'person', name: 'Ana', country: null }]);
  const late = await readAll(bytesOf(`${'\n'.repeat(70_000)}name\nAna\n`));
  expect(late.rows).toEqual([{ line: 70_002, kind: 'person', name: 'Ana', country: null }]);
});

it('what an export neutralized reads back as it was, in any encoding of Unicode and with any separator', async () => {
  const typed = fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'=+-@＝＋－＠",;\t|\'\n\rñ a') }),
    )
    .map((text) => text.slice(0, 100));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(typed, typed), { minLength: 1, maxLength: 10 }),
      fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
      fc.constantFrom(',', ';', '\t', '|'),
      async (rows, encoding, separator) => {
        // What the product lets in: cleaned, and not beginning as an escaped formula does.
        const clean = rows
          .map(([name, comment]): [string, string] => [cleanLine(name), cleanLine(comment)])
          .filter(([name]) => name !== '')
          .filter((row) => row.every((text) => !/^'[=+\-@＝＋－＠]/.test(text)));
        fc.pre(clean.length > 0);
        const text = stringify([['name', 'comment'], ...clean], {
          delimiter: separator,
          escape_formulas: true,
          record_delimiter: '\r\n',
        });
        const read = await readAll(bytesOf(iconv.encode(text, encoding, { addBOM: true })));
        expect(read.rejected).toEqual([]);
        expect(read.rows.map(({ name, comment }) => [name, comment ?? ''])).toEqual(clean);
      },
    ),
    { numRuns: 300 },
  );
});

it('a file on disk reads as its bytes do, in batches of the size asked for, up to its last byte', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'minga-'));
  try {
    const text = `name,comment\n${Array.from({ length: 5_000 }, (_, n) => `Ana ${n},"a\nb ${n}"\n`).join('')}`;
    const file = { path: path.join(folder, 'names.xlsx') };
    await writeFile(file.path, text);
    const shape = await shapeOf(file);
    const batches = [];
    for await (const batch of readRows(file, shape, today, 300)) batches.push(batch);
    expect(batches.slice(0, -1).every(({ rows }) => rows.length === 300)).toBe(true);
    const consumed = batches.map((batch) => batch.consumed);
    expect(consumed).toEqual(consumed.toSorted((one, other) => one - other));
    expect(batches.at(-1)?.consumed).toBe(Buffer.byteLength(text));
    expect(batches[0]?.consumed).toBeLessThan(Buffer.byteLength(text));
    const rows = batches.flatMap((batch) => batch.rows);
    expect(rows).toEqual((await readAll(bytesOf(text))).rows);
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 5_000 }, (_, n) => 2 + 2 * n));
  } finally {
    await rm(folder, { recursive: true });
  }
});
