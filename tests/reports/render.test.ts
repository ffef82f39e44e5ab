// PNG from a real worker thread: what it draws, and that nothing hangs when it dies.
import { afterAll, expect, test } from 'vitest';
import { close, renderPng, warmUp } from '../../src/reports/render.js';

const svg = (content: string, size = 60) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * size}" height="${size}">${content}</svg>`;
const text = (words: string, weight = 400) =>
  svg(`<text y="40" font-size="40" font-weight="${weight}" font-family="Noto Sans">${words}</text>`);
/** More memory than a WebAssembly module has: it traps, and takes the thread with it. */
const trap = svg('', 100_000);

afterAll(close);

test('a picture is a PNG of the SVG’s size', async () => {
  const png = await renderPng(svg('<rect width="9" height="9"/>', 300));
  expect(png.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([600, 300]);
});

test('text is drawn, in two weights', async () => {
  const pictures = await Promise.all([svg(''), text('Perú'), text('Perú', 700), text('Peru')].map(renderPng));
  expect(new Set(pictures.map((png) => png.toString('hex'))).size).toBe(4);
});

test('each asker gets their own picture', async () => {
  const sizes = Array.from({ length: 12 }, (_, index) => 10 + index);
  const pngs = await Promise.all(sizes.map((size) => renderPng(svg('', size))));
  expect(pngs.map((png) => png.readUInt32BE(20))).toEqual(sizes);
});

test('a worker that dies rejects what waits and is replaced', async () => {
  await renderPng(text('1'));
  const waiting = await Promise.allSettled([renderPng(trap), renderPng(text('2'))]);
  expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await renderPng(text('3'))).toBeInstanceOf(Buffer);
});

test('what is no SVG is refused, and the next picture is drawn', async () => {
  await expect(renderPng('<svg')).rejects.toThrow('The chart worker failed');
  await warmUp();
});

test('closing rejects what waits; a picture asked for meanwhile starts a new worker', async () => {
  await close();
  const waiting = renderPng(text('4'));
  const [outcome, , next] = await Promise.allSettled([waiting, close(), renderPng(text('5'))]);
  expect(outcome.status).toBe('rejected');
  expect(next.status).toBe('fulfilled');
});

test('closing without a worker does nothing', async () => {
  await close();
  await close();
});
