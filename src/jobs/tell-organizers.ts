// Tells organizers what they need to know, in the channel that is set for it.
import { type Client, DiscordAPIError, Routes } from 'discord.js';
import { allUntoldNotices, markTold, type Notice } from '../../db/notices.js';
import { serverOf, updateServer } from '../../db/servers.js';
import type { Context } from '../context.js';
import { speechIn } from '../discord/languages.js';
import type { MessageKey, Values } from '../i18n/words.js';
import type { Job } from './index.js';

/** Servers without such a channel are told through the next organizer who uses a command. */
export const tellOrganizers: Job = async (context, client, now) => {
  for (const notice of allUntoldNotices(context.database)) {
    const { organizersChannelId } = serverOf(context.database, notice.serverId);
    if (organizersChannelId === null) continue;
    if (await post(context, client, notice, organizersChannelId)) markTold(context.database, notice.id, now);
  }
};

async function post({ database, log }: Context, client: Client<true>, notice: Notice, channelId: string) {
  const lines = speechIn(database, notice.serverId, channelId).map(
    (words) => `📌 ${words.say(notice.key as MessageKey, notice.values as Values)}`,
  );
  const body = {
    content: lines.join('\n\n'),
    allowed_mentions: { parse: [] },
    nonce: `notice-${notice.id}`,
    enforce_nonce: true,
  };
  try {
    await client.rest.post(Routes.channelMessages(channelId), { body });
    return true;
  } catch (error) {
    log.error({ err: error, notice: notice.key, values: notice.values }, 'organizers not told');
    const refused = error instanceof DiscordAPIError && [403, 404].includes(error.status);
    // A channel that refuses would refuse for ever: the next organizer who uses a command hears it instead.
    if (refused) updateServer(database, notice.serverId, { organizersChannelId: null });
    return false;
  }
}
