// `npm run signatures -- export FILE --server ID`: every signature that has a name, in a file.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Petition } from '../../../db/petitions.js';
import { isMarked, newestSealed } from '../../../db/signatures.js';
import { findPetition, requireHost } from '../../coalition/petition.js';
import { type Exported, exportFile, namesGone, recordExport } from '../../reports/export/export.js';
import { type ExportFormat, exportFormats } from '../../reports/export/formats.js';
import { fittingSeal } from '../../secret-key.js';
import { progressLine } from '../progress-line.js';
import { Refusal, sizeInWords } from '../tool.js';
import { withDatabase, words } from './database.js';

export async function exportTo(
  file: string,
  {
    server,
    petition: named,
    format = formatOf(file),
  }: { server: string; petition?: string; format?: ExportFormat },
): Promise<void> {
  const target = path.resolve(file);
  refuseToOverwrite(target);
  await withDatabase(async (database, { DATABASE_PATH, SECRET_KEY_FILE }) => {
    const write = { userId: null, serverId: server, at: Date.now() };
    const petition = findPetition(database, server, named, true);
    requireHost(petition, server);
    // The thread would find no more than that a name does not open; this tells of the key.
    fittingSeal(SECRET_KEY_FILE, newestSealed(database), isMarked(database));
    const bar = progressLine('Exporting');
    const exported = await exportFile(
      { database: DATABASE_PATH, key: SECRET_KEY_FILE, petitionId: petition.id, format, at: write.at },
      target,
      (whole) => {
        refuseToOverwrite(target);
        recordExport(database, write, petition, whole);
      },
      bar.show,
    )
      .catch((error) => refuse(error, target))
      .finally(bar.clear);
    for (const line of reportOf(exported, petition, target)) console.log(line);
  });
}

function reportOf(exported: Exported, petition: Petition, file: string): string[] {
  const { rows, people, organizations, erased, likely, unnamed, beyond, total, bytes, sha256 } = exported;
  const some = (count: number, key: 'likely' | 'unnamed' | 'beyond') =>
    count > 0 ? [words.say(`export.also.${key}`, { count })] : [];
  return [
    `Exported “${words.localized(petition.title)}” to ${file}, ${sizeInWords(bytes)}.`,
    `Rows: ${words.number(rows)} (people: ${words.number(people)}, organizations: ${words.number(organizations)}).`,
    ...namesGone(exported, petition, words),
    ...some(likely, 'likely'),
    ...some(unnamed, 'unnamed'),
    ...some(beyond, 'beyond'),
    words.say('export.total', { count: total }),
    `SHA-256: ${sha256}`,
    ...(erased < rows ? [words.say('export.care')] : []),
  ];
}

/** Says why the thread could not write the file, where the system does: a full disk, a folder that is not there. */
function refuse(error: unknown, file: string): never {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error && 'syscall' in cause)) throw error;
  throw new Refusal(`Nothing was exported: ${file} could not be written (${cause.message}).`);
}

function formatOf(file: string): ExportFormat {
  const ending = path.extname(file).slice(1).toLowerCase();
  const format = exportFormats.find((one) => one === ending);
  if (!format)
    throw new Refusal(`Say --format ${exportFormats.join(' or --format ')}: ${file} does not tell.`);
  return format;
}

function refuseToOverwrite(file: string): void {
  if (existsSync(file)) throw new Refusal(`${file} is there already, and nothing is overwritten.`);
}
