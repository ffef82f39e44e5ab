import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../../src/coalition/plain-text.js';
import { cleanCell } from '../../../src/connectors/signature-file/cells.js';
import { bytesOf, readAll, rowsOf } from './support.js';

/** What one row under these headers is read as. */
async function rowOf(headers: string[], cells: string[]) {
  const { rows, rejected } = await readAll(bytesOf(stringify([headers, cells])));
  return rows[0] ?? rejected[0]?.reason;
}

describe('a country', () => {
  it.each([
    ['Perú', { country: 'PE' }],
    ['EE.UU.', { country: 'US' }],
    ['U.K.', { country: 'GB' }],
    ['Lima, Peru', { country: 'PE' }],
    ['🇵🇪', { country: 'PE' }],
    ['NO', { country: 'NO' }],
    ['', { country: null }],
    ['-', { country: null }],
    ['Perulandia', { country: null, typedCountry: 'Perulandia' }],
    ['Congo', { country: null, typedCountry: 'Congo', candidates: ['CG', 'CD'] }],
    ['x'.repeat(300), { country: null, typedCountry: 'x'.repeat(100) }],
  ])('%s', async (typed, read) => {
    const row = await rowOf(['name', 'country'], ['Ana', typed]);
    expect(row).toEqual({ line: 2, kind: 'person', name: 'Ana', ...read });
  });
});

describe('consent', () => {
  const consentTo = async (typed: string) => rowOf(['name', 'consent'], ['Ana', typed]);

  it.each([
    'sí',
    'Si',
    'YES',
    'y',
    'true',
    '1',
    'x',
    'X',
    '✓',
    '✔️',
    '✅',
    'Acepto',
    'Sí, acepto',
    'Yes, I agree.',
  ])('%s is yes', async (typed) => expect(await consentTo(typed)).toMatchObject({ consent: true }));

  it.each([
    '',
    ' ',
    'no',
    'NO',
    'false',
    '0',
    '-',
    '?',
    'Sí, pero sin mi apellido',
    'no acepto',
    'maybe',
    '🙂',
  ])('“%s” is no consent', async (typed) => expect(await consentTo(typed)).toMatchObject({ consent: false }));

  it('is not said where there is no such column', async () => {
    expect(await rowOf(['name'], ['Ana'])).not.toHaveProperty('consent');
  });
});

describe('an e-mail address', () => {
  it.each([
    [' Maria.Quispe+web@Example.ORG ', 'maria.quispe+web@example.org'],
    ['n\u0303u@pen\u0303a.es', 'ñu@peña.es'],
    ['ma\u200Bria@example.org', 'maria@example.org'],
    ["'+maria@example.org", '+maria@example.org'],
    [`${'a'.repeat(242)}@example.org`, `${'a'.repeat(242)}@example.org`],
  ])('%s is %s', async (typed, email) => {
    expect(await rowOf(['name', 'email'], ['Ana', typed])).toMatchObject({ email });
  });

  it.each(['', ' ', '-', 'N/A'])('“%s” is none', async (typed) => {
    expect(await rowOf(['name', 'email'], ['Ana', typed])).not.toHaveProperty('email');
  });

  it.each([
    'maria',
    'maria@',
    '@example.org',
    'maria@example',
    'a b@example.org',
    'a@b@example.org',
    'a@b.org, c@d.org',
  ])('%s is not one', async (typed) =>
    expect(await rowOf(['name', 'email'], ['Ana', typed])).toBe('badEmail'),
  );
});

describe('a row is rejected', () => {
  const headers = ['name', 'organization', 'comment', 'email', 'date', 'kind'];
  it.each([
    ['noName', ['', '', 'hola']],
    ['noName', ['\u200B\u2060', ' ', '', 'a@b.org']],
    ['noName', ['', 'Red Muqui', '', '', '', 'person']],
    ['nameTooLong', ['a'.repeat(121)]],
    ['organizationTooLong', ['Ana', 'a'.repeat(121)]],
    ['organizationTooLong', ['', 'a'.repeat(121)]],
    ['commentTooLong', ['Ana', '', 'a'.repeat(501)]],
    ['badEmail', ['Ana', '', '', `${'a'.repeat(243)}@example.org`]],
    ['badDate', ['Ana', '', '', '', 'ayer']],
    ['futureDay', ['Ana', '', '', '', '2026-11-24']],
    ['tooManyCells', ['Ana', '', 'no', '', '', '', 'por favor']],
  ])('as %s: %j', async (reason, cells) => {
    const { rows, rejected } = await readAll(bytesOf(stringify([headers, ['Luis'], cells, ['Rosa']])));
    expect(rejected).toEqual([{ line: 3, reason, cells }]);
    expect(rows.map(({ line, name }) => [line, name])).toEqual([
      [2, 'Luis'],
      [4, 'Rosa'],
    ]);
  });

  it('never for fewer cells, for empty ones too many, or for characters of two units', async () => {
    expect(await rowOf(headers, ['Ana'])).toMatchObject({ name: 'Ana' });
    expect(await rowOf(headers, ['Ana', '', '', '', '', '', '', ' '])).toMatchObject({ name: 'Ana' });
    expect(await rowOf(headers, ['𐐷'.repeat(120), '', '𐐷'.repeat(500)])).toMatchObject({
      name: '𐐷'.repeat(120),
    });
  });

  it('and what shows nothing is no row', async () => {
    const { rows, rejected } = await readAll(bytesOf('name;comment\n;\n ; \n\n\n\u200B;\nAna;\n'));
    expect(rows.map(({ line, name }) => [line, name])).toEqual([[7, 'Ana']]);
    expect(rejected).toEqual([]);
  });
});

describe('a cell', () => {
  it.each([
    ["'=1+1", '=1+1'],
    ["'＝1", '＝1'],
    ["'@ana", '@ana'],
    ["'\tAna", 'Ana'],
    ["''=1", "''=1"],
    ["'Ana", "'Ana"],
    ["'O'Higgins", "'O'Higgins"],
    ['=1+1', '=1+1'],
    [' Ana\u00A0 \u202EQuispe\u2066 ', 'Ana Quispe'],
    ['A\0na', 'A na'],
  ])('%j is %j', (cell, text) => expect(cleanCell(cell)).toBe(text));

  it('is cleaned as other text is, but for that apostrophe', () => {
    const latin = fc.string({ unit: fc.constantFrom(...' aáñŸſ€\u00A0\u00ADn\u0303"\'=\t') });
    fc.assert(
      fc.property(fc.oneof(latin, fc.string({ unit: 'binary' })), (text) => {
        fc.pre(!/^'[=+\-@\t\r＝＋－＠]/.test(text));
        expect(cleanCell(text)).toBe(cleanLine(text));
      }),
    );
  });
});

it('dates and countries that come again are read the same, however many there are', async () => {
  const lines = Array.from({ length: 12_000 }, (_, n) => `Ana,Lugar ${n},2026-05-03`);
  const rows = await rowsOf(['name,country,date', ...lines, ...lines].join('\n'));
  expect(rows.map(({ typedCountry }) => typedCountry)).toEqual(
    [...lines, ...lines].map((line) => line.split(',')[1]),
  );
  expect(new Set(rows.map(({ day }) => day))).toEqual(new Set(['2026-05-03']));
});
