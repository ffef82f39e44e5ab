// The words, numbers and days of the charts: those of the language files, and days short enough for an axis.
import { type Language, type MessageKey, type Values, wordsOfPost } from '../../i18n/words.js';

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
  /** "Jul 19", «19 jul». */
  shortDay(day: string): string;
  /** "Jul 2026", «jul 2026». */
  month(day: string): string;
  longDay(day: string): string;
  list(items: readonly string[]): string;
}

function wordsIn(language: Language): ChartWords {
  const [words] = wordsOfPost(language);
  const days = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(words.locale, { ...options, timeZone: 'UTC' });
    return (day: string) => format.format(new Date(`${day}T00:00:00Z`));
  };
  return {
    say: (key, values) => words.say(`chart.${key}`, values),
    signatures: (count) => words.say('tally.total', { count }),
    ofGoal: words.ofGoal,
    more: (count) => words.say('nMore', { count }),
    number: words.number,
    shortDay: days({ day: 'numeric', month: 'short' }),
    month: days({ month: 'short', year: 'numeric' }),
    longDay: words.day,
    list: words.list,
  };
}

export const chartWords: Record<Language, ChartWords> = { en: wordsIn('en'), es: wordsIn('es') };
