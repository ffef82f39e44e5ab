// Discord's REST API as the doctor asks it: one question, one answer, and a sentence where none comes.
import { request } from 'undici';
import type { z } from 'zod';
import { Refusal } from '../tool.js';

/** How long Discord has for an answer, in milliseconds. */
const patience = 10_000;

export interface Answer<Body> {
  status: number;
  /** Undefined where Discord refused. */
  body: Body | undefined;
  /** By how much this machine's clock is ahead of Discord's, in milliseconds; theirs tells whole seconds. */
  ahead: number | undefined;
}

/** Asks for what is at a path below the API's version. @throws {@link Refusal} where Discord cannot be reached */
export type Ask = <Shape extends z.ZodType>(path: string, shape: Shape) => Promise<Answer<z.output<Shape>>>;

/** @see https://docs.discord.com/developers/reference#authentication */
export function askerFor(apiUrl: string, token: string): Ask {
  const headers = { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (minga, 0.1.0)' };
  return async (path, shape) => {
    const startedAt = Date.now();
    const {
      statusCode,
      headers: answered,
      body,
    } = await request(`${apiUrl}/v10${path}`, {
      headers,
      signal: AbortSignal.timeout(patience),
    }).catch((error) => {
      throw new Refusal(
        `Discord cannot be reached at ${apiUrl} (${reasonOf(error)}): look at this machine's network, its firewall and DISCORD_API_URL.`,
      );
    });
    const ahead = aheadOf(answered.date, (startedAt + Date.now()) / 2);
    const content: unknown = await body.json().catch(() => undefined);
    if (statusCode !== 200) return { status: statusCode, body: undefined, ahead };
    const read = shape.safeParse(content);
    if (!read.success)
      throw new Refusal(
        `${apiUrl} does not answer as Discord does: look at DISCORD_API_URL, or for a login page of your network.`,
      );
    return { status: statusCode, body: read.data, ahead };
  };
}

function aheadOf(date: string | string[] | undefined, ours: number): number | undefined {
  const theirs = Date.parse(String(date));
  return Number.isNaN(theirs) ? undefined : ours - (theirs + 500);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'TimeoutError'
    ? `no answer within ${patience / 1000} seconds`
    : 'code' in error
      ? String(error.code)
      : error.message;
}
