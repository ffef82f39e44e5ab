// Long work in a thread of its own: one errand each, so that the bot's loop stays free.
import { types } from 'node:util';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Values } from '../i18n/words.js';
import { Failure, type FailureKey } from './failure.js';

/** What an errand says to whoever sent it. */
type Said<Answer> =
  | { progress: number }
  | { answer: Answer }
  | { failure: { key: FailureKey; values: Values } };

/**
 * Room for new values, in MB: less than V8's own, as each blob and cipher holds memory outside of it until the next
 * collection. That of an export of 400,000 rows was 210 MB with V8's own, and is 160 MB with this.
 */
const young = 12;

/**
 * Runs an errand in a new thread.
 *
 * @param file - the errand's module, as `import.meta.resolve` would name it: './import-errand.js' seen from `from`
 * @param from - `import.meta.url` of whoever sends it; under vitest, where a thread of Node 20 can't load TypeScript, the
 * module is the one that the build put into dist/
 * @param progress - told how far it is, from 0 to 1
 * @param most - how much memory its JavaScript may take, in MB
 * @throws {@link Failure} as the errand did; any other error as the cause of one that names the errand
 */
export async function sendErrand<Answer>(
  { file, from, most }: { file: string; from: string; most?: number },
  errand: unknown,
  progress: (share: number) => void = () => {},
): Promise<Answer> {
  const beside = new URL(file, from);
  const compiled = from.endsWith('.ts') ? inDist(beside) : beside;
  const worker = new Worker(compiled, {
    workerData: errand,
    ...(most === undefined
      ? {}
      : { resourceLimits: { maxOldGenerationSizeMb: most, maxYoungGenerationSizeMb: young } }),
  });
  return new Promise((resolve, reject) => {
    worker.on('message', (said: Said<Answer>) => {
      if ('progress' in said) progress(said.progress);
      else if ('answer' in said) resolve(said.answer);
      else reject(new Failure(said.failure.key, said.failure.values));
    });
    worker.on('error', (cause) => reject(new Error(`${file} failed`, { cause })));
    worker.on('exit', (code) => reject(new Error(`${file} ended with code ${code}`)));
  });
}

const root = new URL('../../', import.meta.url);

const inDist = (file: URL) => new URL(`dist/${file.href.slice(root.href.length)}`, root);

/** The errand's side: does it, and says what came of it. */
export async function doErrand<Errand, Answer>(
  work: (errand: Errand, progress: (share: number) => void) => Promise<Answer> | Answer,
): Promise<void> {
  const say = (said: Said<Answer>) => parentPort?.postMessage(said);
  try {
    say({ answer: await work(workerData as Errand, (share) => say({ progress: share })) });
  } catch (error) {
    if (!(error instanceof Failure)) throw carried(error);
    say({ failure: { key: error.key, values: error.values } });
  }
}

/** An error of SQLite is no native one, and out of a thread comes nothing else whole: neither its message nor its class. */
function carried(error: unknown): unknown {
  const isNative: boolean = types.isNativeError(error);
  if (isNative || !(error instanceof Error)) return error;
  return Object.assign(new Error(error.message), error, { stack: error.stack });
}
