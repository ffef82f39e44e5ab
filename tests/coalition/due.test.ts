import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayIn } from '../../src/coalition/day.js';
import { lastDue, nextDue } from '../../src/coalition/due.js';

const day = 86_400_000;
const shown = ({ dueAt, day }: { dueAt: number; day: string }) => [new Date(dueAt).toISOString(), day];

describe('where clocks change', () => {
  it.each([
    ['America/New_York', '02:30', '2026-03-08T07:00:00.000Z', '2026-03-08', 'gap: 3:00'],
    ['America/New_York', '01:30', '2026-11-01T05:30:00.000Z', '2026-11-01', 'overlap: the first'],
    ['America/Santiago', '00:00', '2026-09-06T04:00:00.000Z', '2026-09-06', 'gap at midnight: 1:00'],
    ['America/Santiago', '23:30', '2026-04-05T02:30:00.000Z', '2026-04-04', 'overlap before midnight'],
    ['America/Havana', '00:30', '2026-11-01T04:30:00.000Z', '2026-11-01', 'overlap after midnight'],
    ['America/Havana', '00:30', '2026-03-08T05:00:00.000Z', '2026-03-08', 'gap after midnight'],
    ['Europe/Madrid', '02:30', '2026-10-25T00:30:00.000Z', '2026-10-25', 'overlap'],
    ['Europe/Madrid', '20:00', '2026-10-25T19:00:00.000Z', '2026-10-25', 'after an overlap'],
    ['Asia/Kathmandu', '09:00', '2026-10-25T03:15:00.000Z', '2026-10-25', 'quarter hours'],
    ['Australia/Lord_Howe', '02:15', '2026-10-03T15:30:00.000Z', '2026-10-04', 'gap of half an hour'],
    ['Australia/Lord_Howe', '01:45', '2026-04-04T14:45:00.000Z', '2026-04-05', 'overlap of half an hour'],
    ['UTC', '00:00', '2026-10-04T00:00:00.000Z', '2026-10-04', 'none'],
    // Clocks go from 23:00 on Saturday to 0:00 on Sunday: the last minute of Saturday.
    ['America/Nuuk', '23:30', '2026-03-29T00:59:00.000Z', '2026-03-28', 'gap before midnight'],
    ['America/Nuuk', '00:00', '2026-03-29T01:00:00.000Z', '2026-03-29', 'gap before midnight, next day'],
  ])('%s %s', (timezone, time, dueAt, on) => {
    const daily = { time, timezone };
    const at = Date.parse(dueAt);
    const before = addDays(on, -1);
    expect(shown(lastDue(daily, at))).toEqual([dueAt, on]);
    expect(shown(lastDue(daily, at + 20 * 3_600_000))).toEqual([dueAt, on]);
    expect(lastDue(daily, at - 1).day).toBe(before);
    expect(shown(nextDue(daily, at - 1))).toEqual([dueAt, on]);
    expect(nextDue(daily, at).day).toBe(addDays(on, 1));
  });

  it('has none on the day that Samoa skipped', () => {
    const daily = { time: '09:00', timezone: 'Pacific/Apia' };
    const last = lastDue(daily, Date.parse('2011-12-30T12:00:00Z'));
    expect(last.day).toBe('2011-12-29');
    expect(nextDue(daily, last.dueAt).day).toBe('2011-12-31');
  });
});

it('takes times as `parseTime` does, and no others', () => {
  expect(shown(nextDue({ time: '9:00', timezone: 'UTC' }, 0))).toEqual([
    '1970-01-01T09:00:00.000Z',
    '1970-01-01',
  ]);
  expect(() => nextDue({ time: '25:00', timezone: 'UTC' }, 0)).toThrow(RangeError);
});

const daily = fc.record({
  timezone: fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC'),
  time: fc
    .tuple(fc.nat(23), fc.constantFrom(0, 15, 29, 30, 45, 59))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
});
const moment = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) });

it('is due once on every local day of any year, in any zone', () => {
  fc.assert(
    fc.property(daily, fc.integer({ min: 2013, max: 2034 }), (daily, year) => {
      const start = Date.UTC(year, 0, 1, 12);
      let due = lastDue(daily, start);
      for (let count = 0; count < 366; count++) {
        const next = nextDue(daily, due.dueAt);
        expect(next.day).toBe(addDays(due.day, 1));
        expect(dayIn(daily.timezone, next.dueAt)).toBe(next.day);
        due = next;
      }
    }),
    { numRuns: 25 },
  );
});

it('has no moment between the last due and the next', () => {
  fc.assert(
    fc.property(daily, moment, fc.integer({ min: 1, max: 2 * day }), (daily, at, step) => {
      const last = lastDue(daily, at);
      const next = nextDue(daily, at);
      expect(last.dueAt).toBeLessThanOrEqual(at);
      expect(next.dueAt).toBeGreaterThan(at);
      expect(next).toEqual(nextDue(daily, last.dueAt));
      expect(lastDue(daily, next.dueAt - 1)).toEqual(last);
      expect(lastDue(daily, at + step).dueAt).toBeGreaterThanOrEqual(last.dueAt);
    }),
    { numRuns: 150 },
  );
});

it('comes out at the wished time wherever clocks do not change', () => {
  fc.assert(
    fc.property(daily, moment, (daily, at) => {
      const { dueAt } = lastDue(daily, at);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: daily.timezone, timeStyle: 'short' });
      // A clock that reads two hours less two hours ago did not change in between.
      const hoursBefore = [0, 1, 2].map((hours) => clock.format(dueAt - hours * 3_600_000).slice(-2));
      const hour = Number(clock.format(dueAt).slice(0, 2));
      const earlier = Number(clock.format(dueAt - 2 * 3_600_000).slice(0, 2));
      fc.pre(new Set(hoursBefore).size === 1 && (hour - earlier + 24) % 24 === 2);
      expect(clock.format(dueAt)).toBe(daily.time);
    }),
    { numRuns: 150 },
  );
});
