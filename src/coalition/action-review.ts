// Entries that wait: an organizer who has no part in one lets it count, or not, or asks; its member answers.
import {
  type Action,
  actionById,
  actionsWhere,
  insertProof,
  proofOf,
  updateAction,
} from '../../db/actions.js';
import type { Connection, Database } from '../../db/connect.js';
import { joinsOf } from '../../db/joins.js';
import { petitionById, petitionsOf } from '../../db/petitions.js';
import { isVoid } from '../../db/sources.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import type { Values } from '../i18n/words.js';
import { isAsked, type Proof } from './action.js';
import { Failure } from './failure.js';
import { noticeFor } from './member-notice.js';
import { requireState } from './petition.js';
import { asPlain } from './plain-text.js';

/** What waits in a server, as one of its organizers sees it. */
export interface Waiting {
  /** What to decide on next: the oldest that waits for nobody's answer, or else the oldest; none where nothing is left. */
  next: Action | undefined;
  /** How many wait for an organizer, how many of these for an answer first, and how many are the organizer's own. */
  others: number;
  asked: number;
  own: number;
}

/** @param justAsked - the id of an entry that is not to come up again at once */
export function waitingFor(
  connection: Connection,
  { petitionId, serverId, userId }: { petitionId: number; serverId: string; userId: string },
  justAsked?: number,
): Waiting {
  const waiting = actionsWhere(connection, { petitionId, serverId, state: 'pending' }).toReversed();
  const others = waiting.filter((action) => !hasPart(connection, action, userId));
  const next = others.find((action) => !isAsked(action)) ?? others.find(({ id }) => id !== justAsked);
  return {
    next,
    others: others.length,
    asked: others.filter(isAsked).length,
    own: waiting.length - others.length,
  };
}

const hasPart = (connection: Connection, action: Action, userId: string) =>
  action.userId === userId || joinsOf(connection, action.id).some((join) => join.userId === userId);

/**
 * An entry that this organizer may decide on.
 *
 * @throws {@link Failure} for one's own entry, one of another server, or one that doesn't wait any more
 */
export function reviewable(
  connection: Connection,
  { serverId, userId }: { serverId: string; userId: string },
  named: string | undefined,
): Action {
  const action = actionById(connection, Number(named));
  if (action?.serverId !== serverId) throw new Failure('staleButton');
  if (!petitionsOf(connection, serverId).some(({ id }) => id === action.petitionId))
    throw new Failure('staleButton');
  if (hasPart(connection, action, userId)) throw new Failure('ownAction');
  if (action.state !== 'pending' || isVoid(connection, 'action', action.id))
    throw new Failure('reviewedAlready');
  return action;
}

const about = ({ type, count, day }: Action): Values => ({
  what: { key: `actions.${type}`, values: { count } },
  day: { day },
});

/**
 * Lets an entry that waits count, or not, and has those who did it told; the reason stays in the audit.
 *
 * @throws {@link Failure} as `reviewable`
 */
export function reviewAction(
  database: Database,
  write: Write & { userId: string },
  named: string | undefined,
  verdict: 'counted' | 'rejected',
  reason = '',
): void {
  writeOnce(database, write, (connection, record) => {
    const action = reviewable(connection, write, named);
    if (verdict === 'counted') requireCounting(connection, action);
    updateAction(connection, action.id, { state: verdict });
    const key = verdict === 'counted' ? 'memberNotices.approved' : 'memberNotices.rejected';
    const values = { ...about(action), reason: asPlain(reason) };
    for (const one of [action, ...joinsOf(connection, action.id)])
      noticeFor(connection, action.petitionId, one, write.at, key, values);
    const detail = { action: action.id, verdict, ...(verdict === 'rejected' && { reason }) };
    record({ petitionId: action.petitionId, deed: 'action.review', detail });
  });
}

/** @throws {@link Failure} once the petition is delivered: what it was delivered with is counted */
function requireCounting(connection: Connection, { petitionId }: Action): void {
  const petition = petitionById(connection, petitionId);
  if (petition?.state === 'delivered') requireState(petition, 'log');
}

/**
 * Asks the member about an entry, which goes on waiting.
 *
 * @throws {@link Failure} as `reviewable`, and where just that was asked already
 */
export function askAction(
  database: Database,
  write: Write & { userId: string },
  named: string | undefined,
  question: string,
): Action {
  return writeOnce(database, write, (connection, record) => {
    const action = reviewable(connection, write, named);
    if (isAsked(action) && action.question === question) throw new Failure('doneAlready');
    updateAction(connection, action.id, { question, answer: null });
    const values = { ...about(action), question: asPlain(question) };
    noticeFor(connection, action.petitionId, action, write.at, 'memberNotices.asked', values);
    record({
      petitionId: action.petitionId,
      deed: 'action.ask',
      detail: { action: action.id, question },
    });
    return action;
  });
}

/**
 * An entry of a member's own about which they were asked.
 *
 * @throws {@link Failure} where it is not theirs, or there is nothing to answer any more
 */
export function answerable(
  connection: Connection,
  { serverId, userId }: { serverId: string; userId: string },
  named: string | undefined,
): Action {
  const action = actionById(connection, Number(named));
  const here = petitionsOf(connection, serverId).some(({ id }) => id === action?.petitionId);
  if (action?.userId !== userId || !here) throw new Failure('unknownAction');
  if (isVoid(connection, 'action', action.id)) throw new Failure('staleButton');
  if (action.state !== 'pending') throw new Failure('reviewedAlready');
  if (!isAsked(action)) throw new Failure('doneAlready');
  return action;
}

/**
 * Answers what an organizer asked, with a proof where the entry has none; the entry waits on.
 *
 * @throws {@link Failure} as `answerable`
 */
export function answerAction(
  database: Database,
  write: Write & { userId: string },
  named: string | undefined,
  answer: string,
  proof?: Proof,
): Action {
  return writeOnce(database, write, (connection, record) => {
    const action = answerable(connection, write, named);
    updateAction(connection, action.id, { answer });
    if (proof && !proofOf(connection, action.id)) insertProof(connection, { actionId: action.id, ...proof });
    record({ petitionId: action.petitionId, deed: 'action.answer', detail: { action: action.id } });
    return action;
  });
}
