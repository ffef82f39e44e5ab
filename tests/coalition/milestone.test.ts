// The ladder of milestones, against its description: 1, 2 or 5 with two or more noughts, and the goal.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latestMilestone, milestoneBetween, milestonesUpTo } from '../../src/coalition/milestone.js';

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

it.each([
  [0, 100, 2000, 100],
  [1000, 2000, 1900, 1900],
  [1000, 2000, 2000, 2000],
  [2000, 5000, 1900, 5000],
])('from %i to %i with a goal of %i, %i is told', (before, reached, goal, told) => {
  expect(milestoneBetween(before, reached, goal)).toBe(told);
});

it.each([
  [0, 2000, 0],
  [99, 2000, 0],
  [100, 2000, 100],
  [1999, 2000, 1000],
  [2000, 2000, 2000],
  [3, 40, 0],
  [1_234_567, 3_000_000, 1_000_000],
  [10_000_000, 10_000_000, 10_000_000],
])('%i of a goal of %i: %i is reached', (total, goal, latest) => {
  expect(latestMilestone(total, goal)).toBe(latest);
});
