// Signatures by source, country or kind: horizontal bars, each under its name and number.
import { card, colours, heading, round, sizes, textLine } from './card.js';
import { textWidth } from './font.js';
import { altText, type Chart, cutToLength, cutToWidth, drawableText, plainText } from './text.js';
import { type ChartWords, chartWords, type Language } from './words.js';

/** A group and how many signatures are in it. */
export interface Bar {
  /** As people wrote it. */
  label: string;
  value: number;
}

const mostRows = 10;
const rowHeight = 96;
const type = 32;
const gap = 14;
const { margin, width } = sizes;

/**
 * Draws groups as bars, the longest first, 1200 pixels wide and as high as it takes.
 *
 * @param bars all groups, "not stated" among them; from the eleventh on, the small ones are drawn as one
 * @param options.total what the bars add up to
 * @throws RangeError when they do not: such a picture would show a total that its parts contradict
 */
export function barChart(bars: Bar[], options: { title: string; language: Language; total: number }): Chart {
  const { title, language, total } = options;
  const sum = bars.reduce((before, { value }) => before + value, 0);
  if (sum !== total) throw new RangeError(`The bars add up to ${sum}, not to the total of ${total}`);
  const words = chartWords[language];
  const rows = fold(bars, words);
  const subtitle = total > 0 ? words.signatures(total) : words.say('none');
  const head = heading(title, subtitle);
  const longest = Math.max(1, ...rows.map(({ value }) => value));
  const room =
    width - 2 * margin - Math.max(0, ...rows.map(({ value }) => textWidth(words.number(value), type, 700)));
  const spoken = rows.map(({ label, value }) => `${cutToLength(label, 60)}: ${words.number(value)}`);
  return {
    svg: card(head.bottom + (rows.length > 0 ? 44 : 0) + rows.length * rowHeight + 32, [
      head.svg,
      ...rows.map((row, index) =>
        drawRow(row, head.bottom + 76 + index * rowHeight, ((room - gap) * row.value) / longest, words),
      ),
    ]),
    alt: altText(title, [
      `${subtitle}.`,
      rows.length > 0 ? words.say('barChart', { bars: spoken.join('; ') }) : '',
    ]),
  };
}

interface Row extends Bar {
  colour: string;
}

/** The bars in order of length; of more than ten, the first nine and the rest as one. */
function fold(bars: Bar[], words: ChartWords): Row[] {
  const ordered = bars
    .toSorted((one, other) => other.value - one.value)
    .map(({ label, value }) => ({ label: plainText(label) || '–', value, colour: colours.curve }));
  if (ordered.length <= mostRows) return ordered;
  const rest = ordered.splice(mostRows - 1);
  const value = rest.reduce((before, bar) => before + bar.value, 0);
  return [...ordered, { label: words.more(rest.length), value, colour: colours.rest }];
}

/** A name, below it the bar, and at the bar's end its number. */
function drawRow({ label, value, colour }: Row, y: number, share: number, words: ChartWords): string {
  const length = value > 0 ? Math.max(3, share) : 0;
  const name = cutToWidth(drawableText(label), type, 400, width - 2 * margin);
  return (
    textLine(name, { x: margin, y, size: type }) +
    `<rect x="${margin}" y="${y + 15}" width="${round(length)}" height="30" fill="${colour}"/>` +
    textLine(words.number(value), {
      x: margin + length + (length > 0 ? gap : 0),
      y: y + 42,
      size: type,
      weight: 700,
    })
  );
}
