// `npm run signatures -- import FILE --server ID --source NAME [--yes]`: a file of any size, whether the bot runs or not.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../../db/connect.js';
import { holdImport, type Import } from '../../../db/imports.js';
import { isMarked, newestSealed } from '../../../db/signatures.js';
import { sourceById } from '../../../db/sources.js';
import { beginImport, importLease } from '../../coalition/import/begin.js';
import type { Answers } from '../../coalition/import/preview.js';
import { findPetition, requireHost, requireState, today } from '../../coalition/petition.js';
import { tallyOf } from '../../coalition/tally.js';
import { type Imports, importsInto } from '../../connectors/imports.js';
import { finishImport, takeUnfinished } from '../../connectors/unfinished-imports.js';
import { rejectedCsv } from '../../reports/rejected.js';
import { fittingSeal, secretKeyIn } from '../../secret-key.js';
import { progressLine } from '../progress-line.js';
import { confirmed } from '../tool.js';
import { withDatabase, words } from './database.js';
import { previewLines } from './import-preview.js';

interface Options {
  server: string;
  source: string;
  petition?: string;
  yes?: boolean;
  /** All names may be handed over where the file doesn't say no. */
  names?: boolean;
  dates?: 'day-first' | 'month-first';
  rejected?: string;
}

export async function importFrom(file: string, options: Options): Promise<void> {
  await withDatabase(async (database, { DATABASE_PATH, SECRET_KEY_FILE }) => {
    const { server, source } = options;
    const petition = findPetition(database, server, options.petition, true);
    const at = Date.now();
    requireHost(petition, server);
    requireState(petition, 'add');
    fittingSeal(SECRET_KEY_FILE, newestSealed(database), isMarked(database));
    const imports = importsInto(DATABASE_PATH, secretKeyIn(SECRET_KEY_FILE));
    const holder = randomUUID();
    for (const begun of takeUnfinished(database, imports, holder, at)) await finish(database, imports, begun);
    const purpose = { petitionId: petition.id, source };
    const fileName = path.basename(file);
    const reading = progressLine('Reading');
    const { linkParameter } = petition;
    const about = { fileName, purpose, today: today(petition, at), linkParameter };
    const staged = await imports
      .prepare({ path: path.resolve(file) }, about, reading.show)
      .catch(unwrapped)
      .finally(reading.clear);
    try {
      const preview = await imports.preview(staged, purpose, answersIn(options));
      for (const line of previewLines(preview, source)) console.log(line);
      if (options.rejected !== undefined) {
        writeFileSync(options.rejected, rejectedCsv(await imports.rejected(staged), words), { flag: 'wx' });
        console.log(`The rejected rows are in ${options.rejected}.`);
      }
      if (preview.fresh === 0) return console.log('Nothing in it is new; nothing was changed.');
      if (!options.yes && !(await confirmed('Take these signatures in?')))
        return console.log('Nothing was changed.');
      const write = { userId: null, serverId: server, at };
      const draft = { petitionId: petition.id, staged, fileName, source };
      const begun = beginImport(database, write, petition, draft, {
        consent: options.names ? 'names' : 'file',
        holder,
      });
      const added = await carriedOut(database, imports, begun, today(petition, at));
      const now = tallyOf(database, petition.id);
      console.log(words.say('import.done', { count: added, source }));
      console.log(words.say('tally.total', { count: now.total }));
      if (now.likely > 0) console.log(words.say('import.likely', { count: now.likely }));
    } finally {
      imports.discard(staged);
    }
  });
}

/** Ends what was cut off before, and says so: the same file again would have nothing new otherwise. */
async function finish(database: Database, imports: Imports, begun: Import): Promise<void> {
  // Read before: undone whole, a source that was made for it is gone with it.
  const source = sourceById(database, begun.sourceId)?.name ?? '';
  const added = await finishImport(database, imports, begun, Date.now);
  const key = added === 'undone' ? 'notices.importUndone' : 'notices.importContinued';
  console.log(words.say(key, { file: begun.fileName, source, count: added === 'undone' ? 0 : added }));
}

/** Publishes, and keeps hold of the import for as long as that takes. */
async function carriedOut(database: Database, imports: Imports, begun: Import, day: string): Promise<number> {
  const hold = setInterval(() => {
    const now = Date.now();
    holdImport(database, { id: begun.id, holder: begun.holder, now, until: now + importLease });
  }, importLease / 4);
  const writing = progressLine('Writing');
  try {
    return (await imports.publish(begun, day, writing.show)) ?? 0;
  } finally {
    clearInterval(hold);
    writing.clear();
  }
}

function answersIn({ dates }: Options): Answers {
  return dates === undefined ? {} : { order: dates === 'day-first' ? 'dayFirst' : 'monthFirst' };
}

/** What went wrong in the thread as what it is, where the system said it: a file that is missing or forbidden. */
function unwrapped(error: unknown): never {
  const cause = error instanceof Error ? error.cause : undefined;
  throw cause instanceof Error && 'syscall' in cause ? cause : error;
}
