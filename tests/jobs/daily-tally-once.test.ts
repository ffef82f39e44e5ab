// The promise that a channel and a day have one card: absences, crashes, lost answers, two processes at once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tallyPostOf } from '../../db/tally-posts.js';
import { type Channel, type OptionValues, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aTallyStage, cards, gain, latest, type TallyStage } from './support.js';

let stage: TallyStage;

describe('whatever happens to the bot, a channel and a day have one card', () => {
  beforeAll(opens());
  afterAll(closes);

  const due = Date.parse('2023-07-11T00:00:00Z');
  const minute = 60_000;
  const day = 24 * 60 * minute;
  let today = due - day;

  /** The next evening at 20:00 in New York; each test has one of its own. */
  async function beforeTheNextDue(): Promise<number> {
    today += day;
    await move(today - 60 * minute);
    return today;
  }
  const move = (moment: number) => stage.moveTo(new Date(moment).toISOString());
  const evening = (more: OptionValues = {}) =>
    scheduled('20:00', 'America/New_York', { when: 'always', ...more });
  const postsIn = ({ id }: Channel) =>
    stage.discord.requests.filter(
      ({ method, path }) => method === 'POST' && path === `/channels/${id}/messages`,
    );
  const postTo = ({ id }: Channel) => ({ method: 'POST', path: new RegExp(`/channels/${id}/messages$`) });

  test('away for two hours, it is late', async () => {
    const due = await beforeTheNextDue();
    const channel = await evening();
    expect(await stage.bot.stop()).toBe(0);
    stage.discord.clock.set(due + 120 * minute);
    await stage.wakeUp();
    expect(channel.messages).toHaveLength(1);
    await move(due + 180 * minute);
    expect(channel.messages).toHaveLength(1);
  });

  test('away for more than six hours, the day is passed over', async () => {
    const due = await beforeTheNextDue();
    const channel = await evening();
    await stage.bot.stop();
    stage.discord.clock.set(due + 361 * minute);
    await stage.wakeUp();
    expect(channel.messages).toEqual([]);
    await move(due + day);
    expect(channel.messages).toHaveLength(1);
    today += day;
  });

  test('away for two days, what was missed is folded into one card', async () => {
    const due = await beforeTheNextDue(); // Thursday evening
    const channel = await evening();
    await stage.count(100);
    await move(due);
    await stage.count(130);
    await stage.bot.kill();
    stage.discord.clock.set(due + 2 * day + 120 * minute);
    await stage.wakeUp();
    expect(cards(channel).map(gain)).toEqual([undefined, '**+30** since Thursday']);
    today += 2 * day;
  });

  test('killed between claim and sending, and between sending and recording', async () => {
    const due = await beforeTheNextDue();
    const [sending, claimed] = [await evening(), await evening()];
    // The first card arrives, its answer takes long; the second has its turn after that.
    stage.discord.trouble.next({ ...postTo(sending), kind: 'delay', milliseconds: 3000 });
    stage.discord.clock.set(due);
    const ticked = stage.bot.setClock(due).catch(() => 'killed');
    await stage.discord.until('the first card', () => sending.messages.length === 1);
    await stage.bot.kill();
    expect(await ticked).toBe('killed');
    // Past the lease, and past the minutes in which Discord knows a nonce.
    stage.discord.clock.set(due + 20 * minute);
    await stage.wakeUp();
    await move(due + 60 * minute);
    expect([sending.messages.length, claimed.messages.length]).toEqual([1, 1]);
    const sent = stage.withDatabase((database) => tallyPostOf(database, sending.id, dayOf(due)));
    expect([sent?.state, sent?.messageId]).toEqual(['sent', sending.messages[0]?.id]);
  });

  test('killed after sending, and away for the night: the card that is out is what the next counts from', async () => {
    const due = await beforeTheNextDue();
    await stage.count(200);
    const [sending, claimed] = [await evening(), await evening()];
    stage.discord.trouble.next({ ...postTo(sending), kind: 'delay', milliseconds: 3000 });
    stage.discord.clock.set(due);
    stage.bot.setClock(due).catch(() => {});
    await stage.discord.until('the first card', () => sending.messages.length === 1);
    await stage.bot.kill();
    stage.discord.clock.set(due + 600 * minute);
    await stage.wakeUp();
    expect([sending.messages.length, claimed.messages.length]).toEqual([1, 0]);
    const reply = await stage.count(207);
    // There is nothing to tell: one card is out, the other is folded into the next.
    expect(reply.messages).toHaveLength(1);
    await move(due + day);
    expect(cards(sending).map(gain)).toEqual([undefined, '**+7** since yesterday']);
    expect(cards(claimed).map(gain)).toEqual([undefined]);
    today += day;
  });

  test('an answer lost after Discord took the card', async () => {
    const due = await beforeTheNextDue();
    const channel = await evening();
    stage.discord.trouble.next({ ...postTo(channel), kind: 'answer-lost-after-accept' });
    await move(due);
    expect(channel.messages).toHaveLength(1);
    await move(due + 20 * minute);
    await move(due + 40 * minute);
    expect([channel.messages.length, postsIn(channel).length]).toEqual([1, 1]);
    const sent = stage.withDatabase((database) => tallyPostOf(database, channel.id, dayOf(due)));
    expect([sent?.state, sent?.messageId]).toEqual(['sent', channel.messages[0]?.id]);
  });

  test.each(['5xx-before', '5xx-after'] as const)('one %s', async (kind) => {
    const due = await beforeTheNextDue();
    const channel = await evening();
    stage.discord.trouble.next({ ...postTo(channel), kind });
    await move(due);
    await move(due + 20 * minute);
    expect(channel.messages).toHaveLength(1);
  });

  test('Discord down for a while: the card comes with the figures of its time', async () => {
    const due = await beforeTheNextDue();
    const channel = await evening();
    await stage.count(300);
    // Each attempt is three requests.
    stage.discord.trouble.next({ ...postTo(channel), kind: '5xx-before', times: 6 });
    await move(due);
    await move(due + 2 * minute);
    expect([channel.messages.length, postsIn(channel).length]).toEqual([0, 6]);
    await stage.count(310);
    await move(due + 4 * minute);
    expect(latest(channel)).toContain('**300 signatures**');
    await move(due + day);
    expect(cards(channel).map(gain)).toEqual([undefined, '**+10** since yesterday']);
    today += day;
  });

  test('Discord down for more than six hours: the attempt ends, and organizers hear of it once', async () => {
    const due = await beforeTheNextDue();
    const channel = await evening();
    stage.discord.trouble.next({ ...postTo(channel), kind: '5xx-before', times: 3 });
    await move(due);
    await move(due + 361 * minute);
    expect(channel.messages).toEqual([]);
    const told = await stage.count(320);
    expect(told.messages.slice(1).map(wordsOf)).toEqual([
      `📌 Discord didn't say for hours whether the daily tally in <#${channel.id}> went out, so Minga stopped trying, rather than post it twice. The next one counts from the last card that is known to be out.`,
    ]);
    await move(due + day);
    expect(channel.messages).toHaveLength(1);
    today += day;
  });

  test('two processes at once', async () => {
    const due = await beforeTheNextDue();
    const channels = [await evening(), await evening(), await evening(), await evening()];
    const other = await stage.anotherBot();
    stage.discord.clock.set(due);
    await Promise.all([stage.bot.setClock(due), other.setClock(due)]);
    stage.discord.clock.set(due + 20 * minute);
    await Promise.all([stage.bot.setClock(due + 20 * minute), other.setClock(due + 20 * minute)]);
    expect(await other.stop()).toBe(0);
    expect(channels.map(({ messages }) => messages.length)).toEqual([1, 1, 1, 1]);
  });

  test('a process that hung for longer than its lease leaves alone what another took over', async () => {
    const due = await beforeTheNextDue();
    const [first, second] = [await evening(), await evening()];
    const other = await stage.anotherBot();
    stage.discord.trouble.next({ ...postTo(first), kind: 'delay', milliseconds: 3000 });
    stage.discord.clock.set(due);
    const hung = stage.bot.setClock(due);
    await stage.discord.until('the first card', () => first.messages.length === 1);
    stage.discord.clock.set(due + 20 * minute);
    await other.setClock(due + 20 * minute);
    expect([first.messages.length, second.messages.length]).toEqual([1, 1]);
    await hung;
    expect([first.messages.length, second.messages.length]).toEqual([1, 1]);
    await other.stop();
  });

  test('nothing was sent that Discord would refuse', () => {
    expect([stage.discord.refused, stage.bot.errors]).toEqual([[], '']);
  });

  const dayOf = (due: number) => new Date(due - day / 2).toISOString().slice(0, 10);
});

