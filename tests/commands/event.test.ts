// Events as people meet them: the real bot on a local Discord, its calendar, and what people do there.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit, events, petitionServers } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import { botPermissions, type Exchange, type OptionValues } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
type Who = 'ada' | 'ana' | 'ben' | 'luz' | 'stranger';
const as = (who: Who, name: string, options: OptionValues = {}, unchecked = false) =>
  stage[who].in(stage.general).command(`event ${name}`, options, { unchecked });

/** As a screen shows it: Intl puts narrow spaces into times. */
const plain = ({ words }: Exchange) => words.replace(/[\u202F\u00A0]/g, ' ');
const moment = (iso: string) => `<t:${Date.parse(iso) / 1000}:F>`;

const vigil = {
  name: 'Vigil',
  place: 'Plaza San Martín, Lima',
  start: '2023-07-19 18:00',
  end: '19/7/2023 20:30',
  timezone: 'America/Lima',
};

const kept = () =>
  stage.withDatabase((database) =>
    database
      .select()
      .from(events)
      .all()
      .filter(({ slug }) => slug === null),
  );
const deeds = () =>
  stage.withDatabase((database) =>
    database
      .select()
      .from(audit)
      .all()
      .map(({ deed }) => deed)
      .filter((deed) => deed.startsWith('event.')),
  );
/** Minga hears of it by the gateway, and answers nothing that could be waited for. */
const followed = (check: () => unknown) => expect.poll(check).toBeTruthy();
const calendar = () => stage.server.events.map(({ name }) => name);

const open = async () => {
  stage = await aStage();
};
/** What Discord refuses is expected by code only. */
async function close(expected: string[] = []) {
  const refused = stage.discord.refused.flatMap(
    ({ refusals, status }) => refusals[0]?.code ?? String(status),
  );
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused.filter((code) => !expected.includes(code)), unexpected]).toEqual([[], []]);
}

describe('making an event', () => {
  beforeEach(open);
  afterEach(() => close(['40060']));

  test('puts it into Discord’s calendar, in the languages of the server, and into Minga’s list', async () => {
    const made = await as('ana', 'create', { ...vigil, name_es: 'Vigilia', description: 'Trae una vela.' });
    const [event] = stage.server.events;
    expect([made.private, plain(made)]).toEqual([
      true,
      [
        '### Vigilia',
        'Plaza San Martín, Lima',
        `Empieza: 6:00 p.m. hora de Perú · ${moment('2023-07-19T23:00:00Z')}`,
        `Termina: 8:30 p.m. hora de Perú · ${moment('2023-07-20T01:30:00Z')}`,
        `✅ Está en los eventos de este servidor, donde la gente puede marcar que le interesa: https://discord.com/events/${stage.server.id}/${event?.id}`,
      ].join('\n'),
    ]);
    expect(event).toMatchObject({
      name: 'Vigil / Vigilia',
      entity_metadata: { location: 'Plaza San Martín, Lima' },
      description: 'Trae una vela.',
      scheduled_start_time: '2023-07-19T23:00:00.000Z',
      scheduled_end_time: '2023-07-20T01:30:00.000Z',
    });
    expect(deeds()).toEqual(['event.create', 'event.shown']);
    expect(plain(await as('stranger', 'list'))).toBe(
      [
        '## Events',
        '-# Bring U.S. troops home from Peru',
        '### July 19, 2023 · Wednesday',
        '- **Demonstration at the Peruvian Embassy** · Washington, D.C.',
        '- **Demonstration at the Peruvian Consulate General** · New York City',
        '- **Call to Lima** · Lima',
        '- **Vigil** · Plaza San Martín, Lima',
        `  6:00 PM Peru Time · ${moment('2023-07-19T23:00:00Z')} · [see it in Discord](https://discord.com/events/${stage.server.id}/${event?.id})`,
        '  -# Trae una vela.',
      ].join('\n'),
    );
  });

  test('handed over twice, it is one', async () => {
    const made = await as('ada', 'create', vigil);
    stage.discord.deliver(made.interaction);
    await as('ada', 'list');
    expect([calendar(), kept().length]).toEqual([['Vigil'], 1]);
    expect((await as('ana', 'create', { ...vigil, name: 'VIGIL' })).words).toBe(
      '**Vigil** ya está, en ese lugar y a esa hora. Lo ves con `/evento lista`.',
    );
  });
});

describe('what an event needs', () => {
  beforeAll(open);
  afterAll(() => close());

  test.each([
    [{ end: '2023-07-19 18:00' }, 'An event has to end after it begins. Check `start` and `end`.'],
    [
      { start: '2023-07-10 09:59' },
      `${moment('2023-07-10T14:59:00Z')} is past. Give a start that is still to come.`,
    ],
    [
      { timezone: 'America/New_York', start: '2024-03-10 02:30', end: '2024-03-10 05:00' },
      'On March 10, 2024 the clocks in America/New_York are set forward and never show 02:30. Choose another time.',
    ],
    [
      { start: 'tomorrow at six' },
      "**start**: “tomorrow at six” isn't a day and time Minga knows. Write it like 2026-07-19 17:30 or 19/7/2026 17:30.",
    ],
  ])('refuses %o', async (change, why) => {
    expect((await as('ada', 'create', { ...vigil, ...change })).words).toBe(why);
    expect([calendar(), kept()]).toEqual([[], []]);
  });

  test('is for organizers, and not for a draft', async () => {
    expect((await as('ben', 'create', vigil)).words).toBe('This is for organizers of the campaign.');
    stage.withDatabase(({ $client }) => $client.exec("update petitions set state = 'draft'"));
    expect((await as('ada', 'create', vigil)).words).toContain('is still a draft');
    stage.withDatabase(({ $client }) => $client.exec("update petitions set state = 'open'"));
    expect(kept()).toEqual([]);
  });

  test('goes by the petition’s clock where no zone is given', async () => {
    const { timezone: _zone, ...here } = vigil;
    await as('ada', 'create', here);
    expect(stage.server.events[0]?.scheduled_start_time).toBe('2023-07-19T22:00:00.000Z');
  });
});

describe('where Discord does not take it', () => {
  beforeEach(open);
  afterEach(() => close(['30038']));

  test('without the permission, it stays in Minga, and goes in once Minga has it', async () => {
    const { server, discord } = stage;
    const without = discord.addServer('Partner', { bot: botPermissions & ~PermissionFlagsBits.CreateEvents });
    const room = without.addChannel('general');
    const manager = without.addRole('Manager', { permissions: 1n << 5n });
    without.addMember(stage.ben, { roles: [manager] });
    stage.withDatabase((database) => {
      updateServer(database, without.id, { currentPetitionId: 1, language: 'en' });
      const row = { petitionId: 1, serverId: without.id, role: 'partner', joinedAt: 0 } as const;
      database.insert(petitionServers).values(row).run();
    });
    const made = await stage.ben.in(room).command('event create', vigil);
    expect(made.words).toContain("**not in this server's Discord events**: Minga may not make any here.");
    expect([without.events, server.events]).toEqual([[], []]);
    expect(kept()).toMatchObject([{ serverId: without.id, discordId: null }]);
    const again = await made.press("Put it into Discord's events");
    expect(again.words).toContain('Minga may not make any here.');
    expect((await made.press("Put it into Discord's events")).words).toContain('already done');
    if (without.botRole) without.setPermissions(without.botRole, botPermissions);
    expect((await again.press("Put it into Discord's events")).words).toContain('✅');
    expect(without.events.map(({ id }) => id)).toEqual([kept()[0]?.discordId]);
    expect(await stage.ada.in(stage.general).command('event list').then(plain)).toContain('**Vigil**');
  });

  test('the hundredth and first stays in Minga; the same command once more puts it in', async () => {
    for (let number = 0; number < 100; number++) {
      const hours = { start: '2023-08-01T10:00:00Z', end: '2023-08-01T11:00:00Z' };
      stage.server.addEvent(stage.ada, { name: `Shift ${number}`, place: 'Office', ...hours });
    }
    const full = await as('ana', 'create', vigil);
    expect(full.words).toContain('Discord acepta 100 como máximo y ya están.');
    stage.server.deleteEvent(stage.server.events[0]?.id ?? '');
    await as('ana', 'create', vigil);
    expect([calendar().at(-1), kept().length]).toEqual(['Vigil', 1]);
  });

  test.each(['5xx-before', '5xx-after', 'answer-lost-after-accept', 'reset-before'] as const)(
    'an answer that goes missing (%s) makes no second event',
    async (kind) => {
      stage.discord.trouble.next({ method: 'POST', path: /\/scheduled-events$/, kind });
      const made = await as('ada', 'create', vigil);
      const isThere = kind.endsWith('-before') === false;
      expect([calendar().length, made.words.includes('✅')]).toEqual(isThere ? [1, true] : [0, false]);
      if (isThere) return;
      expect(made.words).toContain("Discord didn't say whether it took it");
      const again = await made.press("Put it into Discord's events");
      expect([calendar(), again.words.includes('✅')]).toEqual([['Vigil'], true]);
    },
  );

  test('asked for once more while Discord takes its time, it is one', async () => {
    stage.discord.trouble.next({
      method: 'POST',
      path: /\/scheduled-events$/,
      kind: 'delay',
      milliseconds: 1000,
    });
    const both = await Promise.all([as('ada', 'create', vigil), as('ana', 'create', vigil)]);
    expect(both.map(({ words }) => words.includes('✅'))).toEqual([true, true]);
    expect([calendar(), kept().length]).toEqual([['Vigil'], 1]);
  });

  test('what went in before a crash is known again afterwards', async () => {
    await as('ada', 'create', vigil);
    stage.withDatabase(({ $client }) => $client.exec('update events set discord_id = null'));
    await stage.bot.kill();
    await stage.restart();
    await expect.poll(() => kept()[0]?.discordId).toBe(stage.server.events[0]?.id);
  });
});

describe('called off', () => {
  beforeEach(async () => {
    await open();
    await as('ada', 'create', vigil);
  });
  // What is under way, Discord lets nobody call off; and it is asked for what is gone.
  afterEach(() => close(['40060', '180000', '10070']));

  const cancelled = () => kept()[0]?.cancelledAt ?? false;
  const shown = async () => plain(await as('stranger', 'list'));

  test('in Minga, after a question, it is called off in Discord too, once', async () => {
    const asked = await as('ana', 'cancel', { event: 'vigil' });
    expect([asked.private, asked.words]).toEqual([true, expect.stringContaining('¿Cancelar este evento')]);
    expect(calendar()).toEqual(['Vigil']);
    const done = await asked.press('Cancelarlo');
    expect([done.words, calendar()]).toEqual(['**Vigil** quedó cancelado.', []]);
    expect((await asked.press('Cancelarlo')).words).toContain('ya');
    expect(deeds()).toEqual(['event.create', 'event.shown', 'event.cancel']);
    expect(await shown()).toContain('- ~~**Vigil** · Plaza San Martín, Lima~~ · called off');
    expect((await as('ana', 'cancel', { event: 'Vigil' })).words).toBe('**Vigil** se canceló.');
  });

  test('where Minga may not, it says that Discord still shows it', async () => {
    const role = stage.server.botRole;
    if (!role) throw new Error('no role');
    const asked = await as('ada', 'cancel', { event: 'Vigil' });
    stage.discord.trouble.next({ method: 'PATCH', path: /scheduled-events/, kind: '5xx-before', times: 9 });
    const done = await asked.press('Call it off');
    expect(done.words).toContain('Discord still shows it');
    stage.discord.trouble.clear();
    expect(await shown()).toContain('called off');
  });

  test('under way, it is taken out of Discord', async () => {
    await stage.moveTo('2023-07-19T23:30:00Z');
    const [event] = stage.server.events;
    if (event) Object.assign(event, { status: 2 });
    await (await as('ada', 'cancel', { event: 'Vigil' })).press('Call it off');
    expect(calendar()).toEqual([]);
  });

  test.each(['cancelEvent', 'deleteEvent'] as const)('in Discord (%s), Minga follows', async (how) => {
    stage.server[how](stage.server.events[0]?.id ?? '');
    await followed(cancelled);
    expect(await shown()).toContain('called off');
    expect(deeds().at(-1)).toBe('event.cancelledInDiscord');
  });

  test('in Discord while Minga was away, it is seen at the next start; what stands there is left alone', async () => {
    await as('ada', 'create', { ...vigil, name: 'March' });
    await stage.bot.kill();
    stage.server.cancelEvent(stage.server.events[0]?.id ?? '');
    await stage.restart();
    await followed(cancelled);
    expect(kept().map(({ cancelledAt }) => cancelledAt !== null)).toEqual([true, false]);
  });

  test('moved or renamed in Discord, Minga follows, each language where both are given', async () => {
    const id = stage.server.events[0]?.id ?? '';
    stage.server.changeEvent(id, {
      name: 'Vigil by candlelight / Vigilia con velas',
      place: 'Plaza Dos de Mayo',
      start: '2023-07-21T04:30:00Z',
      end: '2023-07-21T06:00:00Z',
    });
    await followed(() => kept()[0]?.place === 'Plaza Dos de Mayo');
    expect(kept()[0]).toMatchObject({
      name: { en: 'Vigil by candlelight', es: 'Vigilia con velas' },
      day: '2023-07-20',
      startsAt: Date.parse('2023-07-21T04:30:00Z'),
      endsAt: Date.parse('2023-07-21T06:00:00Z'),
    });
    stage.server.changeEvent(id, { place: 'Plaza San Martín' });
    await followed(() => kept()[0]?.place === 'Plaza San Martín');
    expect(kept()[0]?.name).toEqual({ en: 'Vigil by candlelight', es: 'Vigilia con velas' });
    // The same text once more, and somebody else's event, are nothing to write down.
    const before = deeds().length;
    stage.server.changeEvent(id, { place: 'Plaza San Martín' });
    const hours = { start: '2023-08-01T10:00:00Z', end: '2023-08-01T11:00:00Z' };
    stage.server.deleteEvent(
      stage.server.addEvent(stage.ada, { name: 'Picnic', place: 'Park', ...hours }).id,
    );
    stage.server.changeEvent(id, { name: 'Vigil' });
    await followed(() => kept()[0]?.name.en === 'Vigil');
    expect(deeds().length).toBe(before + 1);
  });

  test('a partner’s organizers call off what is theirs alone', async () => {
    const partner = stage.discord.addServer('Partner');
    const room = partner.addChannel('general');
    partner.addMember(stage.luz, { owner: true });
    stage.withDatabase((database) => {
      updateServer(database, partner.id, { currentPetitionId: 1 });
      const row = { petitionId: 1, serverId: partner.id, role: 'partner', joinedAt: 0 } as const;
      database.insert(petitionServers).values(row).run();
    });
    const there = (name: string, options: OptionValues) =>
      stage.luz.in(room).command(`event ${name}`, options);
    expect((await there('cancel', { event: 'Vigil' })).words).toMatch(
      /^Esto solo lo puede hacer el equipo organizador del servidor que impulsa/,
    );
    await there('create', { ...vigil, name: 'Olla común' });
    expect(partner.events.map(({ name }) => name)).toEqual(['Olla común']);
    await (await there('cancel', { event: 'Olla común' })).press('Cancelarlo');
    expect([partner.events, calendar()]).toEqual([[], ['Vigil']]);
  });
});

describe('how many came', () => {
  beforeEach(open);
  afterEach(() => close());

  test('is said of events that have begun, by members; the latest holds, and a day has its sum', async () => {
    const embassy = 'Demonstration at the Peruvian Embassy';
    const consulate = 'Demonstration at the Peruvian Consulate General';
    const turnout = (who: Who, event: string, low: number, high: number, method?: string) =>
      as(who, 'turnout', { event, low, high, ...(method === undefined ? {} : { method }) });
    expect((await turnout('ben', embassy, 1, 2)).words).toBe(
      `**${embassy}** hasn't begun yet. Come back once it has.`,
    );
    await stage.moveTo('2023-07-20T12:00:00Z');
    expect((await turnout('ben', embassy, 150, 120)).words).toBe(
      "150 at least and 120 at most can't both be. Put the lower number in `low`.",
    );
    expect((await turnout('stranger', embassy, 1, 2)).words).toContain('for members');
    await turnout('ben', embassy, 90, 100);
    const said = await turnout('luz', embassy, 120, 150, 'contadas a mano');
    expect([said.private, said.words]).toEqual([
      true,
      '✅ Anotado para **Demonstration at the Peruvian Embassy**: entre 120 y 150 personas. Si alguien cuenta mejor, vale el último número.'.replace(
        embassy,
        'Manifestación ante la Embajada del Perú',
      ),
    ]);
    await turnout('ben', consulate, 80, 80);
    const { words } = await as('stranger', 'list');
    expect(words.slice(words.indexOf('### Before'))).toBe(
      [
        '### Before',
        '**July 19, 2023**',
        `- ${consulate} · New York City: 80 people`,
        `- ${embassy} · Washington, D.C.: between 120 and 150 people (contadas a mano)`,
        '- **July 19, 2023, together: between 200 and 230 people**',
        '- Call to Lima · Lima · July 19, 2023',
        '-# Were you at one? Say how many came: `/event turnout`',
      ].join('\n'),
    );
    expect((await as('ben', 'turnout', { event: 'nothing', low: 1, high: 2 }, true)).words).toContain(
      'There is no event “nothing” here.',
    );
  });
});
