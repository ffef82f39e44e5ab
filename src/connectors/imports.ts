// Takes in files of signatures, in a thread of their own: one thread an errand, one errand at a time for a file.
import { randomUUID } from 'node:crypto';
import { accessSync, constants, rmSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Import } from '../../db/imports.js';
import type { Answers, Preview } from '../coalition/import/preview.js';
import type { RejectedRow } from '../coalition/import/row.js';
import { sendErrand } from '../coalition/thread.js';
import type { ImportErrand, Purpose } from './import-errand.js';
import type { FileInput } from './signature-file/index.js';

export interface Imports {
  /**
   * Reads a file into staging.
   *
   * @param about - `today` is the petition's day: no signature is of a later one; `linkParameter` is the petition's too
   * @returns the staging file's name, by which it is asked for from now on
   * @throws Failure where it is no file of signatures
   */
  prepare(
    input: FileInput,
    about: { fileName: string; purpose: Purpose; today: string; linkParameter?: string },
    progress?: (share: number) => void,
  ): Promise<string>;
  preview(staged: string, purpose: Purpose, answers?: Answers): Promise<Preview>;
  rejected(staged: string): Promise<RejectedRow[]>;
  /**
   * Carries out an import that was begun.
   *
   * @param today - the petition's day when it was
   * @returns how many signatures were added; undefined where it was carried out already
   */
  publish(begun: Import, today: string, progress?: (share: number) => void): Promise<number | undefined>;
  undo(begun: Import): Promise<void>;
  /** Whether the staging file can still be had, and whether it is being worked on in this process. */
  has(staged: string): boolean;
  isBusy(staged: string): boolean;
  /** Removes a staging file that nobody needs any more. */
  discard(staged: string): void;
  /** Removes staging files that were last used before a moment, but for those that are named. */
  tidy(before: number, needed: string[]): Promise<void>;
}

/** What a thread of an import may take, in MB, so that a hostile file can't take the machine's. */
const mostMemory = 128;

/**
 * @param database - the database's file; staging files lie in a folder beside it
 * @param key - what seals names
 */
export function importsInto(database: string, key: Buffer): Imports {
  const folder = path.join(path.dirname(database), 'imports');
  const fileOf = (staged: string) => path.join(folder, `${staged}.sqlite`);
  const busy = new Map<string, Promise<unknown>>();
  const send = <Answer>(
    staged: string,
    errand: DistributiveOmit<ImportErrand, 'key' | 'database' | 'staged'>,
    progress?: (share: number) => void,
  ): Promise<Answer> => {
    const before = busy.get(staged) ?? Promise.resolve();
    const whole = { ...errand, key, database, staged: fileOf(staged) };
    const sent = before.then(() =>
      sendErrand<Answer>(
        { file: './import-errand.js', from: import.meta.url, most: mostMemory },
        whole,
        progress,
      ),
    );
    const settled: Promise<unknown> = sent
      .catch(() => {})
      .then(() => busy.get(staged) === settled && busy.delete(staged));
    busy.set(staged, settled);
    return sent;
  };
  return {
    async prepare(input, about, progress) {
      const staged = randomUUID();
      try {
        await send(staged, { does: 'prepare', input, ...about }, progress);
        return staged;
      } catch (error) {
        rmSync(fileOf(staged), { force: true });
        throw error;
      }
    },
    preview: (staged, purpose, answers) =>
      send(staged, { does: 'preview', purpose, ...(answers ? { answers } : {}) }),
    rejected: (staged) => send(staged, { does: 'rejected' }),
    async publish(begun, today, progress) {
      const added = await send<number | undefined>(
        begun.staged,
        { does: 'publish', importId: begun.id, today },
        progress,
      );
      rmSync(fileOf(begun.staged), { force: true });
      return added;
    },
    async undo(begun) {
      await send(begun.staged, { does: 'undo', importId: begun.id });
      rmSync(fileOf(begun.staged), { force: true });
    },
    has(staged) {
      try {
        accessSync(fileOf(staged), constants.R_OK | constants.W_OK);
        return true;
      } catch {
        return false;
      }
    },
    isBusy: (staged) => busy.has(staged),
    discard: (staged) => rmSync(fileOf(staged), { force: true }),
    async tidy(before, needed) {
      const files = await readdir(folder).catch(() => []);
      for (const file of files) {
        const staged = file.replace(/\..*$/, '');
        if (needed.includes(staged) || busy.has(staged)) continue;
        const { mtimeMs } = await stat(path.join(folder, file));
        if (mtimeMs < before) await rm(path.join(folder, file), { force: true });
      }
    },
  };
}

/** `Omit` that keeps the kinds of a union apart. */
type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
