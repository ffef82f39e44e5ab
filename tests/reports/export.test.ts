// Exports of signatures: complete, of one moment, readable by spreadsheets and by Minga itself, or not there at all.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { countedSignatures } from '../../db/exports.js';
import { importConsents, imports, signatures } from '../../db/schema.js';
import { type SignatureKind, updateSignature } from '../../db/signatures.js';
import { sourceById } from '../../db/sources.js';
import { inTransaction } from '../../db/transaction.js';
import type { SignedName } from '../../src/coalition/count.js';
import { enterSignature } from '../../src/coalition/person.js';
import { cleanLine } from '../../src/coalition/plain-text.js';
import { sealWith } from '../../src/coalition/seal.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { readRows, shapeOf } from '../../src/connectors/signature-file/index.js';
import { type Exported, exportBytes, exportFile, recordExport } from '../../src/reports/export/export.js';
import type { ExportFormat } from '../../src/reports/export/formats.js';
import { reckoning } from '../../src/reports/export/reckoning.js';
import { compiled } from '../cli/support.js';
import { aSmallDisk, mayMount } from '../support/small-disk.js';
import { aCount, hostServer, seal, storyBegins } from '../support/stories.js';

/** The key of the stories' seal. */
const key = Buffer.alloc(32, 7).toString('hex');

/** A petition being counted, in files as a thread opens them; all of it is gone after the test. */
function anExport() {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { database: path.join(folder, 'minga.sqlite'), key: path.join(folder, 'secret.key') };
  writeFileSync(files.key, `${key}\n`);
  const database = openDatabase(files.database);
  // What stories write need not outlive a power cut.
  database.$client.pragma('synchronous = OFF');
  onTestFinished(() => closeDatabase(database));
  const count = aCount({ database });
  const request = (format: ExportFormat) => ({
    ...files,
    petitionId: count.petition.id,
    format,
    at: storyBegins,
  });
  const inMemory = async (format: ExportFormat) => {
    const exported = await exportBytes(request(format), { bytes: 1e6, serverId: hostServer });
    return { ...exported, text: Buffer.from(exported.content).toString() };
  };
  /** A signature as it is, whatever a command would make of its words. */
  const sign = (
    name: SignedName,
    more: { kind?: SignatureKind; country?: string | null; day?: string; consent?: boolean } = {},
  ) => {
    const { entry } = count.add({ name: 'x' });
    const { kind = 'person', country = null, day = '2023-07-01', consent = false } = more;
    database.$client
      .prepare('update signatures set sealed = ?, kind = ?, country = ?, day = ?, consent = ? where id = ?')
      .run(seal.seal(name), kind, country, day, Number(consent), entry.id);
    return entry;
  };
  /** Many people, and an organization for every three of them. */
  const crowd = (people: number) =>
    inTransaction(database, (connection) => {
      const { sourceId } = count.add().entry;
      for (let n = 1; n < people + people / 3; n++) {
        const kind = n % 4 === 1 ? 'organization' : 'person';
        const sealed = seal.seal({ name: `A name that takes some room ${n}` });
        enterSignature(connection, {
          sourceId,
          kind,
          sealed,
          day: '2023-07-01',
          serverId: hostServer,
          at: 0,
        });
      }
    });
  return { ...count, folder, files, request, inMemory, sign, crowd, left: () => readdirSync(folder).sort() };
}

const sumOf = ({ rows, unnamed, beyond }: Exported) => rows + unnamed - beyond;

describe('as CSV', () => {
  test('it has a byte-order mark, CRLF, fixed columns and the countries in both languages', async () => {
    const { sign, inMemory } = anExport();
    sign(
      { name: 'Rosa Huamán', organization: 'Comité, «Sur»', comment: 'Dijo: "no"\nY basta' },
      { country: 'US', day: '2023-07-09', consent: true },
    );
    sign({ name: 'Women for Peace' }, { kind: 'organization', country: 'GB', consent: true });
    sign({ name: 'Ana' });
    const { text } = await inMemory('csv');
    expect(text).toBe(
      [
        '\uFEFFkind,name,organization,country,country_en,country_es,date,comment,consent,source',
        'person,Rosa Huamán,"Comité, «Sur»",US,United States,Estados Unidos,2023-07-09,"Dijo: ""no""\nY basta",yes,Added by hand',
        'organization,Women for Peace,,GB,United Kingdom,Reino Unido,2023-07-01,,yes,Added by hand',
        'person,Ana,,,,,2023-07-01,,no,Added by hand',
        '',
      ].join('\r\n'),
    );
  });

  test('no cell begins like a formula, whatever stands before the sign, nor holds a control character', async () => {
    const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    const before = ['', '\t', '\r', '\n', '\0', ' ', '\u00A0', '\u200B', '\u202E', '\r\n\t '];
    const { sign, add, inMemory } = anExport();
    for (const one of signs)
      for (const prefix of before) {
        const text = `${prefix}${one}1+1`;
        sign({ name: text, organization: text, comment: text });
      }
    add({ name: 'x', source: '=SUM(A1)' });
    const { text } = await inMemory('csv');
    const cells = (parse(text, { bom: true }) as string[][]).flat();
    expect(cells.filter((cell) => /^[=+\-@＝＋－＠\p{Cc}\s]/u.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /\p{Cc}|\u202E/u.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell === "'=1+1")).toHaveLength(3 * before.length);
    expect(cells.at(-1)).toBe("'=SUM(A1)");
  });

  test('Minga reads back what it wrote', async () => {
    const said = fc.string({ unit: 'grapheme', maxLength: 60 }).map(cleanLine);
    // A lone dash is nobody's organization, and what looks escaped already is read as if it were.
    const isPlain = (text: string) => !/^'[=+\-@＝＋－＠]|^[-–—.]+$|^n\/a$/i.test(text);
    const name = fc.oneof(
      said,
      fc.constantFrom('=1+1', '-Ana', '+51 999', '@ana', '"Q"', 'a, b', "'a", "O'Brien"),
    );
    const some = name.filter((text) => text !== '' && isPlain(text));
    const row = fc.record({
      kind: fc.constantFrom<SignatureKind>('person', 'organization'),
      name: some,
      organization: fc.option(some, { nil: undefined }),
      comment: fc.option(some, { nil: undefined }),
      country: fc.constantFrom(null, 'PE', 'US', 'CI', 'XK', 'HK', 'BO', 'KR'),
      day: fc.constantFrom('2023-05-06', '2020-02-29', '2023-07-10'),
      consent: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (rows) => {
        const { sign, inMemory } = anExport();
        const given = rows.map((one) => (one.kind === 'person' ? one : { ...one, organization: undefined }));
        for (const { name, organization, comment, ...more } of given)
          sign({ name, organization, comment }, more);
        const { content } = await inMemory('csv');
        const input = { bytes: content };
        const read = [];
        for await (const batch of readRows(input, await shapeOf(input), '2023-07-10')) {
          expect(batch.rejected).toEqual([]);
          read.push(...batch.rows);
        }
        const blank = { organization: undefined, comment: undefined };
        expect(read.map(({ line: _, ...one }) => ({ ...blank, ...one }))).toEqual(given);
      }),
      { numRuns: 5 },
    );
  });
});

test('as JSON it says what it is of, and holds the same rows, unescaped', async () => {
  const { sign, batch, inMemory } = anExport();
  batch('Sheets', 40, 2);
  sign({ name: '=Rosa', comment: 'Uno\u0000\ndos' }, { country: 'CI', consent: true });
  sign({ name: 'Ana' });
  const { text } = await inMemory('json');
  expect(JSON.parse(text)).toEqual({
    meta: {
      petition: { en: 'Bring them home', es: 'Que regresen' },
      exported_at: '2023-07-10T23:30:00.000Z',
      tally: { total: 44, people: 42, organizations: 2 },
    },
    signatures: [
      {
        kind: 'person',
        name: '=Rosa',
        organization: null,
        country: 'CI',
        country_en: 'Côte d’Ivoire',
        country_es: expect.stringMatching(/^(Côte d’Ivoire|Costa de Marfil)$/),
        date: '2023-07-01',
        comment: 'Uno\ndos',
        consent: true,
        source: 'Added by hand',
      },
      expect.objectContaining({
        name: 'Ana',
        country: null,
        country_en: null,
        comment: null,
        consent: false,
      }),
    ],
  });
  // Half of it is no JSON, so that nobody takes it for the whole.
  expect(() => JSON.parse(text.slice(0, -4))).toThrow();
});

describe('its rows', () => {
  test('are those that count, and add up to the tally with what was counted without names', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('add' as const),
        kind: fc.constantFrom<SignatureKind>('person', 'organization'),
        source: fc.constantFrom(undefined, 'Page', 'Sheets'),
      }),
      fc.record({ do: fc.constant('count' as const), people: fc.nat(4), organizations: fc.nat(2) }),
      fc.record({ do: fc.constant('batch' as const), people: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constant('void' as const), of: fc.nat(10) }),
      fc.record({ do: fc.constant('erase' as const), of: fc.nat(10) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        const { database, petition, add, count, batch, voided } = aCount();
        onTestFinished(() => closeDatabase(database));
        count('Page', 1);
        batch('Sheets', 1);
        const standing: number[] = [];
        let erased = new Set<number>();
        for (const one of steps) {
          if (one.do === 'add')
            standing.push(add({ kind: one.kind, ...(one.source && { source: one.source }) }).entry.id);
          else if (one.do === 'count') count('Page', one.people, { organizations: one.organizations });
          else if (one.do === 'batch') batch('Sheets', one.people);
          else {
            const id = standing[one.of];
            if (id === undefined) continue;
            if (one.do === 'erase') {
              updateSignature(database, id, { sealed: null });
              erased.add(id);
              continue;
            }
            voided(`signature:${id}`);
            standing.splice(one.of, 1);
            erased = new Set([...erased].filter((other) => other !== id));
          }
        }
        const tally = tallyOf(database, petition.id);
        const reckoned = reckoning(tally);
        for (const signature of countedSignatures(database, petition.id)) reckoned.add(signature);
        const sum = reckoned.sum();
        expect(sum).toMatchObject({
          rows: standing.length,
          people: tally.sources.reduce((all, { names }) => all + names.people, 0),
          organizations: tally.sources.reduce((all, { names }) => all + names.organizations, 0),
          erased: erased.size,
          total: sum.rows + sum.unnamed - sum.beyond,
        });
        expect(reckoned.expected).toBe(standing.length);
      }),
    );
  });

  test('leave out other petitions, who is counted already, and files that are still coming in; a removed name is empty', async () => {
    const { database, petition, sign, inMemory } = anExport();
    const first = sign({ name: 'Rosa' });
    const removed = sign({ name: 'Luz' });
    updateSignature(database, removed.id, { sealed: null });
    updateSignature(database, sign({ name: 'Rosa again' }).id, { counts: false });
    aCount({ database }).add({ name: 'Elsewhere' });
    const source = sourceById(database, first.sourceId);
    const { id: importId } = database
      .insert(imports)
      .values({
        petitionId: petition.id,
        sourceId: source?.id ?? 0,
        staged: 'x',
        fileName: 'x.csv',
        state: 'publishing',
        consent: importConsents[0],
        serverId: hostServer,
        at: 0,
        holder: 'x',
        leaseUntil: 0,
      })
      .returning()
      .get();
    const { id: _, ...row } = first;
    database
      .insert(signatures)
      .values({ ...row, identity: null, likeness: null, importId })
      .run();
    const { text, rows, erased } = await inMemory('csv');
    expect((parse(text, { bom: true }) as string[][]).map(([kind, name]) => [kind, name])).toEqual([
      ['kind', 'name'],
      ['person', 'Rosa'],
      ['person', ''],
    ]);
    expect([rows, erased]).toEqual([2, 1]);
  });
});

test('it is of one moment, whatever another process writes meanwhile', async () => {
  const { files, petition, crowd, inMemory, database } = anExport();
  crowd(1500);
  // Two signatures per transaction, without end.
  const writer = `
    import { openDatabase } from ${JSON.stringify(compiled('db/connect.js'))};
    import { inTransaction } from ${JSON.stringify(compiled('db/transaction.js'))};
    import { enterSignature } from ${JSON.stringify(compiled('src/coalition/person.js'))};
    const database = openDatabase(process.argv[1]);
    const row = { sourceId: 1, day: '2023-07-02', serverId: '1', at: 0 };
    for (let pairs = 1; ; pairs++) {
      inTransaction(database, (connection) => {
        enterSignature(connection, { ...row, kind: 'organization' });
        enterSignature(connection, { ...row, kind: 'organization' });
      });
      process.stdout.write(pairs + '\\n');
      await new Promise(setImmediate);
    }
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer, files.database], {
    stdio: 'pipe',
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'close');
  });
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  const [source] = tallyOf(database, petition.id).sources;
  expect(source?.source.id).toBe(1);
  for (let round = 0; round < 4; round++) {
    const before = tallyOf(database, petition.id).total;
    const { text, ...exported } = await inMemory('json');
    await once(lines, 'line');
    const { meta, signatures: rows } = JSON.parse(text);
    expect([exported.unnamed, exported.beyond, exported.organizations % 2]).toEqual([0, 0, 0]);
    expect(rows).toHaveLength(meta.tally.total);
    expect(exported.rows).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(before);
    expect(tallyOf(database, petition.id).total).toBeGreaterThan(rows.length);
  }
});

describe('as a file', () => {
  test('it is its owner’s alone, bears its name once all is on record, and is what the record says', async () => {
    const { folder, petition, pen, database, crowd, request, left } = anExport();
    crowd(900);
    const file = path.join(folder, 'names.csv');
    const there = left();
    const shares: number[] = [];
    const exported = await exportFile(
      request('csv'),
      file,
      (whole) => {
        expect(left()).toEqual([...there, `names.csv.${process.pid}.part`].sort());
        recordExport(database, pen(), petition, whole);
      },
      (share) => shares.push(share),
    );
    expect(left()).toEqual([...there, 'names.csv'].sort());
    const bytes = readFileSync(file);
    expect(exported).toMatchObject({ rows: 1200, people: 900, organizations: 300, bytes: bytes.length });
    expect(sumOf(exported)).toBe(1200);
    expect(exported.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(shares).toEqual([500 / 1200, 1000 / 1200, 1]);
    const audit = database.$client
      .prepare("select detail, petition_id from audit where deed = 'signatures.export'")
      .get() as { detail: string; petition_id: number };
    const { rows, sha256 } = exported;
    expect(JSON.parse(audit.detail)).toEqual({ format: 'csv', rows, bytes: bytes.length, sha256 });
    expect(audit.petition_id).toBe(petition.id);
  });

  test('nothing is left where it cannot go on record', async () => {
    const { folder, petition, pen, database, add, request, left } = anExport();
    add();
    const there = left();
    const elsewhere = pen({ serverId: '720000000000000002' });
    const exporting = exportFile(request('json'), path.join(folder, 'names.json'), (whole) =>
      recordExport(database, elsewhere, petition, whole),
    );
    await expect(exporting).rejects.toMatchObject({ key: 'hostOnly' });
    expect(left()).toEqual(there);
  });

  test.skipIf(!mayMount)('nothing is left on a disk that is full', async () => {
    const { crowd, request } = anExport();
    crowd(600);
    const disk = aSmallDisk(32);
    const exporting = exportFile(request('json'), path.join(disk.folder, 'names.json'), () => {});
    await expect(exporting).rejects.toMatchObject({ cause: { code: 'ENOSPC' } });
    expect(readdirSync(disk.folder)).toEqual([]);
  });

  test('nothing is left where the key is another', async () => {
    const { folder, files, add, database, request, left } = anExport();
    add();
    const entry = add().entry;
    updateSignature(database, entry.id, { sealed: sealWith(Buffer.alloc(32, 8)).seal({ name: 'Ana' }) });
    const there = left();
    const exporting = exportFile(request('csv'), path.join(folder, 'names.csv'), () => {});
    await expect(exporting).rejects.toMatchObject({ key: 'nameNotOpened' });
    expect([left(), readFileSync(files.key, 'utf8')]).toEqual([there, `${key}\n`]);
  });
});

test('in memory it is refused as soon as it is too large, and where there are no names', async () => {
  const { batch, add, request } = anExport();
  batch('Sheets', 40);
  const limited = (bytes: number) => exportBytes(request('csv'), { bytes, serverId: hostServer });
  await expect(limited(1e6)).rejects.toMatchObject({ key: 'noNames' });
  add({ name: 'x'.repeat(100) });
  const { bytes } = await limited(1e6);
  await expect(limited(bytes - 1)).rejects.toMatchObject({
    key: 'exportTooLarge',
    values: { server: hostServer },
  });
  await expect(limited(bytes)).resolves.toMatchObject({ rows: 1 });
});
