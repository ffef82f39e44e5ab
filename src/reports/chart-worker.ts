// Turns SVG text into PNG bytes in a thread of its own: a picture costs a tenth of a second that the bot's loop keeps.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { fontFile } from './chart/font.js';
import { opaquePng } from './chart/opaque.js';

/** What render.ts asks of the worker. */
export interface RenderRequest {
  id: number;
  svg: string;
  /** Without transparency. */
  isOpaque: boolean;
}

/** What it answers: the file's bytes. */
export interface RenderAnswer {
  id: number;
  png: Uint8Array<ArrayBuffer>;
}

const fontBuffers = [readFileSync(fontFile(400)), readFileSync(fontFile(700))];
await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));

/** Draws one picture; what WebAssembly holds for it is given back by hand, as no collector sees it. */
function png({ svg, isOpaque }: RenderRequest): Uint8Array<ArrayBuffer> {
  const drawing = new Resvg(svg, {
    font: { loadSystemFonts: false, fontBuffers, defaultFontFamily: 'Noto Sans' },
  });
  const image = drawing.render();
  const { width, height } = image;
  const bytes = isOpaque ? opaquePng(image.pixels, width, height) : new Uint8Array(image.asPng());
  image.free();
  drawing.free();
  return bytes;
}

// Nothing is caught: after a failure the module's memory can't be trusted, so the thread ends and render.ts starts another.
parentPort?.on('message', (request: RenderRequest) => {
  const answer: RenderAnswer = { id: request.id, png: png(request) };
  parentPort?.postMessage(answer, [answer.png.buffer]);
});
