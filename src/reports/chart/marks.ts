// What is marked on the curve, each with its number: the goal, the milestones passed, where it stands now.
import { capHeight, colours, round, sizes, textLine } from './card.js';
import { type Box, beside, freePlace, type Point, touches, widened } from './labels.js';
import type { Moment, Plot } from './plot.js';
import type { ChartWords } from './words.js';

const dot = 12;
const ring = 9;

const around = ({ x, y }: Point, radius: number): Box => ({
  left: x - radius,
  top: y - radius,
  right: x + radius,
  bottom: y + radius,
});

/** Where labels may stand: the plot, and above it the height of a label on its upper edge. */
const frameOf = ({ left, top, right, bottom }: Plot): Box => ({ left, top: top - 48, right, bottom });

/** The goal as a dashed line with its name and number, and where that label lies. */
export function goalMark(plot: Plot, goal: number, words: ChartWords): { svg: string; box: Box } {
  const { left, right, line } = plot;
  const y = plot.y(goal);
  const text = words.say('goal', { goal });
  const label = (x: number, besideX: number, besideY: number) =>
    beside(text, sizes.label, 700, { x, y }, { x: besideX, y: besideY }, { x: 14, y: 14 });
  const aboveLeft = label(left, 1, -1);
  const places = [aboveLeft, label(right, -1, -1), label(left, 1, 1), label(right, -1, 1)];
  const box = freePlace(places, { frame: frameOf(plot), line, taken: [], clearance: 10 }) ?? aboveLeft;
  return {
    box,
    svg:
      `<line x1="${round(left)}" x2="${round(right)}" y1="${round(y)}" y2="${round(y)}" stroke="${colours.goal}" stroke-width="4" stroke-dasharray="16 11"/>` +
      textLine(text, { x: box.left, y: box.bottom, size: sizes.label, weight: 700, fill: colours.goal }),
  };
}

/** Where the curve first rose to a total; nothing if it began above it. */
function reached(plot: Plot, moments: Moment[], total: number): Point | undefined {
  const index = moments.findIndex((moment) => moment.total >= total);
  const [from, to] = [moments[index - 1], moments[index]];
  if (!from || !to) return undefined;
  const at = from.at + ((total - from.total) / (to.total - from.total)) * (to.at - from.at);
  return { x: plot.x(at), y: plot.y(total) };
}

/** Where a milestone's number may stand: above to the left first, where a rising curve leaves room. */
const sides = [
  { x: -1, y: -1, gap: { x: 12, y: 14 } },
  { x: -1, y: 0, gap: { x: 24, y: 0 } },
  { x: 1, y: 1, gap: { x: 12, y: 14 } },
  { x: 1, y: 0, gap: { x: 24, y: 0 } },
  { x: 0, y: -1, gap: { x: 0, y: 24 } },
  { x: 0, y: 1, gap: { x: 0, y: 24 } },
];

/** A ring and a number for each milestone that has room for both, the highest first. */
export function milestoneMarks(
  plot: Plot,
  moments: Moment[],
  context: { milestones: number[]; goal: number; goalLabel: Box; words: ChartWords },
): string {
  const { left, right, line } = plot;
  const end = line.at(-1);
  const goalY = plot.y(context.goal);
  const marks: Box[] = [context.goalLabel];
  const notForLabels: Box[] = [
    { left, right, top: goalY - 5, bottom: goalY + 5 },
    ...(end ? [around(end, dot + 4)] : []),
  ];
  let drawn = '';
  for (const milestone of [...new Set(context.milestones)].sort((one, other) => other - one)) {
    const point = reached(plot, moments, milestone);
    if (!point || marks.some((mark) => touches(mark, around(point, ring + 4)))) continue;
    const text = context.words.number(milestone);
    const places = sides.map(({ gap, ...side }) => beside(text, sizes.note, 400, point, side, gap));
    const box = freePlace(places, {
      frame: frameOf(plot),
      line,
      taken: [...marks, ...notForLabels],
      clearance: 7,
    });
    if (!box) continue;
    marks.push(widened(box, 8), around(point, ring + 4));
    drawn +=
      `<circle cx="${round(point.x)}" cy="${round(point.y)}" r="${ring}" fill="${colours.ground}" stroke="${colours.curve}" stroke-width="5"/>` +
      textLine(text, { x: box.left, y: box.bottom, size: sizes.note });
  }
  return drawn;
}

/** The curve's end as a dot, its number to the right of the plot, where nothing else is. */
export function endMark({ line, top, bottom }: Plot, total: number, words: ChartWords): string {
  const end = line.at(-1);
  if (!end) return '';
  const { total: size } = sizes;
  const middle = Math.min(Math.max(end.y, top), bottom - size / 2);
  const place = { x: end.x + dot + 16, y: middle + (capHeight * size) / 2, size, weight: 700 } as const;
  return (
    `<circle cx="${round(end.x)}" cy="${round(end.y)}" r="${dot}" fill="${colours.curve}" stroke="${colours.ground}" stroke-width="4"/>` +
    textLine(words.number(total), { ...place, fill: colours.curve })
  );
}
