// The card of the day: a comment of many short lines leaves the rest less room, and nobody is named who withdrew.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { insertOrganization, updateOrganization } from '../../db/coalition.js';
import { tallyFacts, tellable } from '../../src/coalition/daily.js';
import { addDays } from '../../src/coalition/day.js';
import { characters } from '../../src/coalition/plain-text.js';
import { longestCard } from '../../src/discord/cards/card.js';
import { dailyCard } from '../../src/discord/cards/tally.js';
import { wordsOfPost } from '../../src/i18n/words.js';
import { aDatabase, aPetition, hostServer, storyBegins } from '../support/stories.js';

const place = { serverId: hostServer, channelId: '780000000000000001' };

it('fits, whatever the lines of a comment begin with', async () => {
  const database = aDatabase();
  const petition = aPetition(database);
  const came = { eventId: 1, name: { en: 'Vigil' }, place: 'Lima', low: 1, high: 2, method: null, at: 1 };
  const facts = {
    ...tallyFacts(database, petition, storyBegins, undefined, place),
    turnouts: Array.from({ length: 90 }, (_, n) => ({ ...came, day: addDays('2023-01-01', n) })),
  };
  const quote = { text: '#\n'.repeat(300), name: '*'.repeat(80) };
  const { components } = await dailyCard(petition, facts, wordsOfPost('both'), pino({ enabled: false }), {
    signing: false,
    quote,
  });
  const texts = [...JSON.stringify(components).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)];
  const said = texts.map(([, content = '""']) => String(JSON.parse(content))).join('');
  expect(said).toContain('En sus palabras');
  expect(characters(said)).toBeLessThanOrEqual(longestCard);
  expect(characters(said)).toBeGreaterThan(longestCard - 500);
});

it('an organization that withdraws after the card was put together is not on it', () => {
  const database = aDatabase();
  const petition = aPetition(database);
  const [stays, goes] = ['Centro', 'Semillas'].map((en) =>
    insertOrganization(database, {
      petitionId: petition.id,
      name: { en },
      state: 'approved',
      at: storyBegins + 1,
      publishedAt: storyBegins + 1,
    }),
  );
  const before = tallyFacts(database, petition, storyBegins, undefined, place);
  const facts = tallyFacts(database, petition, storyBegins + 2, before, place);
  expect(tellable(database, petition, facts)).toEqual(facts);
  updateOrganization(database, goes?.id ?? 0, { state: 'withdrawn', publishedAt: null });
  expect(tellable(database, petition, facts).newOrganizations).toEqual([stays?.name]);
});
