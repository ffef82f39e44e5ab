// The database file at the start: what cannot be worked with says which file, what is wrong, and what to do.
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { serverOf } from '../../db/servers.js';
import { UnfitDatabase } from '../../db/trouble.js';
import { ConfigError } from '../../src/config.js';
import { secretKeyIn } from '../../src/secret-key.js';
import { compiled } from '../cli/support.js';
import { aSmallDisk, mayMount } from '../support/small-disk.js';

function aFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A database of Minga with a few servers in it, closed. */
function aDatabase(file = path.join(aFolder(), 'minga.sqlite')): string {
  const database = openDatabase(file);
  database.$client.transaction(() => {
    for (let id = 0; id < 500; id += 1) serverOf(database, String(id));
  })();
  closeDatabase(database);
  return file;
}

/** What opening it says; it must fail. */
function refusalOf(file: string): string {
  try {
    closeDatabase(openDatabase(file));
  } catch (error) {
    if (error instanceof UnfitDatabase) return error.message;
    throw error;
  }
  throw new Error(`${file} could be opened`);
}

/** Lets permissions count where the tests run as root. */
function asNobody<Result>(work: () => Result): Result {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

test('a new file is made with its folders, and what is in it is there the next time', () => {
  const file = aDatabase(path.join(aFolder(), 'a', 'b', 'minga.sqlite'));
  const database = openDatabase(file);
  expect(database.$client.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(database.$client.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.$client.prepare('select count(*) from servers').pluck().get()).toBe(500);
  closeDatabase(database);
});

describe('what is in its place', () => {
  test('a folder', () => {
    const folder = aFolder();
    expect(refusalOf(folder)).toBe(
      `${folder} cannot be opened or made: it is to be a file in a folder where the account running Minga may write`,
    );
  });

  test('a file where a folder is to be', () => {
    const file = path.join(aFolder(), 'file');
    writeFileSync(file, '');
    expect(refusalOf(path.join(file, 'minga.sqlite'))).toContain('minga.sqlite cannot be opened or made: ');
    expect(refusalOf(path.join(file, 'data', 'minga.sqlite'))).toContain('cannot be opened or made: ');
  });

  test('a text, which stays as it is', () => {
    const file = path.join(aFolder(), 'minga.sqlite');
    const text = 'Dear Members of Congress, '.repeat(500);
    writeFileSync(file, text);
    expect(refusalOf(file)).toBe(
      `${file} is no database, or a damaged one: put a copy in its place with npm run restore -- FILE`,
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('the database of another program, which stays as it is', () => {
    const file = path.join(aFolder(), 'minga.sqlite');
    const client = new BetterSqlite3(file);
    client.exec('create table servers (name text)');
    client.close();
    const before = readFileSync(file);
    expect(refusalOf(file)).toBe(`${file} is the database of another program: name another file`);
    expect(readFileSync(file)).toEqual(before);
  });

  test('that of another program which keeps its migrations as Minga does', () => {
    const file = aDatabase();
    const client = new BetterSqlite3(file);
    client.exec('update __drizzle_migrations set created_at = 1');
    client.close();
    expect(refusalOf(file)).toContain('is the database of another program');
  });

  test('one of a newer version, which stays as it is', () => {
    const file = aDatabase();
    const client = new BetterSqlite3(file);
    client.exec("insert into __drizzle_migrations (hash, created_at) values ('next', 4102444800000)");
    client.close();
    const before = readFileSync(file);
    expect(refusalOf(file)).toBe(
      `${file} is of a newer version of Minga than this one: update Minga, and start again`,
    );
    expect(readFileSync(file)).toEqual(before);
  });

  test('what a first start left that was cut short', () => {
    const file = path.join(aFolder(), 'minga.sqlite');
    const client = new BetterSqlite3(file);
    client.exec(
      'create table __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
    );
    client.close();
    expect(aDatabase(file)).toBe(file);
  });
});

describe('damage', () => {
  const page = 4096;
  const scribble = (file: string, offset: number, length: number) => {
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(length, 'x'), 0, length, offset);
    closeSync(descriptor);
  };

  test.each([
    ['in the header', (file: string) => scribble(file, 0, 100)],
    ['in the first page, after the header', (file: string) => scribble(file, 100, page - 100)],
    ['in the page of a table in the middle', (file: string) => scribble(file, rootOf(file, 'servers'), page)],
    ['cut off in the middle', (file: string) => truncateSync(file, 10 * page)],
  ])('%s', (_where, harm) => {
    const file = aDatabase();
    harm(file);
    expect(refusalOf(file)).toContain(`${file} is no database, or a damaged one: `);
  });

  /** Where a table begins, in bytes. */
  function rootOf(file: string, table: string): number {
    const client = new BetterSqlite3(file, { readonly: true });
    const root = client.prepare('select rootpage from sqlite_schema where name = ?').pluck().get(table);
    client.close();
    return (Number(root) - 1) * page;
  }
});

describe('rights', () => {
  test.each([
    ['a file that can only be read', (file: string) => chmodSync(file, 0o444), 'cannot be written: '],
    ['a file that cannot be read', (file: string) => chmodSync(file, 0o000), 'cannot be opened or made: '],
  ])('%s', (_what, close, says) => {
    const file = aDatabase();
    chmodSync(path.dirname(file), 0o777);
    close(file);
    expect(asNobody(() => refusalOf(file))).toContain(`${file} ${says}`);
  });

  test('a folder that can only be read', () => {
    const file = aDatabase();
    chmodSync(file, 0o666);
    chmodSync(path.dirname(file), 0o555);
    expect(asNobody(() => refusalOf(file))).toContain(`${file} cannot be written: `);
    const other = path.join(path.dirname(file), 'other.sqlite');
    expect(asNobody(() => refusalOf(other))).toContain(`${other} cannot be opened or made: `);
    const below = path.join(path.dirname(file), 'data', 'minga.sqlite');
    expect(asNobody(() => refusalOf(below))).toContain(`${below} cannot be opened or made: `);
    chmodSync(path.dirname(file), 0o755);
  });
});

// Nothing else than a disk can be full; without the right to mount a small one, there is nothing to try this on.
describe.skipIf(!mayMount)('a disk (these need the right to mount one)', () => {
  test('full, before there is a database, and after', () => {
    const disk = aSmallDisk(2048);
    const file = path.join(disk.folder, 'minga.sqlite');
    disk.fill();
    expect(refusalOf(file)).toBe(`${file} is on a disk that is full: make room there, and start again`);
    disk.makeRoom();
    aDatabase(file);
    disk.fill();
    expect(refusalOf(file)).toContain('is on a disk that is full: ');
    disk.makeRoom();
    closeDatabase(openDatabase(file));
  });

  test('read-only', () => {
    const disk = aSmallDisk(2048);
    const file = aDatabase(path.join(disk.folder, 'minga.sqlite'));
    disk.protect();
    expect(refusalOf(file)).toContain(`${file} cannot be `);
  });

  test('full, when the key is made: none is left by half', () => {
    const disk = aSmallDisk(64);
    const file = path.join(disk.folder, 'secret.key');
    disk.fill();
    expect(() => secretKeyIn(file)).toThrow(ConfigError);
    disk.makeRoom();
    expect(secretKeyIn(file)).toHaveLength(32);
  });
});

describe('other processes', () => {
  test('one that writes for longer than a start waits', { timeout: 15_000 }, () => {
    const file = aDatabase();
    const other = new BetterSqlite3(file);
    other.exec('begin immediate');
    expect(refusalOf(file)).toBe(
      `${file} is in use by another process: end that one, or wait until it is done, and start again`,
    );
    other.exec('rollback');
    closeDatabase(openDatabase(file));
    other.close();
  });

  test('those that start at once on nothing all come up, with one key', { timeout: 30_000 }, async () => {
    const folder = aFolder();
    const rounds = 20;
    const starters = 4;
    // Threads, as they can be let go at the same moment; SQLite's locks are the same between them.
    const gates = new Int32Array(new SharedArrayBuffer(4 * rounds));
    const moduleAt = (file: string) => JSON.stringify(pathToFileURL(compiled(file)));
    const code = `
      import { workerData, parentPort } from 'node:worker_threads';
      import { openDatabase, closeDatabase } from ${moduleAt('db/connect.js')};
      import { secretKeyIn } from ${moduleAt('src/secret-key.js')};
      const { gates, starters, folder } = workerData;
      const keys = [];
      for (let round = 0; round < gates.length; round += 1) {
        if (Atomics.add(gates, round, 1) === starters - 1) Atomics.notify(gates, round);
        for (let seen; (seen = Atomics.load(gates, round)) < starters; ) Atomics.wait(gates, round, seen, 100);
        const key = secretKeyIn(folder + '/' + round + '.key').toString('hex');
        const database = openDatabase(folder + '/' + round + '.sqlite');
        keys.push(key + database.$client.prepare('select count(*) from __drizzle_migrations').pluck().get());
        closeDatabase(database);
      }
      parentPort.postMessage(keys);`;
    const ran = Array.from({ length: starters }, () => {
      const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
        workerData: { gates, starters, folder },
      });
      return new Promise<string[]>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', (error) => {
          // Lets the others go, too.
          for (const round of gates.keys()) Atomics.store(gates, round, starters);
          reject(error);
        });
      });
    });
    const [first, ...others] = await Promise.all(ran);
    expect(new Set(first).size).toBe(rounds);
    for (const other of others) expect(other).toEqual(first);
  });
});

describe('the key', () => {
  const problems = (file: string): string[] => {
    try {
      secretKeyIn(file);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };

  test('something else in its file, which stays as it is', () => {
    const file = path.join(aFolder(), 'secret.key');
    for (const text of ['', 'my dog', 'f'.repeat(63), 'g'.repeat(64), 'f'.repeat(128)]) {
      writeFileSync(file, text);
      expect(problems(file)).toEqual([
        `SECRET_KEY_FILE ${file} does not hold a key, 64 hexadecimal digits: put your copy of the key there`,
      ]);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });

  test('a folder in its place, a place where it cannot be, a file that cannot be read', () => {
    const folder = aFolder();
    chmodSync(folder, 0o755);
    mkdirSync(path.join(folder, 'folder'));
    writeFileSync(path.join(folder, 'closed'), 'f'.repeat(64), { mode: 0o600 });
    if (process.geteuid?.() !== 0) chmodSync(path.join(folder, 'closed'), 0o000);
    expect(problems(path.join(folder, 'folder'))).toEqual([
      expect.stringMatching(/^SECRET_KEY_FILE .*\/folder cannot be read or made \(EISDIR\): /),
    ]);
    expect(problems(path.join(folder, 'closed', 'key'))).toEqual([
      expect.stringMatching(/^SECRET_KEY_FILE .*\/key cannot be read or made \(E\w+\): /),
    ]);
    expect(asNobody(() => problems(path.join(folder, 'closed')))).toEqual([
      expect.stringMatching(/\(EACCES\)/),
    ]);
    expect(existsSync(path.join(folder, 'key'))).toBe(false);
  });
});
