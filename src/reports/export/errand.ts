// The thread of an export: reads one moment of the database, row by row, and writes it down.
import { readFileSync } from 'node:fs';
import { closeDatabase, type Database, openBeside } from '../../../db/connect.js';
import { countedSignatures } from '../../../db/exports.js';
import { petitionById } from '../../../db/petitions.js';
import { Failure } from '../../coalition/failure.js';
import { type Seal, sealWith } from '../../coalition/seal.js';
import { tallyOf } from '../../coalition/tally.js';
import { doErrand } from '../../coalition/thread.js';
import type { ExportErrand, Exported } from './export.js';
import { formats } from './formats.js';
import { reckoning } from './reckoning.js';
import { type ExportedRow, rowMaker } from './row.js';
import { fileSink, memorySink, type Sink } from './sink.js';

/** Rows that are written at once: enough to be quick, few enough to be small. */
const batchSize = 500;

await doErrand<ExportErrand, Exported>((errand, progress) => {
  const seal = sealWith(Buffer.from(readFileSync(errand.key, 'utf8').trim(), 'hex'));
  const database = openBeside(errand.database);
  try {
    database.$client.pragma('query_only = ON');
    // Each page is read once: there is nothing to keep.
    database.$client.pragma('cache_size = -1000');
    const sink = 'file' in errand.to ? fileSink(errand.to.file) : memorySink(errand.to);
    try {
      // All that is read in it is of one moment, whatever is written meanwhile.
      return database.transaction(() => written(database, seal, errand, sink, progress));
    } finally {
      sink.close();
    }
  } finally {
    closeDatabase(database);
  }
});

function written(
  database: Database,
  seal: Seal,
  { petitionId, format, at }: ExportErrand,
  sink: Sink,
  progress: (share: number) => void,
): Exported {
  const { beginning, rows, end } = formats[format];
  const tally = tallyOf(database, petitionId);
  const { total, people, organizations, sources } = tally;
  const reckoned = reckoning(tally);
  const makeRow = rowMaker(seal, new Map(sources.map(({ source }) => [source.id, source.name])));
  let batch: ExportedRow[] = [];
  let done = 0;
  const flush = () => {
    if (batch.length === 0) return;
    sink.write(rows(batch, done === 0));
    done += batch.length;
    batch = [];
    progress(Math.min(1, done / reckoned.expected));
  };
  sink.write(
    beginning({
      petition: petitionById(database, petitionId)?.title ?? {},
      exported_at: new Date(at).toISOString(),
      tally: { total, people, organizations },
    }),
  );
  for (const signature of countedSignatures(database, petitionId)) {
    reckoned.add(signature);
    batch.push(makeRow(signature));
    if (batch.length === batchSize) flush();
  }
  flush();
  if (done === 0) throw new Failure('noNames');
  sink.write(end);
  return { ...sink.finish(), ...reckoned.sum(), format };
}
