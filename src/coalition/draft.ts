// What a modal or a confirmation will write: kept until it is used, and used once.
import type { Connection } from '../../db/connect.js';
import { draftOf, insertDraft, useDraft } from '../../db/drafts.js';
import type { Write } from '../../db/transaction.js';
import { randomCode } from './code.js';
import { Failure } from './failure.js';

/** Keeps a payload; the key goes into the id of the modal or button that will use it. */
export function keepDraft(connection: Connection, { userId, serverId, at }: Write, payload: unknown): string {
  const key = randomCode();
  insertDraft(connection, { key, userId: userId ?? '', serverId, payload, at });
  return key;
}

/**
 * Takes a draft for the one write it is for.
 *
 * @throws {@link Failure} where it was used, is gone, or is somebody else's
 */
export function takeDraft<Payload>(
  connection: Connection,
  { userId, serverId, at }: Write,
  key: string,
): Payload {
  const draft = draftOf(connection, key);
  if (!draft || draft.userId !== userId || draft.serverId !== serverId) throw new Failure('staleButton');
  if (!useDraft(connection, key, at)) throw new Failure('doneAlready');
  return draft.payload as Payload;
}

/**
 * What a draft holds, without using it up.
 *
 * @throws {@link Failure} where it was used, is gone, or is somebody else's
 */
export function readDraft<Payload>(
  connection: Connection,
  { userId, serverId }: Pick<Write, 'userId' | 'serverId'>,
  key: string,
): Payload {
  const draft = draftOf(connection, key);
  if (!draft || draft.userId !== userId || draft.serverId !== serverId) throw new Failure('staleButton');
  if (draft.usedAt !== null) throw new Failure('doneAlready');
  return draft.payload as Payload;
}
