// What Noto Sans can print of a text: the letters that it lacks are replaced, and counted.
import { fontFile, hasGlyph } from '../chart/font.js';

/** Stands where a letter can't be printed. */
const substitute = '?';

/** Makes the two weights known to a document. */
export function registerFonts(pdf: PDFKit.PDFDocument): void {
  pdf.registerFont('regular', fontFile(400));
  pdf.registerFont('bold', fontFile(700));
}

/** Nothing to see, so nothing is lost without it. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

/** A text as the font can print it, and whether it is whole. */
export function printable(text: string): { text: string; isWhole: boolean } {
  let isWhole = true;
  let printed = '';
  for (const character of text) {
    if (hasGlyph(character)) printed += character;
    else if (character === '\n') printed += character;
    else if (!invisible.test(character)) {
      printed += substitute;
      isWhole = false;
    }
  }
  return { text: printed, isWhole };
}

/**
 * Forgets how words were laid out, which pdfkit keeps of each word for as long as the document lasts: of a hundred
 * thousand names, more than all the rest together. Where a later version keeps it elsewhere, this does nothing.
 */
export function forgetWords(pdf: PDFKit.PDFDocument): void {
  const font: unknown = Reflect.get(pdf, '_font');
  if (typeof font === 'object' && font !== null && 'layoutCache' in font)
    font.layoutCache = Object.create(null);
}
