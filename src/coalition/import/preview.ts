// What an import would do, said before it does anything.
import type { Connection, Database } from '../../../db/connect.js';
import { attachStaging, type Comparison, codedRows, compare } from '../../../db/publish.js';
import {
  answerPlace,
  chooseOrder,
  DamagedStaging,
  type DateOrder,
  factsOf,
  firstRows,
  openStaging,
  orderOf,
  placesOf,
  rejectedRows,
  type Staging,
  unreadableRows,
} from '../../../db/staging.js';
import { likenessOf } from '../mark.js';
import type { Seal } from '../seal.js';
import { findSource } from '../source.js';
import type { FileFacts } from './prepare.js';
import type { RejectedRow, RejectReason } from './row.js';

/** A country that the file writes and that may be several, or that nobody knows. */
export interface AskedPlace {
  id: number;
  typed: string;
  candidates: string[];
  /** Null until it is answered; empty where it is none of them. */
  answer: string | null;
  rows: number;
}

/** One of the first rows, as it would be taken in. */
export interface ShownRow {
  line: number;
  kind: 'person' | 'organization';
  name: string;
  organization?: string;
  comment?: string;
  country: string | null;
  /** Null where it states none. */
  day: string | null;
}

export interface Preview extends Comparison {
  facts: FileFacts;
  order: DateOrder;
  /** Where some date can be read both ways and no other row tells which it is, or they contradict each other. */
  ordersOpen: boolean;
  places: AskedPlace[];
  firstRows: ShownRow[];
  /** Rows with the code of a link of the petition, and those of them that will be credited to it. */
  coded: number;
  credited: number;
}

/** What people say to a preview; what is left out stays as it is. */
export interface Answers {
  order?: DateOrder;
  places?: { id: number; country: string }[];
}

const rowsShown = 5;

/**
 * Compares a staging file with the database.
 *
 * @param order - how dates are read where the file does not tell
 */
export function previewImport(
  database: Database,
  file: string,
  {
    petitionId,
    source,
    seal,
    order: usual,
  }: { petitionId: number; source: string; seal: Seal; order: DateOrder },
  answers: Answers = {},
): Preview {
  const staging = openStaging(file);
  try {
    const facts = readFacts(file, seal);
    chooseOrder(staging, answers.order ?? orderOf(staging) ?? toldOrder(facts) ?? usual);
    for (const { id, country } of answers.places ?? []) {
      answerPlace(staging, id, country, ({ kind, sealed }) => {
        const { name } = seal.open(sealed) as { name: string };
        return likenessOf(seal, petitionId, { kind, name, country });
      });
    }
    const order = orderOf(staging) ?? usual;
    const places = placesOf(staging).map((place) => ({ ...place, typed: String(seal.open(place.typed)) }));
    const answered = new Map(places.map(({ id, answer }) => [id, answer]));
    const shown = firstRows(staging, rowsShown).map((row): ShownRow => {
      const signed = seal.open(row.sealed) as Pick<ShownRow, 'name' | 'organization' | 'comment'>;
      const country = row.country ?? (row.place === null ? null : answered.get(row.place) || null);
      const day = row.day ?? (order === 'dayFirst' ? row.dayFirst : row.monthFirst);
      return { ...signed, line: row.line, kind: row.kind, country, day };
    });
    staging.close();
    attachStaging(database.$client, file);
    const comparison = compare(database.$client, sourceId(database), order);
    const ordersOpen = facts.twoReadings + facts.onlyDayFirst > 0 && toldOrder(facts) === undefined;
    const codes = codedRows(database.$client, petitionId);
    return { ...comparison, ...codes, facts, order, ordersOpen, places, firstRows: shown };
  } finally {
    staging.close();
  }

  function sourceId(connection: Connection): number | null {
    return findSource(connection, petitionId, source)?.id ?? null;
  }
}

/** What was noted of a staging file. @throws where it is gone or damaged */
export function readFacts(file: string, seal: Seal): FileFacts {
  return reading(file, (staging) => {
    const sealed = factsOf(staging);
    if (!sealed) throw new DamagedStaging(file);
    return seal.open(sealed) as FileFacts;
  });
}

/** Reads a staging file; one that lacks a table has lost all that it had. */
function reading<Read>(file: string, read: (staging: Staging) => Read): Read {
  const staging = openStaging(file);
  try {
    return read(staging);
  } catch (error) {
    const isEmptied = error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR';
    throw isEmptied ? new DamagedStaging(file) : error;
  } finally {
    staging.close();
  }
}

/** The order of dates that the column itself tells: some row is a day only one way round. */
function toldOrder({ onlyDayFirst, onlyMonthFirst }: FileFacts): DateOrder | undefined {
  if (onlyDayFirst > 0 && onlyMonthFirst === 0) return 'dayFirst';
  if (onlyMonthFirst > 0 && onlyDayFirst === 0) return 'monthFirst';
  return undefined;
}

/** How many rows can't be taken, by reason. */
export function rejectedBy({ facts, unreadable }: Preview): Record<string, number> {
  return unreadable > 0 ? { ...facts.rejected, wrongOrder: unreadable } : facts.rejected;
}

const iso = /^(\d+)-(\d+)-(\d+)$/;

/** The rows that are not taken, in the order of the file, each with its reason. */
export function rejectedOf(file: string, seal: Seal): RejectedRow[] {
  return reading(file, (staging) => {
    const rejected = rejectedRows(staging).map(
      ({ line, reason, sealed }): RejectedRow => ({
        line,
        reason: reason as RejectReason,
        cells: seal.open(sealed) as string[],
      }),
    );
    const unreadable = unreadableRows(staging).map(
      ({ line, sealed, dayFirst, monthFirst }): RejectedRow => ({
        line,
        reason: 'wrongOrder',
        cells: [
          (seal.open(sealed) as { name: string }).name,
          dayFirst?.replace(iso, '$3/$2/$1') ?? monthFirst?.replace(iso, '$2/$3/$1') ?? '',
        ],
      }),
    );
    return [...rejected, ...unreadable].sort((a, b) => a.line - b.line);
  });
}
