// The key that seals names: in a file of its own, outside the database, made on the first start.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The key in the file, 32 bytes as 64 hexadecimal digits; made, readable by its owner alone, where there is none.
 *
 * @throws {@link Error} where the file holds something else: a wrong key would make every name unreadable
 */
export function secretKeyIn(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    // 'wx': of two processes that start at once, one makes it and the other reads it.
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
  }
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} does not hold a key: 64 hexadecimal digits`);
  return Buffer.from(text, 'hex');
}
