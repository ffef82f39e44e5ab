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

/** «**Petition page** · 1,234 · platform, as of 19 July · of which 12 with names». */
export function sourceLine(figure: SourceFigure, words: Words): string {
  const { source, basis, names, asOf } = figure;
  const named = totalOf(names);
  const notes = [
    someOf(figure, words),
    words.say(`source.kinds.${source.kind}`),
    ...(asOf === undefined ? [] : [words.say('source.asOf', { day: { day: asOf } })]),
    ...(basis === 'count' && named > 0 ? [words.say('source.named', { count: named })] : []),
  ];
  return `- **${shownName(source, words)}**: ${words.number(totalOf(figure))} · ${notes.join(' · ')}`;
}
