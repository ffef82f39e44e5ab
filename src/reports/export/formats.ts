// What an export is written in: CSV as spreadsheets read it, or JSON. Each makes the text of a beginning, rows, an end.
import { stringify } from 'csv-stringify/sync';
import type { Localized } from '../../../db/schema.js';
import type { Figures } from '../../coalition/tally.js';
import { columns, type ExportedRow } from './row.js';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a JSON export says of itself before its rows. */
export interface ExportMeta {
  petition: Localized;
  /** ISO 8601. */
  exported_at: string;
  /** The tally of that moment: more than the rows where some were counted without names. */
  tally: Figures & { total: number };
}

interface Format {
  beginning(meta: ExportMeta): string;
  /** @param first - whether no row has been written yet */
  rows(rows: ExportedRow[], first: boolean): string;
  end: string;
}

/**
 * Text that a spreadsheet would take for a formula gets an apostrophe before it, which Minga's own import takes off.
 * The other columns never begin like one, so that they stay as they are.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const csvOptions = {
  record_delimiter: '\r\n',
  escape_formulas: true,
  cast: { boolean: (yes: boolean) => (yes ? 'yes' : 'no') },
};

const csv: Format = {
  beginning: () => stringify([[...columns]], { ...csvOptions, bom: true }),
  rows: (rows) =>
    stringify(
      rows.map((row) => columns.map((column) => row[column])),
      csvOptions,
    ),
  end: '',
};

const json: Format = {
  beginning: (meta) => `{"meta":${JSON.stringify(meta)},\n"signatures":[`,
  rows: (rows, first) =>
    rows.map((row, index) => (first && index === 0 ? '\n' : ',\n') + JSON.stringify(row)).join(''),
  // What ends before this is no JSON: half a file can't be taken for a whole one.
  end: '\n]}\n',
};

export const formats: Record<ExportFormat, Format> = { csv, json };
