// The daily tally as channels get it: the real bot, moved from day to day and through changes of the clock.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAction } from '../../db/actions.js';
import { insertOrganization } from '../../db/coalition.js';
import { insertEvent, insertTurnout } from '../../db/events.js';
import { actionTypes } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import { type Channel, wordsOf } from '../../rehearsal/stand-in/index.js';
import type { StageOptions } from '../support/campaign.js';
import { aTallyStage, cards, gain, latest, type TallyStage } from './support.js';

/** Discord's flag of a message that one person sees. */
const ephemeral = 1 << 6;

let stage: TallyStage;

const opens = (options?: StageOptions) => async () => {
  stage = await aTallyStage(options);
};
const closes = () => stage.close();

describe('day by day', () => {
  beforeAll(opens());
  afterAll(closes);

  test('a card goes out at the local time, once, in both languages, with a chart and what comes next', async () => {
    const channel = await stage.scheduled('20:00', 'America/Lima', { language: 'both' });
    await stage.count(1200, { organizations: 30 });
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
      '**Coming up**\n- July 19, 2023\n  - Demonstration at the Peruvian Embassy · Washington, D.C.\n',
    );
    expect(card).toContain('- Sign by December 31, 2023');
    expect(card).toContain(
      '## Que las tropas de Estados Unidos salgan del Perú\n**1,230 firmas** · 1,200 personas y 30 organizaciones',
    );
    expect(card).toContain('61% de la meta de 2,000');
    expect(card).toContain(
      '**Lo que viene**\n- 19 de julio de 2023\n  - Manifestación ante la Embajada del Perú · Washington, D.C.\n',
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
    const channel = await stage.scheduled('20:00', 'America/New_York', { language: 'both' });
    await stage.count(1300);
    await stage.moveTo('2023-07-12T00:00:00Z');
    expect(gain(latest(channel))).toBeUndefined();
    await stage.count(1312);
    await stage.moveTo('2023-07-13T00:00:00Z');
    expect(gain(latest(channel))).toBe('**+12** since yesterday');
    expect(latest(channel)).toContain('📈 **+12** desde ayer');
    await stage.moveTo('2023-07-14T00:00:00Z');
    expect(channel.messages).toHaveLength(2);
    await stage.count(1310);
    await stage.moveTo('2023-07-15T00:00:00Z');
    expect(channel.messages).toHaveLength(3);
    expect(latest(channel)).toContain('📉 **−2** since Wednesday');
    expect(latest(channel)).toContain('📉 **−2** desde el miércoles');
  });

  test('outreach alone is a change, told by type with what is new in the coalition', async () => {
    await stage.moveTo('2023-07-15T15:00:00Z');
    const channel = await stage.scheduled('20:00', 'America/New_York', { language: 'both' });
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
      insertOrganization(database, { petitionId: 1, name, state: 'approved', at, publishedAt: at });
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
    const channel = await stage.scheduled('12:00', 'America/New_York', { when: 'always' });
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
    const reply = await stage.schedule(channel, '09:00', 'America/New_York');
    expect(reply.words).toContain(`Next one: <t:${Date.parse('2023-07-21T13:00:00Z') / 1000}:F>`);
    for (const moment of ['2023-07-20T17:01:00Z', '2023-07-21T12:59:00Z']) {
      await stage.moveTo(moment);
      expect(channel.messages).toEqual([]);
    }
    await stage.moveTo('2023-07-21T13:00:00Z');
    expect(channel.messages).toHaveLength(1);
    await stage.command('tally remove', { channel });
    await stage.count(1400);
    await stage.moveTo('2023-07-22T13:00:00Z');
    expect(channel.messages).toHaveLength(1);
  });

  test('a time changed after the card went out brings no second one that day', async () => {
    await stage.moveTo('2023-07-22T15:00:00Z');
    const channel = await stage.scheduled('12:00', 'America/New_York', { when: 'always' });
    await stage.moveTo('2023-07-22T16:00:00Z');
    const reply = await stage.schedule(channel, '15:00', 'America/New_York', { when: 'always' });
    expect(reply.words).toContain(`Next one: <t:${Date.parse('2023-07-23T19:00:00Z') / 1000}:F>`);
    await stage.moveTo('2023-07-22T19:00:00Z');
    await stage.moveTo('2023-07-23T18:59:00Z');
    expect(channel.messages).toHaveLength(1);
    await stage.moveTo('2023-07-23T19:00:00Z');
    expect(channel.messages).toHaveLength(2);
  });

  test('paused, it is silent; resumed, or on the day given, it goes on from the last card', async () => {
    await stage.moveTo('2023-07-24T15:00:00Z'); // a Monday
    const channel = await stage.scheduled('12:00', 'America/New_York');
    const noon = (day: number) => stage.moveTo(`2023-07-${day}T16:00:00Z`);
    await noon(24);
    await stage.command('tally pause', { channel });
    await stage.count(1410);
    await noon(25);
    expect(channel.messages).toHaveLength(1);
    await stage.command('tally resume', { channel });
    await stage.moveTo('2023-07-25T16:01:00Z');
    expect(channel.messages).toHaveLength(1);
    await noon(26);
    expect(gain(latest(channel))).toBe('**+10** since Monday');
    await stage.count(1411);
    const paused = await stage.command('tally pause', { channel, until: '2023-07-29' });
    expect(paused.words).toContain(`Next one: <t:${Date.parse('2023-07-29T16:00:00Z') / 1000}:F>`);
    await noon(27);
    await noon(28);
    expect(channel.messages).toHaveLength(2);
    await noon(29);
    expect(gain(latest(channel))).toBe('**+1** since Wednesday');
  });

  test('a pause until a day ends at its first minute', async () => {
    const channel = await stage.scheduled('00:00', 'America/New_York', { when: 'always' });
    const paused = await stage.command('tally pause', { channel, until: '2023-07-31' });
    expect(paused.words).toContain(`Next one: <t:${Date.parse('2023-07-31T04:00:00Z') / 1000}:F>`);
    await stage.moveTo('2023-07-30T04:00:00Z');
    expect(channel.messages).toEqual([]);
    await stage.moveTo('2023-07-31T04:00:00Z');
    expect(channel.messages).toHaveLength(1);
  });

  test('while the petition is paused no card goes out', async () => {
    await stage.moveTo('2023-07-31T15:00:00Z');
    const channel = await stage.scheduled('12:00', 'America/New_York', { when: 'always' });
    await stage.command('petition status', { state: 'paused', reason: 'talks with the committee' });
    await stage.moveTo('2023-07-31T16:00:00Z');
    expect(channel.messages).toEqual([]);
    await stage.command('petition status', { state: 'open', reason: 'no agreement' });
    await stage.moveTo('2023-07-31T18:00:00Z');
    expect(channel.messages).toEqual([]);
    await stage.moveTo('2023-08-01T16:00:00Z');
    expect(channel.messages).toHaveLength(1);
  });

  test('a milestone is named once, also when the total falls below it and comes back', async () => {
    const channel = await stage.scheduled('14:00', 'America/New_York', { language: 'both', when: 'always' });
    const dayWith = async (day: number, people: number) => {
      await stage.count(people, { organizations: 0 });
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
    const channel = await stage.scheduled('16:00', 'America/New_York');
    await stage.moveTo('2023-08-05T20:00:00Z');
    await stage.count(5310);
    await stage.moveTo('2023-08-06T15:00:00Z');
    const now = await stage.ada.in(channel).command('tally now');
    expect([now.private, gain(now.words)]).toEqual([false, '**+10** since yesterday']);
    await stage.moveTo('2023-08-06T20:00:00Z');
    expect(channel.messages).toHaveLength(3);
    expect(gain(latest(channel))).toBe('**+10** since yesterday');
    const elsewhere = await stage.ada.in(stage.general).command('tally now');
    expect(gain(elsewhere.words)).toBeUndefined();
  });

  test('long names and much outreach fit into a card', async () => {
    const channel = await stage.scheduled('18:00', 'America/New_York', { language: 'both' });
    await stage.moveTo('2023-08-06T22:00:00Z');
    const at = stage.discord.clock.now();
    stage.withDatabase((database) => {
      const about = { petitionId: 1, at, day: '2023-08-07' } as const;
      const who = { serverId: stage.server.id, userId: stage.ben.id, state: 'counted' } as const;
      for (const type of actionTypes) insertAction(database, { ...about, ...who, type, count: 12_345 });
      const long = (text: string) => text.repeat(10).slice(0, 100);
      for (let number = 0; number < 8; number++) {
        const name = { en: long(`Council ${number} *of* `), es: long(`Consejo ${number} *de* `) };
        insertOrganization(database, { petitionId: 1, name, state: 'approved', at, publishedAt: at });
      }
      for (let number = 0; number < 3; number++) {
        const name = { en: long('A march *along* the river '), es: long('Marcha *junto* al río ') };
        insertEvent(database, { petitionId: 1, name, place: long('Old bridge, '), day: '2023-08-08' });
      }
    });
    await stage.moveTo('2023-08-07T22:00:00Z');
    expect(channel.messages).toHaveLength(2);
    expect(latest(channel)).toContain('12,345 calls');
    expect(latest(channel)).toContain('**New in the coalition:** Council 0');
    expect(latest(channel)).toContain('12,345 llamadas');
    expect(latest(channel)).toContain('**Lo que viene**\n- 8 de agosto de 2023\n  - Marcha');
  });

  test('what comes next in several cities on one day stands together, each with its own time', async () => {
    const channel = await stage.scheduled('17:00', 'America/New_York');
    await stage.moveTo('2023-08-09T21:00:00Z');
    await stage.count(5330);
    stage.withDatabase((database) => {
      const event = { petitionId: 1, day: '2023-08-20', place: 'Lima' };
      const at = (iso: string) => ({ startsAt: Date.parse(iso), endsAt: Date.parse(iso) + 3_600_000 });
      const [lima, madrid] = [at('2023-08-20T23:00:00Z'), at('2023-08-20T17:00:00Z')];
      insertEvent(database, { ...event, name: { en: 'Vigil' }, ...lima, timezone: 'America/Lima' });
      const abroad = { name: { en: 'Cacerolada' }, place: 'Madrid', timezone: 'Europe/Madrid' };
      insertEvent(database, { ...event, ...abroad, ...madrid });
      insertEvent(database, { ...event, name: { en: 'Called off' }, cancelledAt: 1 });
    });
    await stage.moveTo('2023-08-10T21:00:00Z');
    const [zone, other] = [Date.parse('2023-08-20T17:00:00Z'), Date.parse('2023-08-20T23:00:00Z')];
    expect(latest(channel).replaceAll('\u202F', ' ')).toContain(
      [
        '- August 20, 2023',
        `  - Cacerolada · Madrid · 7:00 PM Spain Time · <t:${zone / 1000}:F>`,
        `  - Vigil · Lima · 6:00 PM Peru Time · <t:${other / 1000}:F>`,
      ].join('\n'),
    );
    expect(latest(channel)).not.toContain('Called off');
    stage.withDatabase(({ $client }) => $client.exec("delete from events where day = '2023-08-20'"));
  });

  test('how many came is news, told once, with the sum of a day', async () => {
    const channel = await stage.scheduled('17:30', 'America/New_York');
    await stage.moveTo('2023-08-11T21:30:00Z');
    expect(latest(channel)).not.toContain('How many came');
    const turnout = (event: string, low: number, high: number, more = {}) =>
      stage.command('event turnout', { event, low, high, ...more });
    await turnout('Demonstration at the Peruvian Embassy', 120, 150, { method: 'counted by hand' });
    await turnout('Demonstration at the Peruvian Consulate General', 80, 80);
    await stage.moveTo('2023-08-12T21:30:00Z');
    expect(latest(channel)).toContain(
      [
        '**How many came**',
        '- Demonstration at the Peruvian Embassy · Washington, D.C.: between 120 and 150 people (counted by hand)',
        '- Demonstration at the Peruvian Consulate General · New York City: 80 people',
        '- **July 19, 2023, together: between 200 and 230 people**',
      ].join('\n'),
    );
    expect(channel.messages).toHaveLength(2);
    await stage.moveTo('2023-08-13T21:30:00Z');
    expect(channel.messages).toHaveLength(2);
  });

  test('even names of nothing but Markdown, many turnouts and a long comment fit into a card', async () => {
    const channel = await stage.scheduled('18:30', 'America/New_York', { language: 'both' });
    await stage.moveTo('2023-08-14T22:30:00Z');
    const at = stage.discord.clock.now();
    const stars = '*'.repeat(100);
    stage.withDatabase((database) => {
      const name = { en: stars, es: stars };
      for (let number = 0; number < 8; number++) {
        const standing = { state: 'approved', at, publishedAt: at + 1 } as const;
        insertOrganization(database, { petitionId: 1, name, ...standing });
        const place = { petitionId: 1, name, place: stars };
        const { id: eventId } = insertEvent(database, { ...place, day: '2023-08-14' });
        insertEvent(database, { ...place, day: '2023-08-16' });
        const by = { serverId: stage.server.id, userId: stage.ben.id, at: at + 1 };
        insertTurnout(database, { eventId, low: 1000, high: 2000, method: stars, ...by });
      }
    });
    const form = await stage.ben.in(stage.general).command('comment submit');
    const said = { 'Your comment': '*'.repeat(600), 'How to name you (optional)': '*'.repeat(80) };
    await form.submit({ ...said, 'Your consent': ['My comment may be quoted'] });
    // What organizers are told with an answer would come after the day that is played here.
    stage.withDatabase(({ $client }) => $client.exec('delete from notices'));
    await (await stage.command('comment review')).press('Approve');
    await stage.moveTo('2023-08-15T22:30:00Z');
    expect(channel.messages).toHaveLength(2);
    expect(latest(channel)).toContain('💬 In their own words');
    expect(latest(channel)).toContain('How many came');
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
    const channel = await stage.scheduled(time, timezone, { when: 'always' });
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

describe('a channel that refuses is told to organizers, and not tried again', () => {
  beforeAll(opens());
  afterAll(closes);

  const sendMessages = 1n << 11n;
  const noon = (day: number) => stage.moveTo(`2023-07-${day}T16:00:00Z`);
  const atNoon = () => stage.scheduled('12:00', 'America/New_York', { when: 'always' });
  const requestsFor = ({ id }: Channel) => stage.discord.requests.filter(({ path }) => path.includes(id));
  const forbid = (channel: Channel) => {
    const { botRole } = stage.server;
    if (botRole) channel.setOverwrites([{ of: botRole, deny: sendMessages }]);
  };

  test('in their channel, where one is set, in both languages', async () => {
    const channel = await atNoon();
    const setOrganizers = (organizersChannelId: string | null) =>
      stage.withDatabase((database) => updateServer(database, stage.server.id, { organizersChannelId }));
    setOrganizers(stage.organizers.id);
    forbid(channel);
    await noon(10);
    expect(latest(stage.organizers)).toContain(
      `📌 The daily tally could not be posted in <#${channel.id}>: Minga may not write there.`,
    );
    expect(latest(stage.organizers)).toContain(
      `📌 No se pudo publicar el recuento diario en <#${channel.id}>: Minga no puede escribir ahí.`,
    );
    await noon(11);
    await noon(12);
    expect(requestsFor(channel)).toHaveLength(1);
    expect([channel.messages.length, stage.organizers.messages.length]).toEqual([0, 1]);

    channel.setOverwrites([]);
    await stage.command('tally resume', { channel });
    await noon(13);
    expect(channel.messages).toHaveLength(1);
    setOrganizers(null);
  });

  test('privately, in their language, to the next of them who uses a command, and to nobody else', async () => {
    const channel = await atNoon();
    forbid(channel);
    await noon(14);
    const { ana, ben, organizers } = stage;
    const membersReply = await ben.in(organizers).command('petition show');
    const told = await ana.in(organizers).command('petition share');
    await told.until(({ messages }) => messages.length > 1);
    expect(told.messages.map(({ flags = 0 }) => (flags & ephemeral) !== 0)).toEqual([false, true]);
    expect(told.messages.slice(1).map(wordsOf)).toEqual([
      `📌 No se pudo publicar el recuento diario en <#${channel.id}>: Minga no puede escribir ahí. Quedó en pausa. Dale a Minga los permisos de ver el canal, enviar mensajes, adjuntar archivos y leer el historial, y usa \`/recuento reanudar\`; o termínalo con \`/recuento quitar\`.`,
    ]);
    const next = await stage.command('petition show');
    // What would come after that answer is out before this one.
    await stage.command('petition list');
    await stage.moveTo('2023-07-14T16:01:00Z');
    expect([membersReply.messages.length, next.messages.length]).toEqual([1, 1]);
    await noon(15);
    expect(requestsFor(channel)).toHaveLength(1);
  });

  test('what there is to tell waits where a form opens, which nothing can follow', async () => {
    const channel = await atNoon();
    forbid(channel);
    await noon(16);
    const form = await stage.command('petition edit');
    expect(form.kind).toBe('modal');
    const told = await form.submit({});
    await told.until(({ messages }) => messages.length > 1);
    expect(told.messages.slice(1).map(wordsOf)).toEqual([expect.stringContaining(`<#${channel.id}>`)]);
  });

  test('a deleted channel has no daily tally any more, and is in nobody’s way', async () => {
    const kept = await atNoon();
    const gone = stage.server.addChannel('gone');
    await stage.schedule(gone, '12:00', 'America/New_York');
    gone.delete();
    await noon(17);
    const told = await stage.command('tally pause', { channel: kept });
    await told.until(({ messages }) => messages.length > 1);
    expect(told.words).toContain(`<#${gone.id}>`);
    await noon(18);
    expect(requestsFor(gone)).toHaveLength(1);
    // Discord offers no deleted channel, so it could not be named, and without a name this would ask which.
    expect((await stage.command('tally resume')).words).toContain(
      `The daily tally in <#${kept.id}> goes out again.`,
    );
  });

  test('Discord refused those cards, and nothing else', () => {
    expect(stage.discord.refused.map(({ method, path }) => [method, path.replace(/\d+/, 'id')])).toEqual([
      ['POST', '/channels/id/messages'],
      ['POST', '/channels/id/messages'],
      ['POST', '/channels/id/messages'],
      ['GET', '/channels/id'],
    ]);
    expect(stage.bot.errors).toBe('');
  });
});
