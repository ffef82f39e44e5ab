// The process when its database is in trouble: a line at the start, a sentence or a reference later, and no lasting harm.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { closeDatabase, openDatabase } from '../db/connect.js';
import { startBot } from '../rehearsal/bot.js';
import { startStandIn } from '../rehearsal/stand-in/index.js';
import { wordsFor } from '../src/i18n/words.js';
import { aTallyStage, cards, latest, type TallyStage } from './jobs/support.js';
import { aSmallDisk, mayMount } from './support/small-disk.js';

const english = wordsFor('en-US');
const spanish = wordsFor('es-419');

describe('a start that cannot be: one line, and exit code 78', () => {
  const cases: [string, RegExp, (file: string, key: string) => void][] = [
    ['a folder in its place', /^DATABASE_PATH \S+ cannot be opened or made: /, (file) => mkdirSync(file)],
    ['a text', /^DATABASE_PATH \S+ is no database, /, (file) => writeFileSync(file, 'Dear all, '.repeat(99))],
    [
      'a newer version',
      /^DATABASE_PATH \S+ is of a newer version /,
      (file) => {
        const database = openDatabase(file);
        database.$client.exec(
          "insert into __drizzle_migrations (hash, created_at) values ('', 4102444800000)",
        );
        closeDatabase(database);
      },
    ],
    [
      'another process that keeps it',
      /^DATABASE_PATH \S+ is in use by another process: /,
      (file) => {
        const other = new BetterSqlite3(file);
        other.exec('begin immediate');
        onTestFinished(() => {
          other.close();
        });
      },
    ],
    ['no key', /^SECRET_KEY_FILE \S+ does not hold a key, /, (_file, key) => writeFileSync(key, 'my dog')],
    ['a folder for a key', /^SECRET_KEY_FILE \S+ cannot be read or made /, (_file, key) => mkdirSync(key)],
  ];

  test.each(cases)('%s', async (_what, says, arrange) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'minga-'));
    const databasePath = path.join(folder, 'minga.sqlite');
    const key = path.join(folder, 'secret.key');
    arrange(databasePath, key);
    const bot = startBot({
      discord: { apiUrl: 'http://127.0.0.1:9/api', token: 'the-token' },
      databasePath,
      folder,
    });
    onTestFinished(async () => {
      await bot.kill();
      rmSync(folder, { recursive: true });
    });
    expect(await bot.exited).toBe(78);
    expect(bot.errors.trim().split('\n')).toEqual([expect.stringMatching(says)]);
    expect(bot.errors).toContain(says.source.includes('DATABASE') ? databasePath : key);
    expect(bot.logs).toEqual([]);
  });
});

test('processes that start at once where nothing is all come up', async () => {
  const discord = await startStandIn();
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-'));
  const databasePath = path.join(folder, 'data', 'minga.sqlite');
  const bots = Array.from({ length: 3 }, () => startBot({ discord, databasePath, folder }));
  onTestFinished(async () => {
    for (const bot of bots) await bot.kill();
    await discord.stop();
    rmSync(folder, { recursive: true });
  });
  await Promise.all(bots.map(({ ready }) => ready));
  expect(await Promise.all(bots.map((bot) => bot.stop()))).toEqual([0, 0, 0]);
  expect(bots.map(({ errors }) => errors)).toEqual(['', '', '']);
});

describe('while it runs', () => {
  let stage: TallyStage;
  afterEach(async () => {
    await stage.close();
  });

  const rows = (table: string) =>
    stage.withDatabase(({ $client }) => $client.prepare(`select count(*) from ${table}`).pluck().get());
  /** The log comes by another way than the answers. */
  const logged = (isThere: () => boolean) => vi.waitUntil(isThere, 5000);
  const call = { type: 'call', count: 12 };
  /** One in each language, at the same moment. */
  const bothLog = async () => {
    const { ben, luz, general } = stage;
    const both = [ben, luz].map((person) => person.in(general).command('action log', call));
    return (await Promise.all(both)).map(({ words }) => words);
  };
  const trouble = /nothing was changed|no se cambió nada|reference|referencia/;
  /** All went well: no reference and no sentence of trouble. */
  const bothAreLogged = async () => {
    const before = Number(rows('actions'));
    expect((await bothLog()).join()).not.toMatch(trouble);
    expect(rows('actions')).toBe(before + 2);
  };

  test('locked for longer than it waits: try again in a moment; what only reads goes on, and so do jobs', async () => {
    stage = await aTallyStage();
    const { general, ben, discord } = stage;
    const news = stage.server.addChannel('news');
    await stage.schedule(news, '20:00', 'America/New_York');
    await bothAreLogged();
    const before = ['actions', 'audit', 'interactions'].map(rows);

    const other = new BetterSqlite3(stage.databasePath);
    other.exec('begin immediate');
    expect(await bothLog()).toEqual([english.say('failures.busy'), spanish.say('failures.busy')]);
    expect((await ben.in(general).command('petition show')).words).toContain('## Bring U.S. troops home');
    await stage.moveTo('2023-07-11T00:00:00Z');
    expect(cards(news)).toEqual([]);
    await logged(() => {
      const troubles = stage.bot.logs.filter(({ msg }) => msg === 'database busy');
      const tallies = stage.bot.logs.filter(({ job }) => job === 'postDailyTallies');
      return troubles.length === 2 && tallies.length === 1;
    });
    other.exec('rollback');
    other.close();

    expect(['actions', 'audit', 'interactions'].map(rows)).toEqual(before);
    await stage.moveTo('2023-07-11T00:00:10Z');
    expect(cards(news)).toHaveLength(1);
    expect(latest(news)).toContain('## Bring U.S. troops home');
    await bothAreLogged();
    expect([await stage.bot.stop(), stage.bot.errors, discord.refused]).toEqual([0, '', []]);
  });

  // Nothing else than a disk can be full; without the right to mount a small one, there is nothing to try this on.
  test.skipIf(!mayMount)('on a full disk: who can make room is to be told', async () => {
    const disk = aSmallDisk(32 * 1024);
    vi.stubEnv('TMPDIR', disk.folder);
    stage = await aTallyStage();
    vi.unstubAllEnvs();
    await bothAreLogged();
    const before = ['actions', 'audit', 'interactions', 'summaries'].map(rows);

    disk.fill();
    expect(await bothLog()).toEqual([english.say('failures.full'), spanish.say('failures.full')]);
    const counted = await stage.count(1984);
    expect(counted.words).toBe(english.say('failures.full'));
    const shown = await stage.ben.in(stage.general).command('petition show');
    expect(shown.words).toContain('## Bring U.S. troops home');
    await stage.moveTo('2023-07-11T09:00:00Z');
    await logged(() => {
      const troubles = stage.bot.logs.filter(({ msg }) => msg === 'database full');
      return troubles.length === 3 && stage.bot.logs.some(({ job }) => job === 'recountNightly');
    });

    disk.makeRoom();
    expect(['actions', 'audit', 'interactions', 'summaries'].map(rows)).toEqual(before);
    await bothAreLogged();
    expect((await stage.count(1984)).words).toContain('(+1,984)');
    disk.fill();
    expect([await stage.bot.stop(), stage.bot.errors]).toEqual([0, '']);
    disk.makeRoom();
    await stage.restart();
    expect((await stage.ben.in(stage.general).command('petition show')).words).toContain(
      '**1,984 signatures**',
    );
  });

  test('cut off under its hands: a reference that the log has, and well again with the file', async () => {
    stage = await aTallyStage();
    await bothAreLogged();
    const file = stage.databasePath;
    // Another process writes and folds the log into the file: nothing that the bot remembers of it holds any more.
    stage.withDatabase(({ $client }) => $client.pragma('wal_checkpoint(TRUNCATE)'));
    const whole = readFileSync(file);
    truncateSync(file, 2 * 4096);

    const said = await bothLog();
    const inLog = () => stage.bot.logs.flatMap(({ reference }) => (reference ? [String(reference)] : []));
    await logged(() => inLog().length === 2);
    const [first = '', second = ''] = inLog();
    expect([
      [english.say('unexpected', { reference: first }), spanish.say('unexpected', { reference: second })],
      [english.say('unexpected', { reference: second }), spanish.say('unexpected', { reference: first })],
    ]).toContainEqual(said);
    for (const words of said) expect(words).not.toMatch(/sqlite|malformed|select|\//i);

    writeFileSync(file, whole, { flag: 'r+' });
    // Before anybody else opens the file, which would make the bot read it anew.
    expect((await bothLog()).join()).not.toMatch(trouble);
    await bothAreLogged();
    expect([await stage.bot.stop(), stage.bot.errors]).toEqual([0, '']);
    expect(stage.withDatabase(({ $client }) => $client.pragma('integrity_check', { simple: true }))).toBe(
      'ok',
    );
  });
});
