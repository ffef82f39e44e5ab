// Reads rows for whoever started this thread, a few batches ahead of what has been taken.
import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../coalition/failure.js';
import { readRows } from './index.js';
import type { Reading, Said } from './read-beside.js';

const { input, shape, today } = workerData as Reading;
const say = (said: Said) => parentPort?.postMessage(said);
let asked = 0;
let wake = () => {};
parentPort?.on('message', () => {
  asked += 1;
  wake();
});

try {
  for await (const batch of readRows(input, shape, today)) {
    while (asked === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    asked -= 1;
    say({ batch });
  }
  say({ end: true });
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  say({ failure: { key: error.key, values: error.values } });
} finally {
  parentPort?.close();
}
