// Sends the daily tally, once per channel and day: decided in the database, sent, then recorded.
import { createHash } from 'node:crypto';
import type { Client } from 'discord.js';
import { insertNotice } from '../../db/notices.js';
import { petitionById } from '../../db/petitions.js';
import { serverOf } from '../../db/servers.js';
import {
  deleteSchedule,
  scheduleOf,
  type TallyPost,
  tallyPostById,
  updateSchedule,
  updateTallyPost,
} from '../../db/tally-posts.js';
import { inTransaction } from '../../db/transaction.js';
import { quoted } from '../coalition/comment.js';
import {
  claimDueTallies,
  isPaused,
  latest,
  lease,
  type TallyFacts,
  takesCards,
  tellable,
} from '../coalition/daily.js';
import type { Context } from '../context.js';
import { dailyCard } from '../discord/cards/tally.js';
import { canLookBack, findInChannel, refusalOf } from '../discord/sent-once.js';
import { wordsOfPost } from '../i18n/words.js';
import type { Job } from './index.js';

export const postDailyTallies: Job = async (context, client, now) => {
  for (const post of claimDueTallies(context.database, now, context.holder)) {
    await deliver(context, client, post, now);
  }
};

async function deliver(context: Context, client: Client<true>, post: TallyPost, now: number): Promise<void> {
  const { database, log } = context;
  const tooLate = now - post.dueAt > latest;
  const unwanted = !isWanted(context, post);
  // Nothing of it can be out: what it was to say goes into the next card.
  if ((tooLate || unwanted) && post.attempts === 0)
    return updateTallyPost(database, post.id, { state: 'skipped' });
  if (!takeAttempt(context, post)) return;
  try {
    const earlier = post.attempts > 0 ? await findInChannel(client, post.channelId, keyOf(post)) : undefined;
    const unsure = tooLate || (post.attempts > 0 && !canLookBack(client, post.channelId));
    if (!earlier && unwanted) return updateTallyPost(database, post.id, { state: 'skipped' });
    if (!earlier && unsure) return giveUp(context, post, 'notices.tallyUnsure');
    const messageId = earlier ?? (await send(context, client, post));
    updateTallyPost(database, post.id, { state: 'sent', messageId, sentAt: context.clock.now() });
    log.info({ channel: post.channelId, day: post.day, message: messageId }, 'daily tally sent');
  } catch (error) {
    log.warn({ err: error, channel: post.channelId, day: post.day }, 'daily tally not sent');
    const refusal = refusalOf(error);
    if (refusal) return giveUp(context, post, `notices.tally${refusal}`);
    // It may have arrived: whoever takes the lease next looks for it before sending again.
    updateTallyPost(database, post.id, { leaseUntil: context.clock.now() + lease });
  }
}

type Refusal = `notices.tally${'Refused' | 'ChannelGone' | 'NotTaken' | 'Unsure'}`;

/** The schedule stands, for this petition, which takes cards: organizers may have changed that since the card was claimed. */
function isWanted({ database, clock }: Context, { channelId, petitionId }: TallyPost): boolean {
  const schedule = scheduleOf(database, channelId);
  const petition = petitionById(database, petitionId);
  if (schedule?.petitionId !== petitionId) return false;
  return !isPaused(schedule, clock.now()) && takesCards(petition);
}

/** Begins an attempt; false where another process has taken the post over while this one was at others. */
function takeAttempt({ database, clock }: Context, { id, holder, attempts }: TallyPost): boolean {
  return inTransaction(database, (connection) => {
    if (tallyPostById(connection, id)?.holder !== holder) return false;
    // Written before Discord is spoken to: after a crash, an attempt that may have arrived is known as one.
    const leaseUntil = clock.now() + lease;
    updateTallyPost(connection, id, { state: 'sending', attempts: attempts + 1, leaseUntil });
    return true;
  });
}

async function send(context: Context, client: Client<true>, post: TallyPost): Promise<string> {
  const petition = petitionById(context.database, post.petitionId);
  if (!petition) throw new Error(`no petition ${post.petitionId}`);
  const channel = await client.channels.fetch(post.channelId);
  if (!channel?.isSendable()) throw new Error(`channel ${post.channelId} takes no messages`);
  const language = scheduleOf(context.database, post.channelId)?.language ?? 'both';
  const key = keyOf(post);
  const { signing } = serverOf(context.database, post.serverId);
  const facts = tellable(context.database, petition, post.facts as TallyFacts);
  const quote = quoted(context.database, context.seal, facts.comment);
  const card = await dailyCard(petition, facts, wordsOfPost(language), context.log, { signing, quote, key });
  const message = await channel.send({ ...card, nonce: key, enforceNonce: true });
  return message.id;
}

/** Names a channel's day: the nonce by which Discord knows a repeated send, and a mark in the card's buttons. */
function keyOf({ channelId, day }: TallyPost): string {
  return createHash('sha256').update(`tally|${channelId}|${day}`).digest('hex').slice(0, 25);
}

/** Organizers are told why; a channel that refuses is not tried again until they resume it, one that is gone never. */
function giveUp({ database, clock }: Context, { id, serverId, channelId }: TallyPost, key: Refusal): void {
  const at = clock.now();
  inTransaction(database, (connection) => {
    updateTallyPost(connection, id, { state: 'refused' });
    if (key === 'notices.tallyRefused')
      updateSchedule(connection, channelId, { pausedAt: at, pausedUntil: null });
    if (key === 'notices.tallyChannelGone') deleteSchedule(connection, channelId);
    insertNotice(connection, { serverId, key, values: { channel: `<#${channelId}>` }, at });
  });
}
