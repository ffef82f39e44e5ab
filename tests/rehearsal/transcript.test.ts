// The transcript shows what Discord shows: to whoever reads it, at the hour of the stage.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startStandIn } from '../../rehearsal/stand-in/index.js';
import { aTranscript } from '../../rehearsal/transcript.js';

const now = Date.parse('2023-07-10T15:00:00Z');
const [minute, hour, day] = [60, 3600, 86_400];

test.each([
  [3 * day, 'in 3 days', 'dentro de 3 días'],
  [-2 * hour - 5 * minute, '2 hours ago', 'hace 2 horas'],
  [-minute, '1 minute ago', 'hace 1 minuto'],
  [61 * day, 'in 2 months', 'dentro de 2 meses'],
  [-30, '30 seconds ago', 'hace 30 segundos'],
])('a moment %i seconds from now is %j, %j', async (seconds, english, spanish) => {
  const discord = await startStandIn();
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-transcript-'));
  onTestFinished(async () => {
    await discord.stop();
    rmSync(folder, { recursive: true });
  });
  discord.clock.set(now);
  const server = discord.addServer('Semillas');
  const rosa = discord.addPerson('Rosa');
  server.addMember(rosa);
  const message = rosa.in(server.addChannel('general')).say(`since <t:${now / 1000 + seconds}:R>`);
  const transcript = aTranscript(discord, folder, new Map());
  transcript.answer(message, 'one');
  transcript.answer(message, 'another', 'es-419');
  const lines = readFileSync(transcript.save(), 'utf8').split('\n');
  expect(lines.filter((line) => line.includes('since'))).toEqual([
    `   │ since ${english}`,
    `   │ since ${spanish}`,
  ]);
});
