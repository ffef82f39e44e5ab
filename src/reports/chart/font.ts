// Which characters Noto Sans can draw and how wide they are, read from the font's own tables.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The two weights that pictures use, as CSS numbers. */
export type Weight = 400 | 700;

const files: Record<Weight, string> = {
  400: '400Regular/NotoSans_400Regular.ttf',
  700: '700Bold/NotoSans_700Bold.ttf',
};
const loaded = new Map<Weight, Map<number, number>>();

/** The path of a weight's font file. */
export function fontFile(weight: Weight): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans/${files[weight]}`);
}

/**
 * The advance of every character that the font has: code point → em.
 *
 * @see https://learn.microsoft.com/typography/opentype/spec/cmap (format 12) and …/spec/hmtx
 */
function readAdvances(font: Buffer): Map<number, number> {
  const tables = new Map<string, number>();
  for (let record = 12; record < 12 + 16 * font.readUInt16BE(4); record += 16) {
    tables.set(font.toString('latin1', record, record + 4), font.readUInt32BE(record + 8));
  }
  const at = (tag: string): number => {
    const offset = tables.get(tag);
    if (offset === undefined) throw new Error(`The font has no ${tag} table`);
    return offset;
  };
  const unitsPerEm = font.readUInt16BE(at('head') + 18);
  const lastMetric = font.readUInt16BE(at('hhea') + 34) - 1;
  const advances = new Map<number, number>();
  for (
    let record = at('cmap') + 4;
    record < at('cmap') + 4 + 8 * font.readUInt16BE(at('cmap') + 2);
    record += 8
  ) {
    const subtable = at('cmap') + font.readUInt32BE(record + 4);
    if (font.readUInt16BE(subtable) !== 12) continue;
    for (
      let group = subtable + 16;
      group < subtable + 16 + 12 * font.readUInt32BE(subtable + 12);
      group += 12
    ) {
      const first = font.readUInt32BE(group);
      for (let code = first; code <= font.readUInt32BE(group + 4); code++) {
        const glyph = font.readUInt32BE(group + 8) + code - first;
        advances.set(code, font.readUInt16BE(at('hmtx') + 4 * Math.min(glyph, lastMetric)) / unitsPerEm);
      }
    }
  }
  return advances;
}

function advances(weight: Weight): Map<number, number> {
  const known = loaded.get(weight) ?? readAdvances(readFileSync(fontFile(weight)));
  loaded.set(weight, known);
  return known;
}

/** Whether the font can draw a character. */
export function hasGlyph(character: string): boolean {
  return advances(400).has(character.codePointAt(0) ?? 0);
}

/** How wide a text is drawn, in the unit of `size`; kerning, which mostly narrows, is left out. */
export function textWidth(text: string, size: number, weight: Weight): number {
  const known = advances(weight);
  let width = 0;
  for (const character of text) width += known.get(character.codePointAt(0) ?? 0) ?? 1;
  return width * size;
}
