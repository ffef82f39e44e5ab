import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryName, findCountry, suggestCountries } from '../../src/coalition/country.js';

describe('findCountry', () => {
  it.each([
    [
      'PE',
      'Perú',
      'peru',
      'PERÚ',
      ' Perú. ',
      'Peru\u0301',
      'pe',
      'PER',
      'per',
      '604',
      '🇵🇪',
      'Piruw',
      'el Perú',
    ],
    [
      'US',
      'EE.UU.',
      'EE. UU.',
      'EEUU',
      'EE UU',
      'E.E.U.U.',
      'Estados Unidos',
      'U.S.',
      'USA',
      'E.U.A.',
      'los Estados Unidos',
    ],
    [
      'US',
      'Estados Unidos de América',
      'Estados Unidos de Norteamérica',
      'the United States of America',
      '840',
      '🇺🇸',
    ],
    [
      'GB',
      'U.K.',
      'UK',
      'Gran Bretaña',
      'Great Britain',
      'England',
      'Inglaterra',
      'Scotland',
      'Escocia',
      'Wales',
      'Gales',
    ],
    [
      'GB',
      'Irlanda del Norte',
      'Northern Ireland',
      'R.U.',
      '🇬🇧',
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    ],
    ['MX', 'Méjico', 'Mejico', 'México', 'Mexico'],
    ['NL', 'Holanda', 'Holland', 'the Netherlands', 'Netherlands (the)', 'Países Bajos', 'Paises bajos'],
    [
      'BO',
      'Bolivia',
      'Bolivia (Plurinational State of)',
      'Bolivia, Plurinational State of',
      'Estado Plurinacional de Bolivia',
    ],
    ['DO', 'Rep. Dominicana', 'República Dominicana', 'Dominican Republic', 'la República Dominicana'],
    ['DE', 'Deutschland', 'Alemania', 'Germany'],
    ['BR', 'Brasil', 'Brazil'],
    ['BZ', 'Belice', 'Belize'],
    ['KR', 'South Korea', 'Corea del Sur', 'Korea, Republic of', 'Korea (the Republic of)'],
    ['KP', 'North Korea', 'Korea (North)', "Korea, Democratic People's Republic of"],
    ['CD', 'DR Congo', 'Congo, Democratic Republic of the', 'Congo (the Democratic Republic of the)', 'RDC'],
    ['CG', 'República del Congo', 'Congo-Brazzaville'],
    ['CI', "Côte d'Ivoire", 'Côte d’Ivoire', 'Ivory Coast', 'Costa de Marfil'],
    ['GN', 'Guinea'],
    ['GQ', 'Guinea Ecuatorial', 'Equatorial Guinea'],
    ['TT', 'Trinidad & Tobago', 'Trinidad y Tobago'],
    ['RU', 'Rusia', 'Russian Federation', 'RU'],
    ['NO', 'NO', 'Noruega', 'NOR'],
    ['SV', 'El Salvador'],
    ['XK', 'Kosovo'],
    ['PR', 'Puerto Rico'],
    ['PE', 'Lima, Perú', 'Cusco , Peru', 'Lima, PE', 'Lima (Perú)', 'Jr. Ancash 1, Lima, Perú'],
    ['US', 'Georgia, USA', 'Atlanta, Georgia, EE.UU.', 'Washington, D.C., U.S.'],
  ])('knows %s', (code, ...texts) => {
    for (const text of texts) expect([text, findCountry(text)]).toEqual([text, { code }]);
  });

  it.each([
    ['Congo', ['CG', 'CD']],
    ['congo', ['CG', 'CD']],
    ['Corea', ['KR', 'KP']],
    ['Korea', ['KR', 'KP']],
    ['Georgia', ['GE', 'US']],
    ['Atlanta, Georgia', ['GE', 'US']],
    ['América', ['US']],
    ['America', ['US']],
    ['Congo (the)', ['CG', 'CD']],
    ['Los Angeles, CA', ['CA', 'US']],
    ['Wilmington, DE', ['DE', 'US']],
  ])('asks about %s', (text, ambiguous) => expect(findCountry(text)).toEqual({ ambiguous }));

  it.each([
    '',
    ' ',
    ',',
    '()',
    'Lima',
    'Perú, Lima',
    'Peru, Indiana',
    'Albuquerque, New Mexico',
    'N/A',
    'Sí',
    'no',
    'Na',
    'UE',
    'ZZ',
    'XYZ',
    '999',
    '60',
    '🇽🇽',
    '👍',
    'Perú y Bolivia',
  ])('does not guess at %j', (text) => expect(findCountry(text)).toBeUndefined());

  it('reads back every name that it shows', () => {
    for (const { code } of 'abcdefghijklmnopqrstuvwxyz'
      .split('')
      .flatMap((letter) => suggestCountries(letter, 'en'))) {
      for (const language of ['en', 'es'] as const) {
        const found = findCountry(countryName(code, language));
        expect(found && 'code' in found ? [found.code] : found?.ambiguous).toContain(code);
      }
      expect(findCountry(code)).toEqual({ code });
    }
  });

  it('answers any text, with codes only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = findCountry(text);
        const codes = found === undefined ? [] : 'code' in found ? [found.code] : found.ambiguous;
        for (const code of codes) expect(code).toMatch(/^[A-Z]{2}$/);
      }),
    );
  });
});

describe('countryName', () => {
  it.each([
    ['PE', 'en', 'Peru'],
    ['PE', 'es', 'Perú'],
    ['SA', 'es', 'Arabia Saudita'],
    ['ZZ', 'en', 'ZZ'],
    ['not a code', 'es', 'not a code'],
    ['', 'es', ''],
  ] as const)('of %j in %s is %j', (code, language, name) => expect(countryName(code, language)).toBe(name));
});

describe('suggestCountries', () => {
  it.each([
    ['per', 'es', 'PE'],
    ['EEUU', 'es', 'US'],
    ['Alem', 'en', 'DE'],
    ['ingl', 'es', 'GB'],
    ['zeal', 'en', 'NZ'],
    ['corea', 'es', 'KP'],
    ['🇨🇱', 'es', 'CL'],
  ] as const)('for %j in %s begins with %s', (text, language, code) => {
    expect(suggestCountries(text, language)[0]).toEqual({ code, name: countryName(code, language) });
  });

  it('puts the names that begin so before those with such a word, and these before other spellings', () => {
    const names = suggestCountries('ger', 'en').map(({ name }) => name);
    expect(names).toEqual(['Germany', 'Niger', 'Algeria'].filter((name) => names.includes(name)));
    expect(suggestCountries('uni', 'en').map(({ code }) => code)).toEqual(['AE', 'GB', 'US', 'TZ', 'UM']);
  });

  it('sorts as the language does', () => {
    const names = suggestCountries('', 'es').map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['Afganistán', 'Albania', 'Alemania']);
    expect(names).toHaveLength(25);
  });

  it('offers nothing for what is no country', () => expect(suggestCountries('xyzzy', 'en')).toEqual([]));
});
