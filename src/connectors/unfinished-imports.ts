// Imports that a crash or a restart cut off: carried to their end, or undone whole where that can't be.
import type { Database } from '../../db/connect.js';
import { holdImport, type Import, importById, importsUnderWay } from '../../db/imports.js';
import { insertNotice } from '../../db/notices.js';
import { petitionById } from '../../db/petitions.js';
import { sourceById } from '../../db/sources.js';
import { troubleOf } from '../../db/trouble.js';
import { dayIn } from '../coalition/day.js';
import { importLease } from '../coalition/import/begin.js';
import { asPlain } from '../coalition/plain-text.js';
import type { Imports } from './imports.js';

/**
 * Keeps hold of the imports that this process is at, and takes on those that nobody is at any more.
 *
 * @returns those it has taken on: it is for the caller to finish them
 */
export function takeUnfinished(database: Database, imports: Imports, holder: string, now: number): Import[] {
  return importsUnderWay(database).filter((begun) => {
    const atIt = imports.isBusy(begun.staged);
    // The lease of a process that died runs out.
    if (!atIt && begun.leaseUntil >= now) return false;
    return holdImport(database, { id: begun.id, holder, now, until: now + importLease }) && !atIt;
  });
}

/**
 * Finishes an import that was taken on, and leaves word of it for organizers.
 *
 * @returns how many signatures it added; 'undone' where it could not be completed
 */
export async function finishImport(
  database: Database,
  imports: Imports,
  begun: Import,
  now: () => number,
): Promise<number | 'undone'> {
  // Read before: undone whole, a source that was made for it is gone with it.
  const source = asPlain(sourceById(database, begun.sourceId)?.name ?? '');
  const added = await completeImport(database, imports, begun);
  const key = added === 'undone' ? 'notices.importUndone' : 'notices.importContinued';
  const values = { file: asPlain(begun.fileName), source, count: added === 'undone' ? 0 : added };
  insertNotice(database, { serverId: begun.serverId, key, values, at: now() });
  return added;
}

/**
 * Carries an import to its end, or undoes it whole where its rows are gone or damaged.
 *
 * @returns how many signatures it added, or that it was undone
 * @throws where it was cut off by what passes: it is still under way, and goes on from there by itself
 */
export async function completeImport(
  database: Database,
  imports: Imports,
  begun: Import,
  progress?: (share: number) => void,
): Promise<number | 'undone'> {
  const petition = petitionById(database, begun.petitionId);
  // By another process, or by this one before something else failed.
  const ended = () => {
    const now = importById(database, begun.id);
    return now?.state === 'done' ? now : undefined;
  };
  if (petition && imports.has(begun.staged)) {
    try {
      return (await imports.publish(begun, dayIn(petition.timezone, begun.at), progress)) ?? 0;
    } catch (error) {
      // A full disk or a held database passes; a staging file that is damaged stays so.
      if (troubleOf(error) !== 'damaged' && !ended()) throw error;
    }
  }
  const done = ended();
  if (done) return done.added;
  await imports.undo(begun);
  return 'undone';
}
