// The words, numbers and days of the charts: those of the language files, and days short enough for an axis.
import { type Language, type MessageKey, type Values, wordsOfPost } from '../../i18n/words.js';
import type { Unit } from './periods.js';
import { plainText } from './text.js';

export type { Language };

/** The keys under `chart` in the language files. */
type ChartKey = MessageKey extends infer Key ? (Key extends `chart.${infer Rest}` ? Rest : never) : never;

/** The words of one language. Days are YYYY-MM-DD. */
export interface ChartWords {
  say(key: ChartKey, values?: Values): string;
  /** "1,234 signatures". */
  signatures(count: number): string;
  /** "62% of the goal of 2,000"; what is more than nothing is not shown as 0%. */
  ofGoal(total: number, goal: number): string;
  /** "3 more". */
  more(count: number): string;
  number(value: number): string;
  /** A gain or a loss with its sign. */
  change(value: number): string;
  /** The period that begins on a day, as short as an axis needs it: "Jul 19", «19 jul»; "Jul 2026". */
  period(unit: Unit, start: string): string;
  longDay(day: string): string;
  /** "Jul 8 – Aug 10, 2023", «8 de jul – 10 de ago de 2023». */
  days(first: string, last: string): string;
  list(items: readonly string[]): string;
}

const midnight = (day: string) => new Date(`${day}T00:00:00Z`);

function wordsIn(language: Language): ChartWords {
  const [words] = wordsOfPost(language);
  const days = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(words.locale, { ...options, timeZone: 'UTC' });
    return (day: string) => format.format(midnight(day));
  };
  const spans = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const shortDay = days({ day: 'numeric', month: 'short' });
  const month = days({ month: 'short', year: 'numeric' });
  const named = { day: shortDay, week: shortDay, month };
  return {
    say: (key, values) => words.say(`chart.${key}`, values),
    signatures: (count) => words.say('tally.total', { count }),
    ofGoal: words.ofGoal,
    more: (count) => words.say('nMore', { count }),
    number: words.number,
    change: words.change,
    period: (unit, start) => named[unit](start),
    longDay: words.day,
    days: (first, last) => plainText(spans.formatRange(midnight(first), midnight(last))),
    list: words.list,
  };
}

export const chartWords: Record<Language, ChartWords> = { en: wordsIn('en'), es: wordsIn('es') };
