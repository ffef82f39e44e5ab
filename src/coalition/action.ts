// Outreach: what members did for the petition, logged, and what there is of one's own.
import {
  type Action,
  type ActionType,
  insertAction,
  insertProof,
  sumActions,
  totalOfActions,
} from '../../db/actions.js';
import { publishedOrganizations } from '../../db/coalition.js';
import type { Connection } from '../../db/connect.js';
import { partsOf } from '../../db/joins.js';
import { type Petition, petitionsOf } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { serverOf } from '../../db/servers.js';
import { targetsOf } from '../../db/targets.js';
import type { Write } from '../../db/transaction.js';
import { addDays, type Period, periodDays } from './day.js';
import { Failure, type FailureKey } from './failure.js';
import { requireState, today } from './petition.js';
import { asPlain, cutTo, fold } from './plain-text.js';

/** The most that one entry may stand for. */
export const largestCount = 100_000;

/** A file that shows what was done. */
export interface Proof {
  name: string;
  contentType: string | null;
  bytes: Buffer;
}

export interface ActionInput {
  type: ActionType;
  count: number;
  /** An id or a name, as typed or picked. */
  target?: string | undefined;
  outcome?: string | undefined;
  day?: string | undefined;
  /** An id or a name, as typed or picked. */
  organization?: string | undefined;
  note?: string | undefined;
  messageLink?: string | undefined;
}

const hour = 3_600_000;

/** An entry as it will be logged. */
export type Entry = Omit<Action, 'id' | 'question' | 'answer'>;

/**
 * What an entry comes to, inside the caller's transaction; nothing is written.
 *
 * @param petition - read anew here: it may have been closed or left while a proof was on its way
 * @param proved - whether a proof comes with it
 * @throws {@link Failure} for a day to come or more than a year past, an unknown target or organization,
 * or more entries in an hour than the server allows
 */
export function entryFrom(
  connection: Connection,
  write: Write & { userId: string },
  petition: Petition,
  input: ActionInput,
  proved: boolean,
): Entry {
  const { serverId, userId, at } = write;
  const current = petitionsOf(connection, serverId).find(({ id }) => id === petition.id);
  if (!current) throw new Failure('staleButton');
  requireState(current, 'log');
  const now = today(current, at);
  const day = input.day ?? now;
  if (day > now) throw new Failure('futureDay', { day: { day } });
  if (day < addDays(now, -366)) throw new Failure('oldDay', { day: { day } });
  const { perHour, reviewOver } = serverOf(connection, serverId);
  const lately = partsOf(connection, { userId, serverId, after: at - hour }).length;
  if (perHour !== null && lately >= perHour) throw new Failure('tooManyActions', { count: perHour });
  const target = byName(targetsOf(connection, petition.id), input.target, 'unknownTarget');
  const backing = publishedOrganizations(connection, petition.id);
  const organization = byName(backing, input.organization, 'unknownOrganization');
  const waits = reviewOver !== null && input.count > reviewOver && !proved;
  return {
    petitionId: petition.id,
    serverId,
    userId,
    type: input.type,
    count: input.count,
    targetId: target?.id ?? null,
    organizationId: organization?.id ?? null,
    outcome: input.outcome ?? null,
    note: input.note ?? null,
    messageLink: input.messageLink ?? null,
    day,
    state: waits ? 'pending' : 'counted',
    at,
  };
}

/**
 * Logs what a member did, inside the caller's transaction.
 *
 * @throws {@link Failure} as `entryFrom`
 */
export function logAction(
  connection: Connection,
  write: Write & { userId: string },
  petition: Petition,
  input: ActionInput,
  proof?: Proof,
): Action {
  const action = insertAction(connection, entryFrom(connection, write, petition, input, proof !== undefined));
  if (proof) insertProof(connection, { actionId: action.id, ...proof });
  return action;
}

/** The row of this id, or of this name in either language; undefined where none is asked for. */
function byName<Row extends { id: number; name: Localized }>(
  rows: Row[],
  named: string | undefined,
  unknown: FailureKey & ('unknownTarget' | 'unknownOrganization'),
): Row | undefined {
  if (named === undefined) return undefined;
  const wanted = fold(named);
  const picked = rows.filter(({ id }) => String(id) === wanted);
  const found =
    picked.length > 0 ? picked : rows.filter(({ name }) => Object.values(name).map(fold).includes(wanted));
  if (found.length > 1) throw new Failure('manyNamed', { named: shown(named) });
  if (!found[0]) throw new Failure(unknown, { named: shown(named) });
  return found[0];
}

const shown = (named: string) => asPlain(cutTo(named, 60));

/** The first day of a period up to now, on the petition's calendar; undefined for all, which has none. */
export function firstDay(petition: Petition, period: Period, at: number): string | undefined {
  return periodDays(period, today(petition, at)).from;
}

/** What a member did in a period, alone and with others: sums by type, the latest entries, and those asked about. */
export function ownActions(
  connection: Connection,
  filter: { petitionId: number; userId: string; from?: string | undefined },
  most: number,
) {
  return {
    counted: sumActions(connection, { ...filter, state: 'counted' }, 'type'),
    waiting: sumActions(connection, { ...filter, state: 'pending' }, 'type'),
    latest: partsOf(connection, filter, most),
    asked: partsOf(connection, filter)
      .filter(({ action, joined }) => !joined && isAsked(action))
      .map(({ action }) => action),
    entries: totalOfActions(connection, filter).entries,
  };
}

/** An organizer asked, and the member has not answered yet. */
export const isAsked = ({ state, question, answer }: Action): boolean =>
  state === 'pending' && question !== null && answer === null;

/** How many of an entry's kind a member did this week; undefined where the entry itself is not among them. */
export function weekSum(
  connection: Connection,
  petition: Petition,
  { userId, type, day, state }: Action,
  at: number,
): number | undefined {
  const from = firstDay(petition, 'week', at) ?? day;
  if (state !== 'counted' || day < from) return undefined;
  const sums = sumActions(connection, { petitionId: petition.id, userId, state, from }, 'type');
  return sums.find(({ key }) => key === type)?.count;
}
