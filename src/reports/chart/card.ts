// The card that every chart is drawn on: its colours, its heading, a line of text.
import type { Weight } from './font.js';
import { drawableText, escapeXml, twoLines } from './text.js';

/**
 * Colours of our own, on a solid ground, so that a picture looks the same on Discord's light and dark themes.
 * Text has a contrast of 4.5 or more against ground and tint; marks and lines that carry meaning, 3.
 */
export const colours = {
  ground: '#fffbf2',
  edge: '#e0d6c3',
  ink: '#1f2430',
  muted: '#565b68',
  curve: '#0b6b63',
  tint: '#d9ece6',
  goal: '#a3341b',
  rest: '#767c88',
} as const;

/** Pixels. Discord shows 1200 as about 400 on a phone: 26 is the smallest type that is read there. */
export const sizes = {
  width: 1200,
  margin: 48,
  title: 44,
  subtitle: 33,
  label: 30,
  note: 28,
  total: 50,
} as const;

/** The height of a capital or a figure of Noto Sans, in em. */
export const capHeight = 0.714;

interface TextStyle {
  x: number;
  /** The baseline. */
  y: number;
  size: number;
  weight?: Weight;
  fill?: string;
  anchor?: 'start' | 'middle' | 'end';
}

/** A line of text, of any characters that the font has. */
export function textLine(content: string, style: TextStyle): string {
  const { x, y, size, weight = 400, fill = colours.ink, anchor = 'start' } = style;
  return (
    `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}"` +
    ` text-anchor="${anchor}">${escapeXml(content)}</text>`
  );
}

/** A coordinate to a tenth of a pixel, so that three years of days stay a short text. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Title (at most two lines) and subtitle, and how far down they reach. */
export function heading(title: string, subtitle: string): { svg: string; bottom: number } {
  const { width, margin, title: size } = sizes;
  const lines = twoLines(drawableText(title), size, 700, width - 2 * margin);
  const drawn = lines.map((line, index) =>
    textLine(line, { x: margin, y: margin + 36 + index * 54, size, weight: 700 }),
  );
  const bottom = margin + 32 + lines.length * 54;
  drawn.push(textLine(subtitle, { x: margin, y: bottom, size: sizes.subtitle, fill: colours.muted }));
  return { svg: drawn.join(''), bottom };
}

/** The whole picture: what is drawn, on the card. */
export function card(height: number, drawn: string[]): string {
  const { width } = sizes;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Noto Sans">` +
    `<rect width="${width}" height="${height}" fill="${colours.ground}"/>` +
    `<rect x="2" y="2" width="${width - 4}" height="${height - 4}" fill="none" stroke="${colours.edge}" stroke-width="4"/>` +
    `${drawn.join('')}</svg>`
  );
}
