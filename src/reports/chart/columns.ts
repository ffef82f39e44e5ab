// Columns up and down from a line at zero, with their axes; the most telling of them, or all, with their numbers.
import { colours, round, sizes, textLine } from './card.js';
import { textWidth } from './font.js';
import { type Box, beside, freePlace } from './labels.js';
import type { Periods } from './periods.js';
import { dayTick, valueAxis } from './plot.js';
import { valueTicks } from './scale.js';
import type { ChartWords } from './words.js';

const { width, margin, label: type } = sizes;
const widest = 110;
const gap = 12;

/** A column where it is drawn. */
interface Mark {
  count: number;
  box: Box;
}

/** Draws columns, one at least, between two heights of the card. */
export function drawColumns(
  { unit, columns }: Pick<Periods, 'unit' | 'columns'>,
  between: { top: number; bottom: number },
  words: ChartWords,
): string {
  const counts = columns.map(({ count }) => count);
  const lowest = Math.min(0, ...counts);
  const highest = Math.max(lowest === 0 ? 1 : 0, ...counts);
  const ticks = valueTicks(highest, lowest);
  const names = columns.map(({ start }) => words.period(unit, start));
  const nameWidth = Math.max(...names.map((name) => textWidth(name, type, 400)));
  const left = margin + Math.max(...ticks.map((tick) => textWidth(words.change(tick), type, 400))) + 16;
  const right = width - margin - nameWidth / 2;
  const top = between.top + 76;
  const bottom = between.bottom - 54;
  const deepest = bottom - (lowest < 0 ? 44 : 0);
  const y = (value: number) => top + ((highest - value) / (highest - lowest)) * (deepest - top);
  const slot = (right - left) / columns.length;
  const x = (index: number) => left + (index + 0.5) * slot;
  const half = Math.min(widest, slot * 0.72) / 2;
  const marks = columns.flatMap(({ count }, index): Mark[] => {
    if (count === 0) return [];
    const length = Math.max(3, Math.abs(y(count) - y(0)));
    const [top, bottom] = count < 0 ? [y(0), y(0) + length] : [y(0) - length, y(0)];
    return [{ count, box: { left: x(index) - half, right: x(index) + half, top, bottom } }];
  });
  const every = [1, 2, 3, 6, 12, 24].find((step) => step * slot >= nameWidth + 24) ?? columns.length;
  return [
    `<line x1="${round(left)}" x2="${round(right)}" y1="${bottom}" y2="${bottom}" stroke="${colours.edge}" stroke-width="2"/>`,
    valueAxis({ left, right, y }, ticks, words.change),
    ...marks.map(drawMark),
    ...names.map((name, index) =>
      (columns.length - 1 - index) % every === 0 ? dayTick(x(index), bottom, name) : '',
    ),
    numbers(marks, { left, right: width - margin, top: top - 48, bottom }, slot, words),
  ].join('');
}

function drawMark({ count, box: { left, right, top, bottom } }: Mark): string {
  const fill = count < 0 ? colours.goal : colours.curve;
  return `<rect x="${round(left)}" y="${round(top)}" width="${round(right - left)}" height="${round(bottom - top)}" fill="${fill}"/>`;
}

/** The number of each column if all have room; else of the highest, the deepest and the last, where they have. */
function numbers(marks: Mark[], frame: Box, slot: number, words: ChartWords): string {
  const written = ({ count }: Mark) => words.change(count);
  const highest = marks.toSorted((one, other) => other.count - one.count);
  const deepest = highest.slice(-1).filter(({ count }) => count < 0);
  const all = marks.every((mark) => textWidth(written(mark), type, 700) + 8 <= slot);
  const taken = marks.map(({ box }) => box);
  let svg = '';
  for (const mark of new Set(all ? marks : [...highest.slice(0, 1), ...deepest, ...marks.slice(-1)])) {
    const { left, right, top, bottom } = mark.box;
    const [side, end] = mark.count < 0 ? [1, bottom] : [-1, top];
    const point = { x: (left + right) / 2, y: end };
    const places = [0, 1, -1].map((x) =>
      beside(written(mark), type, 700, point, { x, y: side }, { x: (left - right) / 2, y: gap }),
    );
    const box = freePlace(places, { frame, taken });
    if (!box) continue;
    taken.push(box);
    svg += textLine(written(mark), { x: box.left, y: box.bottom, size: type, weight: 700 });
  }
  return svg;
}
