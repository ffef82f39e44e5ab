// A file beside the database in which the rows of an import wait, prepared and sealed, until they are published.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { SignatureKind } from './signatures.js';

/** How dates like 03/05/2026 are read. */
export type DateOrder = 'dayFirst' | 'monthFirst';

/** One row of a file as it will be stored. */
export interface StagedRow {
  /** The line of the file that it begins on. */
  line: number;
  kind: SignatureKind;
  sealed: Buffer;
  country: string | null;
  /** Which of the places that need an answer; null where the country is certain or nothing is stated. */
  place: number | null;
  /** A certain day; null where there are two readings, or none is stated. */
  day: string | null;
  dayFirst: string | null;
  monthFirst: string | null;
  /** Null where the file does not say. */
  consent: boolean | null;
  identity: Buffer;
  /** The identity is made of the row's fields alone: the same row may come again, and be another person's. */
  byFields: boolean;
  likeness: Buffer;
}

export type Staging = BetterSqlite3.Database;

/** A staging file that is not whole, as after the machine lost power: damaged, by SQLite's own code. */
export class DamagedStaging extends Error {
  readonly code = 'SQLITE_CORRUPT';

  constructor(file: string) {
    super(`${file} is not whole`);
  }
}

/** The tables; `rows.n` numbers the rows from 1. */
const tables = `
  create table facts (sealed blob not null);
  create table choices (date_order text not null);
  create table rows (
    n integer primary key, line integer not null, kind text not null, sealed blob not null, country text,
    place integer, day text, day_first text, month_first text, consent integer, identity blob not null,
    by_fields integer not null, likeness blob not null
  );
  create table rejected (line integer not null, reason text not null, sealed blob not null);
  create table places (id integer primary key, typed blob not null, candidates text not null, answer text);
`;

/** Makes the file. What is in it can be made again, so nothing waits for the disk. */
export function createStaging(file: string): Staging {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const staging = new BetterSqlite3(file);
  staging.pragma('journal_mode = OFF');
  staging.pragma('synchronous = OFF');
  staging.pragma('locking_mode = EXCLUSIVE');
  staging.exec(tables);
  return staging;
}

/** Writes rows, rejected rows and places; one transaction for each call. */
export function stagingWriter(staging: Staging) {
  const row = staging.prepare('insert into rows values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const rejected = staging.prepare('insert into rejected values (?, ?, ?)');
  const place = staging.prepare('insert into places values (?, ?, ?, null)');
  return staging.transaction(
    (batch: {
      rows: StagedRow[];
      rejected: { line: number; reason: string; sealed: Buffer }[];
      places: { id: number; typed: Buffer; candidates: string[] }[];
    }) => {
      for (const one of batch.rows) {
        const consent = one.consent === null ? null : Number(one.consent);
        row.run(
          one.line,
          one.kind,
          one.sealed,
          one.country,
          one.place,
          one.day,
          one.dayFirst,
          one.monthFirst,
          consent,
          one.identity,
          Number(one.byFields),
          one.likeness,
        );
      }
      for (const one of batch.rejected) rejected.run(one.line, one.reason, one.sealed);
      for (const one of batch.places) place.run(one.id, one.typed, JSON.stringify(one.candidates));
    },
  );
}

/**
 * Puts the identities in order once all rows are in.
 *
 * @param again - the identity of a row without an address whose fields came before, and the how-manieth it is
 */
export function orderIdentities(
  staging: Staging,
  again: (identity: Buffer, occurrence: number) => Buffer,
): void {
  staging.exec('create table by_identity as select identity, n from rows order by identity, n');
  const repeated = staging
    .prepare<[], { n: number; identity: Buffer; occurrence: number }>(`
    select n, identity, occurrence from (
      select rows.n, rows.identity, rows.by_fields, row_number() over (partition by rows.identity order by rows.n) as occurrence
      from by_identity join rows using (n)
      where exists (select 1 from by_identity as next where next.rowid = by_identity.rowid + 1 and next.identity = by_identity.identity)
        or exists (select 1 from by_identity as last where last.rowid = by_identity.rowid - 1 and last.identity = by_identity.identity)
    ) where by_fields and occurrence > 1`)
    .all();
  if (repeated.length === 0) return;
  const change = staging.prepare('update rows set identity = ? where n = ?');
  staging.transaction(() => {
    for (const { n, identity, occurrence } of repeated) change.run(again(identity, occurrence), n);
  })();
  staging.exec(
    'drop table by_identity; create table by_identity as select identity, n from rows order by identity, n',
  );
}

/** Keeps what is known of the file as a whole. */
export function keepFacts(staging: Staging, sealed: Buffer): void {
  staging.exec('delete from facts');
  staging.prepare('insert into facts values (?)').run(sealed);
}

/** How dates that can be read two ways are read; null until it is chosen. */
export function orderOf(staging: Staging): DateOrder | null {
  return staging.prepare<[], DateOrder>('select date_order from choices').pluck().get() ?? null;
}

export function chooseOrder(staging: Staging, order: DateOrder): void {
  staging.exec('delete from choices');
  staging.prepare('insert into choices values (?)').run(order);
}

/** Opens the file of rows that are ready. @throws where it is gone or damaged, as it is after the machine lost power */
export function openStaging(file: string): Staging {
  const staging = new BetterSqlite3(file, { fileMustExist: true });
  staging.pragma('synchronous = OFF');
  return staging;
}

export function factsOf(staging: Staging): Buffer | undefined {
  return staging.prepare<[], Buffer>('select sealed from facts').pluck().get();
}

/** A country as a file writes it, that could not be told for certain. */
export interface Place {
  id: number;
  typed: Buffer;
  /** Alpha-2 codes it may be; none where it is unknown. */
  candidates: string[];
  /** Null until it is answered; empty where it is none of them. */
  answer: string | null;
  rows: number;
}

/** The places that a file names and that are not certain, those of most rows first. */
export function placesOf(staging: Staging): Place[] {
  return staging
    .prepare<[], Omit<Place, 'candidates'> & { candidates: string }>(`
      select id, typed, candidates, answer, count(*) as rows from places join rows on rows.place = places.id
      group by id order by rows desc, id
    `)
    .all()
    .map((place) => ({ ...place, candidates: JSON.parse(place.candidates) as string[] }));
}

/**
 * Says which country a place is.
 *
 * @param answer - alpha-2; empty where it is none that it may be
 * @param likenessOf - what one of its rows is like, now that this is known
 */
export function answerPlace(
  staging: Staging,
  id: number,
  answer: string,
  likenessOf: (row: { kind: SignatureKind; sealed: Buffer }) => Buffer,
): void {
  const there = staging.prepare<[number], { n: number; kind: SignatureKind; sealed: Buffer }>(
    'select n, kind, sealed from rows where place = ?',
  );
  const change = staging.prepare('update rows set likeness = ? where n = ?');
  staging.transaction(() => {
    staging.prepare('update places set answer = ? where id = ?').run(answer, id);
    for (const row of there.all(id)) change.run(likenessOf(row), row.n);
  })();
}

/** The first rows of a file, as they were read. */
export function firstRows(staging: Staging, most: number) {
  return staging
    .prepare<[number], Omit<StagedRow, 'consent' | 'byFields' | 'identity' | 'likeness'>>(
      'select line, kind, sealed, country, place, day, day_first as dayFirst, month_first as monthFirst from rows order by n limit ?',
    )
    .all(most);
}

/** Rejected rows, in the order of the file. */
export function rejectedRows(staging: Staging): { line: number; reason: string; sealed: Buffer }[] {
  return staging
    .prepare<[], { line: number; reason: string; sealed: Buffer }>('select * from rejected order by line')
    .all();
}

/** Rows whose date is none in the chosen order, with its other reading. @remarks After they were compared. */
export function unreadableRows(staging: Staging) {
  return staging
    .prepare<[], Pick<StagedRow, 'line' | 'sealed' | 'dayFirst' | 'monthFirst'>>(`
      select line, sealed, day_first as dayFirst, month_first as monthFirst from rows
      where n in (select n from stale where why = 'unreadable') order by line
    `)
    .all();
}
