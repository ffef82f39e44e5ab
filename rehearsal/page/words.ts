// The page's own words, in the language of whoever one speaks as.
import en from './words/en.json';
import es from './words/es.json';

export type Word = keyof typeof en;

const texts: Record<'en' | 'es', Record<Word, string>> = { en, es };
let language: keyof typeof texts = navigator.language.startsWith('es') ? 'es' : 'en';
let locale: string = navigator.language;

/** Speaks like this from now on. */
export function speak(next: string): void {
  locale = next;
  language = next.startsWith('es') ? 'es' : 'en';
  document.documentElement.lang = next;
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
