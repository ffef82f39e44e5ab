// What can be made to go wrong: for the next requests, events and sessions that match.
import type { GatewayDispatchEvents } from 'discord-api-types/v10';

/** What every order can say. */
interface Times {
  /** How many meet it, one after another; 1 when left out, `Infinity` for all until `clear`. */
  times?: number;
}

/** A fault for the next requests that match. */
export interface RequestTrouble extends Times {
  method?: string;
  /** Tested against the path below `/api/v10`. */
  path: RegExp;
  /**
   * What happens, to the work and to its answer:
   *
   * - `5xx-before`, `5xx-after`: answered with 500; nothing is done, or all of it
   * - `reset-before`, `reset-after`: the connection is reset (`ECONNRESET`); nothing is done, or all of it
   * - `answer-lost-after-accept`: done, and the connection closed in order, without an answer
   * - `delay`: done at once, and answered late; later than the client waits, it is a time-out after acceptance
   * - `delay-before`: done late, and then answered
   * - `401`: the token counts for nothing; nothing is done
   * - `429`: too many requests; nothing is done
   */
  kind:
    | '5xx-before'
    | '5xx-after'
    | 'reset-before'
    | 'reset-after'
    | 'answer-lost-after-accept'
    | 'delay'
    | 'delay-before'
    | '401'
    | '429';
  /** How late, or for `429` how long to wait (1000 when left out), in real milliseconds. */
  milliseconds?: number;
  /**
   * For `429`, whose limit it is: of the bot on this route (`user`, when left out), of the bot everywhere
   * (`global`), or of everybody on this channel or server (`shared`).
   */
  scope?: 'user' | 'global' | 'shared';
}

/** A fault for the next events that match; each delivery to each client of the bot counts for itself. */
export interface EventTrouble extends Times {
  event: `${GatewayDispatchEvents}`;
  /** `lost`: never told; `late`: told when `milliseconds` are over; `twice`: told, and at once told again. */
  kind: 'lost' | 'late' | 'twice';
  /** For `late`, in real milliseconds. */
  milliseconds?: number;
}

/** A fault for the next clients that identify, or that come back to resume. */
export type SessionTrouble = Times & {
  session: 'identify' | 'resume';
} & (
    | {
        /** The connection is closed with this code instead of an answer; 4004 and 4014 are final. */
        kind: 'close';
        code: number;
      }
    | {
        /** Op 9 instead of an answer; the session is kept only where it is said to be resumable. */
        kind: 'invalid';
        resumable?: boolean;
      }
    | {
        /** After a resume, so many of the last events that the client already has are told again. */
        kind: 'replay';
        events: number;
      }
  );

export type TroubleOrder = RequestTrouble | EventTrouble | SessionTrouble;

/** Trouble to come. Orders are met in the order they were given. */
export interface Trouble {
  next(order: TroubleOrder): void;
  /** Takes back all that nothing has met yet. */
  clear(): void;
  /** What is still to come, and how many times each. */
  readonly pending: readonly { order: TroubleOrder; left: number }[];
}
