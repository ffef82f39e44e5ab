// Whole numbers as people type them in both languages.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseWholeNumber } from '../../src/coalition/whole-number.js';

it('reads what a person would write, in any of our languages', () => {
  const locales = ['en-US', 'es-ES', 'es-419', 'es-PE', 'fr-CH', 'de-CH'];
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...locales), (number, locale) => {
      expect(parseWholeNumber(String(number))).toBe(number);
      expect(parseWholeNumber(` ${new Intl.NumberFormat(locale).format(number)} `)).toBe(number);
    }),
  );
});

it.each([
  '',
  ' ',
  'twelve',
  '12 calls',
  '1,5',
  '1.5',
  '1,20',
  '1,2000',
  '1.200,5',
  '1,200.000',
  '0,500',
  '-3',
  '+3',
  '1e3',
  '0x10',
  '½',
])('does not guess at «%s»', (typed) => {
  expect(parseWholeNumber(typed)).toBeUndefined();
});
