// Exports signatures in a thread of its own: as bytes in memory, or as a file that is there only once it is whole.
import { renameSync, rmSync } from 'node:fs';
import type { Database } from '../../../db/connect.js';
import type { Petition } from '../../../db/petitions.js';
import { type Write, writeOnce } from '../../../db/transaction.js';
import { dayIn } from '../../coalition/day.js';
import { requireHost } from '../../coalition/petition.js';
import { sendErrand } from '../../coalition/thread.js';
import type { Words } from '../../i18n/words.js';
import type { ExportFormat } from './formats.js';
import type { Reckoning } from './reckoning.js';
import type { Written } from './sink.js';

/** What is to be exported, and from which files. */
export interface ExportRequest {
  /** Paths. */
  database: string;
  key: string;
  petitionId: number;
  format: ExportFormat;
  /** Epoch milliseconds, for the file itself to say. */
  at: number;
}

export interface ExportErrand extends ExportRequest {
  to: { file: string } | { bytes: number; serverId: string };
}

/** A whole export: how many rows, how they add up to the tally, and what was written. */
export type Exported = Written & Reckoning & { format: ExportFormat };

/** How much memory the thread's JavaScript may take, in MB. */
const most = 64;

const send = (errand: ExportErrand, progress?: (share: number) => void): Promise<Exported> =>
  sendErrand({ file: './errand.js', from: import.meta.url, most }, errand, progress);

/**
 * Exports into memory.
 *
 * @param limit - how many bytes fit, and the server that a refusal names
 * @param progress - told how far it is, from 0 to 1
 * @throws {@link Failure} where it is larger, where there are no names, or where the key does not open them
 */
export async function exportBytes(
  request: ExportRequest,
  limit: { bytes: number; serverId: string },
  progress?: (share: number) => void,
): Promise<Exported & { content: Uint8Array }> {
  const exported = await send({ ...request, to: limit }, progress);
  return { ...exported, content: exported.content ?? new Uint8Array() };
}

/**
 * Exports into a file that its owner alone may read.
 *
 * @param before - called when all is written and nothing bears the file's name yet; what it throws leaves nothing
 * @param progress - told how far it is, from 0 to 1
 * @throws {@link Failure} as `exportBytes`; an error whose cause says why the file could not be written
 */
export async function exportFile(
  request: ExportRequest,
  file: string,
  before: (exported: Exported) => void,
  progress?: (share: number) => void,
): Promise<Exported> {
  const part = `${file}.${process.pid}.part`;
  const remove = () => rmSync(part, { force: true });
  // The process may be told to end meanwhile: names are not to lie about.
  process.once('exit', remove);
  try {
    const exported = await send({ ...request, to: { file: part } }, progress);
    before(exported);
    renameSync(part, file);
    return exported;
  } finally {
    remove();
    process.off('exit', remove);
  }
}

/** Says of how many rows the name is gone, and since when where all of them went after the delivery. */
export function namesGone(
  { erased: count }: Reckoning,
  { namesRemovedAt, timezone }: Petition,
  words: Words,
): string[] {
  if (count === 0) return [];
  if (namesRemovedAt === null) return [words.say('export.also.erased', { count })];
  return [words.say('export.removed', { count, day: { day: dayIn(timezone, namesRemovedAt) } })];
}

/** Puts on record that names left, before they do. */
export function recordExport(
  database: Database,
  write: Write,
  petition: Petition,
  { format, rows, bytes, sha256 }: Exported,
): void {
  requireHost(petition, write.serverId);
  writeOnce(database, write, (_connection, record) =>
    record({ petitionId: petition.id, deed: 'signatures.export', detail: { format, rows, bytes, sha256 } }),
  );
}
