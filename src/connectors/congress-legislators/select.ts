// Takes some committees and their members out of the congress-legislators files.
import { z } from 'zod';
import { Failure } from '../../coalition/failure.js';
import { type Congress, committee, district, legislator, seat } from './shapes.js';

/** The four files, by the name each has before `.json`; the one of the district offices may be missing. */
export const fileNames = {
  committees: 'committees-current',
  membership: 'committee-membership-current',
  legislators: 'legislators-current',
  districts: 'legislators-district-offices',
} as const;

/** The files as JSON gave them. */
export type Files = Record<Exclude<keyof typeof fileNames, 'districts'>, unknown> & { districts?: unknown };

/**
 * What the files say of some committees; an entry that nothing is asked of may be as it likes.
 *
 * @throws {@link Failure} where a file or an entry that is needed is not of the shape that is documented, and for a
 * committee that is not in them
 */
export function selectCommittees(files: Files, codes: readonly string[]): Congress {
  const lists = {
    committees: parsed(z.array(z.unknown()), files.committees, 'committees'),
    membership: parsed(z.record(z.string(), z.unknown()), files.membership, 'membership'),
    legislators: parsed(z.array(z.unknown()), files.legislators, 'legislators'),
    districts: parsed(z.array(z.unknown()), files.districts ?? [], 'districts'),
  };
  const committees = codes.map((code) => {
    const found = lists.committees.find((one) => coded.safeParse(one).data?.thomas_id === code);
    if (!found) throw new Failure('committeeNotInData', { code });
    return parsed(committee, found, 'committees', code);
  });
  const membership = Object.fromEntries(
    codes.map((code) => {
      // Nobody on a committee is no news, but a file that was cut off.
      const seats = parsed(z.array(seat), lists.membership[code] ?? [], 'membership', code);
      if (seats.length === 0) throw new Failure('committeeNotInData', { code });
      return [code, seats];
    }),
  );
  const seated = new Set(Object.values(membership).flatMap((seats) => seats.map(({ bioguide }) => bioguide)));
  const of = <Shape extends z.ZodType>(shape: Shape, part: 'legislators' | 'districts') =>
    lists[part].flatMap((one) => {
      const code = identified.safeParse(one).data?.id.bioguide;
      return code !== undefined && seated.has(code) ? [parsed(shape, one, part, code)] : [];
    });
  return {
    committees,
    membership,
    legislators: of(legislator, 'legislators'),
    districts: of(district, 'districts'),
  };
}

const coded = z.object({ thomas_id: z.string() });
const identified = z.object({ id: z.object({ bioguide: z.string() }) });

function parsed<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
  part: keyof typeof fileNames,
  entry = '',
): z.output<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const place = [entry, ...(result.error.issues[0]?.path ?? [])].filter((step) => step !== '').join('.');
  throw new Failure('badTargetData', { file: `${fileNames[part]}.json`, place: place === '' ? '–' : place });
}
