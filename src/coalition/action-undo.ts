// Taking outreach back: one's own entry, which goes on where others did it too, or one's own part in an entry.
import { type Action, actionById, insertAction } from '../../db/actions.js';
import type { Connection, Database } from '../../db/connect.js';
import { deleteJoin, type Join, joinsOf, moveJoins, partsOf } from '../../db/joins.js';
import { petitionsOf } from '../../db/petitions.js';
import { insertVoid, isVoid } from '../../db/sources.js';
import { type Deed, type Write, writeOnce } from '../../db/transaction.js';
import { Failure } from './failure.js';
import { noticeFor } from './member-notice.js';
import { requireState } from './petition.js';

/** What was taken back, and what became of the entry: it is gone, it is another's now, or one left it. */
export interface Undone {
  action: Action;
  how: 'gone' | 'passedOn' | 'left';
}

/**
 * A member takes back what is theirs: their part in the entry of this id, or in their latest in this server.
 *
 * @throws {@link Failure} where there is none, it is somebody else's, it was taken back before, or the
 * petition was delivered
 */
export function undoAction(database: Database, write: Write & { userId: string }, named?: string): Undone {
  return writeOnce(database, write, (connection, record) => {
    const action = named === undefined ? latest(connection, write) : actionById(connection, Number(named));
    if (!action) throw named === undefined ? new Failure('nothingToUndo') : new Failure('unknownAction');
    const joins = joinsOf(connection, action.id);
    const own = joins.find(({ userId }) => userId === write.userId);
    const petition = petitionsOf(connection, write.serverId).find(({ id }) => id === action.petitionId);
    // What a server counted stays when it leaves.
    if (!petition || (action.userId !== write.userId && !own)) throw new Failure('unknownAction');
    if (petition.state === 'delivered') requireState(petition, 'log');
    if (isVoid(connection, 'action', action.id)) throw new Failure('doneAlready');
    const how = own
      ? leave(connection, action, own, record)
      : takeBack(connection, write, action, joins, record);
    return { action, how };
  });
}

type Recording = (deed: Deed) => void;

const latest = (connection: Connection, { userId, serverId }: Write & { userId: string }) =>
  partsOf(connection, { userId, serverId }).find(({ action }) => action.state !== 'rejected')?.action;

/** The row goes, and the audit keeps what it said: the entry itself is somebody else's, and stays as it was. */
function leave(connection: Connection, action: Action, own: Join, record: Recording): 'left' {
  deleteJoin(connection, own.id);
  const { serverId: server, organizationId: organization, at } = own;
  const detail = { action: action.id, server, organization, at };
  record({ petitionId: action.petitionId, deed: 'action.leave', detail });
  return 'left';
}

/** Takes an entry out; where others did it too, it goes on as a new one of whoever joined first. */
function takeBack(
  connection: Connection,
  { userId, at }: Write & { userId: string },
  action: Action,
  [first, ...others]: Join[],
  record: Recording,
): 'gone' | 'passedOn' {
  insertVoid(connection, { entryKind: 'action', entryId: action.id, reason: null, userId, at });
  const { petitionId, type, count, targetId, day, state } = action;
  if (!first) {
    record({ petitionId, deed: 'action.undo', detail: { action: action.id } });
    return 'gone';
  }
  const { serverId, organizationId } = first;
  // What the other wrote and showed is theirs, and goes with them.
  const next = insertAction(connection, {
    petitionId,
    serverId,
    userId: first.userId ?? '',
    type,
    count,
    targetId,
    organizationId,
    day,
    state,
    at: first.at,
  });
  deleteJoin(connection, first.id);
  if (others.length > 0) moveJoins(connection, action.id, next.id);
  const what = { key: `actions.${type}`, values: { count } } as const;
  noticeFor(connection, petitionId, first, at, 'memberNotices.passedOn', { what, day: { day } });
  record({ petitionId, deed: 'action.undo', detail: { action: action.id, goesOnAs: next.id } });
  return 'passedOn';
}
