// Opens the database file, with the settings the promises rest on, and brings it to the newest shape.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import * as schema from './schema.js';

/** What queries run on: the database, or a transaction in it. */
export type Connection = BaseSQLiteDatabase<'sync', BetterSqlite3.RunResult, typeof schema>;

/** The open database. */
export type Database = BetterSQLite3Database<typeof schema> & { $client: BetterSqlite3.Database };

/** How long a statement waits for another process's write, in milliseconds: under Discord's 3 seconds. */
const busyTimeout = 2000;

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Opens a database file (made if it is missing) and applies the migrations it lacks.
 *
 * @param file - path of the file, or ':memory:'
 * @throws {@link Error} where the file cannot be opened, is no database, or is of a newer version
 * @see https://www.sqlite.org/pragma.html#pragma_synchronous
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:' && !existsSync(path.dirname(file)))
    mkdirSync(path.dirname(file), { recursive: true });
  const client = new BetterSqlite3(file, { timeout: busyTimeout });
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  const database = drizzle(client, { schema });
  migrate(database, { migrationsFolder });
  return database;
}

/** Folds the write-ahead log into the file and closes it. */
export function closeDatabase(database: Database): void {
  database.$client.pragma('wal_checkpoint(TRUNCATE)');
  database.$client.close();
}
