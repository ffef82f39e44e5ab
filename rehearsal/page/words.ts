// The page's own words, in the language of whoever one speaks as.
import type { Caption } from '../caption.js';
import en from './words/en.json';
import es from './words/es.json';

export type Word = keyof typeof en;

const texts: Record<keyof Caption, Record<Word, string>> = { en, es };
let language: keyof Caption = navigator.language.startsWith('es') ? 'es' : 'en';
let locale: string = navigator.language;
let reading: string | undefined;

/** Speaks like this from now on, unless the reader keeps a language of their own. */
export function speak(next: string): void {
  locale = reading ?? next;
  language = locale.startsWith('es') ? 'es' : 'en';
  document.documentElement.lang = locale;
}

/** The page stays in this language, whoever speaks; or follows the speaker again. */
export function readIn(next: string | undefined): void {
  reading = next;
  if (next !== undefined) speak(next);
}

/** The locale of numbers and dates. */
export function spokenLocale(): string {
  return locale;
}

/** A text with its gaps filled. */
export function t(word: Word, values: Record<string, string | number> = {}): string {
  return texts[language][word].replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));
}

/** Whether a server's error is one of our words. */
export function isWord(text: string): text is Word {
  return text in en;
}

/** A line of the scripted day. */
export function told(caption: Caption): string {
  return caption[language];
}
