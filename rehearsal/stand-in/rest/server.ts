// The HTTP side: the one place that every request of the bot passes, is judged, recorded and troubled.
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { RateLimit, RequestTrouble } from '../driver/contract.js';
import type { RecordedRequest } from '../requests.js';
import type { TroubleBook } from '../trouble.js';
import type { World } from '../world.js';
import { callbackRoutes } from './callbacks.js';
import { commandRoutes } from './commands.js';
import { eventRoutes } from './events.js';
import { Failure, failures } from './failure.js';
import { guildRoutes } from './guilds.js';
import { limitHeaders, makeLimits, rateLimited } from './limits.js';
import { messageRoutes } from './messages.js';
import { troubleAfter, troubleBefore } from './trouble.js';
import { filesOf, readParts } from './uploads.js';
import { webhookRoutes } from './webhooks.js';

export interface RestOptions {
  world: World;
  trouble: TroubleBook;
  requests: RecordedRequest[];
  callbackLimit: number;
  rateLimits: RateLimit[];
}

const mebibyte = 1024 * 1024;
const root = '/api/v10';

/** The server, not yet listening. */
export function makeRest(options: RestOptions): FastifyInstance {
  const { world, trouble, requests, callbackLimit, rateLimits } = options;
  const standingOf = makeLimits(rateLimits);
  const server = fastify({ bodyLimit: 25 * mebibyte, forceCloseConnections: true });
  server.register(multipart, { limits: { fileSize: 25 * mebibyte, files: 20 } });

  server.register(
    async (api) => {
      api.addHook('onRequest', async (request) => authorize(world, request));
      api.addHook('preValidation', readParts);
      const ordered = new WeakMap<FastifyRequest, RequestTrouble>();
      api.addHook('preHandler', async (request, reply) => {
        const standing = standingOf(request, pathOf(request));
        if (standing.exceeded) throw rateLimited(standing);
        const order = trouble.forRequest(request.method, pathOf(request));
        if (order) ordered.set(request, order);
        if (order?.kind === '429') {
          throw rateLimited(standing, (order.milliseconds ?? 1000) / 1000, order.scope);
        }
        reply.headers(limitHeaders(standing));
        if (order) await troubleBefore(order);
      });
      api.addHook('onSend', async (request, reply, payload) => {
        const order = ordered.get(request);
        requests.push({ ...recordOf(world, request, reply), ...(order && { trouble: order.kind }) });
        world.events.emit('change');
        return order ? troubleAfter(order, request, reply, payload) : payload;
      });
      api.setErrorHandler(answerFailure);
      api.setNotFoundHandler(async () => {
        throw failures.notFound();
      });
      guildRoutes(api, world);
      eventRoutes(api, world);
      commandRoutes(api, world);
      messageRoutes(api, world);
      callbackRoutes(api, world, callbackLimit);
      webhookRoutes(api, world);
    },
    { prefix: root },
  );

  server.get<{ Params: { id: string } }>('/attachments/:channel/:id/:name', async ({ params }, reply) => {
    const file = world.files.get(params.id);
    if (!file) return reply.code(404).send('This content is no longer available.');
    return reply.header('content-type', file.contentType).send(file.bytes);
  });
  return server;
}

function pathOf(request: FastifyRequest): string {
  return new URL(request.url, 'http://stand-in').pathname.slice(root.length);
}

// Interactions carry their own token in the path; all else needs the bot's.
async function authorize(world: World, request: FastifyRequest): Promise<void> {
  if (/^\/(interactions|webhooks)\//.test(pathOf(request))) return;
  if (request.headers.authorization !== `Bot ${world.token}`) throw failures.unauthorized();
}

const failureOf = new WeakMap<FastifyRequest, Failure>();

function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const failure = asFailure(error);
  failureOf.set(request, failure);
  reply
    .code(failure.status)
    .headers(failure.more.headers ?? {})
    .send(failure.toBody());
}

// What is no refusal of Discord's is a mistake in the stand-in: its text goes into the record.
function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { statusCode = 500, message } =
    error instanceof Error ? (error as Error & { statusCode?: number }) : { message: String(error) };
  if (statusCode === 413) return failures.tooLarge();
  return new Failure(statusCode, 0, message);
}

function recordOf(world: World, request: FastifyRequest, reply: FastifyReply): RecordedRequest {
  const failure = failureOf.get(request);
  const said = failure && { path: [], code: String(failure.code), message: failure.message };
  return {
    at: world.clock.now(),
    method: request.method,
    path: pathOf(request),
    query: { ...(request.query as Record<string, string>) },
    body: request.body,
    files: filesOf(request).map(({ name, bytes }) => ({ name, size: bytes.length })),
    status: reply.statusCode,
    refusals: failure?.refusals.length ? failure.refusals : said ? [said] : [],
  };
}
