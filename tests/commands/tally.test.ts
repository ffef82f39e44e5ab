// /tally as organizers meet it: the real bot on a local Discord. What goes out by itself is in tests/jobs.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit, schedules } from '../../db/schema.js';
import { setChannelLanguage } from '../../db/servers.js';
import { type Channel, type OptionValues, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
let general: Channel;

beforeAll(async () => {
  stage = await aStage();
  general = stage.general;
  await stage.ada
    .in(general)
    .command('signatures count', { source: 'Petition page', people: 1200, organizations: 30 });
});
afterAll(async () => {
  // A slow command that is delivered twice begins to think twice, which Discord lets it do once.
  const refused = stage.discord.refused.filter(({ refusals }) => refusals[0]?.code !== '40060');
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

type Who = 'ada' | 'ana' | 'ben' | 'luz' | 'stranger';
const as = (who: Who, name: string, options?: OptionValues, unchecked = false) =>
  stage[who].in(stage.organizers).command(`tally ${name}`, options, { unchecked });

const kept = () => stage.withDatabase((database) => database.select().from(schedules).all());
const deeds = () => stage.withDatabase((database) => database.select().from(audit).all());
const moment = (iso: string) => `<t:${Date.parse(iso) / 1000}:F>`;

const atEight = { time: '20:00', timezone: 'America/Lima' };

/** A channel with a daily tally of its own. */
async function aChannelWith(name: string, more: OptionValues = {}): Promise<Channel> {
  const channel = stage.server.addChannel(name);
  await as('ada', 'schedule', { channel, ...atEight, ...more });
  return channel;
}

describe('now and preview', () => {
  const card = [
    '## Bring U.S. troops home from Peru',
    '**1,230 signatures** · 1,200 people and 30 organizations',
    '▰▰▰▰▰▰▰▱▱▱▱▱ 61% of the goal of 2,000',
    '(picture: Bring U.S. troops home from Peru. 1,230 signatures, 61% of the goal of 2,000. Line chart of the signatures day by day: 1,230 signatures on July 10, 2023. Milestones reached: 100, 200, 500, and 1,000.)',
    '**Coming up**',
    '- July 19, 2023',
    '  - Demonstration at the Peruvian Embassy · Washington, D.C.',
    '  - Demonstration at the Peruvian Consulate General · New York City',
    '  - Call to Lima · Lima',
    '- Sign by December 31, 2023',
  ];
  const tarjeta = [
    '## Que las tropas de Estados Unidos salgan del Perú',
    '**1,230 firmas** · 1,200 personas y 30 organizaciones',
    '▰▰▰▰▰▰▰▱▱▱▱▱ 61% de la meta de 2,000',
    '(picture: Que las tropas de Estados Unidos salgan del Perú. 1,230 firmas, 61% de la meta de 2,000. Gráfico de líneas con las firmas día a día: 1,230 firmas el 10 de julio de 2023. Hitos alcanzados: 100, 200, 500 y 1,000.)',
    '**Lo que viene**',
    '- 19 de julio de 2023',
    '  - Manifestación ante la Embajada del Perú · Washington, D.C.',
    '  - Manifestación ante el Consulado General del Perú · New York City',
    '  - Llamada a Lima · Lima',
    '- Se puede firmar hasta el 31 de diciembre de 2023',
  ];
  const buttons =
    '[Sign · Firmar → https://example.org/peru] [Share · Compartir] [Log an action · Registrar acción]';

  test('show the card as it would go out, publicly or to the organizer alone', async () => {
    const now = await as('ana', 'now');
    const preview = await as('ana', 'preview');
    const words = [...card, '---', ...tarjeta, buttons].join('\n');
    expect([now.private, now.words]).toEqual([false, words]);
    expect([preview.private, preview.words]).toEqual([true, words]);
  });

  test('speak the language of the channel', async () => {
    const { server, organizers } = stage;
    const set = (language: 'es' | 'both') =>
      stage.withDatabase((database) =>
        setChannelLanguage(database, { channelId: organizers.id, serverId: server.id, language }),
      );
    set('es');
    const said = [...tarjeta, '[Firmar → https://example.org/peru] [Compartir] [Registrar acción]'].join(
      '\n',
    );
    expect((await as('ada', 'now')).words).toBe(said);
    expect((await as('ada', 'preview')).words).toBe(said);
    set('both');
  });

  test('post once, however often Discord delivers', async () => {
    const now = await as('ada', 'now');
    const before = stage.organizers.messages.map(wordsOf);
    stage.discord.deliver(now.interaction);
    await as('ada', 'preview');
    // The private one is not among them.
    expect(stage.organizers.messages.map(wordsOf)).toEqual(before);
  });

  test('post no card of a draft, which only organizers may see', async () => {
    const { ada } = stage;
    const form = await ada.in(general).command('petition create', { link: 'https://example.org/x', goal: 5 });
    await form.submit({ 'title.en': 'Hush', 'ask.en': 'a', 'title.es': 'Chis', 'ask.es': 'a' });
    await ada.in(general).command('petition use', { petition: 'Hush' });
    const said = await as('ana', 'now');
    await said.until(({ messages }) => messages.length > 0);
    expect([said.private, said.words]).toEqual([
      true,
      '**Chis** es todavía un borrador. Se podrá compartir cuando esté abierta: `/petición estado estado:abierta motivo:…`',
    ]);
    expect((await as('ana', 'preview')).words).toContain('## Hush');
    await ada.in(general).command('petition use', { petition: 'Bring U.S. troops home from Peru' });
  });
});

describe('schedule', () => {
  test('says where, when and the next time, in the language of the organizer', async () => {
    const channel = stage.server.addChannel('daily');
    const english = await as('ada', 'schedule', { channel, ...atEight });
    expect([english.private, english.words]).toEqual([
      true,
      [
        `The daily tally of **Bring U.S. troops home from Peru** goes out in <#${channel.id}> at 20:00 (America/Lima).`,
        'It goes out on days when something changed.',
        `Next one: ${moment('2023-07-11T01:00:00Z')}`,
      ].join('\n'),
    ]);
    const spanish = await as(
      'ana',
      'schedule',
      { channel, time: '9h05', timezone: 'utc', when: 'todos los días' },
      true,
    );
    expect(spanish.words).toContain('**cuándo**');
    const changed = await as('ana', 'schedule', { channel, time: '9h05', timezone: 'utc', when: 'always' });
    expect(changed.words).toBe(
      [
        `El recuento diario de **Que las tropas de Estados Unidos salgan del Perú** sale en <#${channel.id}> a las 09:05 (UTC).`,
        'Sale todos los días.',
        `El próximo: ${moment('2023-07-11T09:05:00Z')}`,
      ].join('\n'),
    );
    expect(kept().filter(({ channelId }) => channelId === channel.id)).toEqual([
      expect.objectContaining({
        time: '09:05',
        timezone: 'UTC',
        language: 'both',
        when: 'always',
        pausedAt: null,
      }),
    ]);
  });

  test('writes once, however often Discord delivers', async () => {
    const channel = await aChannelWith('once');
    const first = await as('ada', 'schedule', { channel, time: '10:00', timezone: 'UTC' });
    await as('ada', 'schedule', { channel, time: '11:00', timezone: 'UTC' });
    const before = [kept(), deeds()];
    stage.discord.deliver(first.interaction);
    await as('ada', 'preview');
    expect([kept(), deeds()]).toEqual(before);
  });

  test.each([
    ['ada', { time: '25:00' }, "**time**: “25\\:00” isn't a time. Write it like 20:00."],
    ['ana', { time: 'a las ocho' }, '**hora**: «a las ocho» no es una hora. Escríbela así: 20:00.'],
    [
      'ada',
      { timezone: 'Lima' },
      "**timezone**: “Lima” isn't a time zone. Write one like America/Lima or Europe/Madrid, or pick it from the list.",
    ],
    ['ana', { timezone: '\u200B' }, '**zona_horaria**: no hay nada que leer.'],
    ['ana', { language: 'quechua' }, '**idioma**: eso no sirve aquí.'],
  ] as const)('says to %s what is wrong with %o', async (who, wrong, said) => {
    const before = kept();
    const answer = await as(who, 'schedule', { channel: general, ...atEight, ...wrong }, true);
    expect([answer.private, answer.words]).toEqual([true, said]);
    expect(kept()).toEqual(before);
  });

  test('completes time zones, wherever the place stands in the name', async () => {
    const offered = async (typed: string) =>
      (await stage.ana.in(general).complete('tally schedule', { timezone: typed }, 'timezone')).map(
        ({ value }) => value,
      );
    expect(await offered('lima')).toEqual(['America/Lima']);
    expect(await offered('new york')).toEqual(['America/New_York']);
    expect(await offered('utc')).toContain('UTC');
    expect(await offered('')).toHaveLength(25);
    expect(await stage.ben.in(general).complete('tally schedule', { timezone: 'lima' }, 'timezone')).toEqual(
      [],
    );
  });

  test('refuses a channel in which Minga may not post, and says what it needs there', async () => {
    const { server } = stage;
    const deny = PermissionFlagsBits.SendMessages | PermissionFlagsBits.AttachFiles;
    const overwrites = server.botRole ? [{ of: server.botRole, deny }] : [];
    const shut = server.addChannel('shut', { overwrites });
    expect((await as('ada', 'schedule', { channel: shut, ...atEight })).words).toBe(
      `Minga can't post in <#${shut.id}> yet. Give it these permissions there and try again: Send Messages and Attach Files.`,
    );
    expect((await as('ana', 'schedule', { channel: shut, ...atEight })).words).toBe(
      `Minga todavía no puede publicar en <#${shut.id}>. Dale ahí estos permisos y vuelve a intentarlo: Enviar mensajes y Adjuntar archivos.`,
    );
  });
});

describe('pause, resume and remove', () => {
  test('say what holds now, in the language of the organizer', async () => {
    const channel = await aChannelWith('held');
    const here = `<#${channel.id}>`;
    const say = async (who: Who, name: string, options: OptionValues = {}) =>
      (await as(who, name, { channel, ...options })).words;
    expect(await say('ada', 'pause')).toBe(
      `The daily tally in ${here} is paused until you resume it: \`/tally resume\``,
    );
    expect(await say('ana', 'resume')).toBe(
      `El recuento diario de ${here} vuelve a salir.\nEl próximo: ${moment('2023-07-11T01:00:00Z')}`,
    );
    expect(await say('ada', 'resume')).toBe(`The daily tally in ${here} isn't paused.`);
    expect(await say('ana', 'pause', { until: '20/7/2023' })).toBe(
      `El recuento diario de ${here} queda en pausa hasta el 20 de julio de 2023.\nEl próximo: ${moment('2023-07-21T01:00:00Z')}`,
    );
    expect(await say('ana', 'pause')).toBe(
      `El recuento diario de ${here} queda en pausa hasta que lo reanudes: \`/recuento reanudar\``,
    );
    expect(await say('ada', 'pause', { until: '2023-07-20' })).toBe(
      `The daily tally in ${here} is paused until July 20, 2023.\nNext one: ${moment('2023-07-21T01:00:00Z')}`,
    );
    expect(await say('ada', 'pause', { until: '2023-07-09' })).toBe(
      'July 9, 2023 has begun already. Give a day that is still to come.',
    );
    expect(await say('ana', 'pause', { until: 'mañana' })).toBe(
      '**hasta**: «mañana» no es una fecha que Minga conozca. Escríbela así: 2026-07-19 o 19/7/2026.',
    );
    expect(await say('ana', 'remove')).toBe(`Ya no hay recuento diario en ${here}.`);
    expect(await say('ada', 'remove')).toBe(`There is no daily tally in ${here}.`);
    expect(await say('ana', 'pause')).toBe(`No hay recuento diario en ${here}.`);
  });

  test('write once, however often Discord delivers', async () => {
    const channel = await aChannelWith('again');
    const paused = await as('ada', 'pause', { channel });
    const resumed = await as('ada', 'resume', { channel });
    const removed = await as('ada', 'remove', { channel });
    await as('ada', 'schedule', { channel, ...atEight });
    const before = [kept(), deeds()];
    for (const { interaction } of [paused, resumed, removed]) stage.discord.deliver(interaction);
    await as('ada', 'preview');
    expect([kept(), deeds()]).toEqual(before);
  });

  test('take the only channel there is, and ask which where there are more', async () => {
    const { discord } = stage;
    const server = discord.addServer('Another coalition');
    const [eva, tom] = [discord.addPerson('Eva', { locale: 'es-419' }), discord.addPerson('Tom')];
    const manage = server.addRole('Managers', { permissions: PermissionFlagsBits.ManageGuild });
    server.addMember(eva, { owner: true });
    server.addMember(tom, { roles: [manage] });
    const [hall, yard] = [server.addChannel('hall'), server.addChannel('yard')];
    const say = async (who: typeof eva, name: string, options?: OptionValues) =>
      (await who.in(hall).command(`tally ${name}`, options)).words;
    expect(await say(tom, 'pause')).toBe(
      'No daily tally is planned here yet. Plan one with `/tally schedule`.',
    );
    expect(await say(eva, 'resume')).toBe(
      'Aquí todavía no hay ningún recuento diario programado. Programa uno con `/recuento programar`.',
    );
    expect(await say(eva, 'schedule', { channel: hall, ...atEight })).toBe(
      'Aquí todavía no hay ninguna petición. Empieza una con `/petición crear` o elige una con `/petición usar`.',
    );
    const form = await eva.in(hall).command('petition create', { link: 'https://example.org/x', goal: 5 });
    await form.submit({ 'title.en': 'Trees', 'ask.en': 'a', 'title.es': 'Árboles', 'ask.es': 'a' });
    await say(eva, 'schedule', { channel: hall, ...atEight });
    expect(await say(tom, 'pause')).toContain(`The daily tally in <#${hall.id}> is paused`);
    await say(eva, 'schedule', { channel: yard, ...atEight });
    expect(await say(tom, 'resume')).toBe(
      'More than one channel has a daily tally. Say which channel you mean.',
    );
    expect(await say(eva, 'pause')).toBe('Hay recuento diario en más de un canal. Di en cuál.');
  });
});

test.each([
  ['stranger', 'now', 'This is for organizers of the campaign.'],
  ['ben', 'preview', 'This is for organizers of the campaign.'],
  ['luz', 'now', 'Esto es para el equipo organizador de la campaña.'],
  ['luz', 'pause', 'Esto es para el equipo organizador de la campaña.'],
  ['ben', 'resume', 'This is for organizers of the campaign.'],
] as const)('%s may not: %s', async (who, name, said) => {
  const posts = stage.organizers.messages.length;
  const answer = await as(who, name);
  expect([answer.private, answer.words]).toEqual([true, said]);
  expect(stage.organizers.messages).toHaveLength(posts);
});
