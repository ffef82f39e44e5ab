// What organizers must know, whispered to the next of them who uses a command where no channel is set for it.
import { markTold, untoldNotices } from '../../db/notices.js';
import { serverOf } from '../../db/servers.js';
import type { Context } from '../context.js';
import type { MessageKey, Values, Words } from '../i18n/words.js';
import type { Reply } from './command.js';

/** Tells the notices of a server that has no organizers' channel; one counts as told once it is out. */
export async function tellNotices(
  { database, clock }: Context,
  serverId: string,
  words: Words,
  tell: (reply: Reply) => Promise<unknown>,
): Promise<void> {
  if (serverOf(database, serverId).organizersChannelId !== null) return;
  for (const { id, key, values } of untoldNotices(database, serverId)) {
    await tell({ content: `📌 ${words.say(key as MessageKey, values as Values)}` });
    markTold(database, id, clock.now());
  }
}
