// JSON pointers (RFC 6901), and which values are a count.

import type { Reading } from '../coalition/reading.js';
import type { JsonAnswer } from './https.js';

/** The largest figure that is taken for a count of people, as for one that is typed in. */
const most = 100_000_000;

/** A pointer's tokens; undefined where it is none. @see https://www.rfc-editor.org/rfc/rfc6901 */
export function tokensOf(pointer: string): string[] | undefined {
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What a pointer leads to; undefined where it leads nowhere. */
export function valueAt(value: unknown, pointer: string): unknown {
  return tokensOf(pointer)?.reduce((at: unknown, token) => {
    if (Array.isArray(at)) return /^(0|[1-9]\d*)$/.test(token) ? at[Number(token)] : undefined;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined;
    return at[token as keyof typeof at];
  }, value);
}

/** The whole number that a value is: as a number or in digits alone; undefined for all else. */
function countIn(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= most
    ? Math.abs(count)
    : undefined;
}

/** The sum of what the pointers lead to, as a reading. */
export function countAt(answer: JsonAnswer, pointers: readonly string[]): Reading {
  if ('problem' in answer) return answer;
  const { status } = answer;
  const values = pointers.map((pointer) => valueAt(answer.value, pointer));
  if (values.some((value) => value === undefined)) return { problem: 'noNumber', status };
  const counts = values.map(countIn).filter((count) => count !== undefined);
  const people = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length < values.length || people > most) return { problem: 'notCount', status };
  return { people, status };
}
