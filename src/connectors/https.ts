// Asks for JSON over HTTPS within limits of time and size; of what goes wrong, only a code leaves this file.
import { Agent, buildConnector, fetch, type Response } from 'undici';
import type { Problem, Refusal } from '../coalition/reading.js';
import { forbidden, isPlainHttps, publicLookup, type Way } from './public-address.js';

/** From the name's lookup to the last byte, in milliseconds. */
const patience = 10_000;

/** The most that is read of an answer, unpacked, in bytes. */
export const largestAnswer = 1024 * 1024;

export interface Question {
  headers?: Record<string, string>;
  /** Sent as JSON, by POST. */
  body?: unknown;
  signal?: AbortSignal;
}

/** JSON as a server sent it, or why there is none. */
export type JsonAnswer = { status: number; value: unknown } | Refusal;

export interface Https {
  ask(url: string, question?: Question): Promise<JsonAnswer>;
}

/** A client that connects to public addresses only, follows no redirects and keeps no connection. */
export function httpsBy({ within = patience, ...way }: Way & { within?: number } = {}): Https {
  const lookup = publicLookup(way);
  const toPort = buildConnector({ lookup, timeout: within, ...(way.authority && { ca: way.authority }) });
  const port = way.reach && String(way.reach.port);
  const dispatcher = new Agent({
    // Every question looks its name up anew.
    pipelining: 0,
    connect: port ? (options, connected) => toPort({ ...options, port }, connected) : toPort,
  });
  return {
    async ask(url, { headers = {}, body, signal } = {}) {
      if (!URL.canParse(url) || !isPlainHttps(new URL(url))) return { problem: 'address' };
      signal?.throwIfAborted();
      const end = new AbortController();
      const stop = () => end.abort();
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        stop();
      }, within);
      signal?.addEventListener('abort', stop, { once: true });
      try {
        const response = await fetch(url, {
          dispatcher,
          redirect: 'manual',
          signal: end.signal,
          headers: {
            accept: 'application/json',
            'user-agent': 'Minga',
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        });
        return await answerIn(response);
      } catch (error) {
        signal?.throwIfAborted();
        return { problem: late ? 'slow' : problemOf(error) };
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
      }
    },
  };
}

async function answerIn(response: Response): Promise<JsonAnswer> {
  const { status } = response;
  const refused = response.ok ? unreadable(response) : statusProblem(status);
  if (refused) {
    await response.body?.cancel().catch(() => {});
    const retryAfter = retryAfterOf(response);
    return { problem: refused, status, ...(retryAfter !== undefined && { retryAfter }) };
  }
  const text = await textOf(response);
  if (text === undefined) return { problem: 'tooLarge', status };
  try {
    return { status, value: JSON.parse(text) };
  } catch {
    // The error would quote the text.
    return { problem: 'notJson', status };
  }
}

function unreadable({ headers }: Response): Problem | undefined {
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  return /^application\/([\w.-]+\+)?json$/i.test(type.trim()) ? undefined : 'notJson';
}

function statusProblem(status: number): Problem {
  if (status >= 300 && status < 400) return 'redirect';
  if (status >= 500) return 'failing';
  const known: Partial<Record<number, Problem>> = {
    401: 'refused',
    403: 'refused',
    404: 'missing',
    410: 'gone',
    429: 'busy',
  };
  return known[status] ?? 'status';
}

const longestWait = 24 * 3_600_000;

/** `Retry-After`, in seconds or as a date, which is taken by the server's own clock. */
function retryAfterOf({ headers }: Response): number | undefined {
  const said = headers.get('retry-after')?.trim() ?? '';
  if (!/^\d+$|GMT$/.test(said)) return undefined;
  const wait = said.endsWith('GMT')
    ? Date.parse(said) - Date.parse(headers.get('date') ?? '')
    : Number(said) * 1000;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestWait) : undefined;
}

/** The whole text; undefined where it is larger than the limit, of which no more is read. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > largestAnswer) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The problem behind an error, by the codes alone of what caused it: its message may quote the server. */
function problemOf(error: unknown): Problem {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? cause.code : undefined;
    if (code === forbidden) return 'address';
    if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'slow';
  }
  return 'unreachable';
}
