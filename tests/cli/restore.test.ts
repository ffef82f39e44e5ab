// `npm run restore`: what is put back is Minga's and whole, nobody is using what it replaces, and that is kept.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { serverOf } from '../../db/servers.js';
import { aFolder, damage, filesIn, run, serversIn, used } from './support.js';

const lima = '710000000000000001';
const madrid = '720000000000000002';

/** A database in use until yesterday, and a copy in which another server is. */
function aSetup() {
  const folder = aFolder();
  const live = path.join(folder, 'data/minga.sqlite');
  const copy = path.join(folder, 'copy.sqlite');
  used(live, lima);
  used(copy, madrid);
  return { folder, live, copy, restore: (...args: string[]) => run('restore', folder, args) };
}

/** Where the old database is kept, as the tool says it. */
const keptIn = (said: string) => / is kept as (\S+)\.\n/.exec(said)?.[1] ?? '';

test('the copy is in place, what was there is kept, and that can be put back', async () => {
  const { live, restore } = aSetup();
  const { code, said } = await restore('copy.sqlite', '--yes');
  expect([code, serversIn(live)]).toEqual([0, [madrid]]);
  const kept = keptIn(said);
  expect(kept).toMatch(/minga\.sqlite\.before-.+Z$/);
  expect(said).toContain(`To undo it: npm run restore -- ${kept}`);
  expect(await restore(kept, '--yes')).toMatchObject({ code: 0 });
  expect(serversIn(live)).toEqual([lima]);
});

/** Leaves a database as a crash does: what was written last is in the log beside it alone. */
function crash(live: string, server: string): void {
  const database = openDatabase(live);
  serverOf(database, server);
  const parts = ['', '-wal'].map((suffix) => [live + suffix, readFileSync(live + suffix)] as const);
  closeDatabase(database);
  for (const [file, bytes] of parts) writeFileSync(file, bytes);
}

test('what a crash left in the log is kept too', async () => {
  const { folder, live, restore } = aSetup();
  crash(live, '730000000000000003');
  const { said } = await restore('copy.sqlite', '--yes');
  expect(filesIn(path.join(folder, 'data'))).toEqual(['minga.sqlite', path.basename(keptIn(said))]);
  expect(serversIn(live)).toEqual([madrid]);
  expect(serversIn(keptIn(said))).toEqual([lima, '730000000000000003']);
});

test('a log without its database does not get into the copy', async () => {
  const { live, restore } = aSetup();
  crash(live, '730000000000000003');
  rmSync(live);
  expect(await restore('copy.sqlite', '--yes')).toMatchObject({ code: 0 });
  expect(serversIn(live)).toEqual([madrid]);
});

test('on a new machine there is nothing to keep', async () => {
  const { folder, restore } = aSetup();
  const { code } = await run('restore', folder, ['copy.sqlite', '--yes'], {
    DATABASE_PATH: 'new/minga.sqlite',
  });
  expect([code, serversIn(path.join(folder, 'new/minga.sqlite'))]).toEqual([0, [madrid]]);
  expect(await restore('missing.sqlite', '--yes')).toMatchObject({ code: 1 });
});

test('a database that cannot be read any more is replaced, and kept as it was', async () => {
  const { live, restore } = aSetup();
  writeFileSync(live, 'broken'.repeat(1000));
  const { code, said } = await restore('copy.sqlite', '--yes');
  expect([code, serversIn(live)]).toEqual([0, [madrid]]);
  expect(readFileSync(keptIn(said), 'utf8')).toBe('broken'.repeat(1000));
});

describe('nothing is touched', () => {
  const refusals: [string, string, (copy: string) => void][] = [
    ['a text', 'is no database', (copy) => writeFileSync(copy, 'signatures,2006\n'.repeat(500))],
    ['an empty file', 'is not a database of Minga', (copy) => writeFileSync(copy, '')],
    [
      'a database of something else',
      'is not a database of Minga',
      (copy) => {
        writeFileSync(copy, '');
        new BetterSqlite3(copy).exec('create table recipes (name text)').close();
      },
    ],
    ['a damaged database', 'is damaged: ', (copy) => damage(copy, madrid)],
    [
      'a database of a newer version',
      'newer version of Minga',
      (copy) => {
        const client = new BetterSqlite3(copy);
        client.exec("insert into __drizzle_migrations (hash, created_at) values ('', 9e15)");
        client.close();
      },
    ],
  ];

  test.each(refusals)('by %s', async (_what, says, spoil) => {
    const { folder, live, copy, restore } = aSetup();
    spoil(copy);
    const before = readFileSync(live);
    const { code, said } = await restore('copy.sqlite', '--yes');
    expect([code, said]).toEqual([1, expect.stringContaining(says)]);
    expect(said).toMatch(/^[^\n]*copy\.sqlite[^\n]*\n$/);
    expect(readFileSync(live)).toEqual(before);
    expect(filesIn(path.join(folder, 'data'))).toEqual(['minga.sqlite']);
  });

  test('while somebody has the database open, even without doing anything', async () => {
    const { folder, live, restore } = aSetup();
    const database = openDatabase(live);
    onTestFinished(() => closeDatabase(database));
    const { code, said } = await restore('copy.sqlite', '--yes');
    expect([code, said]).toEqual([1, expect.stringContaining('is in use: stop the bot first')]);
    serverOf(database, madrid);
    expect(serversIn(live)).toEqual([lima, madrid]);
    expect(filesIn(path.join(folder, 'data')).filter((name) => /before|part/.test(name))).toEqual([]);
  });

  test('where there is nobody to ask', async () => {
    const { live, restore } = aSetup();
    expect(await restore('copy.sqlite')).toEqual({ code: 1, said: expect.stringContaining('--yes') });
    expect(serversIn(live)).toEqual([lima]);
    expect(existsSync(`${live}-wal`)).toBe(false);
  });
});
