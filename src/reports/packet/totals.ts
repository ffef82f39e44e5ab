// The figures: the total and how it adds up, by source and by country, with what a reader should know of them.
import { countryName } from '../../coalition/country.js';
import { cleanLine } from '../../coalition/plain-text.js';
import { addedByHand } from '../../coalition/source.js';
import { type Figures, mayOverlap, totalOf } from '../../coalition/tally.js';
import type { Words } from '../../i18n/words.js';
import type { PacketFacts } from './facts.js';
import { inks, type Paper } from './paper.js';
import { type Column, type Row, row, table } from './table.js';
import { each, inOne, told } from './words.js';

/** «1,984 people and 16 organizations». */
export const partsOf = ({ people, organizations }: Figures, words: Words): string =>
  words.list([
    words.say('tally.people', { count: people }),
    words.say('tally.organizations', { count: organizations }),
  ]);

export function totals(paper: Paper, facts: PacketFacts, speech: readonly Words[]): void {
  const { tally } = facts;
  paper.page();
  paper.heading(1, told(speech, 'packet.signatures'));
  for (const words of speech) {
    const { language } = words;
    const total = words.say('tally.total', { count: tally.total });
    const text = words.say('packet.total', { total, parts: partsOf(tally, words) });
    paper.say({ text, language }, { size: 12, isBold: true, below: 3 });
    paper.say({ text: sumLine(facts, words), language }, { below: 3 });
    for (const line of reasonLines(facts, words))
      paper.say({ text: `• ${line}`, language }, { indent: 12, below: 1 });
    paper.gap(10);
  }
  bySource(paper, facts, speech);
  byCountry(paper, facts, speech);
}

/** What is named and what is only counted, as a sum that a reader can check. */
export function sumLine({ tally, list }: PacketFacts, words: Words): string {
  const named = list.people.length + list.organizations.length;
  const counted = list.unnamed + list.unwilling + list.erased;
  const { beyond } = list;
  return words.say(beyond > 0 ? 'packet.sumBeyond' : 'packet.sum', {
    named,
    counted,
    beyond,
    total: tally.total,
  });
}

/** Why some are only counted. */
function reasonLines({ list }: PacketFacts, words: Words): string[] {
  const reasons = [
    ['packet.unnamed', list.unnamed],
    ['packet.unwilling', list.unwilling],
    ['packet.erased', list.erased],
  ] as const;
  return reasons.filter(([, count]) => count > 0).map(([key, count]) => words.say(key, { count }));
}

/** Columns of figures after one or two of text; the first of speech writes the numbers of all. */
function figures(speech: readonly Words[], before: Column[]): Column[] {
  const number = (key: 'packet.people' | 'packet.organizations' | 'packet.totalColumn', width: number) => ({
    heading: each(speech, key),
    width,
    isNumber: true,
  });
  return [
    ...before,
    number('packet.people', 62),
    number('packet.organizations', 92),
    number('packet.totalColumn', 62),
  ];
}

const figureCells = (line: Figures, words: Words | undefined) =>
  [line.people, line.organizations, totalOf(line)].map((value) => words?.number(value) ?? String(value));

/** The lines of a table, and what they add up to below. */
function summed(
  paper: Paper,
  columns: Column[],
  rows: Row[],
  { tally }: PacketFacts,
  speech: readonly Words[],
) {
  const label = inOne(speech, (words) => words.say('packet.totalColumn'));
  const blank = columns.slice(4).map(() => '');
  const last = row(columns, [label, ...blank, ...figureCells(tally, speech[0])], true);
  const bound = rows.map((one, index) => (index === rows.length - 1 ? { ...one, isBound: true } : one));
  table(paper, columns, [...bound, last], rows.length + 1);
}

function bySource(paper: Paper, facts: PacketFacts, speech: readonly Words[]): void {
  const { tally, day } = facts;
  paper.heading(2, told(speech, 'packet.bySource'));
  const columns = figures(speech, [
    { heading: each(speech, 'packet.source'), width: 150 },
    { heading: each(speech, 'packet.asOfDay'), width: 102 },
  ]);
  const rows = tally.sources
    .filter((figure) => totalOf(figure) !== 0)
    .toSorted((one, other) => totalOf(other) - totalOf(one))
    .map((figure) => {
      const { source, asOf = day } = figure;
      const nameOf = (words: Words) =>
        source.name === addedByHand ? words.say('source.addedByHand') : cleanLine(source.name);
      const name = `${inOne(speech, nameOf)} (${inOne(speech, (words) => words.say(`source.kinds.${source.kind}`))})`;
      const date = inOne(speech, (words) => words.day(asOf));
      return row(columns, [paper.print(name), date, ...figureCells(figure, speech[0])]);
    });
  summed(paper, columns, rows, facts, speech);
  for (const words of speech) {
    const { language } = words;
    const notes = [
      ...(mayOverlap(tally) ? [words.say('tally.mayOverlap')] : []),
      ...(tally.likely > 0 ? [words.say('packet.likely', { count: tally.likely })] : []),
    ];
    for (const text of notes) paper.say({ text, language }, { size: 9, ink: inks.grey, below: 2 });
  }
}

function byCountry(paper: Paper, facts: PacketFacts, speech: readonly Words[]): void {
  if (facts.countries.length === 0) return;
  paper.heading(2, told(speech, 'packet.byCountry'));
  const columns = figures(speech, [{ heading: each(speech, 'packet.country'), width: 252 }]);
  const rows = facts.countries.map((line) => {
    const nameOf = (words: Words) =>
      line.key === '' ? words.say('tally.notStated') : countryName(line.key, words.language);
    return row(columns, [inOne(speech, nameOf), ...figureCells(line, speech[0])]);
  });
  summed(paper, columns, rows, facts, speech);
}
