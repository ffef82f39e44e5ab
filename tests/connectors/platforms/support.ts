// A platform of a test's own: an HTTPS server on this machine, reached by names that the test resolves.
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { type Https, httpsBy } from '../../../src/connectors/https.js';

const hosts = ['petition.parliament.uk', 'actionnetwork.org', 'api.proca.app', 'count.example.org'];

/** An address that is anyone's on the internet; nothing is ever sent there. */
export const publicAddress = '93.184.216.34';

/** A question as the platform got it. */
export interface Asked {
  method: string | undefined;
  host: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answering = (response: ServerResponse, asked: Asked) => void;

export interface Platform {
  /** What it does with the next questions. */
  answering: Answering;
  asked: Asked[];
  /** Which addresses names resolve to, for each time one is looked up; the last goes on. */
  addresses: string[][];
  /** The names that were looked up. */
  lookedUp: string[];
  https: Https;
  close(): void;
}

/** @param within - how long a question may take, in milliseconds */
export async function aPlatform({ within = 10_000 } = {}): Promise<Platform> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'A platform' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2 as const, value })) },
    ],
  });
  const server = createServer({ key, cert }, async (request, response) => {
    // The client may break off at any moment.
    response.on('error', () => {});
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    const body = Buffer.concat(chunks).toString();
    const asked = { method, url, host: headers.host, headers, body };
    platform.asked.push(asked);
    platform.answering(response, asked);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const platform: Platform = {
    answering: json({}),
    asked: [],
    addresses: [[publicAddress]],
    lookedUp: [],
    https: httpsBy({
      within,
      reach: { address: '127.0.0.1', port },
      authority: cert,
      async resolve(hostname) {
        platform.lookedUp.push(hostname);
        const [next = []] = platform.addresses;
        if (platform.addresses.length > 1) platform.addresses.shift();
        return next.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
      },
    }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return platform;
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answering {
  return text(JSON.stringify(value), status, {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  });
}

/** Answers with a text. */
export function text(body: string | Buffer, status: number, headers: Record<string, string> = {}): Answering {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Answers one after the other; the last goes on. */
export function inTurn(...answers: [Answering, ...Answering[]]): Answering {
  let next = 0;
  return (response, asked) => {
    answers[Math.min(next, answers.length - 1)]?.(response, asked);
    next += 1;
  };
}
