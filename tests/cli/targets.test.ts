// `npm run targets`: committees and their members from a folder of public files, or into a bundle.
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { closeDatabase, type Database, openDatabase } from '../../db/connect.js';
import { updatePetition } from '../../db/petitions.js';
import { targetsOf } from '../../db/targets.js';
import { dayIn } from '../../src/coalition/day.js';
import { createPetition } from '../../src/coalition/petition.js';
import { congressFiles, writeCongress } from '../support/congress.js';
import { aPetition, hostServer, partnerServer } from '../support/stories.js';
import { aFolder, run } from './support.js';

/** The members of the files that are still in office: the tool's clock is the real one. */
function filesOfToday() {
  const files = congressFiles();
  for (const { terms } of files['legislators-current'])
    for (const term of terms)
      if ('end' in term && term.end === '2025-01-03') Object.assign(term, { end: '2199-01-03' });
  return files;
}

/** A folder with a database and one of the files. */
function aCampaign() {
  const folder = aFolder();
  const env = { DATABASE_PATH: path.join(folder, 'minga.sqlite') };
  const inDatabase = <Result>(work: (database: Database) => Result): Result => {
    const database = openDatabase(env.DATABASE_PATH);
    try {
      return work(database);
    } finally {
      closeDatabase(database);
    }
  };
  const petition = inDatabase((database) => aPetition(database));
  const source = writeCongress(path.join(folder, 'data'), filesOfToday());
  return {
    folder,
    source,
    inDatabase,
    targets: (...args: string[]) => run('targets', folder, args, env),
    known: () => inDatabase((database) => targetsOf(database, petition.id)),
  };
}

test('takes a folder in, tells what it did, and changes nothing the second time', async () => {
  const { targets, known } = aCampaign();
  expect(await targets('import', 'data', '--as-of', '2023-06-15', '--yes')).toEqual({
    code: 0,
    said: [
      `data → “Bring them home”, server ${hostServer}`,
      '✅ Taken in: data as of June 15, 2023.',
      'New: 7 · changed: 0 · former since now: 0 · as before: 0',
      '1 seat was left out, as its member is not among the legislators:',
      '- Dana Dangling (D000006, HSAP)',
      '',
    ].join('\n'),
  });
  const before = known();
  expect(before.filter(({ former }) => former).map(({ externalId }) => externalId)).toEqual(['E000005']);
  const again = await targets('import', 'data', '--as-of', '2023-06-15', '--yes');
  expect(again.said).toContain('Data as of June 15, 2023: nothing in it is new.');
  expect(known()).toEqual(before);
});

test('shows what it would do, and does nothing where nobody can confirm', async () => {
  const { targets, known } = aCampaign();
  const { code, said } = await targets('import', 'data');
  expect([code, known()]).toEqual([1, []]);
  expect(said).toContain('would be taken in:\nNew: 7 ·');
  expect(said).toContain('Nothing was changed: say --yes');
});

test("the day is the files' own where none is said; the committees are those that are asked for", async () => {
  const { source, targets, known } = aCampaign();
  const long = new Date('2023-05-01T12:00:00Z');
  for (const name of Object.keys(congressFiles())) utimesSync(path.join(source, `${name}.json`), long, long);
  const newest = new Date('2023-06-02T12:00:00Z');
  utimesSync(path.join(source, 'legislators-current.json'), newest, newest);
  await targets('import', 'data', '--committees', 'hsfa', '--yes');
  expect(known().map(({ externalId, asOf }) => [externalId, asOf])).toEqual([
    ['HSFA', '2023-06-02'],
    ['V000001', '2023-06-02'],
    ['N000002', '2023-06-02'],
    ['B000003', '2023-06-02'],
    ['L000004', '2023-06-02'],
  ]);
});

test('makes a bundle, overwrites nothing, and takes it in', async () => {
  const { folder, targets, known } = aCampaign();
  const made = await targets('bundle', 'data', 'house.json');
  const today = dayIn('UTC', statSync(path.join(folder, 'data', 'legislators-current.json')).mtimeMs);
  expect(made.said).toContain(`HSFA, HSAP, 5 members, data as of ${today}.`);
  const bytes = readFileSync(path.join(folder, 'house.json'));
  expect((await targets('bundle', 'data', 'house.json')).code).toBe(1);
  expect(readFileSync(path.join(folder, 'house.json'))).toEqual(bytes);
  expect((await targets('import', 'house.json', '--yes')).code).toBe(0);
  expect(known()).toHaveLength(7);
});

test('needs the server only where several host petitions', async () => {
  const { inDatabase, targets, known } = aCampaign();
  inDatabase((database) => {
    const facts = { title: { en: 'Other' }, ask: { en: 'Other' }, link: 'https://example.org/', goal: 10 };
    const write = { userId: null, serverId: partnerServer, at: 0 };
    const { id } = createPetition(database, write, { ...facts, deadline: null, timezone: 'UTC' });
    updatePetition(database, id, { state: 'open' });
  });
  const { code, said } = await targets('import', 'data', '--yes');
  expect([code, said]).toEqual([
    1,
    `Say --server and an id: petitions are hosted by ${hostServer}, ${partnerServer}.\n`,
  ]);
  await targets('import', 'data', '--server', hostServer, '--yes');
  expect(known()).toHaveLength(7);
});

test.each<[string, (folder: string) => void, string[], string]>([
  [
    'a folder without the files',
    (folder) => writeCongress(path.join(folder, 'data2'), {}),
    ['import', 'data2'],
    'data2 has no committees-current.json, no committee-membership-current.json, no legislators-current.json.',
  ],
  ['no folder at all', () => {}, ['import', 'nowhere'], 'no such file or directory'],
  [
    'a file that is cut off',
    (folder) => writeFileSync(path.join(folder, 'data', 'legislators-current.json'), '[{'),
    ['import', 'data', '--yes'],
    'legislators-current.json is not JSON in UTF-8',
  ],
  [
    'one of the files',
    () => {},
    ['import', 'data/legislators-current.json', '--yes'],
    'npm run targets -- import FOLDER',
  ],
  [
    'a committee that is none',
    () => {},
    ['import', 'data', '--committees', 'HSXX'],
    'The committee HSXX is not in this data',
  ],
  [
    'a day that is none',
    () => {},
    ['import', 'data', '--as-of', '2023-02-30'],
    'It is a date, written YYYY-MM-DD.',
  ],
  ['a petition that is none', () => {}, ['import', 'data', '--petition', 'Other'], 'no petition'],
])('tells of %s in a sentence, and changes nothing', async (_, spoil, args, sentence) => {
  const { folder, targets, known } = aCampaign();
  spoil(folder);
  const { code, said } = await targets(...args);
  expect(code).toBe(1);
  expect(said).toContain(sentence);
  expect(said).not.toMatch(/^\s+at /m);
  expect(known()).toEqual([]);
});
