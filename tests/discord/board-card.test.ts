// The board's card fits into a message, however long the names on it are and whatever stands under it.
import { expect, it } from 'vitest';
import type { Board } from '../../src/coalition/board.js';
import type { Credits } from '../../src/coalition/credit.js';
import { characters } from '../../src/coalition/plain-text.js';
import { boardCard, mostLines } from '../../src/discord/cards/board.js';
import { longestCard } from '../../src/discord/cards/card.js';
import { mostCredits } from '../../src/discord/cards/credit.js';
import { wordsOfPost } from '../../src/i18n/words.js';
import { aDatabase, aPetition } from '../support/stories.js';

/** All the text of a card. */
function textOf(components: unknown): string {
  return JSON.stringify(components, (key, value: unknown) => (key === 'custom_id' ? undefined : value))
    .match(/(?<="content":)"(?:[^"\\]|\\.)*"/g)
    ?.map((quoted) => String(JSON.parse(quoted)))
    .join('') as string;
}

it.each(['member', 'organization', 'server'] as const)('by %s, at its longest', (by) => {
  const name = '*'.repeat(100);
  const title = { en: '*'.repeat(90), es: '*'.repeat(90) };
  const petition = { ...aPetition(aDatabase()), title };
  const lines = (most: number) => [
    ...Array.from({ length: most }, (_, n) => ({ key: `${n}`, name, entries: 9, count: 10_000_000 })),
    { key: '', entries: 9, count: 10_000_000 },
  ];
  const rest = { groups: 10_000, entries: 9, count: 10_000_000 };
  const board: Board = {
    by,
    ...{ entries: 9, count: 10_000_000, lines: lines(mostLines), rest },
    shared: { entries: 9, count: 10_000_000, lines: 100_000_000 },
  };
  const credits: Credits = { by, count: 10_000_000, lines: lines(mostCredits), rest };
  const { components } = boardCard(petition, board, credits, 'week', wordsOfPost('both'));
  const text = textOf(components);
  expect(text).toContain('10,000,000');
  expect(characters(text)).toBeLessThanOrEqual(longestCard);
});
