// Whatever a bot sends, the rules answer: they never throw and never change what they are given.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalsOf } from '../../../rehearsal/stand-in/rules/index.js';
import { ACCEPTED, type Sent } from './bodies.js';

const json = fc.jsonValue();

/** An accepted body with any one of its parts replaced by anything, null above all. */
function spoiled({ body }: Sent): fc.Arbitrary<unknown> {
  const places = [...pathsOf(body, [])];
  const anything = fc.oneof(fc.constant(null), fc.constant(''), fc.constant([]), fc.constant({}), json);
  return fc.tuple(fc.constantFrom(...places), anything).map(([place, value]) => replaced(body, place, value));
}

function* pathsOf(value: unknown, path: string[]): Generator<string[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* pathsOf(inner, [...path, key]);
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (`${index}` === key ? replaced(item, rest, by) : item));
  const fields = Object.entries(value ?? {});
  return Object.fromEntries(
    fields.map(([own, inner]) => [own, own === key ? replaced(inner, rest, by) : inner]),
  );
}

describe('anything', () => {
  it.each(Object.entries(ACCEPTED))('%s, spoiled', (_, sent: Sent) => {
    fc.assert(
      fc.property(spoiled(sent), (body) => {
        const before = JSON.stringify(body);
        expect(Array.isArray(refusalsOf(sent.kind, body, sent.files ?? []))).toBe(true);
        expect(JSON.stringify(body)).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['message', 'message-edit', 'callback', 'follow-up', 'original-edit', 'commands'] as const)(
    'any JSON as %s',
    (kind) => {
      fc.assert(fc.property(json, (body) => void refusalsOf(kind, body, [])));
    },
  );
});
