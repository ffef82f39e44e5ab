// Milestones on the daily cards of a channel: each told once, whatever the total and the goal do in between.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { petitionById, updatePetition } from '../../db/petitions.js';
import { type TallyFacts, tallyFacts } from '../../src/coalition/daily.js';
import { aCount, hostServer } from '../support/stories.js';

/** A channel's cards, one after the other: what each says was reached, and whether that is the goal. */
function cards() {
  const { database, petition, count, pen } = aCount();
  const place = { serverId: hostServer, channelId: '1' };
  let baseline: TallyFacts | undefined;
  return (total: number, goal = 2000): number | 'goal' | undefined => {
    updatePetition(database, petition.id, { goal });
    count('Page', total);
    baseline = tallyFacts(
      database,
      petitionById(database, petition.id) ?? petition,
      pen().at,
      baseline,
      place,
    );
    return baseline.milestone === baseline.goal ? 'goal' : baseline.milestone;
  };
}

it('the first card tells none, and each step is told once, also when it is lost and regained', () => {
  const card = cards();
  expect([450, 499, 500, 480, 505, 999, 1000].map((total) => card(total))).toEqual([
    undefined,
    undefined,
    500,
    undefined,
    undefined,
    undefined,
    1000,
  ]);
});

it('of several at once the highest is told, and the goal before all others', () => {
  const card = cards();
  expect([card(90), card(1200), card(5100), card(10_400)]).toEqual([undefined, 1000, 'goal', 10_000]);
});

it('a goal that is raised is told when it is reached, the old one not again', () => {
  const card = cards();
  expect([card(1900), card(2010), card(2020, 2500), card(2400, 2500), card(2501, 2500)]).toEqual([
    undefined,
    'goal',
    undefined,
    undefined,
    'goal',
  ]);
  expect([card(4000, 4500), card(4800, 4500), card(5000, 6000), card(6000, 6000)]).toEqual([
    undefined,
    'goal',
    5000,
    'goal',
  ]);
});

it('no number is told twice, and none that the total is below', () => {
  const step = fc.record({
    total: fc.constantFrom(0, 99, 100, 150, 200, 480, 500, 1000, 1999, 2000, 2400, 5000, 5100, 12_000),
    goal: fc.constantFrom(150, 480, 2000, 2400, 5000),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 7 }), (steps) => {
      const card = cards();
      const told = steps.flatMap(({ total, goal }) => {
        const said = card(total, goal);
        const number = said === 'goal' ? goal : said;
        if (number !== undefined) expect(number).toBeLessThanOrEqual(total);
        return number === undefined ? [] : [number];
      });
      expect(new Set(told).size).toBe(told.length);
    }),
    { numRuns: 25 },
  );
});
