// Writes what public data says of targets over the rows that were there, and tells what was news.
import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../../db/connect.js';
import {
  insertTarget,
  officesOf,
  putSeat,
  replaceOffices,
  seatsOf,
  type Target,
  type TargetSeat,
  targetsOf,
  updateTarget,
} from '../../db/targets.js';
import { fold } from './plain-text.js';
import type { OfficeData, TargetData } from './target-import.js';

type Facts = Pick<Target, 'kind' | 'name' | 'committee' | 'party' | 'district' | 'phone' | 'url'>;

/** What writes the rows of one load over those that were there. */
export function putterOf(
  connection: Connection,
  petitionId: number,
  asOf: string,
  before: readonly Target[],
) {
  const knownAs = (code: string) => before.find(({ externalId }) => externalId === code);
  return {
    committee({ code, name, short, phone, url, offices }: TargetData['committees'][number]) {
      const known = knownAs(code) ?? namesake(before, name);
      const facts: Facts = {
        kind: 'committee',
        // What a campaign folder calls it stays, and so does a name in a language that the data doesn't have.
        name: known?.slug ? known.name : { ...name, ...known?.name, en: name.en },
        committee: known?.committee ?? short,
        phone: phone ?? known?.phone ?? null,
        url: url ?? known?.url ?? null,
        party: null,
        district: null,
      };
      return put(code, known, facts, offices);
    },
    member({ code, name, party, district, phone, url, offices }: TargetData['members'][number]) {
      const facts = { kind: 'legislator', name: { en: name }, party, district, phone, url } as const;
      return put(code, knownAs(code), { ...facts, committee: null }, offices);
    },
  };

  function put(code: string, known: Target | undefined, facts: Facts, offices: OfficeData[]) {
    const row = { ...facts, externalId: code };
    const { id, ...was } = known ?? insertTarget(connection, { petitionId, ...row, asOf });
    const had = officesOf(connection, id).map(({ city, address, phone }) => ({ city, address, phone }));
    const moved = !isDeepStrictEqual(had, offices);
    if (moved) replaceOffices(connection, id, offices);
    const changed = Object.entries(row).some(
      ([column, value]) => !isDeepStrictEqual(was[column as keyof typeof row], value),
    );
    if (changed || was.asOf !== asOf) updateTarget(connection, id, { ...row, asOf });
    return { code, id, changed: changed || moved };
  }
}

/** The committee of this English name that was there before its data came. */
function namesake(before: readonly Target[], { en }: { en: string }): Target | undefined {
  return before.find(({ externalId, name }) => externalId === null && fold(name.en ?? '') === fold(en));
}

/** Writes who sits on a committee; whoever is not among them sat there. Gives the ids of those for whom that is news. */
export function putSeats(
  connection: Connection,
  petitionId: number,
  committeeId: number,
  seats: readonly TargetSeat[],
): number[] {
  const had = seatsOf(connection, petitionId).filter((seat) => seat.committeeId === committeeId);
  const left = had
    .filter(({ memberId, former }) => !former && !seats.some((seat) => seat.memberId === memberId))
    .map((seat) => ({ ...seat, former: true }));
  const news = seats.filter((seat) => !had.some((one) => isDeepStrictEqual(one, seat)));
  for (const seat of [...news, ...left]) putSeat(connection, seat);
  return [...news, ...left].map(({ memberId }) => memberId);
}

/** Makes members without any seat former ones, and those with one current again; gives whom it turned. */
export function turnFormer(connection: Connection, petitionId: number): Target[] {
  const seated = seatsOf(connection, petitionId).filter(({ former }) => !former);
  return targetsOf(connection, petitionId)
    .filter(({ kind, externalId }) => kind === 'legislator' && externalId !== null)
    .map((target) => ({
      ...target,
      was: target.former,
      former: !seated.some(({ memberId }) => memberId === target.id),
    }))
    .filter(({ was, former }) => was !== former)
    .map(({ was, ...target }) => {
      updateTarget(connection, target.id, { former: target.former });
      return target;
    });
}
