// Minga's voice: a key of the language files becomes a sentence, with numbers and dates as its reader writes them.
import i18next from 'i18next';
import type { Localized } from '../../db/schema.js';
import { withOwnNames } from './command-names.js';
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };

export type Language = 'en' | 'es';

/** The forms of speech Minga has: a language, and how numbers and dates are written in it. */
export type Locale = 'en-US' | 'en-GB' | 'es-419' | 'es-ES';

type WithoutPlural<Key extends string> = Key extends `${infer Base}_${'one' | 'many' | 'other'}` ? Base : Key;
type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? WithoutPlural<Key> : `${Key}.${Paths<Tree[Key]>}`;
}[keyof Tree & string];

/** A key of the language files: 'petition.none'. Plural forms share one. */
export type MessageKey = Paths<typeof en>;

/** What fills a gap in a sentence: numbers, days, moments and countries are put into the reader's words. */
export type Value =
  | string
  | number
  | { day: string }
  /** Epoch milliseconds, shown as Discord's own timestamp in each reader's zone. */
  | { moment: number }
  | { country: string }
  | { localized: Localized }
  | { list: readonly Value[] }
  | { key: MessageKey; values?: Values };

export interface Values {
  [name: string]: Value;
}

/** The words of one language and locale. */
export interface Words {
  language: Language;
  locale: Locale;
  /** The sentence of a key. */
  say(key: MessageKey, values?: Values): string;
  number(value: number): string;
  /** A gain or a loss with its sign: +12, −3. */
  change(value: number): string;
  /** «62% of the goal of 2,000», rounded down: 99.9 % is not shown as done, nor the first signature as 0 %. */
  ofGoal(total: number, goal: number): string;
  day(day: string): string;
  weekday(day: string): string;
  /** The country of an alpha-2 code. */
  country(code: string): string;
  /** The text in this language, or in the other where this one is missing. */
  localized(text: Localized): string;
  list(items: readonly string[]): string;
}

await i18next.init({
  resources: { en: { translation: en }, es: { translation: withOwnNames(es, es) } },
  fallbackLng: 'en',
  returnEmptyString: false,
  // It would greet on stdout, where every line is JSON.
  showSupportNotice: false,
});

/** The sign of a loss is a minus, as wide as the plus of a gain: Intl writes a hyphen. */
const withMinus = (written: string) => written.replace('-', '−');

/** A gap in a sentence. */
const gap = /\{\{(\w+)\}\}/g;

function wordsIn(locale: Locale): Words {
  const language: Language = locale.startsWith('es') ? 'es' : 'en';
  const translate = i18next.getFixedT(locale);
  const numbers = new Intl.NumberFormat(locale);
  const changes = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', roundingMode: 'floor' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const words: Words = {
    language,
    locale,
    say: (key, values = {}) => {
      const { count } = values;
      // Filled here, in one pass: i18next looks into what it has put in, and people write {{…}} and $t(…) too.
      const sentence = translate(key, {
        skipInterpolation: true,
        ...(typeof count === 'number' && { count }),
      });
      return sentence.replace(gap, (_gap, name: string) => shown(values[name] ?? ''));
    },
    number: (value) => withMinus(numbers.format(value)),
    change: (value) => withMinus(changes.format(value)),
    ofGoal: (total, goal) =>
      total > 0 && total < goal / 100
        ? words.say('tally.underOne', { percent: percents.format(0.01), goal })
        : words.say('tally.ofGoal', { percent: percents.format(Math.max(0, total / goal)), goal }),
    day: (day) => dates.format(new Date(`${day}T00:00:00Z`)),
    weekday: (day) => weekdays.format(new Date(`${day}T00:00:00Z`)),
    country: (code) => countries.of(code) ?? code,
    localized: (text) => text[language] ?? Object.values(text)[0] ?? '',
    list: (items) => lists.format(items),
  };
  function shown(value: Value): string {
    if (typeof value === 'number') return words.number(value);
    if (typeof value === 'string') return value;
    if ('day' in value) return words.day(value.day);
    if ('moment' in value) return `<t:${Math.floor(value.moment / 1000)}:F>`;
    if ('country' in value) return words.country(value.country);
    if ('localized' in value) return words.localized(value.localized);
    if ('key' in value) return words.say(value.key, value.values);
    return words.list(value.list.map(shown));
  }
  return words;
}

const voices: Record<Locale, Words> = {
  'en-US': wordsIn('en-US'),
  'en-GB': wordsIn('en-GB'),
  'es-419': wordsIn('es-419'),
  'es-ES': wordsIn('es-ES'),
};

/** The words for a reader, by the locale of their Discord; English where it is neither language. */
export function wordsFor(locale: string): Words {
  if (locale === 'es-ES' || locale === 'en-GB') return voices[locale];
  return locale.startsWith('es') ? voices['es-419'] : voices['en-US'];
}

/** The words of a public post: one language or both, English first. */
export function wordsOfPost(language: Language | 'both'): [Words, ...Words[]] {
  if (language === 'both') return [voices['en-US'], voices['es-419']];
  return [wordsFor(language === 'es' ? 'es-419' : 'en-US')];
}
