// /signatures connect as people meet it. The bot's parts run in this process, so that its platform is the test's own server.
import path from 'node:path';
import { Events } from 'discord.js';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.js';
import { closeDatabase, type Database, openDatabase } from '../../db/connect.js';
import { type OptionValues, wordsOf } from '../../rehearsal/stand-in/index.js';
import { type SettableClock, systemClock } from '../../src/clock.js';
import { attachmentsFrom } from '../../src/connectors/attachments.js';
import { importsInto } from '../../src/connectors/imports.js';
import { platformsFrom } from '../../src/connectors/platforms.js';
import { discordClient } from '../../src/discord/client.js';
import { dispatch } from '../../src/discord/dispatch.js';
import { type Jobs, startJobs } from '../../src/jobs/index.js';
import { fittingSeal, secretKeyIn } from '../../src/secret-key.js';
import { type Answering, aPlatform, json, publicAddress, text } from '../connectors/platforms/support.js';
import { aStage, type Stage } from '../support/campaign.js';
import { everyRow } from '../support/stories.js';

const key = 'an-action-network-key';
const page = 'https://petition.parliament.uk/petitions/700143';
const count = 'https://count.example.org/count.json#/signatures';

let stage: Stage;
let database: Database;
let clock: SettableClock;
let jobs: Jobs;
let leave: () => Promise<void>;
const logged: string[] = [];
const platform = await aPlatform();

beforeAll(async () => {
  stage = await aStage();
  // It has made the key and registered the commands; from here on this process is the bot.
  await stage.bot.stop();
  const keyFile = path.join(path.dirname(stage.databasePath), 'secret.key');
  database = openDatabase(stage.databasePath);
  clock = systemClock();
  clock.set(stage.discord.clock.now());
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  const context = {
    database,
    clock,
    log,
    seal: fittingSeal(keyFile, undefined),
    files: { database: stage.databasePath, key: keyFile },
    attachments: attachmentsFrom(stage.discord.apiUrl),
    imports: importsInto(stage.databasePath, secretKeyIn(keyFile)),
    platforms: platformsFrom({ actionNetworkKey: key }, platform.https),
    holder: 'this process',
  };
  const client = discordClient(stage.discord.apiUrl, log);
  client.on(Events.InteractionCreate, (interaction) => dispatch(context, commands, interaction));
  await client.login(stage.discord.token);
  if (!client.isReady()) await new Promise((ready) => client.once(Events.ClientReady, ready));
  if (!client.isReady()) throw new Error('not ready');
  jobs = startJobs(context, client);
  leave = async () => {
    await jobs.stop();
    await client.destroy();
  };
});
afterAll(async () => {
  await leave();
  closeDatabase(database);
  platform.close();
  await stage.close();
  // A slow command that is delivered twice begins to think twice, which Discord lets it do once.
  const refused = stage.discord.refused.filter(({ refusals }) => refusals[0]?.code !== '40060');
  expect(refused).toEqual([]);
  expect(logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  // Whatever was tried: the key is nowhere, nor is what platforms said besides a number.
  const kept = JSON.stringify([logged, stage.discord.requests.map(({ body }) => body)]);
  expect(kept).not.toMatch(new RegExp(`${key}|Jo Bloggs|secret-of-the-platform`));
});
beforeEach(() => {
  platform.asked = [];
  platform.addresses = [[publicAddress]];
});

type Who = 'ada' | 'ana' | 'ben' | 'luz';
const command = (who: Who, name: string, options: OptionValues = {}) =>
  stage[who].in(stage.general).command(name, options);
const connect = (who: Who, source: string, url: string, answering?: Answering) => {
  if (answering) platform.answering = answering;
  return command(who, 'signatures connect', { source, url });
};
const rows = (table: string) => database.$client.prepare(`select * from ${table}`).all();

/** A petition of its own for a test, open and current. */
async function aPetition(title: string): Promise<void> {
  const form = await command('ada', 'petition create', {
    link: 'https://example.org/x',
    goal: 1000,
    timezone: 'America/Lima',
  });
  await form.submit({ 'title.en': title, 'ask.en': 'a', 'title.es': title, 'ask.es': 'a' });
  await command('ada', 'petition status', { state: 'open', reason: 'x', petition: title });
  await command('ada', 'petition use', { petition: title });
}

const parliament = (signatures: unknown) =>
  json({ data: { attributes: { state: 'open', creator_name: 'Jo Bloggs', signature_count: signatures } } });

describe('connecting', () => {
  it('says what the platform shows, right away, and where it stands from then on', async () => {
    await aPetition('Connecting');
    const first = await connect('ada', 'Westminster', page, parliament(2354));
    expect([first.private, first.words]).toEqual([
      true,
      '**Westminster** is connected. It shows 2,354 today.\nFrom now on Minga reads it by itself, a few minutes before each daily tally, or in the evening where none is planned.\n**2,354 signatures** (+2,354) · 2,354 people and 0 organizations',
    ]);
    const again = await connect(
      'ana',
      'WESTMINSTER',
      count,
      json({ signatures: '2360', by: 'secret-of-the-platform' }),
    );
    expect(again.words).toBe(
      '**Westminster** está conectada. Hoy muestra 2,360.\nDesde ahora Minga la lee sola, unos minutos antes de cada recuento diario, o por la noche si no hay ninguno programado.\n**2,360 firmas** (+6) · 2,360 personas y 0 organizaciones',
    );
    const sources = await command('ana', 'signatures sources');
    expect(sources.words).toContain(
      '- **Westminster**: 2,360 · 2,360 personas · página de firmas · al 10 de julio de 2023',
    );
    expect(rows('connections')).toMatchObject([{ connector: 'json', stopped_at: null }]);
    expect(rows('audit').filter((row) => JSON.stringify(row).includes('signatures.connect'))).toHaveLength(2);
  });

  it('counts once where Discord hands it over twice', async () => {
    const once = await connect('ada', 'Westminster', count, json({ signatures: 2361 }));
    const before = [rows('observations'), rows('polls')];
    stage.discord.deliver(once.interaction);
    await connect('ada', 'Westminster', 'nonsense');
    await expect.poll(() => platform.asked.length).toBe(2);
    await command('ada', 'signatures sources');
    expect([rows('observations'), rows('polls')]).toEqual(before);
  });

  it('is for organizers of the host', async () => {
    for (const who of ['ben', 'luz'] as const) {
      expect((await connect(who, 'Other', page, parliament(1))).words).toMatch(/organiz/);
    }
    expect(platform.asked).toEqual([]);
  });
});

describe('where there is no figure, nothing is connected', () => {
  beforeAll(() => aPetition('Nothing'));

  it.each([
    'https://actionnetwork.org/petitions/stop-it',
    'https://example.org/petition',
    'http://count.example.org/count.json#/signatures',
    'https://127.0.0.1/count.json#/signatures',
    'https://ana:pw@count.example.org/count.json#/signatures',
    'change.org/p/x',
    '**@everyone**',
  ])('%s: which addresses are taken', async (url) => {
    const before = everyRow(database, 'job_runs', 'last_servers');
    const inEnglish = await connect('ada', 'Page', url, json({ signatures: 1 }));
    expect(inEnglish.words).toMatch(
      /^Minga can't read a figure from that address, so nothing was connected\. It takes:\n- a UK/,
    );
    expect((await connect('ana', 'Page', url)).words).toMatch(
      /^Minga no puede leer una cifra de esa dirección/,
    );
    expect([inEnglish.private, platform.asked]).toEqual([true, []]);
    expect(everyRow(database, 'job_runs', 'last_servers')).toEqual(before);
  });

  it.each<[string, string, Answering]>([
    [
      'the platform knows no petition at that address',
      'la plataforma no conoce ninguna petición en esa dirección',
      json({ error: 'secret-of-the-platform' }, 404),
    ],
    [
      'the petition was withdrawn or taken down there',
      'allí retiraron o dieron de baja la petición',
      text('gone', 410),
    ],
    [
      "the answer isn't JSON; it may be a page for people to read",
      'la respuesta no es JSON; quizás sea una página para leer',
      text('<p>secret-of-the-platform</p>', 200, { 'content-type': 'text/html' }),
    ],
    [
      'the address leads on to another one; give that one instead',
      'la dirección lleva a otra; usa esa otra',
      text('', 302, { location: 'http://127.0.0.1/' }),
    ],
    [
      "what stands there isn't a whole number of people",
      'lo que hay ahí no es un número entero de personas',
      parliament('1,234'),
    ],
  ])('%s', async (english, spanish, answering) => {
    const before = everyRow(database, 'job_runs', 'last_servers');
    expect((await connect('ada', 'Page', page, answering)).words).toBe(
      `Minga asked, but got no figure, so nothing was connected: ${english}.`,
    );
    expect((await connect('ana', 'Page', page)).words).toBe(
      `Minga preguntó, pero no obtuvo ninguna cifra, así que no se conectó nada: ${spanish}.`,
    );
    expect(everyRow(database, 'job_runs', 'last_servers')).toEqual(before);
  });

  it('a name that leads into one’s own network', async () => {
    platform.addresses = [['10.0.0.7']];
    expect((await connect('ada', 'Page', count, json({ signatures: 1 }))).words).toBe(
      "Minga asked, but got no figure, so nothing was connected: the address doesn't lead to a public place on the internet.",
    );
    expect(platform.asked).toEqual([]);
  });

  it('a key that is refused, which the platform echoes', async () => {
    const echo = json({ error: `API Key invalid or not present ${key}` }, 403);
    expect((await connect('ada', 'Page', '1efc3644-af25-4253-90b8-a0baf12dbd1e', echo)).words).toBe(
      "Minga asked, but got no figure, so nothing was connected: Action Network doesn't take the key that Minga has; whoever runs Minga can set another as `ACTION_NETWORK_KEY`.",
    );
    expect(platform.asked[0]?.headers['osdi-api-token']).toBe(key);
  });

  it('a source of another kind, or a page that another source counts: the platform is not even asked', async () => {
    await command('ada', 'signatures batch', { source: 'Sheets', people: 3 });
    expect((await connect('ada', 'Sheets', page, parliament(5))).words).toContain('holds paper signatures');
    expect(platform.asked).toEqual([]);
    await connect('ada', 'Page', page);
    platform.asked = [];
    expect((await connect('ana', 'Otra', `${page}.json`)).words).toMatch(
      /^\*\*Page\*\* ya tiene la dirección .*Dos fuentes/,
    );
    expect(platform.asked).toEqual([]);
  });

  it('a petition that is closed', async () => {
    await command('ada', 'petition status', { state: 'closed', reason: 'x' });
    expect((await connect('ada', 'Page', page, parliament(5))).words).toContain('is closed');
    expect(platform.asked).toEqual([]);
  });
});

describe('from then on', () => {
  beforeAll(() => aPetition('From then on'));

  it('organizers are told of a fall; the tally goes out without waiting for a platform that hangs', async () => {
    await connect('ada', 'Westminster', page, parliament(1000));
    await command('ada', 'tally schedule', {
      channel: stage.general,
      time: '18:00',
      timezone: 'America/Lima',
      language: 'en',
      when: 'always',
    });
    const moveTo = async (moment: string) => {
      stage.discord.clock.set(Date.parse(moment));
      clock.set(Date.parse(moment));
      await jobs.tick();
    };
    platform.asked = [];
    platform.answering = parliament(800);
    await moveTo('2023-07-10T22:58:00Z');
    await expect.poll(() => rows('observations').at(-1)).toMatchObject({ people: 800 });
    await moveTo('2023-07-10T23:00:10Z');
    expect(wordsOf(stage.general.messages.at(-1) ?? expect.fail())).toContain('**800');
    const next = await command('ada', 'signatures sources');
    await stage.discord.until('the notice', () =>
      next.words.includes('**Westminster** fell from 1,000 to 800.'),
    );

    platform.answering = () => {};
    const posted = stage.general.messages.length;
    await moveTo('2023-07-11T22:58:00Z');
    await moveTo('2023-07-11T23:00:10Z');
    expect(stage.general.messages.length).toBe(posted + 1);
    await expect.poll(() => platform.asked.length).toBe(2);
    await jobs.stop();
    expect(rows('polls').at(-1)).toMatchObject({ people: 800 });
  });
});
