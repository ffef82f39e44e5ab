// Says on this machine alone whether Minga is well (/healthz), and how much it does (/metrics).
import { createServer, type Server } from 'node:http';
import type { Client } from 'discord.js';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Context } from './context.js';

/** Serves on 127.0.0.1: 200 while the database answers and the gateway is up, else 503. */
export function serveHealth(port: number, { database, log }: Context, client: Client): Server {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'minga_gateway_ping_ms',
    help: 'Last heartbeat round trip to Discord, in milliseconds; -1 before the first',
    registers: [registry],
    collect() {
      this.set(client.ws.ping);
    },
  });
  const isWell = () => {
    try {
      database.$client.prepare('select 1').get();
      // One 401 empties the token, while the client goes on saying that it is ready.
      return client.isReady() && client.token !== null;
    } catch {
      return false;
    }
  };
  const server = createServer(async ({ url }, response) => {
    if (url === '/healthz')
      return response.writeHead(isWell() ? 200 : 503).end(isWell() ? 'ok\n' : 'unwell\n');
    if (url === '/metrics') {
      return response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
    }
    return response.writeHead(404).end();
  });
  server.on('error', (error) => log.error({ err: error }, 'health port'));
  return server.listen(port, '127.0.0.1');
}
