// A bundle: one small file with all that is needed of the congress-legislators files, to be sent from a phone.
import { z } from 'zod';
import { parseDay } from '../../coalition/day.js';
import { Failure } from '../../coalition/failure.js';
import type { TargetData } from '../../coalition/target-import.js';
import { targetsFrom } from './data.js';
import { type Congress, congress } from './shapes.js';

/** The largest file that is looked into, in bytes: the files themselves have up to 1.5 MB, a bundle a tenth of that. */
export const largestBundle = 3 * 1024 * 1024;

const bundle = congress.extend({
  bundle: z.literal('minga-targets'),
  asOf: z.string().refine((day) => parseDay(day) === day),
});

/** The bytes of a bundle. */
export function bundleOf(chosen: Congress, asOf: string): Buffer {
  const whole: z.input<typeof bundle> = { bundle: 'minga-targets', asOf, ...chosen };
  return Buffer.from(`${JSON.stringify(whole)}\n`);
}

/**
 * The targets in a bundle, judged by its bytes and never by its name.
 *
 * @throws {@link Failure} for one of the files that bundles are made of, for anything else, and for a damaged bundle
 */
export function readBundle(bytes: Uint8Array): TargetData {
  const value = jsonFrom(bytes);
  if (isSourceFile(value)) throw new Failure('notABundleYet');
  if (!z.object({ bundle: z.literal('minga-targets') }).safeParse(value).success)
    throw new Failure('notABundle');
  const result = bundle.safeParse(value);
  if (!result.success) {
    const place = (result.error.issues[0]?.path ?? []).join('.');
    throw new Failure('badTargetData', { file: 'minga-targets', place: place === '' ? '–' : place });
  }
  const { asOf, bundle: _, ...chosen } = result.data;
  return targetsFrom(chosen, asOf);
}

/** The value of a JSON file in UTF-8. @throws {@link Failure} where it is none */
export function jsonFrom(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Failure('notJson');
  }
}

/** One of the files of congress-legislators: a list, or committees' codes with lists. */
function isSourceFile(value: unknown): boolean {
  if (Array.isArray(value)) {
    const [first] = value as unknown[];
    const keys = typeof first === 'object' && first !== null ? Object.keys(first) : [];
    return ['thomas_id', 'terms', 'offices'].some((key) => keys.includes(key));
  }
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length > 0 && keys.every((key) => /^[HSJ][A-Z]{3}\d*$/.test(key));
}
