// The thread of an import: reads a file into staging, previews it, publishes it or takes it back.
import { statSync } from 'node:fs';
import { closeDatabase, openBeside } from '../../db/connect.js';
import { importById } from '../../db/imports.js';
import { type Marking, marked } from '../coalition/import/marked.js';
import { prepareImport } from '../coalition/import/prepare.js';
import {
  type Answers,
  type Preview,
  previewImport,
  readFacts,
  rejectedOf,
} from '../coalition/import/preview.js';
import { publishImport, undoImport } from '../coalition/import/publish.js';
import type { RejectedRow } from '../coalition/import/row.js';
import { sealWith } from '../coalition/seal.js';
import { doErrand } from '../coalition/thread.js';
import { type FileInput, type FileShape, readRows, shapeOf, usualOrder } from './signature-file/index.js';
import { readRowsBeside } from './signature-file/read-beside.js';

/** What rows are for. */
export type Purpose = Omit<Marking, 'seal'>;

interface Common {
  /** The key that seals names. */
  key: Uint8Array;
  /** The database's file. */
  database: string;
  /** The staging file. */
  staged: string;
}

export type ImportErrand = Common &
  (
    | { does: 'prepare'; input: FileInput; fileName: string; purpose: Purpose; today: string }
    | { does: 'preview'; purpose: Purpose; answers?: Answers }
    | { does: 'rejected' }
    | { does: 'publish'; importId: number; today: string }
    | { does: 'undo'; importId: number }
  );

/** From this size on, in bytes, a second thread saves more than it costs. */
const large = 4 * 1024 ** 2;

/** What comes back: nothing, a preview, rejected rows, or how many signatures were added. */
export type ImportAnswer = undefined | Preview | RejectedRow[] | number;

await doErrand<ImportErrand, ImportAnswer>(async (errand, progress) => {
  const { staged } = errand;
  const seal = sealWith(Buffer.from(errand.key));
  if (errand.does === 'prepare') {
    const { input, fileName, purpose, today } = errand;
    const shape = await shapeOf(input);
    const size = 'path' in input ? statSync(input.path).size : input.bytes.byteLength;
    const rows =
      size > large
        ? readRowsBeside({ input, shape, today, purpose, key: errand.key })
        : marked(readRows(input, shape, today), { ...purpose, seal });
    await prepareImport(staged, { fileName, shape, seal }, rows, size, progress);
    return undefined;
  }
  if (errand.does === 'rejected') return rejectedOf(staged, seal);
  const database = openBeside(errand.database);
  try {
    if (errand.does === 'preview') {
      const { purpose, answers } = errand;
      const shape = readFacts(staged, seal).shape as FileShape;
      return previewImport(database, staged, { ...purpose, seal, order: usualOrder(shape) }, answers);
    }
    const row = importById(database, errand.importId);
    if (row?.state !== 'publishing') return undefined;
    if (errand.does === 'publish') return await publishImport(database, staged, row, errand.today, progress);
    await undoImport(database, row);
    return undefined;
  } finally {
    closeDatabase(database);
  }
});
