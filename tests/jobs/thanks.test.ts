// The promise that a channel gets its thanks once: lost answers, crashes, two processes, no permission, a second delivery.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { thanksOf } from '../../db/thanks.js';
import { type Channel, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aTallyStage, cards, latest, type TallyStage } from './support.js';

const minute = 60_000;

let stage: TallyStage;
let petition = 1;

beforeAll(async () => {
  stage = await aTallyStage();
});
afterAll(() => stage.close());

/** A petition of its own for each test, as thanks go out once for each. */
beforeEach(async () => {
  petition += 1;
  const form = await stage.command('petition create', {
    link: 'https://example.org/x',
    goal: 100,
    timezone: 'UTC',
  });
  const title = { 'title.en': `Number ${petition}`, 'title.es': `Número ${petition}` };
  await form.submit({ ...title, 'ask.en': 'Ask', 'ask.es': 'Pedido' });
  await stage.command('petition use', { petition: `Number ${petition}` });
  await status('open');
});

const status = (state: string) => stage.command('petition status', { state, reason: 'as agreed' });
const now = () => stage.discord.clock.now();
const move = (moment: number) => stage.moveTo(new Date(moment).toISOString());
/** The daily tally itself is not due while these tests last. */
const aChannel = (more = {}) => stage.scheduled('14:59', 'UTC', { when: 'always', ...more });
const postTo = ({ id }: Channel) => ({ method: 'POST', path: new RegExp(`/channels/${id}/messages$`) });
const postsIn = (channel: Channel) =>
  stage.discord.requests.filter(({ method, path }) => method === 'POST' && postTo(channel).path.test(path));
const recorded = ({ id }: Channel) => {
  const all = stage.withDatabase((database) => thanksOf(database, petition));
  const row = all.find(({ channelId }) => channelId === id);
  return row && [row.messageId, row.refusedAt === null];
};
/** What organizers are told with the answer to their next command. */
async function told(): Promise<string[]> {
  const exchange = await stage.command('petition list');
  await exchange.until(({ messages }) => messages.length > 1).catch(() => {});
  return exchange.messages.slice(1).map(wordsOf);
}

test('each channel is thanked in its language, once, also where it is delivered again', async () => {
  const [english, both] = [await aChannel(), await aChannel({ language: 'both' })];
  const paused = await aChannel({ language: 'es' });
  await stage.command('tally pause', { channel: paused });
  await stage.command('signatures count', { source: 'Page', people: 97, organizations: 2 });
  await status('delivered');
  await move(now() + minute);
  expect(latest(english)).toBe(
    [
      `## Delivered: Number ${petition}`,
      '**99 signatures** · 97 people and 2 organizations',
      'Thank you to everyone who signed, shared, called, wrote, marched and gathered signatures. We did this together.',
      '[See the petition]',
    ].join('\n'),
  );
  expect(latest(both)).toContain(`## Delivered: Number ${petition}`);
  expect(latest(both)).toContain(`## Entregada: Número ${petition}`);
  expect(latest(paused)).toContain('**99 firmas** · 97 personas y 2 organizaciones');
  for (const state of ['closed', 'delivered']) await status(state);
  await move(now() + 10 * minute);
  expect([english, both, paused].map(({ messages }) => messages.length)).toEqual([1, 1, 1]);
  expect(postsIn(english)).toHaveLength(1);
  expect(english.messages.every(({ mention_everyone }) => !mention_everyone)).toBe(true);
});

test('an answer that was lost after Discord took the card', async () => {
  const channel = await aChannel();
  stage.discord.trouble.next({ ...postTo(channel), kind: 'answer-lost-after-accept' });
  await status('delivered');
  for (const minutes of [1, 20, 20]) await move(now() + minutes * minute);
  expect([channel.messages.length, recorded(channel)]).toEqual([1, [channel.messages[0]?.id, true]]);
});

test('Discord unwell for some minutes: they come later', async () => {
  const channel = await aChannel();
  stage.discord.trouble.next({ ...postTo(channel), kind: '5xx-before', times: 6 });
  await status('delivered');
  await move(now() + minute);
  await move(now() + 2 * minute);
  expect(channel.messages).toHaveLength(0);
  await move(now() + 2 * minute);
  expect(channel.messages).toHaveLength(1);
});

/** The bot dies while the answer is on its way. */
async function diesWhileSending(channel: Channel): Promise<void> {
  stage.discord.trouble.next({ ...postTo(channel), kind: 'delay', milliseconds: 3000 });
  await status('delivered');
  const ticked = stage.bot.setClock(now()).catch(() => 'died');
  await stage.discord.until('the card', () => channel.messages.length === 1);
  await stage.bot.kill();
  await ticked;
  expect(recorded(channel)).toEqual([null, true]);
}

test('killed between sending and recording, and away for three days in which others talked', async () => {
  const channel = await aChannel();
  await diesWhileSending(channel);
  stage.discord.clock.set(now() + 10 * minute);
  for (let number = 0; number < 120; number += 1) stage.ben.in(channel).say(`message ${number}`);
  stage.discord.clock.set(now() + 3 * 1440 * minute);
  await stage.restart();
  await move(now() + minute);
  const mine = cards(channel).filter((card) => card.startsWith('## Delivered'));
  expect([mine.length, recorded(channel)]).toEqual([1, [channel.messages[0]?.id, true]]);
});

test('killed while sending, and no permission to look back: not sent again, and organizers are told', async () => {
  const channel = await aChannel();
  await diesWhileSending(channel);
  const readHistory = 1n << 16n;
  channel.setOverwrites(
    [stage.server.everyone, stage.server.botRole].flatMap((of) => (of ? [{ of, deny: readHistory }] : [])),
  );
  stage.discord.clock.set(now() + 20 * minute);
  await stage.restart();
  await move(now() + minute);
  expect([channel.messages.length, recorded(channel)]).toEqual([1, [null, false]]);
  expect(await told()).toEqual([expect.stringContaining(`arrived in <#${channel.id}>`)]);
});

test('a channel that refuses is told to organizers and not tried again', async () => {
  const channel = await aChannel();
  const send = 1n << 11n;
  channel.setOverwrites(
    [stage.server.everyone, stage.server.botRole].flatMap((of) => (of ? [{ of, deny: send }] : [])),
  );
  await status('delivered');
  await move(now() + minute);
  await move(now() + 20 * minute);
  expect([channel.messages.length, recorded(channel), postsIn(channel).length]).toEqual([
    0,
    [null, false],
    1,
  ]);
  expect(await told()).toEqual([expect.stringContaining(`couldn't post its thanks in <#${channel.id}>`)]);
});

test('opened again before they went out: nobody is thanked until it is delivered after all', async () => {
  const channel = await aChannel();
  stage.discord.trouble.next({ ...postTo(channel), kind: '5xx-before', times: 3 });
  await status('delivered');
  await move(now() + minute);
  await status('open');
  await move(now() + 20 * minute);
  expect(channel.messages).toEqual([]);
  await status('delivered');
  await move(now() + minute);
  expect(channel.messages).toHaveLength(1);
});

test('two processes at once', async () => {
  const channels = [await aChannel(), await aChannel(), await aChannel()];
  const other = await stage.anotherBot();
  await status('delivered');
  for (const moment of [now(), now() + 20 * minute]) {
    stage.discord.clock.set(moment);
    await Promise.all([stage.bot.setClock(moment), other.setClock(moment)]);
  }
  expect(channels.map(({ messages }) => messages.length)).toEqual([1, 1, 1]);
  expect(await other.stop()).toBe(0);
});

test('a server without a daily tally: its organizers are told, once', async () => {
  const delivered = await status('delivered');
  await delivered.until(({ messages }) => messages.length > 1);
  expect(delivered.messages.slice(1).map(wordsOf)).toEqual([
    `📌 **Number ${petition}** was delivered with 0 signatures. This server has no daily tally, so Minga had no channel in which to thank everyone: please do it in your own words. And thank you!`,
  ]);
  for (const state of ['closed', 'delivered', 'closed'])
    expect((await status(state)).messages).toHaveLength(1);
  expect((await stage.command('petition list')).messages).toHaveLength(1);
});
