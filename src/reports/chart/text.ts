// Makes text from people fit to be drawn: nothing hidden in it, only what the font has, no wider than its place.
import { hasGlyph, textWidth, type Weight } from './font.js';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Text on one line, without control, bidirectional and other invisible characters. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Zl}\p{Zp}\p{Cc}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1') // marks piled on one letter would run over the lines above
    .trim();
}

/** Plain text with what Noto Sans lacks left out (emoji) or shown as "?" (other scripts). */
export function drawableText(text: string): string {
  const drawn = Array.from(plainText(text), (character) => {
    if (hasGlyph(character)) return character;
    return /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{M}]/u.test(character)
      ? ''
      : '?';
  });
  return drawn.join('').replace(/ +/g, ' ').trim();
}

/** The longest beginning of a text that fits a width. */
function beginning(text: string, size: number, weight: Weight, width: number): string {
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    if (textWidth(text.slice(0, index + segment.length), size, weight) > width) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** A text that fits a width, its end replaced by "…" if it must. */
export function cutToWidth(text: string, size: number, weight: Weight, width: number): string {
  if (textWidth(text, size, weight) <= width) return text;
  return `${beginning(text, size, weight, width - textWidth('…', size, weight)).trimEnd()}…`;
}

/** A text of at most so many characters (UTF-16 units), its end replaced by "…" if it must. */
export function cutToLength(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    if (index + segment.length >= length) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** A text on one or two lines that fit a width: parted between words, evenly if it fits and cut if not. */
export function twoLines(text: string, size: number, weight: Weight, width: number): string[] {
  const wide = (line: string) => textWidth(line, size, weight);
  if (wide(text) <= width) return text === '' ? [] : [text];
  const fitting = beginning(text, size, weight, width);
  const spaces = Array.from(text.slice(0, fitting.length + 1).matchAll(/ /g), ({ index }) => index);
  const even = spaces.find((space) => wide(text.slice(0, space)) >= wide(text.slice(space + 1)));
  const end = even ?? spaces.at(-1) ?? fitting.length;
  return [text.slice(0, end), cutToWidth(text.slice(end).trimStart(), size, weight, width)];
}

/** A picture as SVG text, and what it says in words for those who don't see it. */
export interface Chart {
  svg: string;
  /** At most 1024 characters, as Discord takes them. */
  alt: string;
}

const longestAlt = 1024;

/** A title and sentences as a picture's alt text: of several tellings, the first that fits; if none does, the last, cut. */
export function altText(title: string, ...tellings: string[][]): string {
  const named = cutToLength(plainText(title), 150);
  const first = named === '' || /[.!?…]$/u.test(named) ? named : `${named}.`;
  const texts = tellings.map((sentences) => [first, ...sentences].filter(Boolean).join(' '));
  return texts.find((text) => text.length <= longestAlt) ?? cutToLength(texts.at(-1) ?? '', longestAlt);
}

/** Text as it stands in XML, in elements and attributes alike. */
export function escapeXml(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? '');
}
