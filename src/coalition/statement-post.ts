// Posting the statement: what is recorded before and after Discord is spoken to.
import type { Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import { insertStatementPost, type Statement } from '../../db/statements.js';
import { type Write, writeOnce } from '../../db/transaction.js';

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
