// The ladder of milestones, against its description: 1, 2 or 5 with two or more noughts, and the goal.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latestMilestone, milestonesUpTo, nextMilestone } from '../../src/coalition/milestone.js';

/** Totals as campaigns have them, those around a milestone as often as all others. */
const total = fc.oneof(
  fc.nat(300),
  fc.nat(100_000),
  fc
    .constantFrom(100, 200, 500, 1000, 2000, 5000, 10_000, 50_000)
    .chain((step) => fc.constantFrom(step - 1, step, step + 1)),
);
const goal = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 1, max: 200_000 }),
  fc.constantFrom(100, 500, 2000, 10_000),
);

const isStep = (number: number, goal: number) => /^[125]00+$/.test(String(number)) || number === goal;

it('the milestones up to a total are all there are, each once, lowest first', () => {
  fc.assert(
    fc.property(fc.nat(6000), goal, (total, goal) => {
      const all = Array.from({ length: total }, (_, index) => index + 1);
      expect(milestonesUpTo(total, goal)).toEqual(all.filter((number) => isStep(number, goal)));
    }),
    { numRuns: 30 },
  );
});

it('the latest is a milestone that is reached, and none between it and the total is', () => {
  fc.assert(
    fc.property(total, goal, (total, goal) => {
      const latest = latestMilestone(total, goal);
      expect(latest).toBeLessThanOrEqual(total);
      expect(latest === 0 || isStep(latest, goal)).toBe(true);
      for (let number = latest + 1; number <= total; number += 1) {
        if (isStep(number, goal)) expect.fail(`${number} was reached after ${latest}`);
      }
    }),
  );
});

it('the next is the first milestone above the total', () => {
  fc.assert(
    fc.property(total, goal, (total, goal) => {
      let expected = total + 1;
      while (!isStep(expected, goal)) expected += 1;
      expect(nextMilestone(total, goal)).toBe(expected);
    }),
  );
});

it.each([
  [0, 2000, 0, 100],
  [99, 2000, 0, 100],
  [100, 2000, 100, 200],
  [1999, 2000, 1000, 2000],
  [2000, 2000, 2000, 5000],
  [3, 40, 0, 40],
  [1_234_567, 3_000_000, 1_000_000, 2_000_000],
  [10_000_000, 10_000_000, 10_000_000, 20_000_000],
])('%i of a goal of %i: %i is reached, %i is next', (total, goal, latest, next) => {
  expect([latestMilestone(total, goal), nextMilestone(total, goal)]).toEqual([latest, next]);
});
