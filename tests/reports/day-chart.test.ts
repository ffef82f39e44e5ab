// The picture by day tells what each day brought and leaves nothing out unsaid: read back from the SVG text.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { colours } from '../../src/reports/chart/card.js';
import { hasGlyph } from '../../src/reports/chart/font.js';
import type { Box } from '../../src/reports/chart/labels.js';
import { dayNumber, dayOf } from '../../src/reports/chart/scale.js';
import { type Chart, type DayChange, dayChart } from '../../src/reports/chart.js';
import { apart, hostileText, linesOf } from './drawn.js';

fc.configureGlobal({ interruptAfterTimeLimit: 10_000 });

beforeAll(async () => {
  await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
});

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

function draw(changes: DayChange[], language: 'en' | 'es' = 'en', title = 'Peru'): Chart {
  return dayChart(changes, { title, language, total: sum(changes.map(({ count }) => count)) });
}

/** A count on each of the days from the first on. */
const daily = (first: string, ...counts: number[]): DayChange[] =>
  counts.map((count, index) => ({ day: dayOf(dayNumber(first) + index), count }));

/** The columns, left to right: what is not the card itself. */
function columnsOf(svg: string): (Box & { fill: string; height: number })[] {
  const pattern = /<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)" fill="(#\w+)"\/>/g;
  return Array.from(svg.matchAll(pattern), ([, x, y, width, height, fill = '']) => ({
    left: Number(x),
    right: Number(x) + Number(width),
    top: Number(y),
    bottom: Number(y) + Number(height),
    height: Number(height),
    fill,
  }));
}

/** Where the line at zero lies. */
const zeroOf = (svg: string) =>
  Number(new RegExp(`y1="([\\d.]+)" y2="[\\d.]+" stroke="${colours.rest}"`).exec(svg)?.[1]);

const texts = ({ svg }: Chart) => linesOf(svg).map(({ text }) => text);

const numberIn = (text: string) => Number(text.replaceAll(',', '').replace('−', '-'));

/** All that an alt text says was added, dated or not. */
function toldIn(alt: string): number {
  const columns = /Column chart [^:]*: ([^.]*)\./.exec(alt)?.[1]?.split('; ') ?? [];
  const named = columns.map((column) => column.slice(column.lastIndexOf(':') + 1));
  const leftOut = Array.from(alt.matchAll(/Not in the columns: (\S+)/g), ([, number = '']) => number);
  return sum([...named, ...leftOut].map(numberIn));
}

const day = fc.integer({ min: dayNumber('1990-01-01'), max: dayNumber('2040-12-31') }).map(dayOf);
const count = fc.oneof(
  fc.integer({ min: -5, max: 50 }),
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
);

/** Days in any order and more than once, gathered in some weeks, months or decades, some of them not stated. */
const courses = fc
  .record({
    first: day,
    span: fc.constantFrom(1, 6, 40, 50, 300, 330, 1100, 1500, 18_000),
    counts: fc.array(fc.tuple(fc.nat(), count), { maxLength: 150, size: 'max' }),
    undated: fc.option(count, { nil: 0 }),
  })
  .map(({ first, span, counts, undated }): DayChange[] => [
    { day: '', count: undated },
    ...counts.map(([at, count]) => ({ day: dayOf(dayNumber(first) + (at % span)), count })),
  ]);

const language = fc.constantFrom('en' as const, 'es' as const);

describe('any days, any numbers', () => {
  test('make a picture that is well-formed, and all of it on the card', () => {
    fc.assert(
      fc.property(courses, language, hostileText, (changes, language, title) => {
        const { svg, alt } = draw(changes, language, title);
        new Resvg(svg, { font: { fontBuffers: [] } }).free();
        const lines = linesOf(svg);
        expect(svg.match(/<text/g)).toHaveLength(lines.length);
        for (const { left, right, top, bottom } of [...lines, ...columnsOf(svg)])
          expect([left >= 0, right <= 1200, top >= 0, bottom <= 675]).not.toContain(false);
        for (const { text, size } of lines) {
          expect(Array.from(text).every(hasGlyph), text).toBe(true);
          expect(size).toBeGreaterThanOrEqual(26);
        }
        expect(svg).not.toMatch(/="(NaN|Infinity|undefined)/);
        expect(alt.length).toBeLessThanOrEqual(1024);
        expect(alt).toMatch(/\.$/);
      }),
      { numRuns: 300 },
    );
  });

  test('have no label on another, nor on a column', () => {
    fc.assert(
      fc.property(courses, language, (changes, language) => {
        const { svg } = draw(changes, language);
        const lines = linesOf(svg);
        for (const [index, one] of lines.entries()) {
          for (const other of lines.slice(index + 1))
            expect(apart(one, other), `${one.text} and ${other.text}`).toBe(true);
          for (const column of columnsOf(svg))
            expect(apart(one, column), `${one.text} and a column`).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('add up in what the alt text says, in 45 columns or fewer', () => {
    fc.assert(
      fc.property(courses, (changes) => {
        const { svg, alt } = draw(changes);
        expect(toldIn(alt)).toBe(sum(changes.map(({ count }) => count)));
        expect(columnsOf(svg).length).toBeLessThanOrEqual(45);
      }),
      { numRuns: 300 },
    );
  });

  test('gains stand on the line, losses hang from it, as long as their numbers say', () => {
    const few = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 45, size: 'max' });
    fc.assert(
      fc.property(few, (counts) => {
        const { svg } = draw(daily('2023-07-01', ...counts));
        const columns = columnsOf(svg);
        const changed = counts.filter((count) => count !== 0);
        const zero = zeroOf(svg);
        const longest = Math.max(...columns.map(({ height }) => height));
        const most = Math.max(...changed.map(Math.abs));
        expect(columns).toHaveLength(changed.length);
        for (const [index, { top, bottom, height, fill }] of columns.entries()) {
          const count = changed[index] ?? 0;
          expect(count > 0 ? bottom : top).toBeCloseTo(zero, 0);
          expect(fill).toBe(count > 0 ? colours.curve : colours.goal);
          expect(Math.abs(height - Math.max(3, (longest * Math.abs(count)) / most))).toBeLessThan(0.5);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('that contradict the total are refused', () => {
    const options = { title: 'Peru', language: 'en', total: 4 } as const;
    expect(() => dayChart(daily('2023-07-01', 1, 2), options)).toThrow(RangeError);
  });
});

describe('periods', () => {
  const course = (days: number) => daily('2023-07-01', ...Array.from({ length: days }, () => 1));

  test.each([
    [45, 'by day', 'One column per day · Jul 1 – Aug 14, 2023', 45],
    [46, 'by week', 'One column per week, from Monday · Jul 1 – Aug 15, 2023', 8],
    // The 1st of July 2023 is a Saturday: its week has two days, and 44 whole ones follow.
    [2 + 44 * 7, 'by week', 'One column per week, from Monday · Jul 1, 2023 – May 5, 2024', 45],
    [3 + 44 * 7, 'by month', 'One column per month · Jul 1, 2023 – May 6, 2024', 11],
    [1096, 'by month', 'One column per month · Jul 1, 2023 – Jun 30, 2026', 36],
  ])('%i days are shown %s, and the picture says so', (days, by, note, columns) => {
    const chart = draw(course(days));
    expect(texts(chart)).toContain(`${days.toLocaleString('en')} signatures · ${by}`);
    expect(texts(chart)).toContain(note);
    expect(chart.alt).toContain(`Column chart ${by}, ${note.split(' · ')[1]}: `);
    expect(columnsOf(chart.svg)).toHaveLength(columns);
  });

  test('weeks begin on Monday, months on their first', () => {
    expect(draw([...daily('2023-07-02', 5, 7), ...daily('2023-09-17', 1, 2)]).alt).toContain(
      ': Jun 26: +5; Jul 3: +7; Sep 11: +1; Sep 18: +2. No change in the rest.',
    );
    expect(draw([...daily('2023-12-31', 5, 7), ...daily('2026-02-28', 1, 2)], 'es').alt).toContain(
      ': dic 2023: +5; ene 2024: +7; feb 2026: +1; mar 2026: +2. Sin cambios en el resto.',
    );
  });

  test('a day without signatures leaves its place', () => {
    const [first, second, fourth] = columnsOf(draw(daily('2023-07-01', 5, 5, 0, 5)).svg);
    const step = (second?.left ?? 0) - (first?.left ?? 0);
    expect((fourth?.left ?? 0) - (second?.left ?? 0)).toBeCloseTo(2 * step, 0);
  });

  test('a mistyped year does not squeeze the others, and is not lost', () => {
    const chart = draw([{ day: '1923-07-05', count: 1 }, ...daily('2023-07-01', 20, 30)]);
    expect(texts(chart)).toContain('51 signatures · by day');
    expect(texts(chart)).toContain('Not in the columns: 1 signature from before July 1, 2023');
    expect(chart.alt).toContain('Not in the columns: 1 signature from before July 1, 2023.');
  });
});

describe('words', () => {
  const days = [...daily('2023-07-01', 120, 780, 0, -45, 31), { day: '', count: 100 }];

  test('few columns have each their number, and what has no date is said', () => {
    const chart = draw(days, 'es', 'Perú');
    const bold = linesOf(chart.svg).filter(({ weight, size }) => weight === '700' && size === 30);
    expect(bold.map(({ text }) => text)).toEqual(['+120', '+780', '−45', '+31']);
    expect(texts(chart)).toContain('986 firmas · por día');
    expect(texts(chart)).toContain('Fuera de las columnas: 100 firmas sin fecha');
    expect(chart.alt).toBe(
      'Perú. 986 firmas. Gráfico de columnas por día, 1 – 5 de jul de 2023: 1 jul: +120; 2 jul: +780; ' +
        '4 jul: −45; 5 jul: +31. Sin cambios en el resto. Fuera de las columnas: 100 firmas sin fecha.',
    );
  });

  test('of many columns the highest, the deepest and the last have numbers', () => {
    const counts = Array.from({ length: 40 }, (_, index) => 100 + index);
    const { svg } = draw(daily('2023-07-01', ...counts.with(5, 2000).with(20, -700).with(39, 1500)));
    const bold = linesOf(svg).filter(({ weight, size }) => weight === '700' && size === 30);
    expect(bold.map(({ text }) => text)).toEqual(['+2,000', '−700', '+1,500']);
  });

  test('an alt text too long for Discord sums the earliest columns', () => {
    const counts = Array.from({ length: 45 }, (_, index) => -900_000_000_000 - index);
    const { alt } = draw(daily('2023-09-01', ...counts), 'en', 'Withdraw U.S. troops from Peru '.repeat(9));
    expect(alt).toMatch(/: earlier: −[\d,]+; Sep \d+: /);
    expect(alt).toContain('; Oct 15: −900,000,000,044.');
    expect(toldIn(alt)).toBe(sum(counts));
  });

  test.each([
    ['no days', [], 'No signatures yet'],
    ['nothing but zeros', daily('2023-07-01', 0, 0, 0), 'No signatures yet'],
    ['no dates', [{ day: '', count: 3 }], 'No dates yet, so there are no days to show'],
  ])('%s: it says why there are no columns', (_, changes, why) => {
    const chart = draw(changes);
    expect(texts(chart)).toContain(why);
    expect(chart.alt).toContain(`${why}.`);
    expect(columnsOf(chart.svg)).toEqual([]);
  });
});
