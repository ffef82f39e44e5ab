// A drawn picture as PNG without transparency, as paper takes it: a PDF would have to take the colours apart.
import { crc32, deflateSync } from 'node:zlib';

/**
 * Writes pixels as a PNG of 8-bit RGB.
 *
 * @param pixels - RGBA, row by row; whatever is not opaque is not looked at
 * @see https://www.w3.org/TR/png-3/
 */
export function opaquePng(pixels: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  // Each row begins with its filter: none.
  const rows = new Uint8Array(height * (1 + 3 * width));
  for (let y = 0, to = 0, from = 0; y < height; y++) {
    to += 1;
    for (let x = 0; x < width; x++, from += 4) {
      rows[to++] = pixels[from] ?? 0;
      rows[to++] = pixels[from + 1] ?? 0;
      rows[to++] = pixels[from + 2] ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...chunks]));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}
