import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/coalition/failure.js';
import { readRows, shapeOf } from '../../../src/connectors/signature-file/index.js';
import { bytesOf, failureOf, readAll, today } from './support.js';

describe('a file without text', () => {
  it.each(['', '\uFEFF', '\n', ' \n', '\r\n\r\n', ';;\n ;', 'sep=;\n', '\uFEFFsep=,'])(
    '%j is empty',
    async (text) => {
      expect(await failureOf(readAll(bytesOf(text)))).toMatchObject({ key: 'emptyFile' });
    },
  );

  it.each([
    ['zip and xlsx', Buffer.from('PK\x03\x04name\n')],
    ['xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['pdf', Buffer.from('%PDF-1.7\nname\n')],
    ['png', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['gzip', Buffer.from('1f8b0800', 'hex')],
    ['a page', Buffer.from('\n<!DOCTYPE html>\n<title>name</title>')],
    ['JSON', Buffer.from('\uFEFF[\n  {"name": "Ana"}]')],
    ['UTF-32', Buffer.from('fffe00006e000000610000006d00000065000000', 'hex')],
    ['a third of NULs', Buffer.from('ab\0'.repeat(100))],
    ['NULs', Buffer.alloc(5_000)],
    ['NULs after a name', Buffer.concat([Buffer.from('name\nAna\n'), Buffer.alloc(50)])],
  ])('%s is not text', async (_, bytes) => {
    expect(await failureOf(shapeOf(bytesOf(bytes)))).toMatchObject({ key: 'fileNotText' });
  });

  it('may have a header and nothing else', async () => {
    expect(await readAll(bytesOf('name,country'))).toMatchObject({ rows: [], rejected: [] });
  });

  it('is text with a few NULs in it', async () => {
    const { rows } = await readAll(bytesOf(`name\nA\0na\n${'María Quispe\n'.repeat(10)}`));
    expect(rows[0]).toMatchObject({ name: 'A na' });
  });
});

describe('quotes that do not pair up are found in the line of their row', () => {
  const before = `name,comment\r\n${'Ana,"uno\r\ndos"\r\n\r\n'.repeat(3_000)}`;
  const line = 2 + 3 * 3_000;
  it.each([
    ['left open', 'Luis,"hola\r\nRosa,\r\n'],
    ['left open at the end', 'Luis,"'],
    ['inside a cell', 'Luis "Lucho" Quispe,\r\nRosa,\r\n'],
    ['followed by text', '"Luis" Quispe,\r\nRosa,\r\n'],
    ['alone', 'Luis",x\r\nRosa,\r\n'],
  ])('%s', async (_, text) => {
    expect(await failureOf(readAll(bytesOf(before + text)))).toEqual({ key: 'fileQuote', values: { line } });
  });

  it.each([
    ['left open in front of a long file', `Luis,"hola\r\n${'Rosa,x\r\n'.repeat(100_000)}`],
    ['around more than fits', `Luis,"${'a'.repeat(70_000)}"\r\nRosa,x`],
    ['nowhere, and no line ends', `Luis,${'a'.repeat(1_000_000)}`],
    ['nowhere, and there are cells without end', ','.repeat(1_000_000)],
  ])('%s', async (_, text) => {
    expect(await failureOf(readAll(bytesOf(before + text)))).toEqual({
      key: 'fileRowTooLong',
      values: { line, most: 64 },
    });
  });
});

it('a line of a gigabyte is given up where it has become too long', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'minga-'));
  try {
    const file = path.join(folder, 'names.csv');
    const handle = await open(file, 'w');
    // Nothing but a header is written: the rest is a hole that reads as NULs.
    await handle.write(`name\n${'Ana\n'.repeat(30_000)}`);
    await handle.truncate(2 ** 30);
    await handle.close();
    const shape = await shapeOf(bytesOf('name\n'));
    const before = process.memoryUsage.rss();
    const lines: number[] = [];
    const reading = async () => {
      for await (const { rows } of readRows({ path: file }, shape, today)) {
        lines.push(...rows.map(({ line }) => line));
      }
    };
    expect(await failureOf(reading())).toEqual({ key: 'fileRowTooLong', values: { line: 30_002, most: 64 } });
    expect(lines).toHaveLength(30_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 2 ** 20);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('any bytes are read, or refused in words', async () => {
  const parts = fc.constantFrom(
    ...['name', 'organization', ',', ';', '\t', '"', '""', '\n', '\r', '\r\n', '\0', 'sep=;', "'=", '\uFEFF'],
    ...['Ana', '3/5/2026', 'date', 'email', 'a@b.org', 'Congo', 'country', 'ñ'],
  );
  const bytes = fc
    .tuple(
      fc.constantFrom('', 'name,date,country\n', 'nombre;correo\r\n'),
      fc.array(parts, { maxLength: 40 }),
    )
    .map(([header, rest]) => Buffer.from(header + rest.join('')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, fc.uint8Array({ maxLength: 200 })), async (input) => {
      try {
        const { shape, rows, rejected } = await readAll(bytesOf(input), 3);
        expect(shape.columns.length).toBeGreaterThan(0);
        for (const { name } of rows) expect(name).not.toBe('');
        const lines = [...rows, ...rejected].map(({ line }) => line);
        expect(new Set(lines).size).toBe(lines.length);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
      }
    }),
    { numRuns: 1_000 },
  );
});
