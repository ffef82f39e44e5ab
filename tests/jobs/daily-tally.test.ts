// The daily tally as channels get it: the real bot, moved through days, clock changes, absences and crashes.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { insertAction } from '../../db/actions.js';
import { insertOrganization } from '../../db/coalition.js';
import { updateServer } from '../../db/servers.js';
import { tallyPostOf } from '../../db/tally-posts.js';
import { type Bot, startBot } from '../../rehearsal/bot.js';
import { type Channel, type OptionValues, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;

const opens = (options?: Parameters<typeof aStage>[0]) => async () => {
  stage = await aStage(options);
};
const closes = () => stage.close();

const organizer = () => stage.ada.in(stage.organizers);
const cards = (channel: Channel) => channel.messages.map(wordsOf);
const latest = (channel: Channel) => cards(channel).at(-1) ?? '';

let channels = 0;

/** A new channel with a daily tally in English, which ends with the test. */
async function scheduled(time: string, timezone: string, more: OptionValues = {}): Promise<Channel> {
  channels += 1;
  const channel = stage.server.addChannel(`tally-${channels}`);
  await schedule(channel, time, timezone, more);
  onTestFinished(async () => {
    await organizer().command('tally remove', { channel });
  });
  return channel;
}

const schedule = (channel: Channel, time: string, timezone: string, more: OptionValues = {}) =>
  organizer().command('tally schedule', { channel, time, timezone, language: 'en', ...more });

/** Enters the petition page's total. */
const count = (people: number, more: OptionValues = {}) =>
  organizer().command('signatures count', { source: 'Petition page', people, ...more });

/** The gain that a card shows, without its mark; absent on a first card. */
const gain = (card: string) => /^(?:📈 |📉 )?(.*\bsince\b.*)$/m.exec(card.split('What we did')[0] ?? '')?.[1];

/** Starts the bot again; it knows the stage's time before it looks at what is due. */
async function wakeUp(): Promise<void> {
  const up = stage.restart();
  await Promise.all([up, stage.bot.setClock(stage.discord.clock.now())]);
}

/** A second process on the same database, as a careless update leaves it running. */
async function anotherBot(): Promise<Bot> {
  const { discord, databasePath } = stage;
  const bot = startBot({ discord, databasePath, folder: path.dirname(databasePath) });
  await Promise.all([bot.ready, bot.setClock(discord.clock.now())]);
  return bot;
}

describe('day by day', () => {
  beforeAll(opens());
  afterAll(closes);

  test('a card goes out at the local time, once, in both languages, with a chart and what comes next', async () => {
    const channel = await scheduled('20:00', 'America/Lima', { language: 'both' });
    await count(1200, { organizations: 30 });
    await stage.moveTo('2023-07-11T00:59:00Z');
    expect(channel.messages).toEqual([]);
    await stage.moveTo('2023-07-11T01:00:00Z');
    await stage.moveTo('2023-07-11T01:00:30Z');
    await stage.moveTo('2023-07-11T04:00:00Z');
    expect(channel.messages).toHaveLength(1);

    const card = latest(channel);
    expect(card).toContain(
      '## Bring U.S. troops home from Peru\n**1,230 signatures** · 1,200 people and 30 organizations',
    );
    expect(card).toContain('61% of the goal of 2,000');
    expect(card).toContain(
      '**Coming up**\n- Demonstration at the Peruvian Embassy · Washington, D.C. · July 19, 2023',
    );
    expect(card).toContain('- Sign by December 31, 2023');
    expect(card).toContain(
      '## Que las tropas de Estados Unidos salgan del Perú\n**1,230 firmas** · 1,200 personas y 30 organizaciones',
    );
    expect(card).toContain('61% de la meta de 2,000');
    expect(card).toContain(
      '**Lo que viene**\n- Manifestación ante la Embajada del Perú · Washington, D.C. · 19 de julio de 2023',
    );
    expect(card).toContain('- Se puede firmar hasta el 31 de diciembre de 2023');
    expect(card).toContain(
      '[Sign · Firmar → https://example.org/peru] [Share · Compartir] [Log an action · Registrar acción]',
    );
    expect(card).not.toMatch(/since|desde|🎉/);

    const pictures = channel.messages[0]?.attachments ?? [];
    expect(pictures.map(({ filename, content_type }) => [filename, content_type])).toEqual([
      ['tally-en.png', 'image/png'],
      ['tally-es.png', 'image/png'],
    ]);
    for (const picture of pictures)
      expect(stage.discord.bytesOf(picture).subarray(1, 4).toString()).toBe('PNG');
    expect(card).toMatch(/\(picture: .*1,230 signatures/);
    expect(card).toMatch(/\(picture: .*1,230 firmas/);
  });

  test('gains count from the last card; a day without change is passed over, and named by its weekday', async () => {
    await stage.moveTo('2023-07-11T15:00:00Z');
    const channel = await scheduled('20:00', 'America/New_York', { language: 'both' });
    await count(1300);
    await stage.moveTo('2023-07-12T00:00:00Z');
    expect(gain(latest(channel))).toBeUndefined();
    await count(1312);
    await stage.moveTo('2023-07-13T00:00:00Z');
    expect(gain(latest(channel))).toBe('**+12** since yesterday');
    expect(latest(channel)).toContain('📈 **+12** desde ayer');
    await stage.moveTo('2023-07-14T00:00:00Z');
    expect(channel.messages).toHaveLength(2);
    await count(1310);
    await stage.moveTo('2023-07-15T00:00:00Z');
    expect(channel.messages).toHaveLength(3);
    expect(latest(channel)).toContain('📉 **-2** since Wednesday');
    expect(latest(channel)).toContain('📉 **-2** desde el miércoles');
  });

  test('outreach alone is a change, told by type with what is new in the coalition', async () => {
    await stage.moveTo('2023-07-15T15:00:00Z');
    const channel = await scheduled('20:00', 'America/New_York', { language: 'both' });
    await stage.moveTo('2023-07-16T00:00:00Z');
    expect(channel.messages).toHaveLength(1);
    const at = stage.discord.clock.now();
    stage.withDatabase((database) => {
      const deed = {
        petitionId: 1,
        serverId: stage.server.id,
        userId: stage.ben.id,
        day: '2023-07-16',
        at,
      } as const;
      insertAction(database, { ...deed, type: 'call', count: 3, state: 'counted' });
      insertAction(database, { ...deed, type: 'letter', count: 1, state: 'counted' });
      insertAction(database, { ...deed, type: 'visit', count: 500, state: 'pending' });
      const name = { en: 'Aymara *Council*', es: 'Consejo Aymara' };
      insertOrganization(database, { petitionId: 1, name, state: 'approved', at });
    });
    await stage.moveTo('2023-07-17T00:00:00Z');
    const card = latest(channel);
    expect(card).toContain('No new signatures since yesterday');
    expect(card).toContain('**What we did since yesterday:** 3 calls and 1 letter\n');
    expect(card).toContain('**New in the coalition:** Aymara \\*Council\\*');
    expect(card).toContain('Sin firmas nuevas desde ayer');
    expect(card).toContain('**Lo que hicimos desde ayer:** 3 llamadas y 1 carta\n');
    expect(card).toContain('**Se suman a la coalición:** Consejo Aymara');
    await stage.moveTo('2023-07-18T00:00:00Z');
    expect(channel.messages).toHaveLength(2);
  });

  test('with `always` it goes out on days without change too', async () => {
    await stage.moveTo('2023-07-18T15:00:00Z');
    const channel = await scheduled('12:00', 'America/New_York', { when: 'always' });
    for (const day of [18, 19, 20]) await stage.moveTo(`2023-07-${day}T16:00:00Z`);
    expect(cards(channel).map(gain)).toEqual([
      undefined,
      'No new signatures since yesterday',
      'No new signatures since yesterday',
    ]);
  });

  test('a time that is past today starts tomorrow', async () => {
    await stage.moveTo('2023-07-20T17:00:00Z');
    const channel = stage.server.addChannel('past');
    const reply = await schedule(channel, '09:00', 'America/New_York');
    expect(reply.words).toContain(`Next one: <t:${Date.parse('2023-07-21T13:00:00Z') / 1000}:F>`);
    await stage.moveTo('2023-07-21T12:59:00Z');
    expect(channel.messages).toEqual([]);
    await stage.moveTo('2023-07-21T13:00:00Z');
    expect(channel.messages).toHaveLength(1);
    await organizer().command('tally remove', { channel });
    await count(1400);
    await stage.moveTo('2023-07-22T13:00:00Z');
    expect(channel.messages).toHaveLength(1);
  });

  test('a time changed after the card went out brings no second one that day', async () => {
    await stage.moveTo('2023-07-22T15:00:00Z');
    const channel = await scheduled('12:00', 'America/New_York', { when: 'always' });
    await stage.moveTo('2023-07-22T16:00:00Z');
    const reply = await schedule(channel, '15:00', 'America/New_York', { when: 'always' });
    expect(reply.words).toContain(`Next one: <t:${Date.parse('2023-07-23T19:00:00Z') / 1000}:F>`);
    await stage.moveTo('2023-07-22T19:00:00Z');
    await stage.moveTo('2023-07-23T18:59:00Z');
    expect(channel.messages).toHaveLength(1);
    await stage.moveTo('2023-07-23T19:00:00Z');
    expect(channel.messages).toHaveLength(2);
  });

  test('paused, it is silent; resumed, or on the day given, it goes on from the last card', async () => {
    await stage.moveTo('2023-07-24T15:00:00Z'); // a Monday
    const channel = await scheduled('12:00', 'America/New_York');
    const noon = (day: number) => stage.moveTo(`2023-07-${day}T16:00:00Z`);
    await noon(24);
    await organizer().command('tally pause', { channel });
    await count(1410);
    await noon(25);
    expect(channel.messages).toHaveLength(1);
    await organizer().command('tally resume', { channel });
    expect(channel.messages).toHaveLength(1);
    await noon(26);
    expect(gain(latest(channel))).toBe('**+10** since Monday');
    await count(1411);
    const paused = await organizer().command('tally pause', { channel, until: '2023-07-29' });
    expect(paused.words).toContain(`Next one: <t:${Date.parse('2023-07-29T16:00:00Z') / 1000}:F>`);
    await noon(27);
    await noon(28);
    expect(channel.messages).toHaveLength(2);
    await noon(29);
    expect(gain(latest(channel))).toBe('**+1** since Wednesday');
  });

  test('a pause until a day ends at its first minute', async () => {
    const channel = await scheduled('00:00', 'America/New_York', { when: 'always' });
    const paused = await organizer().command('tally pause', { channel, until: '2023-07-31' });
    expect(paused.words).toContain(`Next one: <t:${Date.parse('2023-07-31T04:00:00Z') / 1000}:F>`);
    await stage.moveTo('2023-07-30T04:00:00Z');
    expect(channel.messages).toEqual([]);
    await stage.moveTo('2023-07-31T04:00:00Z');
    expect(channel.messages).toHaveLength(1);
  });

  test('while the petition is paused no card goes out', async () => {
    await stage.moveTo('2023-07-31T15:00:00Z');
    const channel = await scheduled('12:00', 'America/New_York', { when: 'always' });
    await organizer().command('petition status', { state: 'paused', reason: 'talks with the committee' });
    await stage.moveTo('2023-07-31T16:00:00Z');
    expect(channel.messages).toEqual([]);
    await organizer().command('petition status', { state: 'open', reason: 'no agreement' });
    await stage.moveTo('2023-07-31T18:00:00Z');
    expect(channel.messages).toEqual([]);
    await stage.moveTo('2023-08-01T16:00:00Z');
    expect(channel.messages).toHaveLength(1);
  });

  test('a milestone is named once, also when the total falls below it and comes back', async () => {
    const channel = await scheduled('14:00', 'America/New_York', { language: 'both', when: 'always' });
    const dayWith = async (day: number, people: number) => {
      await count(people, { organizations: 0 });
      await stage.moveTo(`2023-08-0${day}T18:00:00Z`);
      return latest(channel).match(/🎉.*/g);
    };
    expect(await dayWith(1, 1990)).toBeNull();
    expect(await dayWith(2, 2001)).toEqual([
      '🎉 **We reached the goal: 2,000 signatures!**',
      '🎉 **¡Alcanzamos la meta: 2,000 firmas!**',
    ]);
    expect(await dayWith(3, 1999)).toBeNull();
    expect(await dayWith(4, 2002)).toBeNull();
    expect(await dayWith(5, 5300)).toEqual([
      '🎉 **5,000 signatures reached!**',
      '🎉 **¡Llegamos a 5,000 firmas!**',
    ]);
  });

  test('`/tally now` neither counts as the card of the day nor moves what it counts from', async () => {
    const channel = await scheduled('16:00', 'America/New_York');
    await stage.moveTo('2023-08-05T20:00:00Z');
    await count(5310);
    await stage.moveTo('2023-08-06T15:00:00Z');
    const now = await stage.ada.in(channel).command('tally now');
    expect([now.private, gain(now.words)]).toEqual([false, '**+10** since yesterday']);
    await stage.moveTo('2023-08-06T20:00:00Z');
    expect(channel.messages).toHaveLength(3);
    expect(gain(latest(channel))).toBe('**+10** since yesterday');
    const elsewhere = await stage.ada.in(stage.general).command('tally now');
    expect(gain(elsewhere.words)).toBeUndefined();
  });

  test('nothing was sent that Discord would refuse', () => {
    expect([stage.discord.refused, stage.bot.errors]).toEqual([[], '']);
  });
});

describe('where clocks change, a local day has one card, at the right moment', () => {
  beforeAll(opens({ begins: '2023-10-27T12:00:00Z' }));
  afterAll(closes);

  test.each([
    [
      'Europe/Madrid',
      '20:00',
      'an hour more on the 29th',
      ['2023-10-28T18:00Z', '2023-10-29T19:00Z', '2023-10-30T19:00Z'],
    ],
    // On 5 November 1:30 comes twice; the second is at 6:30 UTC.
    [
      'America/New_York',
      '01:30',
      'twice on the 5th',
      ['2023-11-03T05:30Z', '2023-11-04T05:30Z', '2023-11-05T05:30Z', '2023-11-06T06:30Z'],
    ],
    // On 10 March there is no 2:30; clocks go from 2:00 to 3:00.
    [
      'America/New_York',
      '02:30',
      'not on the 10th',
      ['2024-03-09T07:30Z', '2024-03-10T07:00Z', '2024-03-11T06:30Z'],
    ],
  ])('%s %s, %s', async (timezone, time, _what, moments) => {
    const hour = 3_600_000;
    const dues = moments.map((moment) => Date.parse(moment));
    const at = (moment: number) => stage.moveTo(new Date(moment).toISOString());
    await at((dues[0] ?? 0) - 20 * hour);
    const channel = await scheduled(time, timezone, { when: 'always' });
    const seen: number[] = [];
    for (const due of dues) {
      for (const moment of [due - 60_000, due, due + hour, due + 2 * hour]) {
        await at(moment);
        seen.push(channel.messages.length);
      }
    }
    expect(seen).toEqual(dues.flatMap((_due, past) => [past, past + 1, past + 1, past + 1]));
  });

  test('nothing was sent that Discord would refuse', () => {
    expect([stage.discord.refused, stage.bot.errors]).toEqual([[], '']);
  });
});

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
    await wakeUp();
    expect(channel.messages).toHaveLength(1);
    await move(due + 180 * minute);
    expect(channel.messages).toHaveLength(1);
  });

  test('away for more than six hours, the day is passed over', async () => {
    const due = await beforeTheNextDue();
    const channel = await evening();
    await stage.bot.stop();
    stage.discord.clock.set(due + 361 * minute);
    await wakeUp();
    expect(channel.messages).toEqual([]);
    await move(due + day);
    expect(channel.messages).toHaveLength(1);
    today += day;
  });

  test('away for two days, what was missed is folded into one card', async () => {
    const due = await beforeTheNextDue(); // Thursday evening
    const channel = await evening();
    await count(100);
    await move(due);
    await count(130);
    await stage.bot.kill();
    stage.discord.clock.set(due + 2 * day + 120 * minute);
    await wakeUp();
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
    await wakeUp();
    await move(due + 60 * minute);
    expect([sending.messages.length, claimed.messages.length]).toEqual([1, 1]);
    const sent = stage.withDatabase((database) => tallyPostOf(database, sending.id, dayOf(due)));
    expect([sent?.state, sent?.messageId]).toEqual(['sent', sending.messages[0]?.id]);
  });

  test('killed after sending, and away for the night: the card that is out is what the next counts from', async () => {
    const due = await beforeTheNextDue();
    await count(200);
    const [sending, claimed] = [await evening(), await evening()];
    stage.discord.trouble.next({ ...postTo(sending), kind: 'delay', milliseconds: 3000 });
    stage.discord.clock.set(due);
    stage.bot.setClock(due).catch(() => {});
    await stage.discord.until('the first card', () => sending.messages.length === 1);
    await stage.bot.kill();
    stage.discord.clock.set(due + 600 * minute);
    await wakeUp();
    expect([sending.messages.length, claimed.messages.length]).toEqual([1, 0]);
    const reply = await count(207);
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
    await count(300);
    // Each attempt is three requests.
    stage.discord.trouble.next({ ...postTo(channel), kind: '5xx-before', times: 6 });
    await move(due);
    await move(due + 2 * minute);
    expect([channel.messages.length, postsIn(channel).length]).toEqual([0, 6]);
    await count(310);
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
    const told = await count(320);
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
    const other = await anotherBot();
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
    const other = await anotherBot();
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

describe('a channel that refuses is told to organizers, and not tried again', () => {
  beforeAll(opens());
  afterAll(closes);

  const sendMessages = 1n << 11n;
  const noon = (day: number) => stage.moveTo(`2023-07-${day}T16:00:00Z`);
  const atNoon = () => scheduled('12:00', 'America/New_York', { when: 'always' });
  const triedIn = ({ id }: Channel) =>
    stage.discord.requests.filter(
      ({ method, path }) => method === 'POST' && path === `/channels/${id}/messages`,
    );
  const forbid = (channel: Channel) => {
    const { botRole } = stage.server;
    if (botRole) channel.setOverwrites([{ of: botRole, deny: sendMessages }]);
  };

  test('in their channel, where one is set, in both languages', async () => {
    const channel = await atNoon();
    stage.withDatabase((database) =>
      updateServer(database, stage.server.id, { organizersChannelId: stage.organizers.id }),
    );
    forbid(channel);
    await noon(10);
    const before = `The daily tally could not be posted in <#${channel.id}>: the channel is gone, or Minga may not write there.`;
    expect(latest(stage.organizers)).toContain(before);
    expect(latest(stage.organizers)).toContain(`No se pudo publicar el recuento diario en <#${channel.id}>`);
    await noon(11);
    await noon(12);
    expect([channel.messages.length, triedIn(channel).length, stage.organizers.messages.length]).toEqual([
      0, 1, 1,
    ]);

    channel.setOverwrites([]);
    await organizer().command('tally resume', { channel });
    await noon(13);
    expect(channel.messages).toHaveLength(1);
    stage.withDatabase((database) => updateServer(database, stage.server.id, { organizersChannelId: null }));
  });

  test('privately, in their language, to the next of them who uses a command, and to nobody else', async () => {
    const channel = await atNoon();
    channel.delete();
    await noon(14);
    const { ana, ben, organizers } = stage;
    expect((await ben.in(organizers).command('petition show')).messages).toHaveLength(1);
    const told = await ana.in(organizers).command('petition share');
    expect(told.messages.map(({ flags = 0 }) => (flags & 64) !== 0)).toEqual([false, true]);
    expect(wordsOf(told.messages[1] ?? expect.fail())).toBe(
      `📌 No se pudo publicar el recuento diario en <#${channel.id}>: el canal ya no existe o Minga no puede escribir ahí. Quedó en pausa. Dale a Minga los permisos de ver el canal, enviar mensajes y adjuntar archivos, y usa \`/tally resume\`; o termínalo con \`/tally remove\`.`,
    );
    expect((await organizer().command('petition show')).messages).toHaveLength(1);
    const requests = () => stage.discord.requests.filter(({ path }) => path.includes(channel.id)).length;
    const tries = requests();
    await noon(15);
    await noon(16);
    expect(requests()).toBe(tries);
  });

  test('what there is to tell waits where a form opens, to which nothing can be added', async () => {
    const channel = await atNoon();
    forbid(channel);
    await noon(17);
    const form = await organizer().command('petition edit');
    expect(form.kind).toBe('modal');
    const told = await form.submit({});
    expect(told.messages.slice(1).map(wordsOf)).toEqual([expect.stringContaining(`<#${channel.id}>`)]);
  });

  test('Discord refused the cards, and nothing else', () => {
    expect(stage.discord.refused.map(({ method, path }) => [method, path.replace(/\d+/, 'id')])).toEqual([
      ['POST', '/channels/id/messages'],
      ['GET', '/channels/id'],
      ['POST', '/channels/id/messages'],
    ]);
    expect(stage.bot.errors).toBe('');
  });
});
