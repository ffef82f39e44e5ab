// Takes public data on committees and their members in: what is new, what changed, who left; the same twice as once.
import type { Connection, Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import { type TargetOffice, type TargetSeat, targetsOf } from '../../db/targets.js';
import { inTransaction, type Write, writeOnce } from '../../db/transaction.js';
import { addDays } from './day.js';
import { Failure } from './failure.js';
import { requireHost, today } from './petition.js';
import { putSeats, putterOf, turnFormer } from './target-rows.js';

/** What one load knows, read and checked; committees and members are named by the codes of the data. */
export interface TargetData {
  /** The day it is of. */
  asOf: string;
  committees: {
    code: string;
    name: { en: string; es?: string };
    /** 'Foreign Affairs'. */
    short: string;
    phone: string | null;
    url: string | null;
    offices: OfficeData[];
  }[];
  members: {
    code: string;
    name: string;
    party: string | null;
    district: string | null;
    phone: string | null;
    url: string | null;
    /** The last day of the term; one that is past makes a member a former one. */
    until: string;
    offices: OfficeData[];
  }[];
  seats: {
    committee: string;
    member: string;
    title: string | null;
    side: TargetSeat['side'];
    rank: number;
  }[];
  /** Who is on a committee's list, but nowhere else in the data. */
  dangling: { committee: string; member: string; name: string }[];
}

export type OfficeData = Pick<TargetOffice, 'city' | 'address' | 'phone'>;

/** What a load did, in numbers of targets, and the day its data is of. */
export interface Loaded {
  asOf: string;
  fresh: number;
  changed: number;
  /** No longer in office or on the committees, since this load. */
  former: number;
  /** Former until this load. */
  back: number;
  same: number;
  dangling: TargetData['dangling'];
}

/**
 * Takes targets in, whole or not at all. It is about the committees that the data has: who sits on others stays there.
 *
 * @throws {@link Failure} outside the host server, for data of a day to come, and for data older than what is known
 */
export function importTargets(
  database: Database,
  write: Write,
  petition: Petition,
  data: TargetData,
): Loaded {
  return writeOnce(database, write, (connection, record) => {
    const { loaded, news } = load(connection, write, petition, data);
    const detail = { ...loaded, dangling: loaded.dangling.length };
    if (news) record({ petitionId: petition.id, deed: 'target.import', detail });
    return loaded;
  });
}

/** Thrown to take back what was only tried. */
class Tried extends Error {
  constructor(readonly loaded: Loaded) {
    super();
  }
}

/** What an import would do; nothing is changed. */
export function previewTargets(
  database: Database,
  write: Write,
  petition: Petition,
  data: TargetData,
): Loaded {
  try {
    return inTransaction<Loaded>(database, (connection) => {
      throw new Tried(load(connection, write, petition, data).loaded);
    });
  } catch (error) {
    if (error instanceof Tried) return error.loaded;
    throw error;
  }
}

function load(connection: Connection, { serverId, at }: Write, petition: Petition, data: TargetData) {
  requireHost(petition, serverId);
  const { asOf, dangling } = data;
  const now = today(petition, at);
  // A day more: where the data was fetched, a day may have begun that has not where the petition is.
  if (asOf > addDays(now, 1)) throw new Failure('futureDay', { day: { day: asOf } });
  const before = targetsOf(connection, petition.id);
  const newest = before.map((target) => target.asOf ?? '').reduce((a, b) => (a > b ? a : b), '');
  if (asOf < newest) throw new Failure('olderTargets', { day: { day: asOf }, known: { day: newest } });

  const put = putterOf(connection, petition.id, asOf, before);
  const committees = data.committees.map(put.committee);
  const members = data.members.map(put.member);
  const inOffice = new Map(
    members.filter((_, index) => (data.members[index]?.until ?? '') >= now).map(({ code, id }) => [code, id]),
  );
  const moved = committees.flatMap(({ code, id: committeeId }) => {
    const seats = data.seats.flatMap(({ committee, member, ...seat }) => {
      const memberId = inOffice.get(member);
      return committee === code && memberId ? [{ ...seat, committeeId, memberId, former: false }] : [];
    });
    return putSeats(connection, petition.id, committeeId, seats);
  });
  const known = new Set(before.map(({ id }) => id));
  const turned = turnFormer(connection, petition.id).filter(({ id }) => known.has(id));

  const all = [...committees, ...members];
  const fresh = all.filter(({ id }) => !known.has(id)).length;
  const turnedIds = turned.map(({ id }) => id);
  const changed = new Set([...all.filter((one) => one.changed).map(({ id }) => id), ...moved]);
  for (const id of [...changed]) if (!known.has(id) || turnedIds.includes(id)) changed.delete(id);
  const former = turned.filter((target) => target.former).length;
  const back = turned.length - former;
  const same = all.filter(({ id }) => known.has(id) && !changed.has(id) && !turnedIds.includes(id)).length;
  const loaded: Loaded = { asOf, fresh, changed: changed.size, former, back, same, dangling };
  return { loaded, news: asOf !== newest || fresh + changed.size + turned.length > 0 };
}
