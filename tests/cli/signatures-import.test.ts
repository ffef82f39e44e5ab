// `npm run signatures -- import`: what is too large for Discord, taken in by whoever hosts the bot.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { closeDatabase, type Database, openBeside, openDatabase } from '../../db/connect.js';
import { updatePetition } from '../../db/petitions.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { aStage } from '../support/campaign.js';
import { csv } from '../support/import-story.js';
import { aPetition, hostServer, partnerServer } from '../support/stories.js';
import { aFolder, compiled, run } from './support.js';

const names = csv(
  'name,email,country,date',
  'Rosa,rosa@example.org,Peru,03/05/2023',
  'Kim,,Georgia,04/05/2023',
  'Bo,not an address,,',
);
const many = csv('name,email', ...Array.from({ length: 60_000 }, (_, n) => `Name ${n},n${n}@example.org`));

/** A folder with a database and its key; the petition is the server's current one. */
function aCampaign() {
  const folder = aFolder();
  const env = {
    DATABASE_PATH: path.join(folder, 'minga.sqlite'),
    SECRET_KEY_FILE: path.join(folder, 'secret.key'),
  };
  writeFileSync(env.SECRET_KEY_FILE, `${Buffer.alloc(32, 7).toString('hex')}\n`);
  const inDatabase = <Result>(work: (database: Database) => Result): Result => {
    const database = openDatabase(env.DATABASE_PATH);
    try {
      return work(database);
    } finally {
      closeDatabase(database);
    }
  };
  const petition = inDatabase((database) => aPetition(database));
  const put = (name: string, content: string) => {
    writeFileSync(path.join(folder, name), content);
    return name;
  };
  return {
    folder,
    env,
    petition,
    inDatabase,
    put,
    importFrom: (file: string, ...args: string[]) =>
      run('signatures', folder, ['import', file, '--server', hostServer, '--source', 'Plaza', ...args], env),
    total: () => inDatabase((database) => tallyOf(database, petition.id).total),
    recount: () => inDatabase((database) => recountPetition(database, petition.id)),
    consents: () =>
      inDatabase(({ $client }) => $client.prepare('select day, consent from signatures order by id').all()),
    staged: () => (existsSync(path.join(folder, 'imports')) ? readdirSync(path.join(folder, 'imports')) : []),
  };
}

it('shows what it would do and, without a terminal and --yes, does nothing', async () => {
  const { importFrom, put, total, staged } = aCampaign();
  expect(await importFrom(put('plaza.csv', names))).toEqual({
    code: 1,
    said: [
      'plaza.csv → Plaza',
      'Read as UTF-8, cells parted by “,”.',
      'Columns: name → name, email → email, country → country, date → date',
      'First rows:',
      '  2: person · Rosa · PE · 2023-03-05',
      '  3: person · Kim · 2023-04-05',
      '2 new signatures',
      "Rejected: 1 – That isn't an e-mail address",
      '📅 Dates like 03/05/2026 are read with the month first: March 5. (--dates)',
      'Country not certain: “Georgia” (1), may be GE, US; kept without one.',
      'Nothing was changed: say --yes to confirm without being asked.',
      '',
    ].join('\n'),
  });
  expect([total(), staged()]).toEqual([0, []]);
});

it('takes them in with --yes, once, and says the total', async () => {
  const { importFrom, put, total, staged, consents, recount } = aCampaign();
  const file = put('plaza.csv', names);
  const first = await importFrom(file, '--yes', '--dates', 'day-first');
  expect(first).toMatchObject({ code: 0, said: expect.stringContaining('2023-05-03') });
  expect(first.said).toMatch(/✅ 2 signatures were added to “Plaza”\.\n2 signatures\n$/);
  expect(consents()).toEqual([
    { day: '2023-05-03', consent: 0 },
    { day: '2023-05-04', consent: 0 },
  ]);
  const second = await importFrom(file, '--yes');
  expect(second.said).toMatch(
    /\n2 are in this source already\n.*Nothing in it is new; nothing was changed\.\n$/s,
  );
  expect([second.code, total(), staged(), recount()]).toEqual([0, 2, [], []]);
});

it('keeps whether names may be handed over, and writes down what cannot be taken', async () => {
  const { folder, importFrom, put, consents } = aCampaign();
  const file = put('plaza.csv', csv('name,consent', 'Rosa,yes', 'Kim,no', ',yes'));
  expect(await importFrom(file, '--rejected', 'no/rejected.csv')).toMatchObject({ code: 1 });
  const done = await importFrom(file, '--yes', '--names', '--rejected', 'rejected.csv');
  expect(done.said).toContain('The rejected rows are in rejected.csv.');
  expect(readFileSync(path.join(folder, 'rejected.csv'), 'utf8')).toBe(
    '\uFEFFline,reason,what the row says\r\n4,No name of a person or an organization,,yes\r\n',
  );
  expect(consents()).toMatchObject([{ consent: 1 }, { consent: 0 }]);
});

describe('nothing is taken in, and why is said,', () => {
  it.each<[string, string[], RegExp]>([
    ['from a file that is not there', ['gone.csv'], /gone\.csv/],
    ['from a folder', ['.'], /EISDIR|directory/],
    ['from what is no text', ['minga.sqlite'], /save it as CSV/],
    ['from an empty file', ['empty.csv'], /^The file is empty\.\n$/],
    ['without names', ['columns.csv'], /first row says: a and b/],
    [
      'for a partner of the host',
      ['plaza.csv', '--server', partnerServer],
      /no petition here|Only the organizers/,
    ],
    ['for what is no server', ['plaza.csv', '--server', 'x'], /17 to 20 digits/],
    [
      'for a petition that is unknown',
      ['plaza.csv', '--petition', 'Gone'],
      /There is no petition “Gone” here/,
    ],
    [
      'in an order that is unknown',
      ['plaza.csv', '--dates', 'x'],
      /Allowed choices are day-first, month-first/,
    ],
    ['over a file that is there', ['plaza.csv', '--rejected', 'empty.csv'], /empty\.csv/],
  ])('%s', async (_when, args, says) => {
    const { importFrom, put, total, staged } = aCampaign();
    put('plaza.csv', names);
    put('empty.csv', '');
    put('columns.csv', 'a,b\n1,2\n');
    const [file = '', ...more] = args;
    const { code, said } = await importFrom(file, '--yes', ...more);
    expect(said).toMatch(says);
    expect(said).not.toMatch(/\n\s+at /);
    expect([code, total(), staged()]).toEqual([1, 0, []]);
  });

  it('once the petition is closed, or with another key', async () => {
    const { importFrom, put, petition, inDatabase, env } = aCampaign();
    const file = put('plaza.csv', names);
    await importFrom(file, '--yes');
    writeFileSync(env.SECRET_KEY_FILE, `${Buffer.alloc(32, 8).toString('hex')}\n`);
    expect(await importFrom(file, '--yes')).toMatchObject({ code: 1, said: expect.stringContaining('key') });
    writeFileSync(env.SECRET_KEY_FILE, `${Buffer.alloc(32, 7).toString('hex')}\n`);
    inDatabase((database) => updatePetition(database, petition.id, { state: 'closed' }));
    expect(await importFrom(file, '--yes')).toMatchObject({ code: 1, said: expect.stringMatching(/closed/) });
  });
});

it('cut off while it writes, it is completed by the next one, and counted once', async () => {
  const { env, folder, importFrom, put, total, recount, staged, inDatabase } = aCampaign();
  const file = put('many.csv', many);
  const args = ['import', file, '--server', hostServer, '--source', 'Plaza', '--yes'];
  const child = spawn(process.execPath, [compiled('src/cli/signatures.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: 'ignore',
  });
  const connection = openBeside(env.DATABASE_PATH);
  const some = connection.$client.prepare('select 1 from signatures limit 1');
  await vi.waitUntil(() => some.get() !== undefined, { interval: 1, timeout: 20_000 });
  child.kill('SIGKILL');
  await once(child, 'close');
  closeDatabase(connection);
  expect(total()).toBe(0);
  const soon = await importFrom(file, '--yes');
  expect(soon).toMatchObject({ code: 1, said: expect.stringContaining('is being taken in right now') });
  // As after a minute.
  inDatabase(({ $client }) => $client.exec('update imports set lease_until = 0'));
  const next = await importFrom(file, '--yes');
  expect(next.said).toContain(
    'The import of many.csv had been cut off and is complete now: 60,000 signatures were added to “Plaza”.',
  );
  expect(next.said).toContain('60,000 are in this source already');
  expect([total(), recount(), staged()]).toEqual([60_000, [], []]);
});

it('beside the running bot, which counts them at once', { timeout: 60_000 }, async () => {
  const stage = await aStage();
  try {
    const folder = path.dirname(stage.databasePath);
    writeFileSync(path.join(folder, 'many.csv'), `${many.split('\n', 20_001).join('\n')}\n`);
    const env = { DATABASE_PATH: stage.databasePath, SECRET_KEY_FILE: path.join(folder, 'secret.key') };
    const args = ['import', 'many.csv', '--server', stage.server.id, '--source', 'Plaza', '--yes'];
    const importing = run('signatures', folder, args, env);
    const totals = new Set<string>();
    const ada = stage.ada.in(stage.general);
    let ended = false;
    importing.finally(() => {
      ended = true;
    });
    for (let n = 0; !ended; n += 1) {
      const { words } = await ada.command('signatures add', {
        name: `Ana ${n}`,
        kind: 'person',
        country: 'Peru',
        source: 'Mesa',
      });
      totals.add(/\*\*([\d,]+) signatures?\*\*/.exec(words)?.[1] ?? words);
    }
    expect(await importing).toMatchObject({
      code: 0,
      said: expect.stringContaining('20,000 signatures were added'),
    });
    const between = [...totals]
      .map((total) => Number(total.replace(',', '')))
      .filter((n) => n > 5000 && n < 20_000);
    expect(between).toEqual([]);
    expect((await ada.command('tally now')).words).toMatch(/20,\d{3} signatures/);
    expect(stage.bot.logs.filter(({ level = 0 }) => level >= 50)).toEqual([]);
  } finally {
    await stage.close();
  }
});
