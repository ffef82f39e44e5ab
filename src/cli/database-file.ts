// A database as a file: judged before it is trusted, and copied while it is in use.
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { troubleOf } from '../../db/trouble.js';
import { type Version, versionOf } from '../../db/version.js';
import { Refusal } from './tool.js';

export type DatabaseFile = BetterSqlite3.Database;

/** `older`: what is missing is added when Minga starts. */
export type Age = Extract<Version, 'newest' | 'older'>;

/** How long a statement waits for another process, in milliseconds. */
const busyTimeout = 2000;

/** More pages than a database has. */
const allPages = 0x7fffffff;

/** Opens a database as it is: nothing is made or migrated. @throws {@link Refusal} where there is no file */
export function openFile(file: string, options: BetterSqlite3.Options = {}): DatabaseFile {
  if (!existsSync(file)) throw new Refusal(`There is no database ${file}.`);
  return new BetterSqlite3(file, { timeout: busyTimeout, ...options });
}

/** @throws {@link Refusal} where it is damaged, not Minga's, or of a newer version than this one */
export function ageOf(client: DatabaseFile, name = client.name): Age {
  const damage = client.pragma('integrity_check(1)', { simple: true });
  if (damage !== 'ok') throw new Refusal(`${name} is damaged: ${String(damage).split('\n').at(-1)}`);
  const version = versionOf(client);
  if (version === 'new' || version === 'foreign') throw new Refusal(`${name} is not a database of Minga.`);
  if (version === 'newer')
    throw new Refusal(`${name} is of a newer version of Minga than this one: update Minga first.`);
  return version;
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
    if (troubleOf(error) === 'damaged') throw new Refusal(`${from} is no database, or a damaged one.`);
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
