// What members are told privately, with the answer to their next command where it is about.
import type { Connection } from '../../db/connect.js';
import { insertMemberNotice } from '../../db/notices.js';
import type { MessageKey, Values } from '../i18n/words.js';

/** Whom it is for, and in which server they are told. */
export interface Told {
  /** Null or empty where their data was erased: then nobody is told. */
  userId: string | null;
  serverId: string;
}

/**
 * Keeps something to be told of a petition, as long as the server acts on it; what people wrote goes into the values as
 * plain text.
 */
export function noticeFor(
  connection: Connection,
  petitionId: number,
  { userId, serverId }: Told,
  at: number,
  key: MessageKey,
  values: Values,
): void {
  if (userId)
    insertMemberNotice(connection, { userId, serverId, key, values: { ...values, petitionId }, at });
}
