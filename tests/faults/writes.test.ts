// What was acknowledged is on disk, once: kills, replays, lost answers, two processes, two presses.
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { actionsWhere } from '../../db/actions.js';
import { startBot } from '../../rehearsal/bot.js';
import type { Exchange, Speaker } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';
import { rounds } from '../support/rounds.js';

let stage: Stage;
let ben: Speaker;

beforeEach(async () => {
  stage = await aStage();
  ben = stage.ben.in(stage.general);
});
afterEach(() => stage.close());

/** How many entries are on disk for each count, which names the entry here. */
function entriesByCount(): Map<number, number> {
  const entries = new Map<number, number>();
  for (const { count } of stage.withDatabase((database) => actionsWhere(database, {}))) {
    entries.set(count, (entries.get(count) ?? 0) + 1);
  }
  return new Map([...entries].sort(([a], [b]) => a - b));
}

const log = (count: number) => ben.command('action log', { type: 'call', count });
const callback = { method: 'POST', path: /\/interactions\/\d+\/[^/]+\/callback/ };

test('killed at a random moment under load: no acknowledged entry is lost, and none is doubled', {
  repeats: rounds(),
}, async () => {
  const together = 30;
  const seen = stage.discord.requests.length;
  const answers = Array.from({ length: together }, (_, index) => log(index + 1));
  const moment = Math.floor(Math.random() * together);
  await stage.discord.until(`${moment} answers`, () => stage.discord.requests.length >= seen + moment);
  await stage.bot.kill();
  const exchanges = await Promise.all(answers);
  const acknowledged = exchanges.flatMap(({ kind }, index) => (kind === 'message' ? [index + 1] : []));
  await stage.restart();
  const entries = entriesByCount();
  expect(acknowledged.filter((count) => entries.get(count) !== 1)).toEqual([]);
  expect([...entries.values()].filter((times) => times !== 1)).toEqual([]);
  expect((await log(together + 1)).words).toContain('Logged');
});

test('an interaction that is delivered again, to this process and to a second one: written once', {
  repeats: rounds(),
}, async () => {
  const { discord, databasePath } = stage;
  const second = startBot({ discord, databasePath, folder: path.dirname(databasePath) });
  await second.ready;
  // By its own clock, three years on, it would have forgotten the interactions of today.
  await second.setClock(discord.clock.now());
  const exchanges = await Promise.all([1, 2, 3, 4, 5].map(log));
  for (const { interaction } of exchanges) discord.deliver(interaction);
  // What comes later is answered later: by then both processes have dealt with the replays.
  expect((await log(6)).words).toContain('Logged');
  await second.stop();
  expect([...entriesByCount()]).toEqual([1, 2, 3, 4, 5, 6].map((count) => [count, 1]));
});

test('a form that is sent twice at once: written once', { repeats: rounds() }, async () => {
  const message = ben.say('I called the committee.');
  const form = await ben.menu('Log as outreach action', message);
  const sent = await Promise.all([form.submit({ type: 'call' }), form.submit({ type: 'call' })]);
  expect(sent.filter(({ words }) => words.includes('Logged'))).toHaveLength(1);
  expect([...entriesByCount()]).toEqual([[1, 1]]);
});

test.each(['5xx-before', '5xx-after'] as const)(
  'an answer that Discord meets with a %s: written once, and the person reads it',
  { repeats: rounds() },
  async (kind) => {
    stage.discord.trouble.next({ ...callback, kind });
    const exchange = await log(7);
    expect(exchange.words).toContain('Logged: **7 calls**');
    expect([...entriesByCount()]).toEqual([[7, 1]]);
  },
);

test('a thinking state that Discord took and met with a 5xx: the answer still comes', {
  repeats: rounds(),
}, async () => {
  stage.discord.trouble.next({ ...callback, kind: '5xx-after' });
  const board: Exchange = await ben.command('action board', {});
  await board.until(({ words }) => words.includes('Nothing here yet'));
});

test('an answer that was lost on its way: written once', { repeats: rounds() }, async () => {
  stage.discord.trouble.next({ ...callback, kind: 'answer-lost-after-accept' });
  await log(8);
  expect((await log(9)).words).toContain('Logged');
  expect([...entriesByCount()]).toEqual([
    [8, 1],
    [9, 1],
  ]);
});

test('the database held by another process for a moment: the entry waits its turn, and is written', {
  repeats: rounds(),
}, async () => {
  const holder = new BetterSqlite3(stage.databasePath);
  holder.exec('begin immediate');
  const answer = log(10);
  // Well under the time for which a statement waits, and long after the command has come.
  setTimeout(() => holder.exec('commit'), 200);
  expect((await answer).words).toContain('Logged: **10 calls**');
  holder.close();
  expect([...entriesByCount()]).toEqual([[10, 1]]);
});
