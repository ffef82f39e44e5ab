// The key that seals names: in a file of its own, outside the database, made on the first start.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Seal, sealWith } from './coalition/seal.js';
import { ConfigError } from './config.js';

/**
 * The key in the file, 32 bytes as 64 hexadecimal digits; made, readable by its owner alone, where there is none.
 *
 * @param mayMake - false where names are sealed already: a new key would open none of them
 * @throws {@link ConfigError} where the file cannot be read or made, or holds something else: a wrong key would make
 * every name unreadable
 */
export function secretKeyIn(file: string, mayMake = true): Buffer {
  if (!mayMake && !existsSync(file)) {
    throw new ConfigError([
      `SECRET_KEY_FILE ${file} is missing, and names in the database are sealed with it: put your copy of the key there`,
    ]);
  }
  const text = textOf(file);
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new ConfigError([
    `SECRET_KEY_FILE ${file} does not hold a key, 64 hexadecimal digits: put your copy of the key there`,
  ]);
}

/**
 * The seal of the key in the file, which opens what is sealed already.
 *
 * @param sealed - something that was sealed before, if anything was
 * @param marked - signatures are told apart by its hashes: it is needed where every name is erased, too
 * @throws {@link ConfigError} where the key is missing although names need it, or is another one
 */
export function fittingSeal(file: string, sealed: Buffer | undefined, marked = false): Seal {
  const seal = sealWith(secretKeyIn(file, sealed === undefined && !marked));
  try {
    if (sealed) seal.open(sealed);
    return seal;
  } catch {
    throw new ConfigError([
      `SECRET_KEY_FILE ${file} is not the key that names in the database were sealed with: put your copy of that one there`,
    ]);
  }
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
