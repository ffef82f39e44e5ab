// A server's settings: who is who, which language is spoken where, what organizers hear of, the limits, and signing.
import type { Database } from '../../db/connect.js';
import { type Server, setChannelLanguage, updateServer } from '../../db/servers.js';
import { type Write, writeOnce } from '../../db/transaction.js';

/** The settings that are the server's own. */
export type Settings = Pick<
  Server,
  | 'memberRoleId'
  | 'organizerRoleId'
  | 'language'
  | 'organizersChannelId'
  | 'reviewOver'
  | 'perHour'
  | 'confirmedByTwo'
  | 'signing'
>;

/** Changes what is given and leaves the rest. */
export function changeSettings(database: Database, write: Write, changes: Partial<Settings>): void {
  writeOnce(database, write, (connection, record) => {
    updateServer(connection, write.serverId, changes);
    record({ deed: 'settings.change', detail: changes });
  });
}

/** Lets a channel speak another language than its server. */
export function changeChannelLanguage(
  database: Database,
  write: Write,
  channelId: string,
  language: Settings['language'],
): void {
  writeOnce(database, write, (connection, record) => {
    setChannelLanguage(connection, { channelId, serverId: write.serverId, language });
    record({ deed: 'settings.change', detail: { channelId, language } });
  });
}
