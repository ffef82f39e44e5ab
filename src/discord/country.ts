// A country as somebody typed it, or the sentence that asks which one is meant.
import { findCountry } from '../coalition/country.js';
import { Failure } from '../coalition/failure.js';
import { asPlain } from '../coalition/plain-text.js';
import type { Words } from '../i18n/words.js';

/**
 * The alpha-2 code of the country that was typed.
 *
 * @throws {@link Failure} where it is none, or may be more than one: the person is asked, never guessed for
 */
export function countryCode(typed: string, words: Words): string {
  const found = findCountry(typed);
  const shown = asPlain(typed);
  if (!found) throw new Failure('unknownCountry', { typed: shown });
  if ('code' in found) return found.code;
  const [first = '', ...others] = found.ambiguous;
  if (others.length === 0)
    throw new Failure('countryMeant', { typed: shown, country: { country: first }, code: first });
  const names = found.ambiguous.map((code) => `${words.country(code)} (${code})`);
  throw new Failure('ambiguousCountry', { typed: shown, list: { list: names } });
}
