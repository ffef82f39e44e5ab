// Where the curve lies and what it is read against: the course of the total, the axes, the line itself.
import { capHeight, colours, round, sizes, textLine } from './card.js';
import { textWidth } from './font.js';
import type { Box, Point } from './labels.js';
import { dayNumber, dayOf, dayTicks } from './scale.js';
import type { ChartWords } from './words.js';

/** The total at the end of a day (YYYY-MM-DD). */
export interface DayTotal {
  day: string;
  total: number;
}

/** The total at the end of a day, counted from the day before the first. */
export interface Moment {
  at: number;
  total: number;
}

/** The area that the curve is drawn in, in pixels. */
export interface Plot extends Box {
  x: (at: number) => number;
  y: (total: number) => number;
  line: Point[];
}

/**
 * The total over time, from the day before the first: flat over the days that did not change it.
 *
 * @param before the total before the first day
 */
export function course(days: DayTotal[], before: number): Moment[] {
  const first = days[0]?.day;
  if (first === undefined) return [];
  const moments: Moment[] = [{ at: 0, total: before }];
  for (const { day, total } of days) {
    const at = dayNumber(day) - dayNumber(first) + 1;
    const previous = moments.at(-1);
    if (previous && previous.at < at - 1) moments.push({ at: at - 1, total: previous.total });
    moments.push({ at, total });
  }
  return moments;
}

/** Spreads the moments over a box whose upper edge is `highest`. */
export function layOut(moments: Moment[], highest: number, box: Box): Plot {
  const span = moments.at(-1)?.at ?? 1;
  const x = (at: number) => box.left + (at / span) * (box.right - box.left);
  const y = (total: number) => box.bottom - (total / highest) * (box.bottom - box.top);
  return { ...box, x, y, line: moments.map(({ at, total }) => ({ x: x(at), y: y(total) })) };
}

/** The tint under the curve. */
export function area({ line, left, right, bottom }: Plot): string {
  const corners = [{ x: left, y: bottom }, ...line, { x: right, y: bottom }];
  return `<polygon points="${coordinates(corners)}" fill="${colours.tint}"/>`;
}

/** The curve. */
export function curveLine({ line }: Plot): string {
  return (
    `<polyline points="${coordinates(line)}" fill="none" stroke="${colours.curve}" stroke-width="7"` +
    ' stroke-linejoin="round" stroke-linecap="round"/>'
  );
}

const coordinates = (points: Point[]) => points.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ');

/** Thin lines at round values, with their numbers. */
export function valueAxis(
  { left, right, y }: Pick<Plot, 'left' | 'right' | 'y'>,
  ticks: number[],
  written: (value: number) => string,
): string {
  const { label: size } = sizes;
  return ticks
    .map((tick) => {
      const place = { x: left - 16, y: y(tick) + (capHeight * size) / 2, size, fill: colours.muted };
      const stroke = `stroke="${tick === 0 ? colours.rest : colours.edge}" stroke-width="2"`;
      return (
        `<line x1="${round(left)}" x2="${round(right)}" y1="${round(y(tick))}" y2="${round(y(tick))}" ${stroke}/>` +
        textLine(written(tick), { ...place, anchor: 'end' })
      );
    })
    .join('');
}

/** A few days below the curve, each under its end. */
export function dayAxis({ bottom, x }: Plot, days: DayTotal[], words: ChartWords): string {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return '';
  const before = dayNumber(first.day) - 1;
  const places = [5, 4, 3, 2, 1].map((most) => {
    const { days, unit } = dayTicks(before, dayNumber(last.day), most);
    return days.map((number) => ({ at: x(number - before), label: words.period(unit, dayOf(number)) }));
  });
  // Between long numbers on both sides, five months may not have room.
  const fitting = places.find(haveRoom) ?? [];
  return fitting.map(({ at, label }) => dayTick(at, bottom, label)).join('');
}

/** Whether names below the plot, from left to right, leave a space between them. */
function haveRoom(ticks: { at: number; label: string }[]): boolean {
  const half = (label: string) => textWidth(label, sizes.label, 400) / 2;
  return ticks.every(({ at, label }, index) => {
    const next = ticks[index + 1];
    return !next || at + half(label) + 12 <= next.at - half(next.label);
  });
}

/** A short stroke below the plot, and under it the name of a day, week or month. */
export function dayTick(x: number, bottom: number, label: string): string {
  const at = round(x);
  return (
    `<line x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + 10}" stroke="${colours.rest}" stroke-width="2"/>` +
    textLine(label, { x: at, y: bottom + 44, size: sizes.label, fill: colours.muted, anchor: 'middle' })
  );
}
