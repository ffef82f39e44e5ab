// The process itself: what stops its start, what it registers, how it ends, and what survives when it is killed.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Bot, startBot } from '../rehearsal/bot.js';
import { startStandIn } from '../rehearsal/stand-in/index.js';
import { aTallyStage, cards, latest, type TallyStage } from './jobs/support.js';

/** A bot by itself in a folder of its own, ended with the test. */
function aBot({
  token = 'the-token',
  apiUrl = 'http://127.0.0.1:9/api',
  env = {},
} = {}): Bot & { databasePath: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-'));
  const databasePath = path.join(folder, 'minga.sqlite');
  const bot = startBot({ discord: { apiUrl, token }, databasePath, folder, env });
  onTestFinished(async () => {
    await bot.kill();
    rmSync(folder, { recursive: true });
  });
  return Object.assign(bot, { databasePath });
}

describe('settings that cannot be worked with stop the start with code 78 and a line for each', () => {
  test('no token', async () => {
    const bot = aBot({ token: '' });
    expect(await bot.exited).toBe(78);
    expect(bot.errors).toBe('DISCORD_TOKEN is required: the token of your bot\n');
    expect([bot.logs, existsSync(bot.databasePath)]).toEqual([[], false]);
  });

  test('several at once', async () => {
    const env = {
      DISCORD_GUILD_ID: 'my server',
      DISCORD_API_URL: 'ftp://discord.example',
      LOG_LEVEL: 'loud',
      HEALTH_PORT: '70000',
    };
    const bot = aBot({ token: ' ', env });
    expect(await bot.exited).toBe(78);
    expect(bot.errors.trim().split('\n').sort()).toEqual([
      'DISCORD_API_URL must be a web address',
      'DISCORD_GUILD_ID must be a Discord id: 17 to 20 digits',
      'DISCORD_TOKEN is required: the token of your bot',
      'HEALTH_PORT must be a port: 1 to 65535',
      'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent',
    ]);
  });

  test('a place for the database where there can be none', async () => {
    const bot = aBot({ env: { DATABASE_PATH: '/dev/null/minga.sqlite' } });
    expect(await bot.exited).toBe(78);
    expect(bot.errors.trim().split('\n')).toEqual([expect.stringMatching(/^DATABASE_PATH /)]);
  });
});

describe('Discord cannot be reached', () => {
  const fatal = ({ logs }: Bot) => logs.filter(({ level = 0 }) => level >= 60).map(({ msg }) => msg);

  test('a wrong token', async () => {
    const discord = await startStandIn();
    onTestFinished(() => discord.stop());
    const bot = aBot({ token: 'wrong-token-secret', apiUrl: discord.apiUrl });
    expect(await bot.exited).toBe(1);
    expect(fatal(bot)).toEqual(['could not log in to Discord']);
    expect(JSON.stringify(bot.logs) + bot.errors).not.toContain('wrong-token-secret');
  });

  test('a gateway that closes for good before all is up', { timeout: 10_000 }, async () => {
    const discord = await startStandIn();
    onTestFinished(() => discord.stop());
    discord.trouble.next({ path: /\/commands$/, kind: 'delay', milliseconds: 1000 });
    const bot = aBot({ token: discord.token, apiUrl: discord.apiUrl });
    await discord.until('the question which commands there are', () =>
      discord.requests.some(({ path }) => path.endsWith('/commands')),
    );
    discord.disconnect(4014);
    expect(await bot.exited).toBe(1);
    expect(bot.logs.map(({ msg }) => msg)).toContain('gateway closed for good');
    expect(bot.errors).toBe('');
  });

  test('nobody is there', async () => {
    const bot = aBot();
    expect(await bot.exited).toBe(1);
    expect([fatal(bot), bot.errors]).toEqual([['could not log in to Discord'], '']);
  });
});

describe('a life', () => {
  let stage: TallyStage;
  beforeAll(async () => {
    stage = await aTallyStage();
  });
  afterAll(() => stage.close());

  const organizer = () => stage.ada.in(stage.general);
  const puts = () => stage.discord.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);

  test('its commands are registered at the start', () => {
    const { discord } = stage;
    expect(puts()).toEqual([`/applications/${discord.applicationId}/commands`]);
    expect(discord.commands.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['petition', 'signatures', 'tally']),
    );
  });

  test('asked to end, it finishes the command that is under way; started again, it registers nothing', async () => {
    const { discord } = stage;
    const isCallback = /^\/interactions\/.*\/callback$/;
    const before = discord.requests.length;
    // It thinks, and Discord is slow to say that it knows.
    discord.trouble.next({ path: isCallback, kind: 'delay', milliseconds: 1000 });
    const answer = organizer().command('tally now');
    await discord.until('the thinking state', () =>
      discord.requests.slice(before).some(({ path }) => isCallback.test(path)),
    );
    expect(await stage.bot.stop()).toBe(0);
    expect((await answer).words).toContain('## Bring U.S. troops home from Peru');
    expect(stage.bot.logs.map(({ msg }) => msg)).toContain('stopped');
    expect([discord.connections, stage.bot.errors]).toEqual([0, '']);
    await stage.restart();
    expect(puts()).toHaveLength(1);
  });

  // It has 10 seconds, as Docker gives; the rest is for what comes before.
  test('asked to end, it does not wait for ever', { timeout: 12_000 }, async () => {
    const { discord } = stage;
    const isWebhook = /^\/webhooks\//;
    const before = discord.requests.length;
    // Longer than discord.js waits, and as often as it tries again.
    discord.trouble.next({ path: isWebhook, kind: 'delay', milliseconds: 20_000, times: 3 });
    const answer = organizer().command('tally preview');
    answer.catch(() => {});
    await discord.until('the answer', () =>
      discord.requests.slice(before).some(({ path }) => isWebhook.test(path)),
    );
    expect(await stage.bot.stop()).toBe(0);
    expect(stage.bot.logs.map(({ msg }) => msg)).toContain('stopped');
  });

  test('killed, it keeps what it acknowledged, and what is sent once more changes nothing', async () => {
    await stage.restart();
    const { discord, general, server } = stage;
    const form = await organizer().command('petition edit', { goal: 3000, deadline: '2023-11-30' });
    const open = await organizer().command('petition edit', { goal: 4000 });
    const edited = await form.submit({ 'Title in English': 'Troops home by winter' });
    const counted = await stage.count(1984, { organizations: 16 });
    const batched = await stage.command('signatures batch', {
      source: 'Paper sheets',
      people: 40,
      note: 'Sunday',
    });
    const news = server.addChannel('news');
    const scheduled = await stage.schedule(news, '20:00', 'America/New_York');
    const shared = await organizer().command('petition share');
    expect(edited.words).toBe('**Troops home by winter** is up to date.');
    expect(counted.words).toContain('**2,000 signatures** (+2,000)');
    expect(batched.words).toContain('**2,040 signatures** (+40)');
    expect(scheduled.words).toContain(`in <#${news.id}> at 20:00`);
    await stage.bot.kill();
    await stage.restart();

    const tables = ['audit', 'observations', 'batches', 'schedules', 'shares', 'summaries', 'petitions'];
    const everything = () =>
      stage.withDatabase(({ $client }) =>
        tables.map((table) => $client.prepare(`select * from ${table}`).all()),
      );
    const [before, posts] = [everything(), general.messages.length];
    for (const { interaction } of [edited, counted, batched, scheduled, shared]) discord.deliver(interaction);
    const shown = await organizer().command('petition show');
    expect([everything(), general.messages.length]).toEqual([before, posts]);
    expect(shown.words).toContain('## Troops home by winter\n');
    expect(shown.words).toContain('**2,040 signatures** · 2,024 people and 16 organizations\n');
    expect(shown.words).toContain('68% of the goal of 3,000\nSign by November 30, 2023\n');

    await stage.moveTo('2023-07-11T00:00:00Z');
    expect(cards(news)).toHaveLength(1);
    expect(latest(news)).toContain('**2,040 signatures**');

    // A form that was open when it was killed can still be sent, and the buttons of earlier messages work.
    // What was not changed in it stays as others left it.
    expect((await open.submit({})).words).toBe('**Troops home by winter** is up to date.');
    expect((await shared.press('Español')).words).toContain('51% de la meta de 4,000');
  });

  test('a gateway that closes for good ends it, with a line that says so', async () => {
    stage.discord.disconnect(4004);
    expect(await stage.bot.exited).toBe(1);
    const said = stage.bot.logs.find(({ msg }) => msg === 'gateway closed for good');
    expect([said?.code, stage.bot.errors]).toEqual([4004, '']);
  });

  test('its commands can be for one server, and it says on this machine how it is', async () => {
    const { discord, server, ben, general } = stage;
    const port = await aFreePort();
    const env = { DISCORD_GUILD_ID: server.id, HEALTH_PORT: String(port), LOG_LEVEL: 'trace' };
    await stage.restart(env);
    const [, ...others] = puts();
    expect(others).toEqual([`/applications/${discord.applicationId}/guilds/${server.id}/commands`]);
    expect((await ben.in(general).command('petition show')).words).toContain('## Troops home by winter');

    const get = async (place: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${place}`);
      return [response.status, await response.text()];
    };
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect(await get('/metrics')).toEqual([200, expect.stringMatching(/^minga_gateway_ping_ms -?\d+$/m)]);
    expect(await get('/')).toEqual([404, '']);
    expect(await stage.bot.stop()).toBe(0);
    await expect(get('/healthz')).rejects.toThrow();

    await stage.restart(env);
    expect(puts()).toHaveLength(2);
  });

  test('its log is JSON lines, and holds no token', async () => {
    const { discord, ben, general, bot } = stage;
    discord.trouble.next({ path: /callback$/, kind: '5xx-before', times: 3 });
    const late = await ben.in(general).command('petition link');
    expect(await bot.stop()).toBe(0);
    for (const line of bot.logs)
      expect(line).toMatchObject({ level: expect.any(Number), time: expect.any(Number) });
    expect(bot.logs.some(({ level = 0 }) => level >= 40)).toBe(true);
    const log = JSON.stringify(bot.logs);
    expect(log).not.toContain(discord.token);
    // With this one, others could answer in Minga's name.
    expect(log).not.toContain(late.interaction.token);
  });
});

function aFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
