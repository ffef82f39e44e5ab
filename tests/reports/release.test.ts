// The press release: counts as people say them, every section in both languages, gaps in place of what is not known.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOfPost } from '../../src/i18n/words.js';
import { handedTo } from '../../src/reports/release/article.js';
import type { Facts } from '../../src/reports/release/facts.js';
import { asPeopleSay } from '../../src/reports/release/figure.js';
import { releaseOf } from '../../src/reports/release/release.js';

/** The example's campaign on the day it was handed over. */
const facts: Facts = {
  title: { en: 'Bring U.S. troops home from Peru', es: 'Que las tropas de Estados Unidos salgan del Perú' },
  ask: { en: 'We ask two committees to act.', es: 'Pedimos a dos comités que actúen.' },
  link: 'https://example.org/peru',
  open: true,
  figures: { people: 1890, organizations: 12 },
  overlap: true,
  day: '2023-07-19',
  handings: [
    {
      done: true,
      day: '2023-07-19',
      place: 'Washington, D.C.',
      targets: [
        {
          en: 'House Committee on Foreign Affairs',
          es: 'Comité de Asuntos Exteriores de la Cámara de Representantes',
        },
        { en: 'Rep. Rosa Perez', es: 'Rep. Rosa Perez' },
      ],
    },
  ],
  gatherings: [
    {
      name: { en: 'Demonstration at the Peruvian Embassy', es: 'Manifestación ante la Embajada del Perú' },
      place: 'Washington, D.C.',
      day: '2023-07-19',
      turnout: { low: 120, high: 150, method: 'two of us with clickers' },
    },
    {
      name: { en: 'Call to Lima', es: 'Llamada a Lima' },
      place: 'Lima',
      day: '2023-07-19',
      turnout: undefined,
    },
  ],
  statement: { en: '# Troops out\n\nShort and clear.', es: '# Fuera tropas\n\nBreve y claro.' },
  organizations: [
    { name: { en: 'CODEPINK', es: 'CODEPINK' }, url: 'https://codepink.example/' },
    { name: { en: 'Semillas de Libertad' }, url: null },
  ],
  filled: {
    contact: { en: 'Ana Quispe', es: 'Ana Quispe' },
    reach: { en: 'press@example.org', es: 'press@example.org' },
  },
};

describe('a count as people say it', () => {
  it.each([
    [0, 'exactly', 0],
    [1, 'exactly', 1],
    [99, 'exactly', 99],
    [101, 'moreThan', 100],
    [120, 'exactly', 120],
    [985, 'nearly', 1000],
    [1899, 'nearly', 1900],
    [1902, 'nearly', 2000],
    [1984, 'nearly', 2000],
    [2000, 'exactly', 2000],
    [2003, 'moreThan', 2000],
    [2150, 'moreThan', 2100],
    [123_456, 'moreThan', 120_000],
    [999_999, 'nearly', 1_000_000],
  ] as const)('%i: %s %i', (count, how, number) => {
    expect(asPeopleSay(count)).toEqual({ how, number });
  });

  it('is never on the wrong side of the number, nor far from it', () => {
    fc.assert(
      fc.property(fc.nat(50_000_000), (count) => {
        const { how, number } = asPeopleSay(count);
        if (how === 'exactly') expect(number).toBe(count);
        else if (how === 'nearly') {
          expect(number).toBeGreaterThan(count);
          expect(number - count).toBeLessThanOrEqual(number / 20);
        } else {
          expect(number).toBeLessThan(count);
          expect(count - number).toBeLessThanOrEqual(count / 10);
        }
      }),
    );
  });
});

it('names whom it was handed to as each language does', () => {
  expect(handedTo('House Committee on Foreign Affairs', 'en')).toBe('the House Committee on Foreign Affairs');
  expect(handedTo('Rep. Rosa Perez', 'en')).toBe('Rep. Rosa Perez');
  expect(handedTo('Comité de Asignaciones', 'es')).toBe('al Comité de Asignaciones');
  expect(handedTo('Comisión de Defensa', 'es')).toBe('a la Comisión de Defensa');
  expect(handedTo('Rosa Pérez', 'es')).toBe('a Rosa Pérez');
});

describe('a release with nothing missing', () => {
  it('is an English one', () => {
    const { text, whole, gaps } = releaseOf(facts, 'en');
    expect(gaps).toEqual([]);
    expect(text).toBe(whole);
    expect(text).toBe(
      [
        'FOR IMMEDIATE RELEASE\nPress contact: Ana Quispe, press@example.org',
        '“Bring U.S. troops home from Peru”: petition signed by nearly 2,000 people and organizations is delivered',
        'Washington, D.C., July 19, 2023 – The petition “Bring U.S. troops home from Peru”, signed by nearly 2,000 people and organizations, was delivered to the House Committee on Foreign Affairs and Rep. Rosa Perez on July 19, 2023.',
        'What the petition asks:',
        'We ask two committees to act.',
        'As of July 19, 2023, 1,902 signatures had been counted: 1,890 of people and 12 of organizations. They come from several sources and may include duplicates. The petition can be signed at https://example.org/peru',
        'On July 19, 2023:\n- Demonstration at the Peruvian Embassy, Washington, D.C.: between 120 and 150 people (how it was counted: two of us with clickers)\n- Call to Lima, Lima',
        'The statement:\n\n# Troops out\n\nShort and clear.',
        'The petition is backed by 2 organizations:\n- CODEPINK: https://codepink.example/\n- Semillas de Libertad',
        '###\n',
      ].join('\n\n'),
    );
  });

  it('is a Spanish one', () => {
    expect(releaseOf(facts, 'es').text).toBe(
      [
        'PARA DIFUSIÓN INMEDIATA\nContacto de prensa: Ana Quispe, press@example.org',
        '«Que las tropas de Estados Unidos salgan del Perú»: entregan petición firmada por cerca de 2.000 personas y organizaciones',
        'Washington, D.C., 19 de julio de 2023. La petición «Que las tropas de Estados Unidos salgan del Perú», firmada por cerca de 2.000 personas y organizaciones, se entregó el 19 de julio de 2023 al Comité de Asuntos Exteriores de la Cámara de Representantes y a Rep. Rosa Perez.',
        'Lo que pide la petición:',
        'Pedimos a dos comités que actúen.',
        'Al 19 de julio de 2023 se habían contado 1.902 firmas: 1.890 de personas y 12 de organizaciones. Vienen de varias fuentes y puede haber firmas repetidas. La petición se puede firmar en https://example.org/peru',
        'El 19 de julio de 2023:\n- Manifestación ante la Embajada del Perú, Washington, D.C.: entre 120 y 150 personas (cómo se contó: two of us with clickers)\n- Llamada a Lima, Lima',
        'La declaración:\n\n# Fuera tropas\n\nBreve y claro.',
        'Respaldan la petición 2 organizaciones:\n- CODEPINK: https://codepink.example/\n- Semillas de Libertad',
        'Fin del comunicado\n',
      ].join('\n\n'),
    );
  });

  it('tells several days and places apart, and what is still to come', () => {
    const later = {
      done: false,
      day: '2023-07-21',
      place: 'Lima',
      targets: [{ en: 'Embassy of Peru', es: 'Embajada del Perú' }],
    };
    const told = { ...facts, handings: [...facts.handings, later] };
    expect(releaseOf(told, 'en').text).toContain(
      'on July 19, 2023. It is to be delivered to the Embassy of Peru on July 21, 2023 (Lima).',
    );
    expect(releaseOf(told, 'es').text).toContain(
      'Se entregará el 21 de julio de 2023 a la Embajada del Perú (Lima).',
    );
    const planned = releaseOf({ ...facts, handings: [later] }, 'es').text;
    expect(planned).toContain('entregarán petición');
    expect(planned).not.toContain('se entregó');
  });

  it('says few of both apart, and one of each as one', () => {
    const said = (people: number, organizations: number, language: 'en' | 'es') =>
      releaseOf({ ...facts, figures: { people, organizations } }, language).text.split('\n')[3];
    expect(said(1, 1, 'en')).toContain('signed by 1 person and 1 organization');
    expect(said(40, 0, 'es')).toContain('firmada por 40 personas');
    expect(said(0, 7, 'es')).toContain('firmada por 7 organizaciones');
    expect(said(2_000_500, 0, 'es')).toContain('firmada por más de 2.000.000 de personas');
  });

  it('quotes somebody only in a language that they were quoted in, and with a name', () => {
    const filled = { ...facts.filled, quote: { es: 'Ya basta.' }, speaker: { es: 'Luz Mamani, Puno' } };
    expect(releaseOf({ ...facts, filled }, 'es').text).toContain('«Ya basta.»\n– Luz Mamani, Puno');
    expect(releaseOf({ ...facts, filled }, 'en').text).toBe(releaseOf(facts, 'en').text);
    const nameless = { ...facts.filled, quote: { es: 'Ya basta.' } };
    expect(releaseOf({ ...facts, filled: nameless }, 'es').text).not.toContain('basta');
  });

  it('begins a long statement, and has all of it in the file', () => {
    const statement = { en: `# Title\n\n${'Word '.repeat(100)}end.\n\n${'More '.repeat(200)}and the last.` };
    const { text, whole } = releaseOf({ ...facts, statement }, 'en');
    expect(text).toContain('The statement begins:\n\nWord Word');
    expect(text).not.toContain('# Title');
    expect(text).not.toContain('and the last.');
    expect(whole).toContain(statement.en);
  });
});

describe('what is missing', () => {
  const bare: Facts = {
    ...facts,
    title: { en: 'Only English' },
    ask: { en: 'Only English' },
    figures: { people: 0, organizations: 0 },
    handings: [],
    gatherings: [],
    statement: {},
    organizations: [],
    filled: {},
  };

  it('is marked where it stands, and not invented', () => {
    const { text, gaps } = releaseOf(bare, 'es');
    expect(gaps).toEqual(['contact', 'reach', 'count', 'delivery', 'place', 'title', 'ask']);
    for (const mark of [
      '[FALTA: contacto de prensa], [FALTA: teléfono o correo de contacto]',
      'firmada por [FALTA: número de firmas]',
      '[FALTA: lugar de la entrega], 19 de julio de 2023. ',
      '[FALTA: día de la entrega y a quién]',
      '«[FALTA: título en español]»',
      '[FALTA: lo que pide la petición, en español]',
    ]) {
      expect(text).toContain(mark);
    }
    expect(text).not.toContain('Only English');
    expect(releaseOf(bare, 'en').gaps).toEqual(['contact', 'reach', 'count', 'delivery', 'place']);
  });

  it('is the place of any of the deliveries', () => {
    const placeless = facts.handings.map((handing) => ({ ...handing, place: null }));
    const first = releaseOf({ ...facts, handings: placeless }, 'en');
    expect(first.gaps).toEqual(['place']);
    const second = releaseOf({ ...facts, handings: [...facts.handings, ...placeless] }, 'en');
    expect(second.text).toContain('([MISSING: place of the delivery])');
  });
});

it('has no number that the facts do not hold', () => {
  const words = fc.stringMatching(/^[a-zñ]{1,12}( [a-zñ]{1,12}){0,3}$/);
  const both = words.map((text) => ({ en: text, es: text }));
  const day = fc.integer({ min: 10, max: 28 }).map((date) => `2023-07-${date}`);
  const turnout = fc
    .tuple(fc.nat(20_000), fc.nat(5000))
    .map(([low, more]) => ({ low, high: low + more, method: null }));
  const arbitrary: fc.Arbitrary<Facts> = fc.record({
    title: both,
    ask: both,
    link: fc.constant('https://example.org/'),
    open: fc.boolean(),
    figures: fc.record({ people: fc.nat(3_000_000), organizations: fc.nat(5000) }),
    overlap: fc.boolean(),
    day,
    handings: fc.array(
      fc.record({
        done: fc.boolean(),
        day,
        place: fc.option(words),
        targets: fc.array(both, { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 3 },
    ),
    gatherings: fc.array(
      fc.record({ name: both, place: words, day, turnout: fc.option(turnout, { nil: undefined }) }),
      { maxLength: 3 },
    ),
    statement: both,
    organizations: fc.array(fc.record({ name: both, url: fc.constant(null) }), { maxLength: 4 }),
    filled: fc.constant({}),
  });
  fc.assert(
    fc.property(arbitrary, fc.constantFrom<'en' | 'es'>('en', 'es'), (told, language) => {
      const [words] = wordsOfPost(language);
      const { people, organizations } = told.figures;
      const held = [people, organizations, people + organizations].flatMap((count) => [
        count,
        asPeopleSay(count).number,
      ]);
      const turnouts = told.gatherings.flatMap(({ turnout }) => (turnout ? [turnout.low, turnout.high] : []));
      const days = [
        told.day,
        ...told.handings.map((one) => one.day),
        ...told.gatherings.map((one) => one.day),
      ];
      const allowed = new Set(
        [...held, ...turnouts, told.organizations.length]
          .map(String)
          .concat(days.flatMap((one) => words.day(one).match(/\d+/g) ?? [])),
      );
      const said = releaseOf(told, language).whole.match(/\d+(?:[.,]\d{3})*/g) ?? [];
      for (const number of said) expect(allowed).toContain(number.replace(/[.,]/g, ''));
    }),
    { numRuns: 200, endOnFailure: true },
  );
});

it('is the same from the same facts', () => {
  expect(releaseOf(facts, 'en').digest).toBe(releaseOf(structuredClone(facts), 'en').digest);
  expect(releaseOf({ ...facts, day: '2023-07-20' }, 'en').digest).not.toBe(releaseOf(facts, 'en').digest);
});
