// The real bot as a process: up, moved in time, ended gently or not, and told when its settings are bad.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Bot, moveClock, startBot } from '../../rehearsal/bot.js';
import { type StandIn, startStandIn } from '../../rehearsal/stand-in/index.js';

async function aBot(env: Record<string, string> = {}): Promise<{ discord: StandIn; bot: Bot }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-bot-'));
  const discord = await startStandIn();
  discord.addServer('World BEYOND War');
  const bot = startBot({ discord, databasePath: path.join(folder, 'minga.sqlite'), folder, env });
  onTestFinished(async () => {
    await bot.kill();
    await discord.stop();
    rmSync(folder, { recursive: true });
  });
  return { discord, bot };
}

test('it is up with its commands registered, follows the clock, and ends when asked', async () => {
  const { discord, bot } = await aBot();
  await bot.ready;
  expect(discord.connections).toBe(1);
  expect(discord.commands.map(({ name }) => name)).toContain('petition');
  const tomorrow = Date.now() + 24 * 3600_000;
  await moveClock(discord, bot, tomorrow);
  expect(discord.clock.now()).toBeGreaterThanOrEqual(tomorrow);
  expect(await bot.stop()).toBe(0);
  expect([bot.errors, discord.refused]).toEqual(['', []]);
});

test('a kill ends it without a code, and a clock that nobody follows is an error', async () => {
  const { discord, bot } = await aBot();
  await bot.ready;
  await bot.kill();
  expect(await bot.exited).toBeNull();
  await discord.until('the connection to end', () => discord.connections === 0);
  await expect(bot.setClock(0)).rejects.toThrow('The bot exited with null');
});

test('a bot that cannot start says why', async () => {
  const { bot } = await aBot({ LOG_LEVEL: 'loudly' });
  await expect(bot.ready).rejects.toThrow(/exited with 78.*LOG_LEVEL/s);
});
