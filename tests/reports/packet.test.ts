// The packet, read back as those do who are handed it: every name, both languages, figures that add up, the same bytes again.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { packetsOf } from '../../db/packets.js';
import type { SignatureKind } from '../../db/signatures.js';
import { inTransaction } from '../../db/transaction.js';
import { judgeComment, submitComment } from '../../src/coalition/comment.js';
import type { SignedName } from '../../src/coalition/count.js';
import { enterSignature } from '../../src/coalition/person.js';
import { editStatement } from '../../src/coalition/statement.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { textWidth } from '../../src/reports/chart/font.js';
import {
  makePacket,
  type Packet,
  type PacketRequest,
  recordPacket,
} from '../../src/reports/packet/packet.js';
import { row } from '../../src/reports/packet/table.js';
import { aCount, hostServer, seal, storyBegins } from '../support/stories.js';

type Signed = Partial<SignedName> & { kind?: SignatureKind; country?: string; consent?: boolean };

/** A petition in files as a thread opens them; all of it is gone after the test. */
function aPacket() {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-packet-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { database: path.join(folder, 'minga.sqlite'), key: path.join(folder, 'secret.key') };
  writeFileSync(files.key, `${Buffer.alloc(32, 7).toString('hex')}\n`);
  const database = openDatabase(files.database);
  database.$client.pragma('synchronous = OFF');
  onTestFinished(() => closeDatabase(database));
  const count = aCount({ database });
  const { petition, pen } = count;
  const make = (more: Partial<PacketRequest> = {}) =>
    makePacket({ ...files, petitionId: petition.id, language: 'both', format: 'both', ...more });
  /** Signatures with their names, all at once. */
  const sign = (...signed: Signed[]) => {
    const { sourceId } = count.add({ name: 'Nobody' }).entry;
    inTransaction(database, (connection) => {
      for (const { kind = 'person', country = null, consent = true, name = '', organization } of signed)
        enterSignature(connection, {
          sourceId,
          kind,
          sealed: seal.seal({ name, ...(organization && { organization }) }),
          country,
          consent,
          day: '2023-07-01',
          serverId: hostServer,
          at: storyBegins,
        });
    });
  };
  const state = (language: 'en' | 'es', text: string, reason?: string) =>
    editStatement(database, pen(), petition, { language, text, ...(reason && { reason }) });
  /** What a tool of poppler says of the PDF. */
  const read = (packet: Packet, tool: string, ...options: string[]) => {
    const file = path.join(folder, 'packet.pdf');
    writeFileSync(file, bytesOf(packet, 'pdf'));
    return execFileSync(tool, [...options, file, ...(tool === 'pdftotext' ? ['-'] : [])], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
  };
  return { ...count, make, sign, state, read };
}

function bytesOf({ files }: Packet, format: 'pdf' | 'csv'): Buffer {
  const file = files.find((one) => one.format === format);
  if (!file) throw new Error(`no ${format}`);
  return Buffer.from(file.content);
}

const rowsOf = (packet: Packet) => parse(bytesOf(packet, 'csv'), { bom: true }) as string[][];
const hashesOf = ({ files }: Packet) => files.map(({ sha256 }) => sha256);
const closeUp = (text: string) => text.replace(/\s+/g, '');
const named = (n: number): Signed => ({
  name: `Inés Quispe Ñahui ${n}`,
  country: n % 2 === 0 ? 'PE' : 'US',
  ...(n % 7 === 0 ? { kind: 'organization' } : { organization: `Colectivo ${n}` }),
});

test('it holds every name, both languages, and the totals of the database', async () => {
  const { make, sign, state, read, count, batch, database, petition } = aPacket();
  const signed = Array.from({ length: 300 }, (_, n) => named(n));
  sign(...signed);
  count('Action Network', 1984, { organizations: 16, day: '2023-07-09' });
  batch('Sheets', 12, 1);
  state('en', 'Bring them *home*.\n\n- Now.\n- [All](https://example.org/all) of them.');
  state('es', 'Que **regresen**.');
  const packet = await make();
  const text = read(packet, 'pdftotext', '-layout');
  const words = text.replace(/\s+/g, ' ');
  for (const { name = '', organization = '' } of signed) {
    expect(words).toContain(name);
    expect(words).toContain(organization);
  }
  for (const said of [
    'Bring them home',
    'Que regresen',
    'Bring them home.',
    'All (https://example.org/all) of them.',
    'Que regresen.',
    'Peru / Perú',
    'As of July',
    'Al 10 de julio de 2023',
    'The sources may include duplicates',
    'Las fuentes pueden incluir duplicados',
  ])
    expect(words).toContain(said);
  const { total, people, organizations } = tallyOf(database, petition.id);
  const inWords = (value: number) => value.toLocaleString('en');
  expect(words).toContain(
    `${inWords(total)} signatures: ${inWords(people)} people and ${organizations} organizations.`,
  );
  expect(words).toContain(
    `${inWords(total)} firmas: ${inWords(people)} personas y ${organizations} organizaciones.`,
  );
  // The 300, and the one whose name stays here; the platform and the sheets have no names.
  expect(words).toContain(
    `300 named here + ${inWords(total - 300)} only counted = ${inWords(total)} signatures.`,
  );
  expect(words).toMatch(/Action Network .*July 9, 2023 .* 1,984 16 2,000/);
  expect(words.match(/Total (?:Total )?(?=\S)[\d,]+ [\d,]+ [\d,]+/g)).toEqual([
    `Total ${inWords(people)} ${organizations} ${inWords(total)}`,
    `Total ${inWords(people)} ${organizations} ${inWords(total)}`,
  ]);
  expect(packet).toMatchObject({ total, named: 300, counted: total - 300, beyond: 0, lost: 0 });
});

test('it is tagged, in its language, titled, and its pages are numbered', async () => {
  const { make, sign, read } = aPacket();
  sign(...Array.from({ length: 120 }, (_, n) => named(n)));
  const packet = await make({ format: 'pdf', language: 'es' });
  const info = read(packet, 'pdfinfo');
  const [pages] = packet.files.map(({ count }) => count);
  expect(info).toMatch(/^Title: +Que regresen$/m);
  expect(info).toMatch(/^Tagged: +yes$/m);
  expect(info).toMatch(/^Page size: +612 x 792 pts \(letter\)$/m);
  expect(info).toMatch(new RegExp(`^Pages: +${pages}$`, 'm'));
  expect(bytesOf(packet, 'pdf').toString('latin1')).toContain('/Lang (es-419)');
  const numbers = [...read(packet, 'pdftotext', '-layout').matchAll(/(\d+) ?\/ ?(\d+)\s*\f/g)];
  expect(numbers.map(([, page]) => Number(page))).toEqual(
    Array.from({ length: pages ?? 0 }, (_, n) => n + 1),
  );
  expect(new Set(numbers.map(([, , of]) => Number(of)))).toEqual(new Set([pages]));
  const structure = read(packet, 'pdfinfo', '-struct-text');
  for (const type of ['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure'])
    expect(structure).toMatch(new RegExp(`^ *${type}\\b`, 'm'));
});

test('without a change of facts it is the same bytes again, also beside another; any fact changes them', async () => {
  const { make, sign, count, state, database, petition, pen } = aPacket();
  sign(named(1), named(2));
  state('en', 'Home.');
  const first = await make();
  // That it was made is no fact of it.
  recordPacket(database, pen({ at: storyBegins + 86_400_000 }), petition, first);
  const [again, beside] = await Promise.all([make(), make()]);
  expect([hashesOf(again), hashesOf(beside)]).toEqual([hashesOf(first), hashesOf(first)]);
  const seen = new Set(hashesOf(first).slice(0, 1));
  const said = { text: 'For my land.', language: 'en' } as const;
  const comment = submitComment(database, pen(), seal, petition, said, () => undefined);
  expect(hashesOf(await make())).toEqual(hashesOf(first));
  const changes = [
    () => judgeComment(database, pen({ userId: '1' }), petition, comment.id, 'approved'),
    () => count('Action Network', 5),
    () => state('en', 'Home now.', 'clearer'),
    () => sign(named(3)),
  ];
  for (const [index, change] of changes.entries()) {
    change();
    for (const sha256 of hashesOf(await make({ format: 'pdf' }))) seen.add(sha256);
    expect(seen.size).toBe(index + 2);
  }
}, 60_000);

test('it is on record, with what it held', async () => {
  const { make, sign, database, petition, pen } = aPacket();
  sign(named(1), named(2));
  const packet = await make();
  recordPacket(database, pen(), petition, packet);
  expect(
    packetsOf(database, petition.id).map(({ format, sha256, size, total, names }) => [
      format,
      sha256,
      size,
      total,
      names,
    ]),
  ).toEqual(
    packet.files.map(({ format, sha256, content }) => [format, sha256, content.byteLength, 3, 2]).reverse(),
  );
  const elsewhere = pen({ serverId: '720000000000000002' });
  expect(() => recordPacket(database, elsewhere, petition, packet)).toThrow(
    expect.objectContaining({ key: 'hostOnly' }),
  );
});

describe('the names', () => {
  test('without consent, taken back or removed are in neither file', async () => {
    const { make, sign, add, voided, read, database } = aPacket();
    sign({ name: 'Rosa Named' }, { name: 'Luz Unwilling', consent: false }, { name: 'Eva Erased' });
    const gone = add({ name: 'Olga Withdrawn' });
    database.$client.prepare('update signatures set consent = 1 where id = ?').run(gone.entry.id);
    const before = await make();
    expect(closeUp(read(before, 'pdftotext'))).toContain('OlgaWithdrawn');
    voided(`signature:${gone.entry.id}`);
    const erased = database.$client.prepare('select max(id) as id from signatures where id < ?').pluck();
    database.$client
      .prepare('update signatures set sealed = null where id = ?')
      .run(erased.get(gone.entry.id));
    const packet = await make();
    const both = `${read(packet, 'pdftotext')}${bytesOf(packet, 'csv')}`;
    expect(both).toContain('Rosa Named');
    for (const name of ['Unwilling', 'Erased', 'Withdrawn', 'Nobody']) expect(both).not.toContain(name);
    // Nobody and Luz did not agree; Eva's name was removed.
    expect(packet).toMatchObject({ total: 4, named: 1, counted: 3 });
    expect(both).toContain('2 gave names that are not to be handed over.');
    expect(both).toContain('1 has no name any more');
  });

  test('with letters that the font lacks are counted and said; the CSV has them whole', async () => {
    const { make, sign, read } = aPacket();
    sign(
      { name: '王芳' },
      { name: 'محمد' },
      { name: 'Ana 😀' },
      { name: 'Łukasz Ñandú Ștefan' },
      { name: 'O\u200Bk' },
    );
    const packet = await make();
    expect(packet.lost).toBe(3);
    const text = read(packet, 'pdftotext', '-layout');
    expect(text).toContain('3 names have letters that this font lacks');
    expect(text).toContain('3 nombres tienen letras que esta tipografía no tiene');
    expect(text).toMatch(/ Ana \?\s/);
    expect(text).toContain('Łukasz Ñandú Ștefan');
    expect(rowsOf(packet).map(([, name]) => name)).toEqual(
      expect.arrayContaining(['王芳', 'محمد', 'Ana 😀']),
    );
  });

  test('however long, are whole; however many, are all there, and the pages as many as is said', async () => {
    const { make, sign, read } = aPacket();
    const long = `${'Wolfeschlegelstein'.repeat(6)} ${'x'.repeat(11)}`;
    const many = Array.from({ length: 5200 }, (_, n) => ({
      name: n % 50 === 0 ? `${long}${n}` : `Ana ${n}`,
      organization: n % 9 === 0 ? `Comité de Defensa de los Derechos Humanos de la Provincia ${n}` : '',
    }));
    sign(...many);
    const packet = await make({ language: 'en' });
    const text = read(packet, 'pdftotext', '-layout');
    const plain = closeUp(read(packet, 'pdftotext', '-raw'));
    for (const { name } of many)
      expect(name.length < 100 ? text : plain).toContain(name.length < 100 ? name : closeUp(name).slice(-15));
    expect(read(packet, 'pdfinfo')).toMatch(new RegExp(`^Pages: +${packet.files[0]?.count}$`, 'm'));
    expect(rowsOf(packet)).toHaveLength(5201);
  }, 60_000);

  test('stand in the order of the language, people and organizations apart, and begin no formula', async () => {
    const { make, sign } = aPacket();
    sign(
      { name: 'Zoe' },
      { name: 'Ñusta' },
      { name: 'nadia' },
      { name: 'Nzinga' },
      { name: 'Óscar' },
      { name: '=1+1' },
      { kind: 'organization', name: 'Ayllu', country: 'BO' },
    );
    const spanish = await make({ format: 'csv', language: 'es' });
    expect(rowsOf(spanish)).toEqual([
      ['Tipo', 'Nombre', 'Organización', 'País'],
      ...["'=1+1", 'nadia', 'Nzinga', 'Ñusta', 'Óscar', 'Zoe'].map((name) => ['persona', name, '', '']),
      ['organización', 'Ayllu', '', 'Bolivia'],
    ]);
    const english = rowsOf(await make({ format: 'csv', language: 'en' })).map(([, name]) => name);
    expect(english.slice(2, 5)).toEqual(['nadia', 'Ñusta', 'Nzinga']);
  });

  test('wrap to their column and lose nothing', () => {
    const width = 90;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const lines = row([{ heading: [], width }], [text]).cells[0] ?? [];
        expect(closeUp(lines.join(''))).toBe(closeUp(text));
        for (const line of lines)
          if ([...line].length > 1) expect(textWidth(line, 9, 400)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

test('a translation that has fallen behind, and one that is missing, are said', async () => {
  const { make, state, read } = aPacket();
  state('en', 'Home.');
  const without = await make({ format: 'pdf' });
  expect([without.without, without.stale]).toEqual([['es'], undefined]);
  expect(read(without, 'pdftotext')).toContain('There is no statement in Spanish yet.');
  state('es', 'A casa.');
  state('en', 'Home now.');
  const behind = await make({ format: 'pdf' });
  expect([behind.without, behind.stale]).toEqual([[], 'es']);
  const text = read(behind, 'pdftotext').replace(/\s+/g, ' ');
  expect(text).toContain('The statement in Spanish is older than the other one');
  expect(text).toContain('Version 2, of July 10, 2023');
  expect(text).toContain('Versión 1, del 10 de julio de 2023');
});

test('before anybody has signed there is a packet too', async () => {
  const { make, read } = aPacket();
  const packet = await make();
  expect(packet).toMatchObject({ total: 0, named: 0, counted: 0 });
  expect(read(packet, 'pdftotext')).toContain('Nobody has agreed yet to be named.');
  expect(rowsOf(packet)).toEqual([['Kind', 'Name', 'Organization', 'Country', 'País']]);
});
