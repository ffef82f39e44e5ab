// How Discord says no: a status, a code, and for bodies the place of every fault.
import type { Refusal } from '../rules/index.js';

/** A refusal on its way to the bot. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly refusals: Refusal[] = [],
    /** What else the answer holds. */
    readonly more: { body?: object; headers?: Record<string, string> } = {},
  ) {
    super(message);
  }

  /** The body of the answer. */
  toBody(): { message: string; code: number; errors?: object } {
    const { message, code } = this;
    const errors = code === 50035 ? { errors: nested(this.refusals) } : {};
    return { message, code, ...errors, ...this.more.body };
  }
}

/**
 * The refusals that say it with their code alone.
 *
 * @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
export const failures = {
  unwell: () => new Failure(500, 0, 'Internal Server Error'),
  unauthorized: () => new Failure(401, 0, '401: Unauthorized'),
  notFound: () => new Failure(404, 0, '404: Not Found'),
  unknownChannel: () => new Failure(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new Failure(404, 10004, 'Unknown Guild'),
  unknownMember: () => new Failure(404, 10007, 'Unknown Member'),
  unknownMessage: () => new Failure(404, 10008, 'Unknown Message'),
  unknownWebhook: () => new Failure(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new Failure(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new Failure(404, 10063, 'Unknown application command'),
  tooLarge: () => new Failure(413, 40005, 'Request entity too large'),
  alreadyAcknowledged: () => new Failure(400, 40060, 'Interaction has already been acknowledged.'),
  tooManyFollowUps: () => new Failure(400, 40094, 'Maximum number of follow-up messages reached'),
  missingAccess: () => new Failure(403, 50001, 'Missing Access'),
  notOwnMessage: () => new Failure(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new Failure(400, 50006, 'Cannot send an empty message'),
  missingPermissions: () => new Failure(403, 50013, 'Missing Permissions'),
  invalidWebhookToken: () => new Failure(401, 50027, 'Invalid Webhook Token'),
};

/** The answer to a body with these faults; a fault that has a number of its own answers for all. */
export function invalidBody(refusals: Refusal[]): Failure {
  const numbered = refusals.find(({ code }) => /^\d+$/.test(code));
  if (!numbered) return new Failure(400, 50035, 'Invalid Form Body', refusals);
  const code = Number(numbered.code);
  return new Failure(code === 40005 ? 413 : 400, code, numbered.message, refusals);
}

/** One fault of a body, as an answer. */
export function invalidField(path: Refusal['path'], code: string, message: string): Failure {
  return invalidBody([{ path, code, message }]);
}

interface Nest {
  [key: string]: Nest | { code: string; message: string }[];
}

function nested(refusals: Refusal[]): Nest {
  const root: Nest = {};
  for (const { path, code, message } of refusals) {
    let place = root;
    for (const key of path) {
      const deeper = place[key];
      const next: Nest = deeper && !Array.isArray(deeper) ? deeper : {};
      place[key] = next;
      place = next;
    }
    const said = Array.isArray(place._errors) ? place._errors : [];
    place._errors = [...said, { code, message }];
  }
  return root;
}
