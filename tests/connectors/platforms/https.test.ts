// A platform that misbehaves: whatever it sends, only JSON within the limits, or a code, comes back.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { problems } from '../../../src/coalition/reading.js';
import { httpsBy, largestAnswer } from '../../../src/connectors/https.js';
import { type Answering, aPlatform, json, text } from './support.js';

const patient = await aPlatform();
const hasty = await aPlatform({ within: 150 });
afterAll(() => {
  patient.close();
  hasty.close();
});
beforeEach(() => {
  patient.asked = [];
});

const url = 'https://count.example.org/count.json';
const ask = (answering: Answering, platform = patient) => {
  platform.answering = answering;
  return platform.https.ask(url);
};
const asJson = { 'content-type': 'application/json' };

describe('time', () => {
  it('headers that never come', async () => {
    expect(await ask(() => {}, hasty)).toEqual({ problem: 'slow' });
  });

  it('a body that never ends, though something always comes', async () => {
    let drip: NodeJS.Timeout | undefined;
    const answering: Answering = (response) => {
      response.writeHead(200, asJson).write('{"signatures": 1');
      drip = setInterval(() => response.write('1'), 20);
    };
    expect(await ask(answering, hasty)).toEqual({ problem: 'slow' });
    clearInterval(drip);
  });

  it('a name that never resolves to anything', async () => {
    const https = httpsBy({ within: 50, resolve: () => new Promise(() => {}) });
    expect(await https.ask(url)).toEqual({ problem: 'slow' });
  });

  it('is broken off where nobody waits any more', async () => {
    const end = new AbortController();
    patient.answering = () => end.abort(new Error('stopping'));
    await expect(patient.https.ask(url, { signal: end.signal })).rejects.toThrow('stopping');
  });
});

describe('size', () => {
  const filled = (size: number) => Buffer.from(`{"signatures": 7${' '.repeat(size - 17)}}`);

  it('as large as may be', async () => {
    expect(await ask(text(filled(largestAnswer), 200, asJson))).toMatchObject({ value: { signatures: 7 } });
  });

  it('one byte more', async () => {
    expect(await ask(text(filled(largestAnswer + 1), 200, asJson))).toEqual({
      problem: 'tooLarge',
      status: 200,
    });
  });

  it('without an end: what is over the limit is not waited for', async () => {
    const endless: Answering = (response) => {
      response.writeHead(200, asJson);
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    };
    expect(await ask(endless)).toEqual({ problem: 'tooLarge', status: 200 });
  });

  it('a little that unpacks to a lot', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(largestAnswer);
    const before = process.memoryUsage().rss;
    const answering = text(bomb, 200, { ...asJson, 'content-encoding': 'gzip' });
    expect(await ask(answering)).toEqual({ problem: 'tooLarge', status: 200 });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('packed answers are taken, unless they are damaged', async () => {
    const packed = gzipSync('{"signatures": 7}');
    const headers = { ...asJson, 'content-encoding': 'gzip' };
    expect(await ask(text(packed, 200, headers))).toMatchObject({ value: { signatures: 7 } });
    expect(await ask(text(packed.subarray(0, 12), 200, headers))).toEqual({
      problem: 'notJson',
      status: 200,
    });
  });

  it('headers without an end', async () => {
    const answering = text('{}', 200, { ...asJson, 'x-large': 'x'.repeat(60_000) });
    expect(await ask(answering)).toEqual({ problem: 'unreachable' });
  });
});

describe('another place', () => {
  it.each([
    'http://127.0.0.1/count.json',
    'https://127.0.0.1/count.json',
    'https://count.example.org/other.json',
    '//evil.example.org/',
    'file:///etc/passwd',
    '/other',
  ])('%s: nobody goes there', async (location) => {
    for (const status of [301, 302, 303, 307, 308]) {
      expect(await ask(text('', status, { location }))).toEqual({ problem: 'redirect', status });
    }
    expect(patient.asked).toHaveLength(5);
  });
});

describe('what it says', () => {
  it.each(['application/json', 'application/hal+json', 'APPLICATION/JSON; charset=utf-8'])(
    '%s is JSON',
    async (type) => {
      expect(await ask(text('{"a": 1}', 200, { 'content-type': type }))).toEqual({
        status: 200,
        value: { a: 1 },
      });
    },
  );

  it.each(['text/html', 'text/plain', 'text/html; x=application/json', 'application/javascript', 'json', ''])(
    '%s is not, whatever is in it',
    async (type) => {
      expect(await ask(text('{"a": 1}', 200, type === '' ? {} : { 'content-type': type }))).toEqual({
        problem: 'notJson',
        status: 200,
      });
    },
  );

  it.each(['<!doctype html>', '', '{"a": ', 'undefined', '[1', '{"a": 1} {"a": 2}', '\u0000'])(
    '%j is none',
    async (body) => {
      expect(await ask(text(body, 200, asJson))).toEqual({ problem: 'notJson', status: 200 });
    },
  );

  it('JSON that is as deep as it is long', async () => {
    const deep = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
    expect(await ask(text(deep(500_000), 200, asJson))).toHaveProperty('status', 200);
    expect(await ask(text('{"a":'.repeat(200_000), 200, asJson))).toEqual({
      problem: 'notJson',
      status: 200,
    });
  });

  it.each([
    [400, 'status'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'missing'],
    [410, 'gone'],
    [418, 'status'],
    [429, 'busy'],
    [500, 'failing'],
    [503, 'failing'],
  ] as const)('a status of %i', async (status, problem) => {
    expect(await ask(json({ signatures: 7, error: 'Not found' }, status))).toEqual({ problem, status });
  });

  it('how long to leave it in peace, in seconds or as a date by its own clock; a day at most', async () => {
    const wait = async (headers: Record<string, string>) => await ask(json({}, 429, headers));
    expect(await wait({ 'retry-after': '120' })).toEqual({
      problem: 'busy',
      status: 429,
      retryAfter: 120_000,
    });
    const date = 'Wed, 21 Oct 2015 07:28:00 GMT';
    const later = 'Wed, 21 Oct 2015 07:29:30 GMT';
    expect(await wait({ 'retry-after': later, date })).toHaveProperty('retryAfter', 90_000);
    expect(await wait({ 'retry-after': date, date: later })).toHaveProperty('retryAfter', 0);
    expect(await wait({ 'retry-after': '99999999999999' })).toHaveProperty('retryAfter', 86_400_000);
    for (const odd of ['soon', '-5', '1.5', ''])
      expect(await wait({ 'retry-after': odd })).not.toHaveProperty('retryAfter');
  });

  it('the connection is cut at any point', async () => {
    const cut =
      (written: string): Answering =>
      (response) => {
        response.writeHead(200, { ...asJson, 'content-length': '1000' }).write(written);
        setImmediate(() => response.destroy());
      };
    for (const written of ['', '{"signatures": 7', '{"signatures": 7}']) {
      expect(await ask(cut(written))).toEqual({ problem: 'unreachable' });
    }
    expect(await ask((response) => response.socket?.destroy())).toEqual({ problem: 'unreachable' });
  });
});

it('whatever it sends, what comes back is a value, or a code with a status', async () => {
  const marker = 'the-body-itself';
  const bodies = fc.oneof(fc.constantFrom('', '{', `"${marker}`, `<p>${marker}</p>`), fc.string(), fc.json());
  const statuses = fc.constantFrom(200, 201, 204, 206, 301, 304, 400, 401, 404, 410, 429, 500, 599);
  const types = fc.constantFrom('application/json', 'text/html', marker, 'application/x+json');
  await fc.assert(
    fc.asyncProperty(bodies, statuses, types, async (body, status, type) => {
      const bare = status === 204 || status === 304;
      const answer = await ask(text(bare ? '' : body, status, { 'content-type': type, 'x-error': marker }));
      if ('value' in answer) return;
      const { problem, status: said, retryAfter, ...rest } = answer;
      expect(problems).toContain(problem);
      expect([said, retryAfter, rest]).toEqual([status, undefined, {}]);
    }),
    { numRuns: 100 },
  );
});
