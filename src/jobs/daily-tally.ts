// Sends the daily tally, once per channel and day: decided in the database, sent, then recorded.
import { createHash } from 'node:crypto';
import { type Client, DiscordAPIError, PermissionFlagsBits, RESTJSONErrorCodes, Routes } from 'discord.js';
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
import { claimDueTallies, isPaused, latest, lease, type TallyFacts, takesCards } from '../coalition/daily.js';
import type { Context } from '../context.js';
import { dailyCard } from '../discord/cards/tally.js';
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
    const earlier = post.attempts > 0 ? await findInChannel(client, post) : undefined;
    const unsure = tooLate || (post.attempts > 0 && !canLookBack(client, post));
    if (!earlier && unwanted) return updateTallyPost(database, post.id, { state: 'skipped' });
    if (!earlier && unsure) return giveUp(context, post, 'notices.tallyUnsure');
    const messageId = earlier ?? (await send(context, client, post));
    updateTallyPost(database, post.id, { state: 'sent', messageId, sentAt: context.clock.now() });
    log.info({ channel: post.channelId, day: post.day, message: messageId }, 'daily tally sent');
  } catch (error) {
    log.warn({ err: error, channel: post.channelId, day: post.day }, 'daily tally not sent');
    const refusal = refusalOf(error);
    if (refusal) return giveUp(context, post, refusal);
    // It may have arrived: whoever takes the lease next looks for it before sending again.
    updateTallyPost(database, post.id, { leaseUntil: context.clock.now() + lease });
  }
}

type Refusal = `notices.tally${'Refused' | 'ChannelGone' | 'NotTaken' | 'Unsure'}`;

const forbidden: unknown[] = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions];

/** What organizers are told of Discord's clear no; undefined where it may have been a yes, or is about the token. */
function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof DiscordAPIError) || error.status >= 500 || error.status === 401) return undefined;
  if (error.code === RESTJSONErrorCodes.UnknownChannel) return 'notices.tallyChannelGone';
  return forbidden.includes(error.code) ? 'notices.tallyRefused' : 'notices.tallyNotTaken';
}

/** The schedule stands and the petition takes cards: an organizer may have ended either since the card was claimed. */
function isWanted({ database, clock }: Context, { channelId, petitionId }: TallyPost): boolean {
  const schedule = scheduleOf(database, channelId);
  const petition = petitionById(database, petitionId);
  return schedule !== undefined && !isPaused(schedule, clock.now()) && takesCards(petition);
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
  const facts = post.facts as TallyFacts;
  const card = await dailyCard(petition, facts, wordsOfPost(language), context.log, signing, key);
  const message = await channel.send({ ...card, nonce: key, enforceNonce: true });
  return message.id;
}

/** The card of this day among the channel's last messages, by the key in its buttons. */
async function findInChannel(client: Client<true>, post: TallyPost): Promise<string | undefined> {
  const query = new URLSearchParams({ limit: '100' });
  const messages = await client.rest.get(Routes.channelMessages(post.channelId), { query });
  if (!Array.isArray(messages)) return undefined;
  const mine = messages.filter(({ author }) => author?.id === client.user.id);
  return mine.find(({ components }) => JSON.stringify(components ?? []).includes(keyOf(post)))?.id;
}

/** Without this permission Discord shows no messages at all, which is no proof that the card is not there. */
function canLookBack(client: Client<true>, { channelId }: TallyPost): boolean {
  const channel = client.channels.cache.get(channelId);
  if (!channel || channel.isDMBased()) return true;
  return channel.permissionsFor(client.user)?.has(PermissionFlagsBits.ReadMessageHistory) ?? false;
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
