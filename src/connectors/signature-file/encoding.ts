// The bytes of a file and what they are: their encoding, judged by all of them, and their text as UTF-8.
import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { Failure } from '../../coalition/failure.js';

/** A file on disk, or one that is in memory already. */
export type FileInput = { path: string } | { bytes: Uint8Array };

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A part of a file as UTF-8; `consumed` counts the file's own bytes up to its end. */
export interface TextChunk {
  text: Buffer;
  consumed: number;
}

const chunkSize = 65_536;

async function* chunksOf(input: FileInput): AsyncGenerator<Buffer> {
  if ('path' in input) {
    yield* createReadStream(input.path, { highWaterMark: chunkSize });
    return;
  }
  const { buffer, byteOffset, byteLength } = input.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

/** How files begin that are no table of text: archives (.xlsx and .ods too), documents, pictures, UTF-32. */
const otherFiles = [
  'PK\x03\x04',
  'PK\x05\x06',
  '%PDF',
  '\x89PNG',
  '\xD0\xCF\x11\xE0',
  '\x1F\x8B',
  '\xFF\xD8\xFF',
  'GIF8',
  '{\\rtf',
  'Rar!',
  '7z\xBC\xAF',
  'SQLite format 3',
  '\xFF\xFE\0\0',
  '\0\0\xFE\xFF',
];
/** A page that was saved instead of the file, or JSON. */
const otherText = /^(?:\xEF\xBB\xBF)?\s*(?:<!doctype|<html|<\?xml|\[?\s*\{)/i;

/**
 * What a file is written in: its byte order mark says so, or the NULs of UTF-16, or that all of it is UTF-8; else
 * Windows-1252, which is what Excel writes as "CSV".
 *
 * @throws Failure for an empty file, and for one that isn't text
 */
export async function encodingOf(input: FileInput): Promise<Encoding> {
  const { value: head } = await chunksOf(input).next();
  if (head === undefined || head.length === 0) throw new Failure('emptyFile');
  const start = head.toString('latin1', 0, 512);
  if (otherFiles.some((sign) => start.startsWith(sign)) || otherText.test(start)) {
    throw new Failure('fileNotText');
  }
  if (start.startsWith('\xEF\xBB\xBF')) return 'utf-8';
  if (start.startsWith('\xFF\xFE')) return 'utf-16le';
  if (start.startsWith('\xFE\xFF')) return 'utf-16be';
  return wideEncoding(head) ?? ((await isUtf8(input)) ? 'utf-8' : 'windows-1252');
}

/** UTF-16 by its NULs: in text that is mostly Latin letters, every other byte is one. */
function wideEncoding(head: Buffer): Encoding | undefined {
  const nulls = [0, 0];
  for (let at = head.indexOf(0); at !== -1; at = head.indexOf(0, at + 1)) {
    nulls[at % 2] = (nulls[at % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = nulls.map((count) => count / (head.length / 2));
  if (odd > 0.25 && even < 0.05) return 'utf-16le';
  if (even > 0.25 && odd < 0.05) return 'utf-16be';
  // A few NULs are dirt in a text; this many are another kind of file.
  if (even + odd > 0.1) throw new Failure('fileNotText');
  return undefined;
}

async function isUtf8(input: FileInput): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunksOf(input)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * A file's text, part by part. What is not valid in its encoding becomes U+FFFD; half a character at the end is
 * left out.
 *
 * @remarks iconv-lite, as TextDecoder of Node 20 takes Windows-1252 for ISO 8859-1.
 * @see https://github.com/nodejs/node/issues/56542
 */
export async function* textOf(input: FileInput, encoding: Encoding): AsyncGenerator<TextChunk> {
  const decoder = encoding === 'utf-8' ? undefined : iconv.getDecoder(encoding);
  let consumed = 0;
  for await (const chunk of chunksOf(input)) {
    consumed += chunk.length;
    yield { text: decoder ? Buffer.from(decoder.write(chunk)) : chunk, consumed };
  }
}
