// Takes the rows of a staging file into the database: compared first, then written in short transactions, then shown.
import type BetterSqlite3 from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import type { Import } from './imports.js';
import type { SignatureKind } from './signatures.js';
import { DamagedStaging, type DateOrder } from './staging.js';

type Client = BetterSqlite3.Database;

/** What publishing needs to know of an import. */
export interface Publication {
  importId: number;
  sourceId: number;
  serverId: string;
  /** The moment of the import, and the petition's day at it: the day of rows that state none. */
  at: number;
  today: string;
  /** Which names may be handed over. */
  consent: Import['consent'];
}

/** What an import would do, in rows. */
export interface Comparison {
  /** Rows that can be read. */
  rows: number;
  fresh: number;
  /** Of the fresh: signed elsewhere in this petition already, so they don't count a second time. */
  echoes: number;
  /** In this source already. */
  known: number;
  /** Again in the same file. */
  repeated: number;
  /** Withdrew, or had their data erased. */
  departed: number;
  /** Of which the date can't be read in this order. */
  unreadable: number;
}

/** Lets the connection see a staging file, as `staged`. @throws {@link DamagedStaging} where it lost all that it had */
export function attachStaging(client: Client, file: string): void {
  client.prepare('attach database ? as staged').run(file);
  if (!hasTable(client, 'facts')) throw new DamagedStaging(file);
  client.pragma('staged.synchronous = OFF');
  // Sorting a million keys in memory would take more of it than the rest of the import.
  client.pragma('temp_store = FILE');
}

/** The day of a row: its own, the reading that was chosen, or none. */
const dayOf = (order: DateOrder) =>
  `coalesce(rows.day, ${order === 'dayFirst' ? 'rows.day_first' : 'rows.month_first'})`;

const isStanding = (id: string) =>
  `not exists (select 1 from main.voids where entry_kind = 'signature' and entry_id = ${id})`;

const isPublished = (importId: string) =>
  `not exists (select 1 from main.imports where imports.id = ${importId} and imports.state <> 'done')`;

/** How slash dates of the staging file are read. */
export function stagedOrder(client: Client): DateOrder {
  return client.prepare<[], DateOrder>('select date_order from staged.choices').pluck().get() ?? 'dayFirst';
}

/** How many fresh rows there are. @remarks After `compare`. */
export function freshRows(client: Client): number {
  const all = 'select (select count(*) from staged.rows) - (select count(*) from staged.stale)';
  return Number(client.prepare(all).pluck().get());
}

/**
 * Sorts a file's rows into fresh and stale by what the database has; nothing is written but in the staging file.
 *
 * @param sourceId - null where the source would be new
 */
export function compare(client: Client, sourceId: number | null, order: DateOrder): Comparison {
  client.exec(`
    drop table if exists staged.stale; drop table if exists staged.echoes; drop table if exists staged.unsettled;
    create table staged.stale (n integer primary key, why text not null);
    create table staged.echoes (n integer primary key);
    create table staged.unsettled (n integer primary key);
  `);
  client.exec(`
    insert into staged.stale select n, 'unreadable' from staged.rows
    where (rows.day_first is not null or rows.month_first is not null) and ${dayOf(order)} is null
  `);
  client
    .prepare(`
    insert or ignore into staged.stale
    select one.n, case
      when exists (select 1 from main.departures where identity = one.identity) then 'departed'
      when exists (select 1 from main.identities where identity = one.identity and source_id = ?) then 'known'
      else 'repeated' end
    from staged.by_identity as one
    where exists (select 1 from staged.by_identity as last where last.rowid = one.rowid - 1 and last.identity = one.identity)
      or exists (select 1 from main.identities where identity = one.identity and source_id = ?)
      or exists (select 1 from main.departures where identity = one.identity)
    order by one.n
  `)
    .run(sourceId, sourceId);
  const elsewhere = (condition: string) => `exists (
    select 1 from main.identities join main.signatures on signatures.id = identities.signature_id
    where identities.identity = one.identity ${condition})`;
  const standing = elsewhere(`and ${isStanding('signatures.id')} and ${isPublished('signatures.import_id')}`);
  client.exec(`
    insert into staged.echoes select one.n from staged.by_identity as one
    where ${standing} and one.n not in (select n from staged.stale) order by one.n;
    insert into staged.unsettled select one.n from staged.by_identity as one
    where ${elsewhere('')} and not ${standing} and one.n not in (select n from staged.stale) order by one.n;
  `);
  const count = (sql: string) => Number(client.prepare(sql).pluck().get());
  const stale = (why: string) => count(`select count(*) from staged.stale where why = '${why}'`);
  const [known, repeated, departed, unreadable] = ['known', 'repeated', 'departed', 'unreadable'].map(
    stale,
  ) as [number, number, number, number];
  const rows = count('select count(*) from staged.rows') - unreadable;
  const fresh = rows - known - repeated - departed;
  return {
    rows,
    fresh,
    echoes: count('select count(*) from staged.echoes'),
    known,
    repeated,
    departed,
    unreadable,
  };
}

/** Finds the likely duplicates among the fresh rows. @remarks After `compare`. */
export function findLikely(client: Client): void {
  client.exec(`
    drop table if exists staged.by_likeness; drop table if exists staged.likely;
    create table staged.by_likeness as
    select likeness, n from staged.rows where n not in (select n from staged.stale) order by likeness, n;
    create table staged.likely (n integer primary key);
    insert into staged.likely
    select n from (
      select n, likeness, counts,
        count(*) filter (where counts) over (partition by likeness order by n rows between unbounded preceding and 1 preceding) as earlier
      from (select likeness, n, n not in (select n from staged.echoes) as counts from staged.by_likeness)
    ) as one
    where counts and (earlier > 0 or exists (
      select 1 from main.likenesses join main.signatures on signatures.id = likenesses.signature_id
      where likenesses.likeness = one.likeness and signatures.counts and ${isPublished('signatures.import_id')}
    ))
    order by n
  `);
}

/** How many signatures of which kind, day and country the fresh rows add; and how many likely duplicates. */
export function sums(client: Client, { today }: Publication, order: DateOrder) {
  const counted = client
    .prepare<[string], { kind: SignatureKind; day: string; country: string; count: number }>(`
    select kind, coalesce(${dayOf(order)}, ?) as day, coalesce(rows.country, places.answer, '') as country, count(*) as count
    from staged.rows left join staged.places on places.id = rows.place
    where n not in (select n from staged.stale) and n not in (select n from staged.echoes)
    group by 1, 2, 3
  `)
    .all(today);
  const likely = client
    .prepare<[], { kind: SignatureKind; count: number }>(
      'select kind, count(*) as count from staged.likely join staged.rows using (n) group by kind',
    )
    .all();
  return { counted, likely };
}

/** One step of writing rows nobody sees yet, from a place up to and without another; done twice, it changes nothing. */
export type Step = (from: number, to: number) => void;

/** What is written, in the order it is, each with how many places it has. */
export function stepsOf(
  client: Client,
  publication: Publication,
  order: DateOrder,
  firstId: number,
): [Step, number][] {
  const { importId, sourceId, serverId, at, today, consent } = publication;
  const fresh = 'n not in (select n from staged.stale)';
  const signatures = client.prepare(`
    insert or ignore into main.signatures
      (id, source_id, kind, sealed, country, day, consent, identity, likeness, settled, counts, import_id, server_id, at)
    select ? + n, ?, kind, sealed, coalesce(country, nullif(places.answer, '')), coalesce(${dayOf(order)}, ?), case ? when 'names' then coalesce(consent, 1) when 'file' then coalesce(consent, 0) else 0 end,
      identity, likeness, 0, n not in (select n from staged.echoes), ?, ?, ?
    from staged.rows left join staged.places on places.id = rows.place
    where n >= ? and n < ? and ${fresh}
  `);
  const identities = client.prepare(`
    insert or ignore into main.identities select identity, ?, ? + n from staged.by_identity
    where rowid >= ? and rowid < ? and ${fresh}
  `);
  const likenesses = client.prepare(`
    insert or ignore into main.likenesses select likeness, ? + n from staged.by_likeness where rowid >= ? and rowid < ?
  `);
  const likely = client.prepare(
    'insert or ignore into main.likely_duplicates select ? + n from staged.likely where n >= ? and n < ?',
  );
  const last = (table: string) =>
    Number(client.prepare(`select coalesce(max(rowid), 0) from staged.${table}`).pluck().get());
  const before = firstId - 1;
  return [
    [
      (from, to) => signatures.run(before, sourceId, today, consent, importId, serverId, at, from, to),
      last('rows'),
    ],
    [(from, to) => identities.run(sourceId, before, from, to), last('by_identity')],
    [(from, to) => likenesses.run(before, from, to), last('by_likeness')],
    [(from, to) => likely.run(before, from, to), last('rows')],
  ];
}

/** How many rows the staging file has. */
export function stagedRows(client: Client): number {
  return Number(client.prepare('select coalesce(max(n), 0) from staged.rows').pluck().get());
}

/** Keeps ids free for so many signatures. @returns the first of them */
export function reserveIds(connection: Connection, signatures: number): number {
  const found = connection.get<{ seq: number }>(
    sql`select seq from sqlite_sequence where name = 'signatures'`,
  );
  const last = found?.seq ?? 0;
  connection.run(
    found
      ? sql`update sqlite_sequence set seq = ${last + signatures} where name = 'signatures'`
      : sql`insert into sqlite_sequence (name, seq) values ('signatures', ${signatures})`,
  );
  return last + 1;
}

/** Fresh rows whose person signed before and has no signature that stands: few, and settled one by one. */
export function unsettledIds(client: Client, firstId: number): number[] {
  return client.prepare<[number], number>('select ? + n - 1 from staged.unsettled').pluck().all(firstId);
}

/** Marks a staging file as compared: from here on an interrupted import goes on where it was, after a power cut too. */
export function markCompared(client: Client): void {
  client.pragma('staged.synchronous = FULL');
  client.exec('create table staged.compared (at integer)');
}

export function isCompared(client: Client): boolean {
  return hasTable(client, 'compared');
}

function hasTable(client: Client, name: string): boolean {
  return client.prepare('select 1 from staged.sqlite_schema where name = ?').get(name) !== undefined;
}
