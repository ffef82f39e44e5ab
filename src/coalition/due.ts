// When something that happens once a day, at a local time, is due.
import { Cron } from 'croner';
import { addDays, type Day, dayIn, parseTime, startOfDay } from './day.js';

/** A local time, 'HH:MM', in a zone that `isTimeZone` accepts. */
export interface DailyTime {
  time: string;
  timezone: string;
}

/** A moment, in milliseconds since 1970, and the local day it belongs to. */
export interface Due {
  dueAt: number;
  day: Day;
}

/** The latest due moment that is not after `now`. */
export function lastDue(daily: DailyTime, now: number): Due {
  for (let day = dayIn(daily.timezone, now); ; day = addDays(day, -1)) {
    const due = dueOn(day, daily);
    if (due && due.dueAt <= now) return due;
  }
}

/** The first due moment after `after`. */
export function nextDue(daily: DailyTime, after: number): Due {
  for (let day = dayIn(daily.timezone, after); ; day = addDays(day, 1)) {
    const due = dueOn(day, daily);
    if (due && due.dueAt > after) return due;
  }
}

/**
 * The one due moment of a day; none where a zone skipped the whole day.
 *
 * @remarks Day by day rather than by croner's `previousRuns` or `nextRun` from now: where clocks go forward at
 * the end of a day (Nuuk, from 23:00 to 0:00), croner 11 has no run on that day at all for a time in the gap,
 * as its first valid time is on the next. We take the day's last minute then.
 */
function dueOn(day: Day, { time, timezone }: DailyTime): Due | undefined {
  const at = parseTime(time);
  if (!at) throw new RangeError(`Not a time of day: ${time}`);
  const start = startOfDay(day, timezone);
  if (dayIn(timezone, start) !== day) return undefined;
  const run = new Cron(`${at.minute} ${at.hour} * * *`, { timezone, paused: true }).nextRun(
    new Date(start - 1),
  );
  if (run && dayIn(timezone, run.getTime()) === day) return { dueAt: run.getTime(), day };
  return { dueAt: startOfDay(addDays(day, 1), timezone) - 60_000, day };
}
