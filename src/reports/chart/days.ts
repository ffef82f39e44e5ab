// The signatures by day: what each day, week or month added to the total or took from it; drawn, and in words.
import { card, colours, heading, sizes, textLine } from './card.js';
import { drawColumns } from './columns.js';
import { type DayChange, type Periods, periodsOf, sum } from './periods.js';
import { altText, type Chart } from './text.js';
import { type ChartWords, chartWords, type Language } from './words.js';

const height = 675;
const noteHeight = 42;
const { width, margin } = sizes;

/**
 * Draws what each day added, 1200 × 675 pixels: by week or month where there are more than 45 days.
 *
 * @param changes all days, and without a day what is not stated; in any order
 * @param options.total what the changes add up to
 * @throws RangeError when the columns, and what is said to be left out of them, do not
 */
export function dayChart(
  changes: DayChange[],
  options: { title: string; language: Language; total: number },
): Chart {
  const { title, language, total } = options;
  const words = chartWords[language];
  const periods = periodsOf(changes);
  const added = sum(periods.columns) + periods.undated + periods.earlier;
  if (added !== total) throw new RangeError(`The days add up to ${added}, not to the total of ${total}`);
  const signatures = words.signatures(total);
  const head = heading(
    title,
    periods.days ? `${signatures} · ${words.say(`by.${periods.unit}`)}` : signatures,
  );
  const notes = leftOutLines(periods, words);
  if (periods.days) notes.unshift(`${words.say(`column.${periods.unit}`)} · ${words.days(...periods.days)}`);
  const bottom = height - margin - notes.length * noteHeight;
  const drawnNotes = notes.map((note, index) =>
    textLine(note, {
      x: margin,
      y: bottom + (index + 1) * noteHeight,
      size: sizes.note,
      fill: colours.muted,
    }),
  );
  const plot = periods.days
    ? drawColumns(periods, { top: head.bottom, bottom }, words)
    : textLine(nothing(periods, words), {
        x: width / 2,
        y: (head.bottom + bottom) / 2,
        size: 40,
        fill: colours.muted,
        anchor: 'middle',
      });
  return {
    svg: card(height, [head.svg, plot, ...drawnNotes]),
    alt: altText(title, ...inWords(periods, words).map((sentences) => [`${signatures}.`, ...sentences])),
  };
}

const nothing = ({ undated }: Periods, words: ChartWords) => words.say(undated === 0 ? 'none' : 'allUndated');

/** What is in none of the columns. */
function leftOutLines({ days, undated, earlier }: Periods, words: ChartWords): string[] {
  const lines = [];
  if (undated !== 0) lines.push(words.say('undatedLeftOut', { signatures: words.signatures(undated) }));
  if (days && earlier !== 0) {
    const signatures = words.signatures(earlier);
    lines.push(words.say('earlierLeftOut', { signatures, day: { day: days[0] } }));
  }
  return lines;
}

/** The columns as sentences; then the same with ever more of the earliest as one sum, for where they are too many. */
function inWords(periods: Periods, words: ChartWords): string[][] {
  const { unit, days, columns } = periods;
  const leftOut = leftOutLines(periods, words).map((line) => `${line}.`);
  if (!days) return [[`${nothing(periods, words)}.`, ...leftOut]];
  const changed = columns.filter(({ count }) => count !== 0);
  const named = changed.map(({ start, count }) => `${words.period(unit, start)}: ${words.change(count)}`);
  const telling = (folded: number) => {
    const before = `${words.say('earlier')}: ${words.change(sum(changed.slice(0, folded)))}`;
    const shown = [...(folded > 0 ? [before] : []), ...named.slice(folded)].join('; ');
    return [
      words.say('columnChart', {
        by: words.say(`by.${unit}`),
        days: words.days(...days),
        columns: shown || words.number(0),
      }),
      changed.length < columns.length ? words.say('noneElse') : '',
      ...leftOut,
    ];
  };
  return [telling(0), ...changed.map((_, index) => telling(index + 1))];
}
