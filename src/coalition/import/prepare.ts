// Makes a file's rows ready: sealed and hashed into a staging file. Nothing reaches the database.
import {
  createStaging,
  keepFacts,
  orderIdentities,
  type StagedRow,
  stagingWriter,
} from '../../../db/staging.js';
import { repeatedFields } from '../mark.js';
import { fold } from '../plain-text.js';
import type { Seal } from '../seal.js';
import { type MarkedBatch, type Marks, marksOf } from './marked.js';
import type { ReadRow, RowBatch } from './row.js';

/** What a staging file knows of its file as a whole; sealed in it. */
export interface FileFacts {
  /** What was made out of the file, as its reader says it. */
  shape: unknown;
  fileName: string;
  /** Rows that can be taken, and those that can't by reason. */
  rows: number;
  rejected: Record<string, number>;
  organizations: number;
  /** Rows with an e-mail address. */
  addressed: number;
  /** Rows whose country is unknown or may be several. */
  unplaced: number;
  /** Rows with a date that can be read with the day or the month first. */
  twoReadings: number;
  /** Rows whose date is a day only one way round. */
  onlyDayFirst: number;
  onlyMonthFirst: number;
  /** The file says of each row whether the name may be handed over. */
  asksConsent: boolean;
}

/** What rows are made ready for. */
export interface Preparation {
  fileName: string;
  shape: unknown;
  seal: Seal;
}

/** More spellings of places than anyone would answer; the rows of later ones stay without a country. */
const mostPlaces = 500;

/**
 * Writes a staging file.
 *
 * @param batches - the rows, as a reader gives them and with their marks
 * @param size - of what is read, in the unit of `consumed`
 * @param progress - told how far it is, from 0 to 1
 */
export async function prepareImport(
  file: string,
  preparation: Preparation,
  batches: AsyncIterable<MarkedBatch>,
  size: number,
  progress: (share: number) => void,
): Promise<void> {
  const { shape, fileName, seal } = preparation;
  const staging = createStaging(file);
  try {
    const write = stagingWriter(staging);
    const places = new Map<string, number>();
    const facts: FileFacts = {
      shape,
      fileName,
      rows: 0,
      rejected: {},
      organizations: 0,
      addressed: 0,
      unplaced: 0,
      twoReadings: 0,
      onlyDayFirst: 0,
      onlyMonthFirst: 0,
      asksConsent: false,
    };
    for await (const batch of batches) {
      const found = newPlaces(batch.rows, places);
      write({
        rows: batch.rows.map((row, index) =>
          stagedRow(row, placeOf(row, places), seal, marksOf(batch, index)),
        ),
        rejected: batch.rejected.map(({ line, reason, cells }) => ({
          line,
          reason,
          sealed: seal.seal(cells),
        })),
        places: found.map(({ id, typed, candidates }) => ({ id, typed: seal.seal(typed), candidates })),
      });
      note(facts, batch);
      progress(Math.min(1, batch.consumed / size));
    }
    orderIdentities(staging, (identity, occurrence) => repeatedFields(seal, identity, occurrence));
    keepFacts(staging, seal.seal(facts));
  } finally {
    staging.close();
  }
}

function stagedRow(row: ReadRow, place: number | null, seal: Seal, { identity, likeness }: Marks): StagedRow {
  const { line, kind, name, organization, comment, email, country, day, dayFirst, monthFirst, consent } = row;
  return {
    line,
    kind,
    sealed: seal.seal({ name, organization, comment }),
    country,
    place,
    day: day ?? null,
    dayFirst: dayFirst ?? null,
    monthFirst: monthFirst ?? null,
    consent: consent ?? null,
    identity,
    byFields: email === undefined,
    likeness,
  };
}

const placeKey = ({ typedCountry }: ReadRow) => (typedCountry === undefined ? undefined : fold(typedCountry));

function placeOf(row: ReadRow, places: Map<string, number>): number | null {
  const key = placeKey(row);
  return key === undefined ? null : (places.get(key) ?? null);
}

/** The places that these rows name for the first time. */
function newPlaces(rows: ReadRow[], places: Map<string, number>) {
  return rows.flatMap((row) => {
    const key = placeKey(row);
    if (key === undefined || places.has(key) || places.size >= mostPlaces) return [];
    const id = places.size + 1;
    places.set(key, id);
    return [{ id, typed: row.typedCountry, candidates: row.candidates ?? [] }];
  });
}

function note(facts: FileFacts, { rows, rejected }: RowBatch): void {
  facts.rows += rows.length;
  for (const { reason } of rejected) facts.rejected[reason] = (facts.rejected[reason] ?? 0) + 1;
  for (const { kind, email, typedCountry, dayFirst, monthFirst, consent } of rows) {
    if (kind === 'organization') facts.organizations += 1;
    if (email !== undefined) facts.addressed += 1;
    if (typedCountry !== undefined) facts.unplaced += 1;
    if (dayFirst !== undefined && monthFirst !== undefined) facts.twoReadings += 1;
    else if (dayFirst !== undefined) facts.onlyDayFirst += 1;
    else if (monthFirst !== undefined) facts.onlyMonthFirst += 1;
    if (consent !== undefined) facts.asksConsent = true;
  }
}
