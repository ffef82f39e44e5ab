// What an edit of the statement changed: line by line, and word by word where a line is still recognizable.
import { diffArrays, diffWords } from 'diff';
import { cutTo } from './plain-text.js';

/** A stretch of text that stayed, went, or came. */
export interface Span {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** A line that changed, went, or came. */
export type Passage = Span[];

/** How much of what stayed is shown on each side of a change, in characters. */
const around = 40;

/** More differing lines or words than these take long to compare, and nobody reads them one by one. */
const mostLines = 1000;
const mostWords = 200;

/** How many of the new lines are looked at for what has become of an old one. */
const reach = 3;

/**
 * The lines that differ, in the order of the text; none where only white space does.
 *
 * @returns undefined where too much differs
 */
export function changesBetween(before: string, after: string): Passage[] | undefined {
  const parts = diffArrays(linesOf(before), linesOf(after), { maxEditLength: mostLines });
  if (!parts) return undefined;
  return parts.flatMap(({ value, added, removed }, index) => {
    const next = parts[index + 1];
    if (removed) return rewritten(value, next?.added ? next.value : []);
    return added && !parts[index - 1]?.removed ? value.map(came) : [];
  });
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');
}

const went = (text: string): Passage => [{ kind: 'gone', text }];
const came = (text: string): Passage => [{ kind: 'new', text }];

/** What has become of lines: each is told with the new one that it resembles, or as gone. */
function rewritten(gone: string[], come: string[]): Passage[] {
  let rest = come;
  const passages = gone.flatMap((line) => {
    const candidates = rest.slice(0, reach).map((other) => wordsBetween(line, other));
    const found = candidates.findIndex((passage) => passage !== undefined);
    const passage = candidates[found];
    if (!passage) return [went(line)];
    const skipped = rest.slice(0, found).map(came);
    rest = rest.slice(found + 1);
    return [...skipped, passage];
  });
  return [...passages, ...rest.map(came)];
}

/** The changes within a line; undefined where the two have less than half in common. */
function wordsBetween(before: string, after: string): Passage | undefined {
  const parts = diffWords(before, after, { maxEditLength: mostWords }) ?? [];
  const same = parts.filter(({ added, removed }) => !added && !removed);
  const common = same.reduce((sum, { value }) => sum + value.length, 0);
  if (4 * common < before.length + after.length) return undefined;
  return parts.map(({ value: text, added, removed }, index) => {
    if (added || removed) return { kind: added ? 'new' : 'gone', text };
    return { kind: 'same', text: shortened(text, index === 0, index === parts.length - 1) };
  });
}

/** What stayed, as much of it as stands next to a change. */
function shortened(text: string, first: boolean, last: boolean): string {
  if (text.length <= around * (first || last ? 1 : 2)) return text;
  if (first) return endOf(text);
  return last ? beginningOf(text) : `${beginningOf(text)} ${endOf(text)}`;
}

function beginningOf(text: string): string {
  return cutTo(text, around).replace(/\s\S*…$/, '…');
}

function endOf(text: string): string {
  return `…${[...text]
    .slice(-around)
    .join('')
    .replace(/^\S*\s/, '')}`;
}
