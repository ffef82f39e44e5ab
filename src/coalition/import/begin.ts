// Confirms an import: from here on it is carried out to its end, or undone whole.
import type { Database } from '../../../db/connect.js';
import { type Import, importsUnderWay, insertImport } from '../../../db/imports.js';
import type { Petition } from '../../../db/petitions.js';
import { type Write, writeOnce } from '../../../db/transaction.js';
import { takeDraft } from '../draft.js';
import { Failure } from '../failure.js';
import { requireHost, requireState } from '../petition.js';
import { findSource, sourceNamed } from '../source.js';

/** A file that was read and waits for a word. */
export interface ImportDraft {
  petitionId: number;
  /** The staging file's name. */
  staged: string;
  fileName: string;
  source: string;
}

/** How long whoever is at an import has it without another word, in milliseconds. */
export const importLease = 60_000;

/**
 * Begins an import of what is staged.
 *
 * @param confirmed - the draft's key where it was kept as one, which names may be handed over, and who carries it out
 * @throws {@link Failure} where another one is under way, or the petition's state or host forbid it
 */
export function beginImport(
  database: Database,
  write: Write,
  petition: Petition,
  draft: ImportDraft,
  { key, consent, holder }: { key?: string; consent: Import['consent']; holder: string },
): Import {
  requireHost(petition, write.serverId);
  requireState(petition, 'add');
  return writeOnce(database, write, (connection, record) => {
    // Of two files at once each would take the other's people for new.
    if (importsUnderWay(connection).length > 0) throw new Failure('importUnderWay');
    if (key !== undefined) takeDraft(connection, write, key);
    const source =
      findSource(connection, petition.id, draft.source) ??
      sourceNamed(connection, petition.id, draft.source, 'file', write.at);
    const { serverId, userId, at } = write;
    const { staged, fileName } = draft;
    const begun = insertImport(connection, {
      petitionId: petition.id,
      sourceId: source.id,
      staged,
      fileName,
      state: 'publishing',
      consent,
      serverId,
      userId,
      at,
      holder,
      leaseUntil: at + importLease,
    });
    record({
      petitionId: petition.id,
      deed: 'signatures.import',
      detail: { import: begun.id, fileName, consent },
    });
    return begun;
  });
}
