// Countries as people write them, in English and Spanish: an ISO 3166 code, a question, or nothing. Never a guess.
import countries from 'i18n-iso-countries';
import aliases from './country-aliases.json' with { type: 'json' };
import { cleanLine, fold } from './plain-text.js';

/** Spellings are compared without case, accents, spaces and signs: 'EE. UU.' is 'eeuu'. */
function keyOf(text: string): string {
  return fold(text)
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]|\p{M}/gu, '');
}

const codes = Object.keys(countries.getAlpha2Codes());

/** Display names; 'es' is the Spanish of Latin America. */
const display = {
  en: new Intl.DisplayNames(['en'], { type: 'region' }),
  es: new Intl.DisplayNames(['es-419'], { type: 'region' }),
};

/** The keys of all spellings of a code: two sources of names, as neither knows what the other does, and ours. */
const spellings = new Map(codes.map((code) => [code, new Set(namesOf(code).map(keyOf))]));

function namesOf(code: string): string[] {
  const names = new Map<string, string[]>(Object.entries(aliases.names)).get(code) ?? [];
  return [
    ...names,
    ...['en', 'es'].flatMap((language) => countries.getName(code, language, { select: 'all' }) ?? []),
    ...['en', 'es', 'es-419'].flatMap((language) =>
      (['long', 'short'] as const).flatMap(
        (style) => new Intl.DisplayNames([language], { type: 'region', style }).of(code) ?? [],
      ),
    ),
  ];
}

/** Which codes a spelling may mean; more than one where names collide. */
const meanings = new Map<string, string[]>();
for (const [code, keys] of spellings) {
  for (const key of keys) meanings.set(key, [...(meanings.get(key) ?? []), code]);
}

/** Spellings that may mean something else than the country of that name, and what to offer. */
const asked = new Map(Object.entries(aliases.ask).map(([name, offered]) => [keyOf(name), offered]));

/** What a text says: one country, or several that it may mean (or one that it need not mean). */
export type FoundCountry = { code: string } | { ambiguous: string[] };

/**
 * Reads a country: a name in English or Spanish, a common other spelling, an ISO code, a flag, "City, Country".
 *
 * @returns codes of two letters; undefined for what is no country
 */
export function findCountry(text: string): FoundCountry | undefined {
  const line = cleanLine(text);
  const whole = named(line);
  if (whole) return whole;
  const [, head = '', tail = ''] = /^(.*)[,(]([^,()]*)\)?$/.exec(line) ?? [];
  // 'Korea, Republic of' and 'Bolivia (Plurinational State of)', as ISO writes them.
  return named(`${tail} ${head}`) ?? place(tail.trim());
}

/** What follows the comma after a town: a country, but two letters may be those of a state. */
function place(text: string): FoundCountry | undefined {
  const found = named(text);
  if (!found || !('code' in found) || text.length !== 2) return found;
  const states = Object.entries(aliases.states).filter(([, its]) => its.includes(text.toUpperCase()));
  return states.length > 0 ? { ambiguous: [found.code, ...states.map(([country]) => country)] } : found;
}

function named(text: string): FoundCountry | undefined {
  const key = keyOf(text);
  const code = coded(text);
  if (code) return { code };
  const offered = asked.get(key);
  if (offered) return { ambiguous: offered };
  const [first, ...others] = meanings.get(key) ?? meanings.get(keyOf(text.replace(article, ''))) ?? [];
  if (first === undefined) return undefined;
  return others.length > 0 ? { ambiguous: [first, ...others] } : { code: first };
}

const article = /^\s*(?:the|el|la|los|las)\s+/i;

/** The alpha-2 code of a code of two or three letters or three digits, or of a flag. */
function coded(text: string): string | undefined {
  if (/^[a-z]{3}$/i.test(text)) return countries.alpha3ToAlpha2(text.toUpperCase());
  if (/^\d{3}$/.test(text)) return countries.numericToAlpha2(text);
  // 'NO' is Norway, and what our own choices send; 'no' is a word.
  if (aliases.notCodes.includes(text.toLowerCase()) && text !== text.toUpperCase()) return undefined;
  const code = /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : flagged(text);
  return spellings.has(code) ? code : undefined;
}

/** The letters that a flag emoji is made of: two for a country, 'GBENG' for England. */
function flagged(text: string): string {
  if (!/^(?:[\u{1F1E6}-\u{1F1FF}]{2}|\u{1F3F4}[\u{E0061}-\u{E007F}]+)$/u.test(text)) return '';
  const letters = [...text.replace('\u{1F3F4}', '')].map((sign) => {
    const point = sign.codePointAt(0) ?? 0;
    return String.fromCharCode(65 + point - (point < 0xe0000 ? 0x1f1e6 : 0xe0061));
  });
  return letters.slice(0, 2).join('');
}

/** A country's name in a language; the code itself for one that is not known. */
export function countryName(code: string, language: 'en' | 'es'): string {
  return spellings.has(code) ? (display[language].of(code) ?? code) : code;
}

/** At most 25 countries to offer for what someone has typed so far, the likeliest first. */
export function suggestCountries(text: string, language: 'en' | 'es'): { code: string; name: string }[] {
  const found = findCountry(text);
  const meant = found === undefined ? [] : 'code' in found ? [found.code] : found.ambiguous;
  const key = keyOf(text);
  const collator = new Intl.Collator(language);
  return codes
    .map((code) => ({ code, name: countryName(code, language), rank: rankOf(code, meant, key, language) }))
    .filter(({ rank }) => rank < 4)
    .sort((one, other) => one.rank - other.rank || collator.compare(one.name, other.name))
    .slice(0, 25)
    .map(({ code, name }) => ({ code, name }));
}

/** How well a country fits what was typed: 0 is meant, 1 to 3 begin like it, 4 does not. */
function rankOf(code: string, meant: string[], key: string, language: 'en' | 'es'): number {
  if (meant.includes(code)) return 0;
  if (key === '') return meant.length > 0 ? 4 : 1;
  const words = countryName(code, language).split(/[\s-]+/);
  if (keyOf(words.join('')).startsWith(key)) return 1;
  if (words.some((_, index) => keyOf(words.slice(index).join('')).startsWith(key))) return 2;
  return [...(spellings.get(code) ?? [])].some((spelling) => spelling.startsWith(key)) ? 3 : 4;
}
