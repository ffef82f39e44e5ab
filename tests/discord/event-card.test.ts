// Events on cards: however many there are on one day, as many are shown as fit, and what is summed has all its parts.
import { expect, it } from 'vitest';
import { eventsOf, insertEvent } from '../../db/events.js';
import { characters } from '../../src/coalition/plain-text.js';
import { longestCard } from '../../src/discord/cards/card.js';
import { eventsCard, turnoutLines } from '../../src/discord/cards/event.js';
import { wordsFor } from '../../src/i18n/words.js';
import { aDatabase, aPetition, hostServer, storyBegins } from '../support/stories.js';

const words = wordsFor('en-US');

it('a day with an event in every city is listed as far as there is room', () => {
  const database = aDatabase();
  const petition = aPetition(database);
  const text = 'A vigil by candlelight, with songs, testimonies and food that everybody brings. '.repeat(2);
  for (let city = 1; city <= 20; city++) {
    const startsAt = storyBegins + 10 * 86_400_000;
    const description = { en: text };
    const what = {
      petitionId: petition.id,
      name: { en: `Vigil ${city}` },
      place: '*'.repeat(60),
      description,
    };
    insertEvent(database, {
      ...what,
      day: '2023-07-20',
      startsAt,
      endsAt: startsAt + 1,
      timezone: 'America/Lima',
    });
  }
  const events = eventsOf(database, petition.id);
  const shown = { petition, events, turnouts: [], serverId: hostServer, now: storyBegins };
  const said = [...JSON.stringify(eventsCard(shown, words)).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)]
    .map(([, content = '""']) => String(JSON.parse(content)))
    .join('');
  const listed = said.match(/Vigil \d+/g) ?? [];
  expect(listed.length).toBeGreaterThan(3);
  expect(said).toContain(`and ${20 - listed.length} more`);
  expect(characters(said)).toBeLessThanOrEqual(longestCard);
});

it('the sum of a day is that of all its events, and those without a line are in one together', () => {
  const came = (low: number) => ({
    name: { en: `March ${low}` },
    place: 'Lima',
    day: '2023-07-19',
    low,
    high: 2 * low,
    method: null,
  });
  const lines = turnoutLines([1, 10, 100, 1000, 10_000].map(came), words, 2);
  expect(lines.slice(2)).toEqual([
    '- 3 more: between 11,100 and 22,200 people',
    '- **July 19, 2023, together: between 11,111 and 22,222 people**',
  ]);
});
