// The pictures say what is true, whatever people call their petition: read back from the SVG text.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { colours } from '../../src/reports/chart/card.js';
import { fontFile, hasGlyph, textWidth } from '../../src/reports/chart/font.js';
import { dayNumber, dayOf } from '../../src/reports/chart/scale.js';
import { barChart, type TallyCurve, tallyChart } from '../../src/reports/chart.js';
import { apart, type Drawn, hostileText, linesOf } from './drawn.js';

// A failing course has thousands of smaller ones: the search for the smallest ends after a while.
fc.configureGlobal({ interruptAfterTimeLimit: 10_000 });

beforeAll(async () => {
  const find = createRequire(import.meta.url).resolve;
  await initWasm(readFileSync(find('@resvg/resvg-wasm/index_bg.wasm')));
});

const peru: TallyCurve = {
  days: [
    { day: '2023-07-01', total: 120 },
    { day: '2023-07-02', total: 900 },
    { day: '2023-07-19', total: 1987 },
  ],
  goal: 2000,
  language: 'en',
  title: 'Withdraw U.S. troops from Peru',
  milestones: [],
};

/** Every mark on the curve, as the box around it. */
function marksOf(svg: string) {
  return Array.from(svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)" r="(\d+)"/g), ([, ...numbers]) => {
    const [x = 0, y = 0, radius = 0] = numbers.map(Number);
    return { text: 'a mark', left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  });
}

/** The curve's points, left to right. */
function curveOf(svg: string): { x: number; y: number }[] {
  const points = /<polyline points="([^"]+)"/.exec(svg)?.[1] ?? '';
  return points.split(' ').map((pair) => ({ x: Number(pair.split(',')[0]), y: Number(pair.split(',')[1]) }));
}

/** Whether the curve runs through a line of text. */
function onCurve(svg: string, { left, right, top, bottom }: Drawn): boolean {
  const points = curveOf(svg);
  return points.some((to, index) => {
    const from = points[index - 1] ?? to;
    return Array.from({ length: 20 }, (_, part) => part / 19).some((share) => {
      const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
      return x > left && x < right && y > top && y < bottom;
    });
  });
}

/** Evenly spread, which fast-check's doubles are not: most of those are next to zero. */
const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((number) => number / 100);

const step = fc.record({
  days: fc.integer({ min: 1, max: 60 }),
  change: hundredths(-30, 100),
});

/** Courses of up to some years, up and down, with goals and milestones above and below them. */
const curves: fc.Arbitrary<TallyCurve> = fc
  .record({
    steps: fc.array(step, { maxLength: 40, size: 'max' }),
    scale: fc.constantFrom(3, 100, 2000, 100_000, 1_000_000),
    reach: hundredths(10, 500),
    language: fc.constantFrom('en', 'es'),
    title: hostileText,
    shares: fc.array(hundredths(0, 120), { maxLength: 150, size: 'max' }),
    undated: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ steps, scale, reach, shares, ...rest }) => {
    let day = dayNumber('2023-07-18');
    let total = rest.undated;
    const days = steps.map((step) => {
      day += step.days;
      total = Math.min(5_000_000, Math.max(rest.undated, Math.round(total + step.change * scale)));
      return { day: dayOf(day), total };
    });
    const highest = Math.max(1, ...days.map((each) => each.total));
    const milestones = shares.map((share) => Math.ceil(share * highest));
    return { ...rest, days, milestones, goal: Math.min(5_000_000, Math.ceil(highest * reach)) };
  });

describe('any title and any course', () => {
  test('is well-formed, holds only what the font can draw, and fits the card', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const { svg, alt } = tallyChart(curve);
        new Resvg(svg, { font: { fontBuffers: [] } }).free(); // throws where the XML is not well-formed
        for (const line of linesOf(svg)) {
          expect(Array.from(line.text).every(hasGlyph)).toBe(true);
          expect(line.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(line.size).toBeGreaterThanOrEqual(26);
          expect([line.left >= 0, line.right <= 1200, line.top >= 0, line.bottom <= 675]).not.toContain(
            false,
          );
        }
        expect(svg.match(/<text/g)).toHaveLength(linesOf(svg).length);
        expect(alt.length).toBeLessThanOrEqual(1024);
        expect(alt).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 300 },
    );
  });

  test('has no label on another, nor on a mark', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const { svg } = tallyChart({ ...curve, title: 'Perú' });
        const lines = linesOf(svg);
        for (const [index, one] of lines.entries()) {
          for (const other of [...lines.slice(index + 1), ...marksOf(svg)]) {
            expect(apart(one, other), `${one.text} and ${other.text}`).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('has no milestone’s number on the curve', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const { svg } = tallyChart({ ...curve, undated: 0 });
        for (const line of linesOf(svg).filter(({ size }) => size === 28))
          expect(onCurve(svg, line)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the curve', () => {
  test('is flat over days without change and moves on the days that changed it', () => {
    const [start, first, second, before, last] = curveOf(tallyChart(peru).svg);
    expect(curveOf(tallyChart(peru).svg)).toHaveLength(5);
    expect(before?.y).toBe(second?.y);
    const day = ((last?.x ?? 0) - (start?.x ?? 0)) / 19;
    expect((last?.x ?? 0) - (before?.x ?? 0)).toBeCloseTo(day, 0);
    expect((first?.x ?? 0) - (start?.x ?? 0)).toBeCloseTo(day, 0);
  });

  test('is drawn to one scale with the goal, and falls where the total fell', () => {
    const { svg } = tallyChart({
      ...peru,
      goal: 1000,
      days: [...peru.days, { day: '2023-07-20', total: 500 }],
    });
    const ys = curveOf(svg).map(({ y }) => y);
    const goal = Number(/y1="([\d.]+)" [^>]*stroke-dasharray/.exec(svg)?.[1]);
    const zero = ys[0] ?? 0;
    expect(ys.at(-1)).toBeGreaterThan(ys.at(-2) ?? 0);
    expect((zero - (ys.at(-2) ?? 0)) / (zero - goal)).toBeCloseTo(1.987, 2);
    expect((zero - (ys.at(-1) ?? 0)) / (zero - goal)).toBeCloseTo(0.5, 2);
  });

  test.each([1990, 2050, 2400])('leaves room for the name of a goal of 2,000 near %i', (total) => {
    const days = [
      { day: '2023-07-01', total },
      { day: '2023-07-19', total: total + 10 },
    ];
    const { svg } = tallyChart({ ...peru, days });
    const goal = linesOf(svg).filter(({ text }) => text === 'Goal 2,000');
    expect(goal.map((line) => onCurve(svg, line))).toEqual([false]);
  });

  test('starts from the signatures that have no day, and says so', () => {
    const { svg, alt } = tallyChart({ ...peru, undated: 100 });
    const ys = curveOf(svg).map(({ y }) => y);
    const zero = linesOf(svg).find(({ text }) => text === '0');
    expect(ys[0]).toBeLessThan(zero?.top ?? 0);
    expect(linesOf(svg).map(({ text }) => text)).toContain('Includes 100 signatures without a date');
    expect(alt).toContain('Includes 100 signatures without a date.');
  });

  test('has milestones on it, each with its number, but none that it never passed', () => {
    const { svg } = tallyChart({ ...peru, milestones: [500, 1000, 5000] });
    const rings = Array.from(svg.matchAll(/cy="([\d.]+)" r="9"/g), ([, y]) => Number(y));
    const [zero, end] = [curveOf(svg)[0]?.y ?? 0, curveOf(svg).at(-1)?.y ?? 0];
    expect(rings.map((y) => ((zero - y) / (zero - end)) * 1987).map(Math.round)).toEqual([
      expect.closeTo(1000, -1),
      expect.closeTo(500, -1),
    ]);
    const texts = linesOf(svg).filter(({ size }) => size === 28);
    expect(texts.map(({ text }) => text)).toEqual(['1,000', '500']);
  });

  test('names a few days at most, the last among them, and months over years', () => {
    const days = (last: string) => [
      { day: '2023-07-19', total: 5 },
      { day: last, total: 9 },
    ];
    const below = (last: string, language: 'en' | 'es') => {
      const lines = linesOf(tallyChart({ ...peru, language, days: days(last) }).svg);
      return lines.filter(({ bottom }) => bottom > 600).map(({ text }) => text);
    };
    expect(below('2023-07-20', 'en')).toEqual(['Jul 18', 'Jul 19', 'Jul 20']);
    expect(below('2023-08-31', 'es')).toEqual(['18 jul', '29 jul', '9 ago', '20 ago', '31 ago']);
    expect(below('2026-07-19', 'es')).toEqual(['ene 2024', 'ene 2025', 'ene 2026']);
  });
});

test('names fewer months where long numbers on both sides leave them little room', () => {
  const days = [
    { day: '2023-04-03', total: 4_999_990 },
    { day: '2024-12-01', total: 5_000_000 },
  ];
  const { svg } = tallyChart({ ...peru, goal: 5_000_000, language: 'es', days });
  const lines = linesOf(svg).filter(({ bottom }) => bottom > 600);
  for (const [index, one] of lines.entries())
    expect(lines.slice(index + 1).every((other) => apart(one, other))).toBe(true);
  expect(lines.map(({ text }) => text)).toEqual(['jul 2023', 'ene 2024', 'jul 2024']);
});

describe('words', () => {
  test('the alt text holds the numbers', () => {
    expect(tallyChart({ ...peru, milestones: [1000, 1500] }).alt).toBe(
      'Withdraw U.S. troops from Peru. 1,987 signatures, 99% of the goal of 2,000. Line chart of the signatures day by day: ' +
        '120 signatures on July 1, 2023; 1,987 signatures on July 19, 2023. Milestones reached: 1,000 and 1,500.',
    );
  });

  test('in Spanish, with the peak of a total that fell', () => {
    const days = [...peru.days, { day: '2023-07-20', total: 1 }];
    expect(tallyChart({ ...peru, days, language: 'es', title: '¿Tropas? No.' }).alt).toBe(
      '¿Tropas? No. 1 firma, menos del 1% de la meta de 2,000. Gráfico de líneas con las firmas día a día: ' +
        '120 firmas el 1 de julio de 2023; un máximo de 1,987 el 19 de julio de 2023; 1 firma el 20 de julio de 2023.',
    );
  });

  test.each([
    [999_999, 'en', '999,999 signatures · 99% of the goal of 1,000,000'],
    [1_000_000, 'es', '1,000,000 de firmas · 100% de la meta de 1,000,000'],
    [2_500_000, 'es', '2,500,000 firmas · 250% de la meta de 1,000,000'],
    [0, 'en', '0 signatures · 0% of the goal of 1,000,000'],
  ] as const)('%i of a million in %s', (total, language, line) => {
    const { svg } = tallyChart({ ...peru, goal: 1_000_000, days: [{ day: '2023-07-19', total }], language });
    expect(linesOf(svg).map(({ text }) => text)).toContain(line);
  });

  test('an empty chart says why', () => {
    const { svg, alt } = tallyChart({ ...peru, days: [] });
    expect(linesOf(svg).map(({ text }) => text)).toContain('No signatures yet');
    expect(svg).not.toContain('polyline');
    expect(alt).toContain('No signatures yet.');
    const undated = tallyChart({ ...peru, days: [], undated: 300, language: 'es' });
    expect(undated.alt).toContain('300 firmas, 15% de la meta de 2,000. Aún sin fechas');
  });

  test('a title keeps its letters and loses what would break the picture', () => {
    const title = '✊🏽🇵🇪 <b>"Perú" & \'Łódź\'\u202e g\u0303 请</b>\n1️⃣';
    const { svg } = tallyChart({ ...peru, title });
    expect(linesOf(svg)[0]?.text).toBe('<b>"Perú" & \'Łódź\' g̃ ?</b> 1');
    expect(svg).toContain('&lt;b&gt;&quot;Perú&quot; &amp; &apos;Łódź&apos;');
  });

  test('a long title is cut at two lines', () => {
    const lines = linesOf(tallyChart({ ...peru, title: 'Retiro de las tropas '.repeat(20) }).svg).filter(
      ({ size }) => size === 44,
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]?.text).toMatch(/…$/);
  });
});

describe('bars', () => {
  const bar = fc.record({ label: hostileText, value: fc.integer({ min: 0, max: 5_000_000 }) });
  const bars = fc.array(bar, { maxLength: 30, size: 'max' });

  test('add up to the total, the longest first, at most ten of them', () => {
    fc.assert(
      fc.property(bars, hostileText, fc.constantFrom('en', 'es'), (bars, title, language) => {
        const total = bars.reduce((sum, { value }) => sum + value, 0);
        const { svg, alt } = barChart(bars, { title, language, total });
        new Resvg(svg, { font: { fontBuffers: [] } }).free();
        const lines = linesOf(svg);
        const drawn = lines
          .filter(({ size, weight }) => size === 32 && weight === '700')
          .map(({ text }) => Number(text.replaceAll(',', '')));
        expect(drawn.reduce((sum, value) => sum + value, 0)).toBe(total);
        expect(drawn.length).toBeLessThanOrEqual(10);
        const single = bars.length > 10 ? drawn.slice(0, -1) : drawn;
        expect(single).toEqual(single.toSorted((one, other) => other - one));
        if (bars.length > 10) {
          const more = `${bars.length - 9} ${language === 'en' ? 'more' : 'más'}`;
          expect(lines.map(({ text }) => text)).toContain(more);
        }
        expect(lines.every(({ left, right }) => left >= 0 && right <= 1200)).toBe(true);
        expect(alt.length).toBeLessThanOrEqual(1024);
      }),
      { numRuns: 200 },
    );
  });

  test('are as long as their numbers say', () => {
    const { svg } = barChart(
      [
        { label: 'Perú', value: 250 },
        { label: 'Chile', value: 1000 },
      ],
      { title: 'Por país', language: 'es', total: 1250 },
    );
    const lengths = Array.from(svg.matchAll(/<rect x="48" [^>]*width="([\d.]+)"/g), ([, width]) =>
      Number(width),
    );
    expect((lengths[0] ?? 0) / (lengths[1] ?? 1)).toBeCloseTo(4, 2);
  });

  test('that contradict the total are refused', () => {
    const options = { title: 'By kind', language: 'en', total: 3 } as const;
    expect(() => barChart([{ label: 'People', value: 2 }], options)).toThrow(RangeError);
  });
});

describe('reading it', () => {
  /** @see https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
  const contrast = (one: string, other: string) => {
    const light = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
        const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    };
    return Math.max(light(one), light(other)) / Math.min(light(one), light(other));
  };

  test('text, marks and lines stand out from what they are on', () => {
    const { svg } = tallyChart({ ...peru, milestones: [500], undated: 3 });
    for (const { fill } of linesOf(svg)) {
      expect(contrast(fill, colours.ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(fill, colours.tint)).toBeGreaterThanOrEqual(4.5);
    }
    for (const line of [colours.curve, colours.goal, colours.rest])
      expect(contrast(line, colours.ground)).toBeGreaterThanOrEqual(3);
  });

  test.each([400, 700] as const)('widths are those of the font at %i', (weight) => {
    const text = 'Retiro de las tropas: 1,987 firmas — ¡Łódź!';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="99"><text x="0" y="60" font-size="40" font-weight="${weight}" font-family="Noto Sans">${text}</text></svg>`;
    const fontBuffers = [readFileSync(fontFile(400)), readFileSync(fontFile(700))];
    const drawing = new Resvg(svg, { font: { fontBuffers } });
    const box = drawing.getBBox();
    expect(box?.width).toBeLessThanOrEqual(textWidth(text, 40, weight));
    expect(box?.width).toBeGreaterThan(0.98 * textWidth(text, 40, weight));
    drawing.free();
  });
});
