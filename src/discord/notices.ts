// What organizers must know, whispered to the next of them who uses a command where no channel is set for it.
import { markTold, untoldNotices } from '../../db/notices.js';
import { serverOf } from '../../db/servers.js';
import type { Context } from '../context.js';
import type { MessageKey, Values, Words } from '../i18n/words.js';
import type { Reply } from './command.js';

/** The notices of a server that has no organizers' channel; each is told once. */
export function noticesFor({ database, clock }: Context, serverId: string, words: Words): Reply[] {
  if (serverOf(database, serverId).organizersChannelId !== null) return [];
  return untoldNotices(database, serverId)
    .filter(({ id }) => markTold(database, id, clock.now()))
    .map(({ key, values }) => ({ content: `📌 ${words.say(key as MessageKey, values as Values)}` }));
}
