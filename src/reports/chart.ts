// The tally's picture: the total day by day, the goal, the milestones passed; as SVG text, and in words.
import { card, colours, heading, sizes, textLine } from './chart/card.js';
import { textWidth } from './chart/font.js';
import { endMark, goalMark, milestoneMarks } from './chart/marks.js';
import {
  area,
  course,
  curveLine,
  type DayTotal,
  dayAxis,
  layOut,
  type Moment,
  valueAxis,
} from './chart/plot.js';
import { valueTicks } from './chart/scale.js';
import { altText, type Chart } from './chart/text.js';
import { type ChartWords, chartWords, type Language } from './chart/words.js';

export { type Bar, barChart } from './chart/bars.js';
export { dayChart } from './chart/days.js';
export type { DayChange } from './chart/periods.js';
export type { Chart };

/** What a tally's picture shows. */
export interface TallyCurve {
  /** The total (people and organizations, the undated among them) at the end of each day that changed it, ascending. */
  days: DayTotal[];
  /** 1 or more. */
  goal: number;
  language: Language;
  /** As people wrote it. */
  title: string;
  /** Thresholds already reached. */
  milestones: number[];
  /** Signatures without a day: part of every total, and where the curve starts. */
  undated?: number;
}

const height = 675;

/** Draws a tally, 1200 × 675 pixels. */
export function tallyChart(curve: TallyCurve): Chart {
  const { days, goal, language, title, undated = 0 } = curve;
  const words = chartWords[language];
  const moments = course(days, undated);
  const total = moments.at(-1)?.total ?? undated;
  const progress = [words.signatures(total), words.ofGoal(total, goal)];
  const head = heading(title, progress.join(' · '));
  return {
    svg: card(height, [head.svg, plotted(curve, moments, head.bottom, words)]),
    alt: altText(title, [`${progress.join(', ')}.`, ...inWords(curve, words)]),
  };
}

/** The curve with all that is marked on it; while there is none, the goal alone, and why. */
function plotted(curve: TallyCurve, moments: Moment[], headBottom: number, words: ChartWords): string {
  const { days, goal, milestones, undated = 0 } = curve;
  const { width, margin } = sizes;
  const total = moments.at(-1)?.total;
  const highest = Math.max(goal, ...moments.map((moment) => moment.total));
  const ticks = valueTicks(highest);
  const plot = layOut(moments, highest, {
    left: margin + Math.max(...ticks.map((tick) => textWidth(words.number(tick), sizes.label, 400))) + 16,
    top: headBottom + 76,
    right: width - margin - (total === undefined ? 0 : textWidth(words.number(total), sizes.total, 700) + 28),
    bottom: height - margin - 40 - (total !== undefined && undated > 0 ? 48 : 0),
  });
  const axis = valueAxis(plot, ticks, words.number);
  const goalLabel = goalMark(plot, goal, words);
  if (total === undefined) {
    const middle = { x: (plot.left + plot.right) / 2, y: plot.y(highest / 4), anchor: 'middle' } as const;
    return (
      axis + goalLabel.svg + textLine(noCurve(undated, words), { ...middle, size: 40, fill: colours.muted })
    );
  }
  const note = { x: margin, y: height - margin, size: sizes.note, fill: colours.muted };
  return [
    area(plot),
    axis,
    dayAxis(plot, days, words),
    goalLabel.svg,
    curveLine(plot),
    milestoneMarks(plot, moments, { milestones, goal, goalLabel: goalLabel.box, words }),
    endMark(plot, total, words),
    undated > 0 ? textLine(withoutDay(undated, words), note) : '',
  ].join('');
}

const noCurve = (undated: number, words: ChartWords) => words.say(undated > 0 ? 'allUndated' : 'none');

const withoutDay = (undated: number, words: ChartWords) =>
  words.say('someUndated', { signatures: words.signatures(undated) });

/** The curve's first, highest and last day, the undated and the milestones, as sentences. */
function inWords({ days, milestones, undated = 0 }: TallyCurve, words: ChartWords): string[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [`${noCurve(undated, words)}.`];
  const peak = days.reduce((most, day) => (day.total > most.total ? day : most));
  const onDay = ({ day, total }: DayTotal) =>
    words.say('onDay', { signatures: words.signatures(total), day: words.longDay(day) });
  const steps = [onDay(first)];
  if (peak.total > Math.max(first.total, last.total))
    steps.push(words.say('peak', { count: peak.total, day: words.longDay(peak.day) }));
  if (last !== first) steps.push(onDay(last));
  const sentences = [words.say('lineChart', { steps: steps.join('; ') })];
  if (undated > 0) sentences.push(`${withoutDay(undated, words)}.`);
  if (milestones.length > 0)
    sentences.push(words.say('milestones', { numbers: words.list(milestones.map(words.number)) }));
  return sentences;
}
