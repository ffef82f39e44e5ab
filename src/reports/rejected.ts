// The rows of a file that can't be taken in, as a file: each with its line, the reason, and what it says.
import { stringify } from 'csv-stringify/sync';
import type { RejectedRow } from '../coalition/import/row.js';
import type { MessageKey, Words } from '../i18n/words.js';

/** Why a row can't be taken, in words. */
export const reasonKey = (reason: string) => `import.reasons.${reason}` as MessageKey;

/** A CSV that a spreadsheet opens as it is meant, in the reader's language. */
export function rejectedCsv(rows: RejectedRow[], words: Words): Buffer {
  const header = [words.say('import.line'), words.say('import.reason'), words.say('import.cells')];
  const lines = rows.map(({ line, reason, cells }) => [line, words.say(reasonKey(reason)), ...cells]);
  return Buffer.from(
    stringify([header, ...lines], { bom: true, record_delimiter: '\r\n', escape_formulas: true }),
  );
}
