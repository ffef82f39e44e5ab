// The record of what the bot asked of Discord, which tests read afterwards.
import type { RequestTrouble } from './driver/orders.js';
import type { Refusal } from './rules/index.js';

/** One request, with what became of it. */
export interface RecordedRequest {
  /** The stand-in's time, in milliseconds since 1970. */
  at: number;
  method: string;
  /** The path below `/api/v10`, without the query. */
  path: string;
  query: Record<string, string>;
  body: unknown;
  files: { name: string; size: number }[];
  status: number;
  /** What Discord would not have taken: of the body, or of the request as a whole. */
  refusals: Refusal[];
  /** The trouble that was ordered for it. */
  trouble?: RequestTrouble['kind'];
}
