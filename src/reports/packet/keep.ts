// A packet's file that is too large for Discord: kept beside the database, for whoever runs Minga to hand on.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file that its owner alone may read, whole or not at all.
 *
 * @param database - the database's path
 * @returns where it is
 */
export function keepBeside(database: string, name: string, content: Uint8Array): string {
  const folder = folderBeside(database);
  const file = path.join(folder, name);
  const part = `${file}.${process.pid}.part`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(part, content, { mode: 0o600 });
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
  return file;
}

/** Removes what was kept before a moment, epoch milliseconds by the machine's clock: there are names in it. */
export async function removeKept(database: string, before: number): Promise<void> {
  const folder = folderBeside(database);
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    if ((await stat(file)).mtimeMs < before) await rm(file, { force: true });
  }
}

const folderBeside = (database: string) => path.join(path.dirname(database), 'packets');
