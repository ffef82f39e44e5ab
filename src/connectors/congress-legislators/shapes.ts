// What Minga reads of the public congress-legislators files; every key that is not named here is skipped.
//
// @see https://github.com/unitedstates/congress-legislators (CC0-1.0)
import { z } from 'zod';

const text = z.string().max(300);
const maybe = text.nullish();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A committee's own code: 'HSFA'. Subcommittees have digits behind it, and are left out. */
export const committeeCode = z.string().regex(/^[HSJ][A-Z]{3}$/);

/** `minority_url` is left out: it is stale. */
export const committee = z.object({
  thomas_id: committeeCode,
  name: text.min(1),
  url: maybe,
  address: maybe,
  phone: maybe,
});

export const seat = z.object({
  bioguide: text.min(1),
  name: maybe,
  party: z.enum(['majority', 'minority']),
  rank: z.int().min(0).max(1000),
  title: maybe,
});

/** The last term is the current one. */
const term = z.object({
  end: day,
  state: z.string().regex(/^[A-Z]{2}$/),
  /** Of a representative; 0 where the state has one, or a delegate. */
  district: z.int().nullish(),
  party: maybe,
  url: maybe,
  address: maybe,
  phone: maybe,
});

export const legislator = z.object({
  id: z.object({ bioguide: text.min(1) }),
  name: z.object({
    first: text,
    middle: maybe,
    last: text,
    suffix: maybe,
    official_full: maybe,
  }),
  terms: z
    .array(z.unknown())
    .min(1)
    .transform((terms) => terms.slice(-1))
    .pipe(z.tuple([term])),
});

export const district = z.object({
  id: z.object({ bioguide: text.min(1) }),
  offices: z
    .array(
      z.object({
        address: maybe,
        suite: maybe,
        building: maybe,
        city: maybe,
        state: maybe,
        zip: maybe,
        phone: maybe,
      }),
    )
    .max(30),
});

/** What is needed of the four files: some committees and who is on them. Also what a bundle holds, beside its day. */
export const congress = z.object({
  committees: z.array(committee).min(1).max(60),
  membership: z.record(committeeCode, z.array(seat).max(600)),
  legislators: z.array(legislator).max(1200),
  districts: z.array(district).max(1200),
});

export type Congress = z.output<typeof congress>;
