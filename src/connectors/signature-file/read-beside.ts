// Reads a large file's rows in a thread beside, so that reading with marking and sealing take a processor each.
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Failure, type FailureKey } from '../../coalition/failure.js';
import type { MarkedBatch, Marking } from '../../coalition/import/marked.js';
import type { Values } from '../../i18n/words.js';
import type { FileInput, FileShape } from './index.js';

/** What is read, and what its rows are marked for: see `readRows` and `marked`. */
export interface Reading {
  input: FileInput;
  shape: FileShape;
  today: string;
  purpose: Omit<Marking, 'seal'>;
  /** The key that seals names. */
  key: Uint8Array;
}

/** What the thread says. */
export type Said = { batch: MarkedBatch } | { end: true } | { failure: { key: FailureKey; values: Values } };

/** Batches that wait at most, so that a slow taker doesn't fill the memory. */
const ahead = 4;

/**
 * The same rows as `readRows` gives, marked.
 *
 * @remarks From compiled code only: a thread of Node 20 can't load TypeScript.
 */
export async function* readRowsBeside(reading: Reading): AsyncGenerator<MarkedBatch> {
  const worker = new Worker(new URL('./reading-thread.js', import.meta.url), { workerData: reading });
  try {
    for (let batch = 0; batch < ahead; batch += 1) worker.postMessage('more');
    for await (const [said] of on(worker, 'message') as AsyncIterable<[Said]>) {
      if ('failure' in said) throw new Failure(said.failure.key, said.failure.values);
      if ('end' in said) return;
      yield said.batch;
      worker.postMessage('more');
    }
  } finally {
    await worker.terminate();
  }
}
