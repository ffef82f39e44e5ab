// The key that seals names: in a file of its own, outside the database, made on the first start.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './config.js';

/**
 * The key in the file, 32 bytes as 64 hexadecimal digits; made, readable by its owner alone, where there is none.
 *
 * @throws {@link ConfigError} where the file cannot be read or made, or holds something else: a wrong key would make
 * every name unreadable
 */
export function secretKeyIn(file: string): Buffer {
  const text = textOf(file);
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new ConfigError([
    `SECRET_KEY_FILE ${file} does not hold a key, 64 hexadecimal digits: put your copy of the key there`,
  ]);
}

function textOf(file: string): string {
  try {
    if (!existsSync(file)) make(file);
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ConfigError([
      `SECRET_KEY_FILE ${file} cannot be read or made (${error.code}): it is to be a file that the account running Minga may read, in a folder that it may write in`,
    ]);
  }
}

/** Of processes that start at once, one makes it; none finds it by half, nor does a full disk leave it so. */
function make(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}.part`;
  try {
    writeFileSync(part, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
    linkSync(part, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(part, { force: true });
  }
}
