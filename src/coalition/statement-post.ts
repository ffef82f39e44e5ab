// Posting the statement, and bringing posted copies up to date: what is recorded before and after Discord is spoken to.
import type { Database } from '../../db/connect.js';
import { insertNotice } from '../../db/notices.js';
import type { Petition } from '../../db/petitions.js';
import {
  deleteStatementPost,
  insertStatementPost,
  leftBehind,
  type Statement,
  type StatementPost,
  updateStatementPost,
} from '../../db/statements.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { plainTitle } from './petition.js';

/** What goes up where, decided and recorded before Discord hears of it: a replay finds it done. */
export function beginStatementPost(
  database: Database,
  write: Write,
  petition: Petition,
  channelId: string,
  statements: Statement[],
): void {
  writeOnce(database, write, (_connection, record) => {
    const versions = Object.fromEntries(statements.map(({ language, version }) => [language, version]));
    record({ petitionId: petition.id, deed: 'statement.post', detail: { channelId, versions } });
  });
}

/** Records the messages in which a version is up. */
export function recordStatementPost(
  database: Database,
  write: Write,
  posts: { statement: Statement; channelId: string; messageIds: string[] }[],
): void {
  writeOnce(database, { ...write, key: undefined }, (connection, record) => {
    for (const { statement, channelId, messageIds } of posts) {
      const { serverId, at } = write;
      const postedBy = write.userId ?? '';
      insertStatementPost(connection, {
        statementId: statement.id,
        serverId,
        channelId,
        messageIds,
        postedBy,
        at,
      });
      const { petitionId, language, version } = statement;
      record({ petitionId, deed: 'statement.posted', detail: { language, version, channelId, messageIds } });
    }
  });
}

/**
 * Why a copy does not show the latest version.
 *
 * - gone: all of it was deleted in Discord
 * - torn: a part of it was
 * - refused: Minga may not change it there
 * - longer: the text needs more messages than the copy has, and others may have come after it
 * - unanswered: Discord gives no clear answer
 */
export type Obstacle = 'gone' | 'torn' | 'refused' | 'longer' | 'unanswered';

/** Who is told of a copy that could not be brought up to date, besides whoever made the edit. */
export interface Hearing {
  petition: Petition;
  /** The server of the person who is told by the answer to their edit; undefined where nobody is. */
  told: string | undefined;
  at: number;
}

/** Records that a copy shows the latest version. */
export function recordCopy(
  database: Database,
  post: StatementPost,
  { id, petitionId, language, version }: Statement,
  messageIds: string[],
  at: number,
): void {
  const { serverId, channelId } = post;
  writeOnce(database, { userId: null, serverId, at }, (connection, record) => {
    // Another process may have been faster.
    if (!updateStatementPost(connection, post, { statementId: id, messageIds })) return;
    record({
      petitionId,
      deed: 'statement.copyUpdated',
      detail: { language, version, channelId, messageIds },
    });
  });
}

/** Records that a copy was not brought up to a version, and will not be: what is gone is forgotten. */
export function giveUpCopy(
  database: Database,
  post: StatementPost,
  { id: statement, petitionId, language, version }: Statement,
  why: Obstacle,
  { petition, told, at }: Hearing,
): void {
  const { serverId, channelId, messageIds } = post;
  writeOnce(database, { userId: null, serverId, at }, (connection, record) => {
    if (why === 'gone') deleteStatementPost(connection, post.id);
    const detail = { post: post.id, statement, language, version, channelId, messageIds, why };
    record({ petitionId, deed: leftBehind, detail });
    // Who took it down there knows that it is.
    if (why === 'gone') return;
    const values = {
      title: plainTitle(petition),
      language: { key: `languages.${language}` },
      code: language,
      version,
      link: linkTo(post),
      why: { key: `statement.copyWhy.${why}` },
    };
    for (const hears of new Set([serverId, petition.serverId])) {
      if (hears !== told) insertNotice(connection, { serverId: hears, key: 'notices.copyLeft', values, at });
    }
  });
}

/** The address of a copy's first message. */
export function linkTo({ serverId, channelId, messageIds }: StatementPost): string {
  return `https://discord.com/channels/${serverId}/${channelId}/${messageIds[0] ?? ''}`;
}
