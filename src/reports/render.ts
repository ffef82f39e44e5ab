// Hands pictures to one worker thread and takes the PNG back; the worker starts with the first of them.
import { Worker } from 'node:worker_threads';
import type { RenderAnswer, RenderRequest } from './chart-worker.js';

interface Waiting {
  resolve: (png: Buffer) => void;
  reject: (reason: Error) => void;
}

interface Renderer {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

let renderer: Renderer | undefined;
let lastId = 0;

/**
 * Where the compiled worker lies: beside this file, once it is compiled itself. Under vitest it runs as TypeScript,
 * which a worker thread of Node 20 can't load: the worker is then the one that the build put into dist/.
 */
function workerFile(): URL {
  const beside = import.meta.url.endsWith('.ts')
    ? '../../dist/src/reports/chart-worker.js'
    : './chart-worker.js';
  return new URL(beside, import.meta.url);
}

/** Starts a worker. However it ends, what waits for it is rejected, and the next picture gets a new one. */
function start(): Renderer {
  const worker = new Worker(workerFile());
  const started: Renderer = { worker, waiting: new Map() };
  const end = (reason: Error) => {
    if (renderer === started) renderer = undefined;
    for (const { reject } of started.waiting.values()) reject(reason);
    started.waiting.clear();
  };
  worker.on('message', ({ id, png }: RenderAnswer) => {
    started.waiting.get(id)?.resolve(Buffer.from(png.buffer));
    started.waiting.delete(id);
  });
  worker.on('error', (cause) => end(new Error('The chart worker failed', { cause })));
  worker.on('exit', (code) => end(new Error(`The chart worker ended with code ${code}`)));
  return started;
}

/**
 * Draws SVG text as a PNG of the SVG's own size, with Noto Sans 400 and 700 and no other font.
 *
 * @throws Error when the worker ends before it answers, as it does on text that is no SVG
 * @see https://github.com/thx/resvg-js (its WebAssembly build, 2.6.2)
 */
export const renderPng = (svg: string): Promise<Buffer> => render({ svg, isOpaque: false });

/** Draws it as `renderPng` does, without transparency: for paper. */
export const renderOpaquePng = (svg: string): Promise<Buffer> => render({ svg, isOpaque: true });

async function render(asked: Omit<RenderRequest, 'id'>): Promise<Buffer> {
  renderer ??= start();
  const { worker, waiting } = renderer;
  const request: RenderRequest = { id: ++lastId, ...asked };
  return new Promise((resolve, reject) => {
    waiting.set(request.id, { resolve, reject });
    worker.postMessage(request);
  });
}

/** Starts the worker and compiles what the first picture would otherwise wait for (about 0.6 s). */
export async function warmUp(): Promise<void> {
  await renderPng('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">0</text></svg>');
}

/** Ends the worker, if one runs; a later picture starts another. */
export async function close(): Promise<void> {
  const ending = renderer;
  renderer = undefined;
  await ending?.worker.terminate();
}
