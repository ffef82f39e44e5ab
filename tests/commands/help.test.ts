// /help as people meet it: what they may use, in their language, complete.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../../commands/index.js';
import type { Person } from '../../rehearsal/stand-in/index.js';
import { atLeast, type Rank } from '../../src/discord/access.js';
import { isSingle } from '../../src/discord/payload.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});

afterAll(async () => {
  const { refused } = stage.discord;
  await stage.close();
  expect(refused).toEqual([]);
});

/** Every command by its English name, with who may use it. */
const known = commands.flatMap(({ name, does }) =>
  isSingle(does)
    ? [{ name: `/${name}`, rank: does.rank }]
    : Object.entries(does).map(([part, { rank }]) => ({ name: `/${name} ${part}`, rank })),
);

/** What was said, with every message that belongs to it. */
async function helped(person: Person, options: Record<string, string> = {}): Promise<string> {
  const exchange = await person.in(stage.general).command('help', options);
  expect(exchange.private).toBe(true);
  return (await exchange.until(({ words }) => words.includes('`/help`') || words.includes('###'))).words;
}

it.each([
  ['stranger', 'anyone'],
  ['luz', 'member'],
  ['ana', 'organizer'],
  ['ada', 'administrator'],
] as const)('tells %s of all that is for %s and of nothing else', async (who, rank: Rank) => {
  const exchange = await stage[who].in(stage.general).command('help');
  const { words } = await exchange.until((all) => all.words.includes('`/help`'));
  const told = known.filter(({ name }) => words.includes(`\`${name}\``)).map(({ name }) => name);
  expect(told).toEqual(known.filter((command) => atLeast(rank, command.rank)).map(({ name }) => name));
});

it('names commands as the reader knows them, too', async () => {
  const words = await helped(stage.luz);
  expect(words).toContain('`/declaración ver` (`/statement show`): Lee la declaración');
  expect(words).toContain('Registrar como acción');
  expect(await helped(stage.ben)).toContain('`/statement show`: Read the statement');
});

it.each(['petition', 'statement', 'action', 'signatures', 'tally', 'settings'])(
  'explains %s',
  async (topic) => {
    const exchange = await stage.luz.in(stage.general).command('help', { topic });
    const { words } = await exchange.until((all) => all.words.includes('Por ejemplo'));
    for (const { name } of known.filter(({ name }) => name.startsWith(`/${topic} `)))
      expect(words).toContain(name);
    expect(words).not.toMatch(/help\.|options\.|commands\.|choices\.|undefined/);
  },
);

it('explains options and their values', async () => {
  const words = await helped(stage.ben, { topic: 'statement' });
  expect(words).toContain('- `language` (needed): In which language (English, Spanish)');
  expect(words).toContain('- `file`: The whole text as a .md or .txt file');
  expect(words).toContain('-# For organizers');
});
