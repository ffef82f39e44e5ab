// The promise that a channel and a day have one card: absences, crashes, lost answers, two processes at once.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schedules } from '../../db/schema.js';
import { tallyPostOf } from '../../db/tally-posts.js';
import { type Channel, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aPetition } from '../support/stories.js';
import { aTallyStage, cards, gain, latest, type TallyStage } from './support.js';

const minute = 60_000;
const day = 24 * 60 * minute;

let stage: TallyStage;

beforeAll(async () => {
  stage = await aTallyStage();
});
afterAll(() => stage.close());

const move = (moment: number) => stage.moveTo(new Date(moment).toISOString());

/** Moves to an hour before 20:00 in New York, which in July is the end of the day in UTC, and gives that moment. */
async function beforeTheEvening(): Promise<number> {
  const due = Math.ceil((stage.discord.clock.now() + 60 * minute) / day) * day;
  await move(due - 60 * minute);
  return due;
}

const inTheEvening = () => stage.scheduled('20:00', 'America/New_York', { when: 'always' });
const lengths = (...channels: Channel[]) => channels.map(({ messages }) => messages.length);
const postTo = ({ id }: Channel) => ({ method: 'POST', path: new RegExp(`/channels/${id}/messages$`) });
const postsIn = (channel: Channel) =>
  stage.discord.requests.filter(({ method, path }) => method === 'POST' && postTo(channel).path.test(path));

/** What is on record of a channel's card of the evening that ends at `due`. */
const recorded = ({ id }: Channel, due: number) => {
  const post = stage.withDatabase((database) =>
    tallyPostOf(database, id, new Date(due - 1).toISOString().slice(0, 10)),
  );
  return [post?.state, post?.messageId];
};

/** The bot dies while the answer to one channel's card is on its way; the other's turn has not come. */
async function diesWhileSending(due: number): Promise<{ sending: Channel; claimed: Channel }> {
  const [sending, claimed] = [await inTheEvening(), await inTheEvening()];
  stage.discord.trouble.next({ ...postTo(sending), kind: 'delay', milliseconds: 3000 });
  stage.discord.clock.set(due);
  const ticked = stage.bot.setClock(due).catch(() => 'died');
  await stage.discord.until('the first card', () => sending.messages.length === 1);
  await stage.bot.kill();
  expect(await ticked).toBe('died');
  expect([recorded(sending, due), recorded(claimed, due)]).toEqual([
    ['sending', null],
    ['claimed', null],
  ]);
  return { sending, claimed };
}

test('away for two days: two hours late is late, seven is too late, and what was missed is folded into one', async () => {
  const due = await beforeTheEvening(); // a Monday
  const [evening, afternoon] = [
    await inTheEvening(),
    await stage.scheduled('15:00', 'America/New_York', { when: 'always' }),
  ];
  await stage.count(100);
  await move(due);
  await move(due + 19 * 60 * minute);
  expect(lengths(evening, afternoon)).toEqual([1, 1]);
  await stage.count(130);
  expect(await stage.bot.stop()).toBe(0);
  stage.discord.clock.set(due + 3 * day + 120 * minute);
  await stage.restart();
  expect(lengths(evening, afternoon)).toEqual([2, 1]);
  expect(gain(latest(evening))).toBe('**+30** since Monday');
  await move(due + 3 * day + 19 * 60 * minute);
  expect(lengths(evening, afternoon)).toEqual([2, 2]);
  expect(gain(latest(afternoon))).toBe('**+30** since Tuesday');
});

test('killed between claim and sending, and between sending and recording', async () => {
  const due = await beforeTheEvening();
  const { sending, claimed } = await diesWhileSending(due);
  // Past the lease, and past the minutes for which Discord knows a nonce.
  stage.discord.clock.set(due + 20 * minute);
  await stage.restart();
  await move(due + 60 * minute);
  expect(lengths(sending, claimed)).toEqual([1, 1]);
  expect(recorded(sending, due)).toEqual(['sent', sending.messages[0]?.id]);
});

test('killed before sending, and the channel is another petition’s since: the card stays away', async () => {
  const due = await beforeTheEvening();
  const { sending, claimed } = await diesWhileSending(due);
  stage.withDatabase((database) => {
    const { id: petitionId } = aPetition(database);
    database.update(schedules).set({ petitionId }).where(eq(schedules.channelId, claimed.id)).run();
  });
  stage.discord.clock.set(due + 20 * minute);
  await stage.restart();
  await move(due + 60 * minute);
  expect(lengths(sending, claimed)).toEqual([1, 0]);
  expect(recorded(claimed, due)).toEqual(['skipped', null]);
});

test('killed while sending, and away all night: the next card counts from the one that is out', async () => {
  const due = await beforeTheEvening();
  await stage.count(200);
  const { sending, claimed } = await diesWhileSending(due);
  stage.discord.clock.set(due + 600 * minute);
  await stage.restart();
  expect(lengths(sending, claimed)).toEqual([1, 0]);
  const reply = await stage.count(207);
  await move(due + day);
  expect(cards(sending).map(gain)).toEqual([undefined, '**+7** since yesterday']);
  expect(cards(claimed).map(gain)).toEqual([undefined]);
  // One card is out and the other folded into the next: organizers have nothing to be told.
  expect(reply.messages).toHaveLength(1);
});

test('an answer that was lost after Discord took the card', async () => {
  const due = await beforeTheEvening();
  const channel = await inTheEvening();
  stage.discord.trouble.next({ ...postTo(channel), kind: 'answer-lost-after-accept' });
  await move(due);
  expect(channel.messages).toHaveLength(1);
  await move(due + 20 * minute);
  await move(due + 40 * minute);
  expect([channel.messages.length, postsIn(channel).length]).toEqual([1, 1]);
  expect(recorded(channel, due)).toEqual(['sent', channel.messages[0]?.id]);
});

test.each(['5xx-before', '5xx-after'] as const)('one %s', async (kind) => {
  const due = await beforeTheEvening();
  const channel = await inTheEvening();
  stage.discord.trouble.next({ ...postTo(channel), kind });
  await move(due);
  await move(due + 20 * minute);
  expect(channel.messages).toHaveLength(1);
});

test('Discord unwell for some minutes: the card comes with the figures of its time', async () => {
  const due = await beforeTheEvening();
  const channel = await inTheEvening();
  await stage.count(300);
  // An attempt is three requests.
  stage.discord.trouble.next({ ...postTo(channel), kind: '5xx-before', times: 6 });
  await move(due);
  await move(due + 2 * minute);
  expect([channel.messages.length, postsIn(channel).length]).toEqual([0, 6]);
  await stage.count(310);
  await move(due + 4 * minute);
  expect(latest(channel)).toContain('**300 signatures**');
  await move(due + day);
  expect(cards(channel).map(gain)).toEqual([undefined, '**+10** since yesterday']);
});

test('Discord unwell for more than six hours: the attempt ends, and organizers hear of it once', async () => {
  const due = await beforeTheEvening();
  const channel = await inTheEvening();
  stage.discord.trouble.next({ ...postTo(channel), kind: '5xx-before', times: 3 });
  await move(due);
  await move(due + 361 * minute);
  expect(channel.messages).toEqual([]);
  const told = await stage.count(320);
  await told.until(({ messages }) => messages.length > 1);
  expect(told.messages.slice(1).map(wordsOf)).toEqual([
    `📌 Discord didn't say for hours whether the daily tally in <#${channel.id}> went out, so Minga stopped trying, rather than post it twice. The next one counts from the last card that is known to be out.`,
  ]);
  await move(due + day);
  expect(channel.messages).toHaveLength(1);
});

test('killed while sending, and no permission to look back: not sent again, and organizers are told', async () => {
  const due = await beforeTheEvening();
  const { sending } = await diesWhileSending(due);
  const everyone = stage.server.everyone;
  sending.setOverwrites([
    { of: everyone, deny: 1n << 16n },
    ...(stage.server.botRole ? [{ of: stage.server.botRole, deny: 1n << 16n }] : []),
  ]);
  stage.discord.clock.set(due + 20 * minute);
  await stage.restart();
  await move(due + 60 * minute);
  expect([sending.messages.length, recorded(sending, due)]).toEqual([1, ['refused', null]]);
  const told = await stage.count(311);
  await told.until(({ messages }) =>
    messages.some((message) => wordsOf(message).includes(`<#${sending.id}>`)),
  );
});

test('removed after it was claimed: it no longer goes out', async () => {
  const due = await beforeTheEvening();
  const channel = await inTheEvening();
  stage.discord.trouble.next({ ...postTo(channel), kind: '5xx-before', times: 3 });
  await move(due);
  await stage.command('tally pause', { channel });
  await move(due + 20 * minute);
  expect([channel.messages.length, recorded(channel, due)]).toEqual([0, ['skipped', null]]);
});

test('two processes at once', async () => {
  const due = await beforeTheEvening();
  const channels = [await inTheEvening(), await inTheEvening(), await inTheEvening(), await inTheEvening()];
  const other = await stage.anotherBot();
  for (const moment of [due, due + 20 * minute]) {
    stage.discord.clock.set(moment);
    await Promise.all([stage.bot.setClock(moment), other.setClock(moment)]);
  }
  expect(await other.stop()).toBe(0);
  expect(lengths(...channels)).toEqual([1, 1, 1, 1]);
});

test('a process that hung for longer than its lease leaves alone what another took over', async () => {
  const due = await beforeTheEvening();
  const [first, second] = [await inTheEvening(), await inTheEvening()];
  const other = await stage.anotherBot();
  stage.discord.trouble.next({ ...postTo(first), kind: 'delay', milliseconds: 3000 });
  stage.discord.clock.set(due);
  const hung = stage.bot.setClock(due);
  await stage.discord.until('the first card', () => first.messages.length === 1);
  await other.setClock(due + 20 * minute);
  expect(lengths(first, second)).toEqual([1, 1]);
  // Discord no longer knows the nonce of the second card either.
  stage.discord.clock.set(due + 40 * minute);
  await hung;
  expect(lengths(first, second)).toEqual([1, 1]);
  await other.stop();
});

test('nothing was sent that Discord would refuse, and nothing went wrong unseen', async () => {
  expect(await stage.bot.stop()).toBe(0);
  const wrong = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  expect([stage.discord.refused, stage.bot.errors, wrong]).toEqual([[], '', []]);
});
