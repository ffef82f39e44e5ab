// Reads pictures back from their SVG text, and makes titles that would break them.
import fc from 'fast-check';
import { capHeight } from '../../src/reports/chart/card.js';
import { textWidth } from '../../src/reports/chart/font.js';
import type { Box } from '../../src/reports/chart/labels.js';

/** A line of text and the box it fills. */
export interface Drawn extends Box {
  text: string;
  size: number;
  weight: string;
  fill: string;
}

/** Every line of text in a picture and the box it fills. */
export function linesOf(svg: string): Drawn[] {
  const pattern =
    /<text x="([\d.-]+)" y="([\d.-]+)" font-size="(\d+)" font-weight="(\d+)" fill="(#\w+)" text-anchor="(\w+)">([^<]*)<\/text>/g;
  const names: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return Array.from(
    svg.matchAll(pattern),
    ([, x, y, sizeText, weight = '', fill = '', anchor, escaped = '']) => {
      const text = escaped.replace(/&(\w+);/g, (_, name: string) => names[name] ?? '');
      const size = Number(sizeText);
      const width = textWidth(text, size, weight === '700' ? 700 : 400);
      const left = Number(x) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
      return {
        text,
        size,
        weight,
        fill,
        left,
        right: left + width,
        top: Number(y) - capHeight * size,
        bottom: Number(y),
      };
    },
  );
}

export const apart = (one: Box, other: Box) =>
  one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;

const parts = [
  '<',
  '&',
  '"',
  "'",
  ']]>',
  '<!--',
  '\0',
  '\u202e',
  '\u200b',
  '\ud800',
  '✊🏽',
  '请',
  'g\u0303',
  ' ',
];
/** What people may call their petition. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
  fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }),
  fc.array(fc.constantFrom(...parts, 'Perú'), { maxLength: 200, size: 'max' }).map((some) => some.join('')),
);
