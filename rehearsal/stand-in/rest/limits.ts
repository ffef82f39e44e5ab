// Rate limits: so many requests in a while for each route of each channel, server or interaction.
import type { FastifyRequest } from 'fastify';
import type { RateLimit, RequestTrouble } from '../driver/contract.js';
import { Failure } from './failure.js';

/** Where a request stands in its bucket. */
export interface Standing {
  /** The route, by Discord's name for its limit; the same for all channels. */
  bucket: string;
  limit: number;
  remaining: number;
  /** In seconds. */
  resetAfter: number;
  exceeded: boolean;
}

/** As many as Discord takes from a bot in all. */
const usual = { limit: 50, milliseconds: 1000 };

/**
 * Counts every request in its bucket; the first one after a window's end opens the next.
 *
 * @returns what tells where a request stands; to ask counts it
 */
export function makeLimits(limits: RateLimit[]): (request: FastifyRequest, path: string) => Standing {
  const windows = new Map<string, { used: number; endsAt: number }>();
  return (request, path) => {
    const { method } = request;
    const { limit, milliseconds } =
      limits.find((one) => (one.method ?? method) === method && one.path.test(path)) ?? usual;
    const bucket = `${method}${request.routeOptions.url ?? ''}`;
    const { channel, guild, token } = request.params as Record<string, string>;
    const key = `${bucket} ${channel ?? guild ?? token ?? ''}`;
    const now = Date.now();
    const open = windows.get(key);
    const window = open && open.endsAt > now ? open : { used: 0, endsAt: now + milliseconds };
    window.used += 1;
    windows.set(key, window);
    return {
      bucket,
      limit,
      remaining: Math.max(0, limit - window.used),
      resetAfter: (window.endsAt - now) / 1000,
      exceeded: window.used > limit,
    };
  };
}

/** What the bot is told of its bucket with every answer. */
export function limitHeaders({ bucket, limit, remaining, resetAfter }: Standing): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': (Date.now() / 1000 + resetAfter).toFixed(3),
    'x-ratelimit-reset-after': resetAfter.toFixed(3),
    'x-ratelimit-bucket': bucket,
  };
}

/**
 * A 429. Of a limit that is not the route's own, the route's headers know nothing.
 *
 * @param seconds - How long the bot is to wait
 * @see https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit
 */
export function rateLimited(
  standing: Standing,
  seconds = standing.resetAfter,
  scope: RequestTrouble['scope'] = 'user',
): Failure {
  const headers = {
    global: { 'x-ratelimit-global': 'true' },
    shared: limitHeaders(standing),
    user: limitHeaders({ ...standing, remaining: 0, resetAfter: seconds }),
  }[scope];
  const subject = scope === 'shared' ? 'The resource is' : 'You are';
  return new Failure(429, 0, `${subject} being rate limited.`, [], {
    body: { retry_after: seconds, global: scope === 'global' },
    headers: { ...headers, 'x-ratelimit-scope': scope, 'retry-after': String(Math.ceil(seconds)) },
  });
}
