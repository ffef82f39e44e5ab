// Outreach: what members did for the petition, logged and taken back.
import {
  type Action,
  type ActionType,
  actionById,
  actionsWhere,
  insertAction,
  insertProof,
  sumActions,
  updateActionState,
} from '../../db/actions.js';
import { publishedOrganizations, targetsOf } from '../../db/coalition.js';
import type { Connection, Database } from '../../db/connect.js';
import { type Petition, petitionById, petitionsOf } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { serverOf } from '../../db/servers.js';
import { insertVoid, isVoid } from '../../db/sources.js';
import { type Write, writeOnce } from '../../db/transaction.js';
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

/**
 * Logs what a member did, inside the caller's transaction.
 *
 * @param petition - read anew here: it may have been closed or left while a proof was on its way
 * @throws {@link Failure} for a day to come or more than a year past, an unknown target or organization,
 * or more entries in an hour than the server allows
 */
export function logAction(
  connection: Connection,
  write: Write & { userId: string },
  petition: Petition,
  input: ActionInput,
  proof?: Proof,
): Action {
  const { serverId, userId, at } = write;
  const current = petitionsOf(connection, serverId).find(({ id }) => id === petition.id);
  if (!current) throw new Failure('staleButton');
  requireState(current, 'log');
  const now = today(current, at);
  const day = input.day ?? now;
  if (day > now) throw new Failure('futureDay', { day: { day } });
  if (day < addDays(now, -366)) throw new Failure('oldDay', { day: { day } });
  const { perHour, reviewOver } = serverOf(connection, serverId);
  const lately = actionsWhere(connection, { userId, serverId, after: at - hour }).length;
  if (perHour !== null && lately >= perHour) throw new Failure('tooManyActions', { count: perHour });
  const target = byName(targetsOf(connection, petition.id), input.target, 'unknownTarget');
  const backing = publishedOrganizations(connection, petition.id);
  const organization = byName(backing, input.organization, 'unknownOrganization');
  const waits = reviewOver !== null && input.count > reviewOver && !proof;
  const action = insertAction(connection, {
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
  });
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

/**
 * A member takes back an entry of their own: the one of this id, or their latest in this server.
 *
 * @throws {@link Failure} where there is none, it is somebody else's, it was taken back before, or the
 * petition was delivered
 */
export function undoAction(database: Database, write: Write & { userId: string }, named?: string): Action {
  return writeOnce(database, write, (connection, record) => {
    const { userId, serverId, at } = write;
    const action =
      named === undefined ? latest(connection, userId, serverId) : actionById(connection, Number(named));
    if (!action) throw named === undefined ? new Failure('nothingToUndo') : new Failure('unknownAction');
    if (action.userId !== userId) throw new Failure('unknownAction');
    const petition = petitionById(connection, action.petitionId);
    if (petition?.state === 'delivered') requireState(petition, 'log');
    const entry = { entryKind: 'action', entryId: action.id } as const;
    if (!insertVoid(connection, { ...entry, reason: null, userId, at })) throw new Failure('doneAlready');
    record({ petitionId: action.petitionId, deed: 'action.undo', detail: { action: action.id } });
    return action;
  });
}

const latest = (connection: Connection, userId: string, serverId: string) =>
  actionsWhere(connection, { userId, serverId }).find(({ state }) => state !== 'rejected');

/** The first day of a period up to now, on the petition's calendar; undefined for all, which has none. */
export function firstDay(petition: Petition, period: Period, at: number): string | undefined {
  return periodDays(period, today(petition, at)).from;
}

/** What a member did in a period: sums by type of what counts and of what waits, and the latest entries. */
export function ownActions(
  connection: Connection,
  filter: { petitionId: number; userId: string; from?: string | undefined },
  most: number,
) {
  const sums = sumActions(connection, filter, 'type');
  return {
    counted: sumActions(connection, { ...filter, state: 'counted' }, 'type'),
    waiting: sumActions(connection, { ...filter, state: 'pending' }, 'type'),
    latest: actionsWhere(connection, filter, most),
    entries: sums.reduce((sum, { entries }) => sum + entries, 0),
  };
}

/** How many of an entry's kind its member did this week; undefined where the entry itself is not among them. */
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

/**
 * Lets an entry that waits count, or not; the reason stays in the audit.
 *
 * @throws {@link Failure} for one's own entry, one of another server, or one that doesn't wait any more
 */
export function reviewAction(
  database: Database,
  write: Write & { userId: string },
  named: string | undefined,
  verdict: 'counted' | 'rejected',
  reason?: string,
): void {
  writeOnce(database, write, (connection, record) => {
    const action = actionById(connection, Number(named));
    if (action?.serverId !== write.serverId) throw new Failure('staleButton');
    if (action.userId === write.userId) throw new Failure('ownAction');
    if (action.state !== 'pending' || isVoid(connection, 'action', action.id))
      throw new Failure('reviewedAlready');
    updateActionState(connection, action.id, verdict);
    record({
      petitionId: action.petitionId,
      deed: 'action.review',
      detail: { action: action.id, verdict, reason },
    });
  });
}
