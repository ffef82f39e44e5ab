// A source of signatures in one line: its name, its figure, and where the figure comes from.
import { asPlain } from '../../coalition/plain-text.js';
import { sourceName } from '../../coalition/source.js';
import { type SourceFigure, totalOf } from '../../coalition/tally.js';
import type { Words } from '../../i18n/words.js';
import { someOf } from './progress.js';

/** A source's name, safe to show. */
export function shownName(source: { name: string }, words: Words): string {
  const name = sourceName(source);
  return typeof name === 'string' ? asPlain(name) : words.say('source.addedByHand');
}

/** «**Petition page** · 1,234 · petition page · as of 19 July (3 days ago) · asking it failed: … · 12 of them with names». */
export function sourceLine(figure: SourceFigure, words: Words): string {
  const { source, basis, names, asOf, failing, likely } = figure;
  const named = totalOf(names);
  const notes = [
    someOf(figure, words),
    words.say(`source.kinds.${source.kind}`),
    ...(asOf === undefined ? [] : [words.say('source.asOf', { day: { day: asOf } }) + ageOf(failing?.since)]),
    ...(failing === undefined
      ? []
      : [words.say('source.failing', { problem: { key: `source.problems.${failing.problem}` } })]),
    ...(basis === 'count' && named > 0 ? [words.say('source.named', { count: named })] : []),
    ...(likely > 0 ? [words.say('tally.likely', { count: likely })] : []),
  ];
  return `- **${shownName(source, words)}**: ${words.number(totalOf(figure))} · ${notes.join(' · ')}`;
}

/** « (3 days ago)», as each reader's Discord says it at any later moment. */
const ageOf = (since: number | undefined) =>
  since === undefined ? '' : ` (<t:${Math.floor(since / 1000)}:R>)`;
