// `npm run signatures -- export`: what is too large for Discord, in a file of the host's own.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { on, once } from 'node:events';
import { readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { insertSource } from '../../db/sources.js';
import { inTransaction } from '../../db/transaction.js';
import { enterSignature } from '../../src/coalition/person.js';
import { createPetition } from '../../src/coalition/petition.js';
import { wordsFor } from '../../src/i18n/words.js';
import { aSmallDisk, mayMount } from '../support/small-disk.js';
import { aPetition, hostServer, partnerServer, seal, storyBegins } from '../support/stories.js';
import { aFolder, compiled, filesIn, run } from './support.js';

/** The key of the stories' seal. */
const key = Buffer.alloc(32, 7).toString('hex');

/** A folder with a database of so many names, and the key that opens them; the petition is the server's current one. */
function aCampaign({ names = 3 } = {}) {
  const folder = aFolder();
  const env = {
    DATABASE_PATH: path.join(folder, 'minga.sqlite'),
    SECRET_KEY_FILE: path.join(folder, 'secret.key'),
  };
  writeFileSync(env.SECRET_KEY_FILE, `${key}\n`);
  const inDatabase = <Result>(work: (database: ReturnType<typeof openDatabase>) => Result): Result => {
    const database = openDatabase(env.DATABASE_PATH);
    try {
      return work(database);
    } finally {
      closeDatabase(database);
    }
  };
  const petition = inDatabase((database) => {
    const made = aPetition(database);
    inTransaction(database, (connection) => {
      const more = { petitionId: made.id, kind: 'hand', at: storyBegins } as const;
      const { id: sourceId } = insertSource(connection, { ...more, name: 'Plaza', foldedName: 'plaza' });
      for (let n = 0; n < names; n++) {
        const sealed = seal.seal({ name: `Rosa ${n}` });
        const rest = {
          kind: 'person',
          country: 'PE',
          day: '2023-07-01',
          serverId: hostServer,
          at: 0,
        } as const;
        enterSignature(connection, { sourceId, sealed, ...rest });
      }
    });
    return made;
  });
  return {
    folder,
    env,
    petition,
    inDatabase,
    exportTo: (file: string, ...args: string[]) =>
      run('signatures', folder, ['export', file, '--server', hostServer, ...args], env),
    audited: () =>
      inDatabase(({ $client }) =>
        $client
          .prepare<[], { detail: string }>(
            "select detail from audit where deed = 'signatures.export' order by id",
          )
          .all()
          .map(({ detail }) => JSON.parse(detail)),
      ),
    /** What is there besides the database and its key. */
    others: () => filesIn(folder).filter((name) => !/^(minga\.sqlite|secret\.key)/.test(name)),
  };
}

test('says how many rows, their SHA-256 and what they ask for, and writes it down; the ending says the format', async () => {
  const { folder, exportTo, audited, petition } = aCampaign();
  const csv = await exportTo('names.csv');
  const bytes = readFileSync(path.join(folder, 'names.csv'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(csv).toEqual({
    code: 0,
    said: [
      `Exported “Bring them home” to ${path.join(folder, 'names.csv')}, 0.2 kB.`,
      'Rows: 3 (people: 3, organizations: 0).',
      'Total at that moment: 3 signatures.',
      `SHA-256: ${sha256}`,
      wordsFor('en-US').say('export.care'),
      '',
    ].join('\n'),
  });
  expect(bytes.toString().split('\r\n')[1]).toBe('person,Rosa 0,,PE,Peru,Perú,2023-07-01,,no,Plaza');

  expect(await exportTo('names.JSON')).toMatchObject({ code: 0 });
  expect(JSON.parse(readFileSync(path.join(folder, 'names.JSON'), 'utf8')).signatures).toHaveLength(3);
  expect(await exportTo('names', '--format', 'csv', '--petition', String(petition.id))).toMatchObject({
    code: 0,
  });
  expect(readFileSync(path.join(folder, 'names'))).toEqual(bytes);
  const rows = { rows: 3, bytes: bytes.length };
  expect(audited()).toEqual([
    { format: 'csv', ...rows, sha256 },
    expect.objectContaining({ format: 'json', rows: 3 }),
    { format: 'csv', ...rows, sha256 },
  ]);
});

describe('nothing is exported, and that is said,', () => {
  test.each<[string, string[], string | RegExp]>([
    ['without a format', ['names.txt'], 'Say --format csv or --format json: names.txt does not tell.\n'],
    ['into a file that is there', ['secret.key', '--format', 'csv'], /secret\.key is there already/],
    [
      'into a folder that is not',
      ['gone/names.csv'],
      /^Nothing was exported: .*names\.csv could not be written .*ENOENT/,
    ],
    [
      'of a petition that is unknown',
      ['names.csv', '--petition', 'Gone'],
      /There is no petition “Gone” here/,
    ],
    ['of a petition without names', ['names.csv', '--petition', 'Empty'], /no signatures with names/],
    [
      'for a server without a petition',
      ['names.csv', '--server', '799999999999999999'],
      /no petition here yet/,
    ],
    [
      'for a partner of the host',
      ['names.csv', '--server', partnerServer],
      /Only the organizers of the server that hosts/,
    ],
    ['for what is no server', ['names.csv', '--server', 'x'], /17 to 20 digits/],
    ['in a format that is unknown', ['names.csv', '--format', 'pdf'], /Allowed choices are csv, json/],
  ])('%s', async (_when, args, says) => {
    const { exportTo, audited, others, inDatabase, petition } = aCampaign();
    inDatabase((database) => {
      const write = { userId: null, serverId: hostServer, at: storyBegins };
      const facts = {
        title: { en: 'Empty' },
        ask: {},
        link: 'https://example.org/x',
        goal: 1,
        deadline: null,
      };
      createPetition(database, write, { ...facts, timezone: 'UTC' });
      const join = database.$client.prepare('insert into petition_servers values (?, ?, ?, ?, null)');
      join.run(petition.id, partnerServer, 'partner', 0);
      database.$client
        .prepare('insert into servers (id, current_petition_id) values (?, ?)')
        .run(partnerServer, petition.id);
    });
    const [file = '', ...more] = args;
    const { code, said } = await exportTo(file, ...more);
    expect(said).toMatch(says);
    expect(code).toBe(1);
    expect([others(), audited()]).toEqual([[], []]);
  });

  test('without the key, or with another one', async () => {
    const { exportTo, env, others } = aCampaign();
    writeFileSync(env.SECRET_KEY_FILE, `${'8'.repeat(64)}\n`);
    expect(await exportTo('names.csv')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/is not the key that/),
    });
    rmSync(env.SECRET_KEY_FILE);
    expect(await exportTo('names.csv')).toMatchObject({ code: 1, said: expect.stringMatching(/is missing/) });
    expect(others()).toEqual([]);
  });

  test.skipIf(!mayMount)('onto a disk that is full', async () => {
    const { exportTo, audited } = aCampaign({ names: 1000 });
    const disk = aSmallDisk(32);
    const { code, said } = await exportTo(path.join(disk.folder, 'names.csv'));
    expect([code, said]).toEqual([1, expect.stringMatching(/^Nothing was exported: .*ENOSPC/)]);
    expect([readdirSync(disk.folder), audited()]).toEqual([[], []]);
  });

  test('when it is told to end', async () => {
    const { folder, env, inDatabase, others } = aCampaign();
    // More than it could write in the meantime.
    inDatabase(({ $client }) =>
      $client.exec(`
        insert into signatures (source_id, kind, sealed, day, server_id, at)
        with recursive more (n) as (select 1 union all select n + 1 from more where n < 300000)
        select source_id, kind, sealed, day, server_id, at from signatures, more where id = 1
      `),
    );
    const watcher = watch(folder);
    const args = [compiled('src/cli/signatures.js'), 'export', 'names.csv', '--server', hostServer];
    const child = spawn(process.execPath, args, { cwd: folder, env: { PATH: process.env.PATH, ...env } });
    const ended = once(child, 'close');
    for await (const [, name] of on(watcher, 'change')) if (String(name).endsWith('.part')) break;
    watcher.close();
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(others()).toEqual([]);
  });
});
