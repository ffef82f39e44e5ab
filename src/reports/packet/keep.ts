// A packet's file that is too large for Discord: kept beside the database, for whoever runs Minga to hand on.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a file that its owner alone may read, whole or not at all.
 *
 * @param database - the database's path
 * @returns where it is
 */
export function keepBeside(database: string, name: string, content: Uint8Array): string {
  const folder = path.join(path.dirname(database), 'packets');
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
