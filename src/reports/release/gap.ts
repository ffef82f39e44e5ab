// What a press release can't go out without, and stands in it as a marked gap until it is known.
import type { ReleaseFact } from '../../coalition/release.js';

/** What a release can't go out without. */
export const gaps = ['contact', 'reach', 'count', 'delivery', 'place', 'title', 'ask'] as const;
export type Gap = (typeof gaps)[number];

/** Gaps that are filled in here; the others are recorded by the commands they are about. */
export const fillable = ['contact', 'reach'] as const satisfies readonly (Gap & ReleaseFact)[];
