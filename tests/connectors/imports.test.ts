// Imports in their threads: what is left of one that was cut off, and the files that lie around.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { importById } from '../../db/imports.js';
import { allUntoldNotices } from '../../db/notices.js';
import { sourcesOf } from '../../db/sources.js';
import { beginImport, importLease } from '../../src/coalition/import/begin.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { importsInto } from '../../src/connectors/imports.js';
import { completeImport, finishImport, takeUnfinished } from '../../src/connectors/unfinished-imports.js';
import { csv } from '../support/import-story.js';
import { aCount } from '../support/stories.js';

const file = csv('name,email', 'Rosa Huamán,rosa@example.org', 'Luis,luis@example.org');
const day = '2023-07-10';

/** A bot's imports, and a file that was confirmed there: it holds that import, and has not begun to write. */
async function begun() {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-imports-'));
  const databasePath = path.join(folder, 'minga.sqlite');
  const database = openDatabase(databasePath);
  onTestFinished(() => {
    closeDatabase(database);
    rmSync(folder, { recursive: true });
  });
  const { petition, pen } = aCount({ database });
  const imports = importsInto(databasePath, Buffer.alloc(32, 7));
  const purpose = { petitionId: petition.id, source: 'Plaza' };
  const prepare = (content = file) =>
    imports.prepare({ bytes: Buffer.from(content) }, { fileName: 'a.csv', purpose, today: day });
  const staged = await prepare();
  const draft = { petitionId: petition.id, staged, fileName: 'a.csv', source: 'Plaza' };
  const row = beginImport(database, pen(), petition, draft, { consent: 'names', holder: 'bot' });
  const stagedFile = (name = staged) => path.join(folder, 'imports', `${name}.sqlite`);
  return {
    ...{ folder, database, imports, prepare, purpose, row, stagedFile },
    total: () => tallyOf(database, petition.id).total,
    sources: () => sourcesOf(database, petition.id),
    state: () => importById(database, row.id)?.state,
    told: () => allUntoldNotices(database).map(({ key, values }) => [key, values]),
    finish: () => finishImport(database, imports, row, () => 5),
  };
}

describe('an import that was cut off', () => {
  it('is left to whoever has it until the lease is over, then one takes it on', async () => {
    const { database, imports, row } = await begun();
    const taken = (holder: string, after: number) =>
      takeUnfinished(database, imports, holder, row.at + after).map(({ id }) => id);
    expect(taken('next', importLease)).toEqual([]);
    expect(taken('next', importLease + 1)).toEqual([row.id]);
    expect(taken('third', importLease + 1)).toEqual([]);
    expect(taken('third', 2 * importLease + 2)).toEqual([row.id]);
  });

  it('is held for longer by whoever is at it, and not begun twice', async () => {
    const { database, imports, row } = await begun();
    const publishing = imports.publish(row, day);
    expect(takeUnfinished(database, imports, 'bot', row.at + importLease)).toEqual([]);
    expect(takeUnfinished(database, imports, 'next', row.at + importLease + 1)).toEqual([]);
    expect(await publishing).toBe(2);
  });

  it('is completed, and organizers are told', async () => {
    const { finish, total, state, told, stagedFile } = await begun();
    expect(await finish()).toBe(2);
    expect([total(), state(), existsSync(stagedFile())]).toEqual([2, 'done', false]);
    expect(told()).toEqual([['notices.importContinued', { file: 'a.csv', source: 'Plaza', count: 2 }]]);
  });

  it('that another process completed meanwhile stays complete, and says how many it added', async () => {
    const { database, imports, row, total, state } = await begun();
    await imports.publish(row, day);
    expect(await completeImport(database, imports, row)).toBe(2);
    expect([total(), state()]).toEqual([2, 'done']);
  });

  it.each<[string, (file: string) => void]>([
    ['gone', (file) => rmSync(file)],
    ['empty', (file) => writeFileSync(file, '')],
    ['cut', (file) => truncateSync(file, 9000)],
    ['something else', (file) => writeFileSync(file, 'x'.repeat(9000))],
  ])(
    'is undone where its file is %s, and organizers are told; the next one may begin',
    async (_how, damage) => {
      const { finish, total, sources, state, told, stagedFile, imports, database } = await begun();
      damage(stagedFile());
      expect(await finish()).toBe('undone');
      // The import is gone with the source that was made for it.
      expect([total(), sources(), state(), existsSync(stagedFile())]).toEqual([0, [], undefined, false]);
      expect(told()).toEqual([['notices.importUndone', { file: 'a.csv', source: 'Plaza', count: 0 }]]);
      expect(takeUnfinished(database, imports, 'next', Date.now())).toEqual([]);
    },
  );
});

it('keeps what waits for a word for a while, and what is under way for as long as it is', async () => {
  const { imports, row, prepare, stagedFile } = await begun();
  const [old, fresh] = [await prepare(), await prepare()];
  for (const name of [old, row.staged]) utimesSync(stagedFile(name), 10, 10);
  await imports.tidy(20_000, [row.staged]);
  expect([row.staged, old, fresh].map((name) => imports.has(name))).toEqual([true, false, true]);
});

it('leaves no file behind where there is nothing to prepare', async () => {
  const { prepare, folder } = await begun();
  const before = readdirSync(path.join(folder, 'imports'));
  await expect(prepare('a,b\n1,2')).rejects.toMatchObject({ key: 'fileNoNames' });
  expect(readdirSync(path.join(folder, 'imports'))).toEqual(before);
});
