// What is told privately with the answer to a command: to organizers where no channel is set for it, and to members.
import { markMemberTold, markTold, untoldMemberNotices, untoldNotices } from '../../db/notices.js';
import { serverOf } from '../../db/servers.js';
import type { Context } from '../context.js';
import type { MessageKey, Values, Words } from '../i18n/words.js';
import type { Reply, Turn } from './command.js';

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

/** Tells somebody what became of what is theirs in a server; it counts as told once it is out. */
export async function tellMember(
  { database, clock }: Context,
  { userId, serverId, words }: Pick<Turn, 'userId' | 'serverId' | 'words'>,
  tell: (reply: Reply) => Promise<unknown>,
): Promise<void> {
  for (const { id, key, values } of untoldMemberNotices(database, userId, serverId)) {
    await tell({ content: words.say(key as MessageKey, values as Values) });
    markMemberTold(database, id, clock.now());
  }
}
