// Opens the database file, with the settings the promises rest on, and brings it to the newest shape.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import * as schema from './schema.js';
import { troubleOf, UnfitDatabase } from './trouble.js';
import { migrationsFolder, versionOf } from './version.js';

/** What queries run on: the database, or a transaction in it. */
export type Connection = BaseSQLiteDatabase<'sync', BetterSqlite3.RunResult, typeof schema>;

/** The open database. */
export type Database = BetterSQLite3Database<typeof schema> & { $client: BetterSqlite3.Database };

/**
 * How long a statement waits for another process's write, in milliseconds, while the whole process waits with it: after
 * a tick whose four jobs all waited, a command still has its answer within Discord's 3 seconds.
 */
const busyTimeout = 500;

/** How long it waits at the start, where nobody waits for it. */
const patience = 5000;

/**
 * Opens a database file (made if it is missing) and applies the migrations it lacks.
 *
 * @param file - path of the file, or ':memory:'
 * @throws {@link UnfitDatabase} where it cannot be read and written, is no database of Minga, or one of a newer version
 * @see https://www.sqlite.org/pragma.html#pragma_synchronous
 */
export function openDatabase(file: string): Database {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    return prepared(new BetterSqlite3(file, { timeout: patience }));
  } catch (error) {
    const trouble = error instanceof Error && 'syscall' in error ? 'noPlace' : troubleOf(error);
    throw trouble ? new UnfitDatabase(file, trouble, error) : error;
  }
}

function prepared(client: BetterSqlite3.Database): Database {
  try {
    // Before anything is changed: it may be another program's.
    const version = versionOf(client);
    if (version === 'newer' || version === 'foreign') throw new UnfitDatabase(client.name, version);
    if (client.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new UnfitDatabase(client.name, 'damaged');
    writeAhead(client);
    client.pragma('synchronous = FULL');
    client.pragma('foreign_keys = ON');
    const database = drizzle(client, { schema });
    if (version !== 'newest') bringUpToDate(database);
    // Writes what is there already, so that what would keep the first command from writing shows now.
    client.pragma('user_version = 0');
    client.pragma(`busy_timeout = ${busyTimeout}`);
    return database;
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Opens, in a thread beside the one that has checked it, a database that is in use. */
export function openBeside(file: string): Database {
  const client = new BetterSqlite3(file, { timeout: patience, fileMustExist: true });
  client.pragma('synchronous = FULL');
  // Published rows name an import and a source that were checked once; a lookup for each of a million costs seconds.
  client.pragma('foreign_keys = OFF');
  return drizzle(client, { schema });
}

/** Of processes that start at once one is first, and SQLite doesn't wait for a lock when it changes the journal's mode. */
function writeAhead(client: BetterSqlite3.Database): void {
  const pause = 50;
  for (let waited = 0; ; waited += pause) {
    try {
      client.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (troubleOf(error) !== 'busy' || waited >= patience) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  }
}

function bringUpToDate(database: Database): void {
  try {
    migrate(database, { migrationsFolder });
  } catch (error) {
    // Of processes that start at once, one does it, and the others find it done.
    if (versionOf(database.$client) !== 'newest') throw error;
  }
}

/**
 * After an error: what was read of a damaged file is forgotten, so that it is read anew once it is whole again.
 *
 * @see https://www.sqlite.org/pragma.html#pragma_shrink_memory
 */
export function recoverFrom(error: unknown, database: Database): void {
  if (troubleOf(error) === 'damaged') database.$client.pragma('shrink_memory');
}

/** Closes it; whoever closes it last folds the write-ahead log into the file. */
export function closeDatabase(database: Database): void {
  database.$client.close();
}
