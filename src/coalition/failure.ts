// What can go wrong that a person can do something about: a key of the language files and what fills it.
import type { MessageKey, Values } from '../i18n/words.js';

/** The keys under `failures` in the language files. */
export type FailureKey = MessageKey extends infer Key
  ? Key extends `failures.${infer Rest}`
    ? Rest
    : never
  : never;

/** Thrown by rules and the edge alike; one place puts it into the reader's words. */
export class Failure extends Error {
  constructor(
    readonly key: FailureKey,
    readonly values: Values = {},
  ) {
    super(key);
  }
}
