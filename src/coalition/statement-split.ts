// Cuts a statement into messages at its white space, so that no word, link or Markdown is torn that need not be.
import { fitting } from './plain-text.js';

/** One message, and the white space of the text between it and the next ('' after the last). */
export interface Piece {
  content: string;
  separator: string;
}

/**
 * Cuts a Markdown text into messages of at most `limit` characters, as Discord counts them.
 *
 * Every content joined with its separator gives back the text without the white space at its two edges, which
 * Discord would trim. A message ends where a paragraph does; if none does within reach, where a line or list
 * item does, then a sentence, then a word; inside a link or Markdown only if it is too long for one message.
 * A separator in between is '' only where a single word is.
 */
export function splitStatement(text: string, limit = 2000): Piece[] {
  const whole = text.replace(edges, '');
  const gaps = gapsOf(whole);
  const pieces: Piece[] = [];
  let start = 0;
  while (start < whole.length) {
    // `limit` characters are at most twice as many code units.
    const ahead = [...whole.slice(start, start + 2 * limit)];
    const end = start + ahead.slice(0, limit).join('').length;
    if (end === whole.length) {
      pieces.push({ content: whole.slice(start), separator: '' });
      break;
    }
    const gap = bestOf(gaps, start, end);
    if (gap) {
      pieces.push({ content: whole.slice(start, gap.from), separator: whole.slice(gap.from, gap.to) });
      start = gap.to;
    } else {
      const content = fitting(ahead.join(''), limit) || whole.slice(start, end);
      pieces.push({ content, separator: '' });
      start += content.length;
    }
  }
  return pieces;
}

/** White space at which the text may be cut, in code units, and how much that would hurt. */
interface Gap {
  from: number;
  to: number;
  /** How many links and other constructs of Markdown the gap is inside of. */
  depth: number;
  harm: number;
}

/** What cutting at a gap parts, from the most natural to the worst. */
const harms = {
  paragraphs: 0,
  lines: 1,
  /** The indentation of what follows would be trimmed. */
  nested: 2,
  sentences: 3,
  /** A heading, or a line ending in a colon, from what it announces. */
  announced: 4,
  words: 5,
  /** What follows would become a list item, heading or quote at the beginning of a message. */
  turning: 6,
  /** A space that is meant not to break, as in '1 200'. */
  bound: 7,
};

/** The last of the least harmful gaps that end a message begun at `start` by `end` at the latest. */
function bestOf(gaps: Gap[], start: number, end: number): Gap | undefined {
  let best: Gap | undefined;
  for (const gap of gaps) {
    if (gap.from <= start) continue;
    if (gap.from > end) break;
    if (!best || gap.depth < best.depth || (gap.depth === best.depth && gap.harm <= best.harm)) best = gap;
  }
  return best;
}

const edges = /^[\s\p{Cc}]+|(?<![\s\p{Cc}])[\s\p{Cc}]+$/gu;
const spaces = /[\s\p{Cc}]+/gu;

function gapsOf(text: string): Gap[] {
  const depths = depthsOf(text);
  return [...text.matchAll(spaces)].map(({ 0: space, index: from }) => {
    const to = from + space.length;
    return { from, to, depth: depths[from] ?? 0, harm: harmOf(text, from, to) };
  });
}

const marker = String.raw`(?:[*-]|\d+\.|#{1,3}|-#|>|>>>) `;
const marked = new RegExp(marker, 'y');
const announcing = /^\s*#{1,3} |:[*_]*$/;
/** Not after a capital: 'U.S. House', 'EE. UU. y', 'J. Quispe'. */
const sentenceEnd = /(?<!\p{Lu})[.!?…]["'»”’)\]*_~|]*$/u;

function harmOf(text: string, from: number, to: number): number {
  const space = text.slice(from, to);
  const lineBreaks = space.split('\n').length - 1;
  if (lineBreaks > 0) {
    if (announcing.test(text.slice(text.lastIndexOf('\n', from - 1) + 1, from))) return harms.announced;
    if (!space.endsWith('\n')) return harms.nested;
    return lineBreaks > 1 ? harms.paragraphs : harms.lines;
  }
  if (/^[\u00A0\u2007\u202F\uFEFF]+$/.test(space)) return harms.bound;
  marked.lastIndex = to;
  if (marked.test(text)) return harms.turning;
  const ends =
    sentenceEnd.test(text.slice(Math.max(0, from - 8), from)) && /^\P{Ll}/u.test(text.slice(to, to + 2));
  return ends ? harms.sentences : harms.words;
}

/** For each code unit, how many constructs began before it and end after it. */
function depthsOf(text: string): Uint16Array {
  const depths = new Uint16Array(text.length);
  const deepen = (from: number, to: number) => {
    for (let index = from + 1; index < to; index++) depths[index] = (depths[index] ?? 0) + 1;
  };
  for (const [from, to] of inlineSpans(text, 0)) deepen(from, to);
  for (const { 0: block, index } of text.matchAll(blocks)) {
    const from = index + block.search(/\S/);
    // A line of a fence may look like a list item.
    if (depths[from] === 0) deepen(from, index + block.trimEnd().length);
  }
  return depths;
}

/** Lines that a cut would change: a quote, heading or subtext, a list item with its indented lines. */
const blocks = new RegExp(
  [
    String.raw`^[ \t]*>>> [^]*`,
    String.raw`^[ \t]*(?:[*-]|\d+\.) .*(?:\n(?=[ \t])(?![ \t]*(?:$|\`\`\`|${marker})).*)*`,
    `^[ \\t]*${marker}.*`,
  ].join('|'),
  'gm',
);

/** Markdown within text, as Discord reads it. @see https://github.com/LyricLy/parse-discord */
const inline = new RegExp(
  [
    String.raw`\\[^0-9A-Za-z\s]`,
    '```[^]+?```',
    '(`+)[^]*?[^`]\\1(?!`)',
    String.raw`<[^\s<>]+>`,
    String.raw`https?://[^\s<]+`,
    String.raw`\[(?:\\.|\[[^\][]*\]|[^\][\\])*\]\((?:\\.|\([^()\n]*\)|[^()\n\\])*\)`,
    String.raw`\*\*(?:\\[^]|[^\\])+?\*\*(?!\*)`,
    String.raw`__(?:\\[^]|[^\\])+?__(?!_)`,
    '~~[^]+?~~(?!_)',
    String.raw`\|\|[^]+?\|\|`,
    String.raw`_(?:\\[^]|__|[^_\\])+?_(?![A-Za-z0-9_])`,
    String.raw`\*(?!\s)(?:\\[^]|\*\*|[^*\\])+?(?<!\s) {0,2}\*(?!\*)`,
  ].join('|'),
  'g',
);

/** Where constructs begin and end, nested ones too. */
function inlineSpans(text: string, offset: number): [from: number, to: number][] {
  return [...text.matchAll(inline)].flatMap(({ 0: span, index }) => {
    const from = offset + index;
    const mark = /^(?:\*\*|__|~~|\|\||[*_[])/.exec(span)?.[0].length;
    const nested = mark ? inlineSpans(span.slice(mark, -mark), from + mark) : [];
    return [[from, from + span.length], ...nested];
  });
}
