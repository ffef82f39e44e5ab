// Sends the thanks for a delivered petition, once per channel: claimed in the database, sent, then recorded.
import { createHash } from 'node:crypto';
import type { Client } from 'discord.js';
import { insertNotice } from '../../db/notices.js';
import { petitionById } from '../../db/petitions.js';
import { scheduleOf } from '../../db/tally-posts.js';
import { type Thanks, updateThanks } from '../../db/thanks.js';
import { inTransaction } from '../../db/transaction.js';
import { plainTitle } from '../coalition/petition.js';
import { type ClaimedThanks, claimThanks, thanksFacts } from '../coalition/thanks.js';
import type { Context } from '../context.js';
import { thanksCard } from '../discord/cards/thanks.js';
import { canLookBack, findInChannel, refusalOf } from '../discord/sent-once.js';
import { wordsOfPost } from '../i18n/words.js';
import type { Job } from './index.js';

/** Tried this often while Discord gives no clear answer, a minute apart at the least. */
const mostAttempts = 300;

export const thankCoalitions: Job = async (context, client) => {
  const { database, clock, holder } = context;
  for (;;) {
    const claimed = claimThanks(database, clock.now(), holder);
    if (!claimed) return;
    await thank(context, client, claimed);
  }
};

async function thank(context: Context, client: Client<true>, claimed: ClaimedThanks): Promise<void> {
  const { database, clock, log } = context;
  const { channelId, earlier } = claimed;
  try {
    const arrived =
      earlier === undefined ? undefined : await findInChannel(client, channelId, keyOf(claimed), earlier);
    if (!arrived && scheduleOf(database, channelId)?.petitionId !== claimed.petitionId)
      // An organizer ended the daily tally here, or the server left: nobody is waiting for this.
      return updateThanks(database, claimed, { refusedAt: clock.now() });
    const unsure = claimed.attempts > mostAttempts || !canLookBack(client, channelId);
    if (!arrived && earlier !== undefined && unsure) return giveUp(context, claimed, 'notices.thanksUnsure');
    const messageId = arrived ?? (await send(context, client, claimed));
    if (messageId === undefined) return giveUp(context, claimed, 'notices.thanksRefused');
    updateThanks(database, claimed, { messageId, sentAt: clock.now() });
    log.info({ channel: channelId, petition: claimed.petitionId, message: messageId }, 'thanks sent');
  } catch (error) {
    log.warn({ err: error, channel: channelId, petition: claimed.petitionId }, 'thanks not sent');
    // Without a clear no it may have arrived: whoever takes the lease next looks for it before sending again.
    if (refusalOf(error)) giveUp(context, claimed, 'notices.thanksRefused');
  }
}

/** @returns the message's id; undefined where the channel is none that takes messages */
async function send(
  { database, clock }: Context,
  client: Client<true>,
  claimed: Thanks,
): Promise<string | undefined> {
  const petition = petitionById(database, claimed.petitionId);
  if (!petition) throw new Error(`no petition ${claimed.petitionId}`);
  const channel = await client.channels.fetch(claimed.channelId);
  if (!channel?.isSendable()) return undefined;
  const language = scheduleOf(database, claimed.channelId)?.language ?? 'both';
  const key = keyOf(claimed);
  const card = thanksCard(petition, thanksFacts(database, petition, clock.now()), wordsOfPost(language), key);
  const message = await channel.send({ ...card, nonce: key, enforceNonce: true });
  return message.id;
}

/** Names a petition's thanks in a channel: the nonce by which Discord knows a repeated send, and a mark in the card's buttons. */
function keyOf({ petitionId, channelId }: Thanks): string {
  return createHash('sha256').update(`thanks|${petitionId}|${channelId}`).digest('hex').slice(0, 25);
}

/** Organizers are told; it is not tried again. */
function giveUp(
  { database, clock }: Context,
  claimed: Thanks,
  key: 'notices.thanksRefused' | 'notices.thanksUnsure',
): void {
  const at = clock.now();
  inTransaction(database, (connection) => {
    updateThanks(connection, claimed, { refusedAt: at });
    const petition = petitionById(connection, claimed.petitionId);
    if (!petition) return;
    const values = { title: plainTitle(petition), channel: `<#${claimed.channelId}>` };
    insertNotice(connection, { serverId: claimed.serverId, key, values, at });
  });
}
