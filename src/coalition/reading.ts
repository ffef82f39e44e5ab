// What comes of asking a platform for its figure: a number, or why there is none. Nothing else that it says is kept.

/** Why a platform gave no figure; each has its words under `source.problems`. */
export const problems = [
  'noKey',
  'keyRefused',
  'refused',
  'missing',
  'gone',
  'busy',
  'failing',
  'status',
  'redirect',
  'address',
  'unreachable',
  'slow',
  'tooLarge',
  'notJson',
  'empty',
  'noNumber',
  'notCount',
] as const;

export type Problem = (typeof problems)[number];

/** A platform's clear or unclear no, with its HTTP status where it answered. */
export interface Refusal {
  problem: Problem;
  status?: number;
  /** How long it asks to be left alone, in milliseconds. */
  retryAfter?: number;
}

/** What a platform said when it was asked. */
export type Reading = { people: number; status: number } | Refusal;
