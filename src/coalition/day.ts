// Days and time zones: a day is a date on the calendar, without a time; which one it is depends on the zone.

/** A day as 'YYYY-MM-DD'; days sort as text. */
export type Day = string;

/** What `period` options offer. */
export type Period = 'today' | 'week' | 'month' | 'all';

const DAY_MS = 86_400_000;
const calendars = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times what using it does. */
function calendar(timezone: string): Intl.DateTimeFormat {
  const known = calendars.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  calendars.set(timezone, made);
  return made;
}

/** The local day of a moment, given in milliseconds since 1970. @throws RangeError for an unknown zone. */
export function dayIn(timezone: string, epochMs: number): Day {
  const parts = new Map(
    calendar(timezone)
      .formatToParts(epochMs)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

const dayFirst = /^(?<day>\d{1,2})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<year>\d{4})$/;
const yearFirst = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/;

/** Reads YYYY-MM-DD or D/M/YYYY (also with - or .): a date that exists, of the years 1900 to 2200. */
export function parseDay(text: string): Day | undefined {
  const parts = (yearFirst.exec(text.trim()) ?? dayFirst.exec(text.trim()))?.groups;
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  if (year < 1900 || year > 2200) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  // Date.UTC takes 31 June for 1 July.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? isoDay(date.getTime()) : undefined;
}

/** The day `count` days after a day; before it when negative. */
export function addDays(day: Day, count: number): Day {
  return isoDay(Date.parse(day) + count * DAY_MS);
}

function isoDay(utcMs: number): Day {
  return new Date(utcMs).toISOString().slice(0, 10);
}

/**
 * The first moment of a day in a zone, in milliseconds since 1970.
 *
 * @remarks It is found by halving, not from an offset: where clocks go forward at midnight a day begins at
 * 1:00, and where a zone once changed sides of the date line the day has no moment of its own (the next one's
 * first is given). Where clocks go back past midnight, the first of the two beginnings counts.
 */
export function startOfDay(day: Day, timezone: string): number {
  // No zone has ever been as far as 16 hours from UTC.
  let before = Date.parse(day) - 16 * 3_600_000;
  let from = Date.parse(day) + 16 * 3_600_000;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayIn(timezone, middle) < day) before = middle;
    else from = middle;
  }
  return from;
}

/** Whether this is a time zone that `Intl.DateTimeFormat` takes, like America/Lima or UTC, in any case. */
export function isTimeZone(text: string): boolean {
  return canonicalTimeZone(text) !== undefined;
}

/** A zone's name in the spelling of this engine (Asia/Kolkata may come out as Asia/Calcutta). */
export function canonicalTimeZone(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Reads a time of day: HH:MM, H:MM, or the same with an h (20h30). */
export function parseTime(text: string): { hour: number; minute: number } | undefined {
  const [, hour, minute] = /^(\d{1,2})[:h](\d{2})$/i.exec(text.trim()) ?? [];
  const time = { hour: Number(hour), minute: Number(minute) };
  return time.hour < 24 && time.minute < 60 ? time : undefined;
}

/** A day and a time of day, 'HH:MM', by the clock of some place. */
export interface LocalTime {
  day: Day;
  time: string;
}

/** Reads a day and a time of day, each as above, with a space, a comma or a T between: '2026-07-19 17:30'. */
export function parseLocalTime(text: string): LocalTime | undefined {
  const [, date = '', clock = ''] = /^(\S+?)(?:,?\s+|,|T)(\S+)$/.exec(text.trim()) ?? [];
  const [day, time] = [parseDay(date), parseTime(clock)];
  if (day === undefined || time === undefined) return undefined;
  return { day, time: [time.hour, time.minute].map((part) => String(part).padStart(2, '0')).join(':') };
}

/** What the clocks of a zone show at a moment, given in milliseconds since 1970. */
export function localTimeIn(timezone: string, epochMs: number): LocalTime {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'short' }).format(epochMs);
  return { day: dayIn(timezone, epochMs), time };
}

/** The days of a period up to today: a week is since Monday, a month since its 1st, all has no beginning. */
export function periodDays(period: Period, today: Day): { from?: Day; to: Day } {
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: addDays(today, -((new Date(today).getUTCDay() + 6) % 7)), to: today };
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today };
    case 'all':
      return { to: today };
  }
}
