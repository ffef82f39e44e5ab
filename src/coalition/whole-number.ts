// Reads a whole number as people type it in English or Spanish: 1200, 1,200, 1.200, 1 200.
import { cleanLine } from './plain-text.js';

const plain = /^\d+$/;
/** One sign throughout, and three digits after each: 1,5 is not a whole number, and 1,20 is a slip. */
const grouped = /^[1-9]\d{0,2}(?<sign>[., '’])\d{3}(?:\k<sign>\d{3})*$/;

/** The number, or undefined where the text is no whole number. */
export function parseWholeNumber(text: string): number | undefined {
  const typed = cleanLine(text);
  return plain.test(typed) || grouped.test(typed) ? Number(typed.replace(/\D/g, '')) : undefined;
}
