// A database as a file: judged before it is trusted, and copied while it is in use.
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from './tool.js';

export type DatabaseFile = BetterSqlite3.Database;

/** `older`: what is missing is added when Minga starts. */
export type Age = 'newest' | 'older';

/** How long a statement waits for another process, in milliseconds. */
const busyTimeout = 2000;

/** More pages than a database has. */
const allPages = 0x7fffffff;

/** The migrations that this version of Minga has, each by its moment; a database remembers those it went through. */
const migrations = z
  .object({ entries: z.array(z.object({ when: z.number() })).min(1) })
  .parse(JSON.parse(readFileSync(new URL('../../db/migrations/meta/_journal.json', import.meta.url), 'utf8')))
  .entries.map(({ when }) => when);

/** Opens a database as it is: nothing is made or migrated. @throws {@link Refusal} where there is no file */
export function openFile(file: string, options: BetterSqlite3.Options = {}): DatabaseFile {
  if (!existsSync(file)) throw new Refusal(`There is no database ${file}.`);
  return new BetterSqlite3(file, { timeout: busyTimeout, ...options });
}

/** Whether SQLite can make nothing of what is in the file. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
}

/** @throws {@link Refusal} where it is damaged, not Minga's, or of a newer version than this one */
export function ageOf(client: DatabaseFile, name = client.name): Age {
  const damage = client.pragma('integrity_check(1)', { simple: true });
  if (damage !== 'ok') throw new Refusal(`${name} is damaged: ${String(damage).split('\n').at(-1)}`);
  const remembers = client.prepare("select 1 from sqlite_schema where name = '__drizzle_migrations'").get();
  const applied = remembers
    ? client
        .prepare('select created_at from __drizzle_migrations order by created_at')
        .pluck()
        .all()
        .map(Number)
    : [];
  if (applied[0] !== migrations[0]) throw new Refusal(`${name} is not a database of Minga.`);
  if (!applied.every((moment) => migrations.includes(moment)))
    throw new Refusal(`${name} is of a newer version of Minga than this one: update Minga first.`);
  return applied.length === migrations.length ? 'newest' : 'older';
}

/**
 * Copies a database into a new file that its owner alone may read, and checks the copy.
 *
 * @remarks All pages go in one step: writers do not wait for it, nor make it begin again as they would between steps.
 * @throws {@link Refusal} where the copy is unfit; nothing is left of it then
 * @see https://www.sqlite.org/backup.html
 */
export async function copyDatabase(from: string, to: string): Promise<Age> {
  const source = openFile(from, { readonly: true });
  closeSync(openSync(to, 'wx', 0o600));
  try {
    await source.backup(to, { progress: () => allPages });
    return settle(to, from);
  } catch (error) {
    rmSync(to, { force: true });
    if (isUnreadable(error)) throw new Refusal(`${from} is no database, or a damaged one.`);
    throw error;
  } finally {
    source.close();
  }
}

/** Makes the copy a single file, which can be read from a disk that takes no writes, and judges it. */
function settle(copy: string, name: string): Age {
  const client = openFile(copy);
  try {
    client.pragma('journal_mode = DELETE');
    return ageOf(client, name);
  } finally {
    client.close();
  }
}
