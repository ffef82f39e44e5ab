// Reads a statement from a file, judged by its bytes: plain text in UTF-8, whatever its name says.
import { Failure } from './failure.js';

/** The largest file that is looked at, in bytes: room for the longest statement at four bytes a character. */
export const largestStatementFile = 80 * 1024;

/** What no text has, and what other files are full of: control characters that are no white space. */
const control = /[^\P{Cc}\t\n\f\r\u0085]/u;

/** @throws {@link Failure} where the bytes are not text in UTF-8 */
export function statementFrom(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!control.test(text)) return text;
  } catch {
    // Not UTF-8: said below.
  }
  throw new Failure('notPlainText');
}
