// Which language a public post speaks: what was asked for, else the channel's, else the server's.
import type { Connection } from '../../db/connect.js';
import { channelLanguageOf, serverOf } from '../../db/servers.js';
import { type Language, type Words, wordsOfPost } from '../i18n/words.js';

/** The words of a public post in a channel: one language or both. */
export function speechIn(
  connection: Connection,
  serverId: string,
  channelId: string,
  asked?: Language | 'both',
): [Words, ...Words[]] {
  return wordsOfPost(
    asked ?? channelLanguageOf(connection, channelId) ?? serverOf(connection, serverId).language,
  );
}
