// Which version of Minga a database is of, by the migrations that it remembers.
import { fileURLToPath } from 'node:url';
import type BetterSqlite3 from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** The migrations that this version has, each by its moment. */
const known = readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis);

/** `new`: nothing is in it yet. `older`: some migrations are missing. `foreign`: something else than Minga made it. */
export type Version = 'new' | 'older' | 'newest' | 'newer' | 'foreign';

/** Reads the version of an open database and changes nothing. */
export function versionOf(client: BetterSqlite3.Database): Version {
  const tables = client
    .prepare<[], string>("select name from sqlite_schema where type = 'table'")
    .pluck()
    .all();
  const remembers = tables.includes('__drizzle_migrations');
  const applied = remembers
    ? client
        .prepare('select created_at from __drizzle_migrations order by created_at')
        .pluck()
        .all()
        .map(Number)
    : [];
  // The table alone: a first start was cut short, or is under way in another process.
  if (applied.length === 0) return tables.length === Number(remembers) ? 'new' : 'foreign';
  if (applied[0] !== known[0]) return 'foreign';
  if (!applied.every((moment) => known.includes(moment))) return 'newer';
  return applied.length === known.length ? 'newest' : 'older';
}
