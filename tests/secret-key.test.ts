// The key file: made where nothing needs it yet, never replaced where names are sealed with another.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigError } from '../src/config.js';
import { fittingSeal } from '../src/secret-key.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'minga-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is made, for its owner alone, and opens what it sealed at the next start', () => {
  const file = path.join(folder, 'keys/secret.key');
  const sealed = fittingSeal(file, undefined).seal({ name: 'Rosa' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(fittingSeal(file, sealed).open(sealed)).toEqual({ name: 'Rosa' });
});

it('is not made anew where names are sealed, as a new one would open none of them', () => {
  const sealed = fittingSeal(path.join(folder, 'old.key'), undefined).seal({ name: 'Rosa' });
  const lost = path.join(folder, 'lost.key');
  expect(() => fittingSeal(lost, sealed)).toThrow(
    /lost\.key is missing, and names in the database are sealed/,
  );
  expect(existsSync(lost)).toBe(false);
});

it('is not made anew where names are erased, either: by it, a file that is taken in again is known', () => {
  const lost = path.join(folder, 'lost.key');
  expect(() => fittingSeal(lost, undefined, true)).toThrow(/lost\.key is missing/);
  expect(existsSync(lost)).toBe(false);
});

it('is refused where it is another one than names were sealed with', () => {
  const sealed = fittingSeal(path.join(folder, 'old.key'), undefined).seal({ name: 'Rosa' });
  const other = path.join(folder, 'other.key');
  fittingSeal(other, undefined);
  expect(() => fittingSeal(other, sealed)).toThrow(ConfigError);
  expect(() => fittingSeal(other, sealed)).toThrow(
    /is not the key that names in the database were sealed with/,
  );
});
