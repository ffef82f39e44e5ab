// Writes the press release in one language, from facts alone: what is missing stands in it as a marked gap.
import { createHash } from 'node:crypto';
import { type Language, wordsOfPost } from '../../i18n/words.js';
import type { Facts } from './facts.js';
import { type Gap, gaps } from './gap.js';
import {
  ask,
  contact,
  figures,
  gatherings,
  headline,
  lead,
  opening,
  organizations,
  quote,
  shortStatement,
  type Writer,
} from './sections.js';

export interface Release {
  language: Language;
  /** With the beginning of the statement, and with all of it at the end. */
  text: string;
  whole: string;
  gaps: Gap[];
  /** SHA-256 of `whole`. */
  digest: string;
}

export function releaseOf(facts: Facts, language: Language): Release {
  const [words] = wordsOfPost(language);
  const open = new Set<Gap>();
  const writer: Writer = {
    facts,
    words,
    say: words.say,
    number: (value) => numbers[language].format(value),
    own: (text) => text[language]?.trim() || undefined,
    gap: (gap) => {
      open.add(gap);
      return words.say('release.gap', { what: words.say(`release.gaps.${gap}`) });
    },
  };
  const sections = [
    [writer.say('release.forRelease'), contact(writer)].join('\n'),
    headline(writer),
    lead(writer),
    ask(writer),
    figures(writer),
    gatherings(writer),
    quote(writer),
    opening(writer),
    organizations(writer),
  ].filter((section) => section !== '');
  const text = sections.join('\n\n');
  const statement = writer.own(facts.statement);
  const end = writer.say('release.end');
  const whole =
    statement === undefined || statement.length <= shortStatement
      ? [text, end]
      : [text, `${writer.say('release.statement').toLocaleUpperCase(language)}\n\n${statement}`, end];
  const file = `${whole.join('\n\n')}\n`;
  return {
    language,
    text: `${text}\n\n${end}\n`,
    whole: file,
    gaps: gaps.filter((gap) => open.has(gap)),
    digest: createHash('sha256').update(file).digest('hex'),
  };
}

/** English as in the United States; Spanish with the point between thousands, from four figures on. */
const numbers = {
  en: new Intl.NumberFormat('en-US'),
  es: new Intl.NumberFormat('es-ES', { useGrouping: 'always' }),
} as const;
