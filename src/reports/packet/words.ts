// How a packet says one thing in its language, or in both.
import type { MessageKey, Values, Words } from '../../i18n/words.js';
import type { Told } from './paper.js';

/** One thing in each language, one after the other. */
export const told = (speech: readonly Words[], key: MessageKey, values?: Values): Told[] =>
  speech.map((words) => ({ text: words.say(key, values), language: words.language }));

/** One thing in each language, once where both say the same. */
export const each = (speech: readonly Words[], key: MessageKey): string[] => [
  ...new Set(speech.map((words) => words.say(key))),
];

/** One thing in each language on one line, once where both say the same: "Peru / Perú". */
export const inOne = (speech: readonly Words[], say: (words: Words) => string): string =>
  [...new Set(speech.map(say))].join(' / ');
