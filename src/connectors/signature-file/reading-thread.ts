// Reads and marks rows for whoever started this thread, a few batches ahead of what has been taken.
import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../coalition/failure.js';
import { marked } from '../../coalition/import/marked.js';
import { sealWith } from '../../coalition/seal.js';
import { readRows } from './index.js';
import type { Reading, Said } from './read-beside.js';

const { input, shape, today, purpose, key } = workerData as Reading;
const marking = { ...purpose, seal: sealWith(Buffer.from(key)) };
const say = (said: Said, passedOn: ArrayBuffer[] = []) => parentPort?.postMessage(said, passedOn);
let asked = 0;
let wake = () => {};
parentPort?.on('message', () => {
  asked += 1;
  wake();
});

try {
  for await (const batch of marked(readRows(input, shape, today), marking)) {
    while (asked === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    asked -= 1;
    say({ batch }, [batch.marks.buffer]);
  }
  say({ end: true });
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  say({ failure: { key: error.key, values: error.values } });
} finally {
  parentPort?.close();
}
