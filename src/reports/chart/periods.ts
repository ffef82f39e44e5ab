// Which columns a course of days makes: by day, and where those are too many by week, then by month.
import { dayNumber, dayOf } from './scale.js';

const most = 45;

/** Each period's number in a row without gaps, and the day that the period of a number begins on. */
const calendar = {
  day: { number: dayNumber, start: dayOf },
  week: {
    // Day 0, the 1st of January 1970, was a Thursday; weeks begin on Monday.
    number: (day: string) => Math.floor((dayNumber(day) + 3) / 7),
    start: (number: number) => dayOf(number * 7 - 3),
  },
  month: {
    number: (day: string) => (Number(day.slice(0, 4)) - 1970) * 12 + Number(day.slice(5, 7)) - 1,
    start: (number: number) => new Date(Date.UTC(1970, number)).toISOString().slice(0, 10),
  },
};

export type Unit = keyof typeof calendar;

/** What a day (YYYY-MM-DD; empty where it is not stated) added to the total, or took from it. */
export interface DayChange {
  day: string;
  count: number;
}

/** A day, week or month: the day it begins on, and the sum of its days. */
export interface Column {
  start: string;
  count: number;
}

/** The changes as columns without gaps, and those that have no place in one. */
export interface Periods {
  unit: Unit;
  /** In order, 45 at most. */
  columns: Column[];
  /** The first and the last day drawn; nothing where nothing has a day. */
  days?: [first: string, last: string];
  /** The sum of what has no day. */
  undated: number;
  /** The sum of what is more than 45 months older than the last day, as a mistyped year is. */
  earlier: number;
}

/** Puts changes, in any order, into as many columns as a phone can show, of the shortest period that allows it. */
export function periodsOf(changes: DayChange[]): Periods {
  const dated = changes
    .filter(({ day, count }) => day !== '' && count !== 0)
    .sort((one, other) => one.day.localeCompare(other.day));
  const undated = sum(changes.filter(({ day }) => day === ''));
  const last = dated.at(-1)?.day ?? '';
  const back = (unit: Unit, day: string) => calendar[unit].number(last) - calendar[unit].number(day);
  const recent = dated.filter(({ day }) => back('month', day) < most);
  const first = recent[0]?.day;
  if (first === undefined) return { unit: 'day', columns: [], undated, earlier: 0 };
  const unit = (['day', 'week'] as const).find((unit) => back(unit, first) < most) ?? 'month';
  const { number, start } = calendar[unit];
  const columns = Array.from({ length: back(unit, first) + 1 }, (_, index) => ({
    start: start(number(first) + index),
    count: 0,
  }));
  for (const { day, count } of recent) {
    const column = columns[number(day) - number(first)];
    if (column) column.count += count;
  }
  return { unit, columns, days: [first, last], undated, earlier: sum(dated) - sum(recent) };
}

/** What changes, or columns, add up to. */
export const sum = (counted: { count: number }[]) => counted.reduce((total, { count }) => total + count, 0);
