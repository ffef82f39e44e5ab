// What ordered trouble does to a request: before its work is done, and to its answer.
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestTrouble } from '../driver/orders.js';
import { failures } from './failure.js';

/** @throws Failure where the work is not to be done */
export async function troubleBefore(order: RequestTrouble): Promise<void> {
  switch (order.kind) {
    case '401':
      throw failures.unauthorized();
    case '5xx-before':
    case 'reset-before':
      throw failures.unwell();
    case 'delay-before':
      await late(order);
  }
}

/** What is sent instead of the answer, if anything can be. */
export async function troubleAfter(
  order: RequestTrouble,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  switch (order.kind) {
    case 'delay':
      await late(order);
      return payload;
    case 'answer-lost-after-accept':
      request.raw.socket.destroy();
      return payload;
    case 'reset-before':
    case 'reset-after':
      request.raw.socket.resetAndDestroy();
      return payload;
    case '5xx-after':
      reply.code(500).type('application/json');
      return JSON.stringify(failures.unwell().toBody());
    default:
      return payload;
  }
}

// Nobody is kept from ending by an answer that is still to come.
function late({ milliseconds = 0 }: RequestTrouble): Promise<void> {
  return wait(milliseconds, undefined, { ref: false });
}
