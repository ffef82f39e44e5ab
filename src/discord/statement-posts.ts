// Brings the posted copies of the statement up to its latest version: the messages that are there, changed in place.
import { type Client, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { petitionById } from '../../db/petitions.js';
import { type Language, outdatedPosts, type StatementPost, statementOf } from '../../db/statements.js';
import { otherLanguage } from '../coalition/statement.js';
import { giveUpCopy, type Obstacle, recordCopy } from '../coalition/statement-post.js';
import type { Context } from '../context.js';
import { statementPosts } from './cards/statement.js';

/** After this long, in milliseconds, a copy that Discord gives no answer about is left as it is. */
const patience = 24 * 3_600_000;

/** A copy, and what keeps it from showing the latest version; nothing, where it does. */
export interface Copy {
  post: StatementPost;
  obstacle: Obstacle | undefined;
}

/** What whoever edited is told of: the copies of one language, by the answer in their server. */
export interface Edit {
  petitionId: number;
  language: Language;
  serverId: string;
}

/** One run at a time: of two, the earlier could bring back what the later has replaced. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Brings copies up to date, each as it was decided in the database; what is left over by a crash is found again.
 *
 * @param edit - all copies there are, where it is left out
 */
export function updateCopies(context: Context, client: Client<true>, edit?: Edit): Promise<Copy[]> {
  const run = last.then(() => updateAll(context, client, edit));
  last = run.catch(() => undefined);
  return run;
}

async function updateAll(context: Context, client: Client<true>, edit: Edit | undefined): Promise<Copy[]> {
  const outdated = outdatedPosts(context.database).filter(
    ({ shows: { petitionId, language } }) =>
      !edit || (petitionId === edit.petitionId && language === edit.language),
  );
  const copies: Copy[] = [];
  for (const { post, shows } of outdated) {
    copies.push({ post, obstacle: await updateCopy(context, client, post, shows, edit?.serverId) });
  }
  return copies;
}

async function updateCopy(
  { database, clock, log }: Context,
  client: Client<true>,
  post: StatementPost,
  { petitionId, language }: { petitionId: number; language: Language },
  told: string | undefined,
): Promise<Obstacle | undefined> {
  const petition = petitionById(database, petitionId);
  const latest = statementOf(database, petitionId, language);
  if (!petition || !latest) return undefined;
  const other = statementOf(database, petitionId, otherLanguage(language));
  const messages = statementPosts(latest, other, '').map(({ content, components, flags }) => ({
    content,
    components,
    flags,
    allowed_mentions: { parse: [] },
  }));
  const obstacle = await speak(client, post, messages).catch((error: unknown) => {
    log.warn({ err: error, channel: post.channelId, post: post.id }, 'copy of the statement not updated');
    return obstacleIn(error);
  });
  const at = clock.now();
  if (!obstacle) recordCopy(database, post, latest, post.messageIds.slice(0, messages.length), at);
  else if (obstacle !== 'unanswered' || at - latest.at > patience)
    giveUpCopy(database, post, latest, obstacle, { petition, told, at });
  return obstacle;
}

/** Changes a copy's messages, and takes out those that it needs no more; to be done again where it was cut off. */
async function speak(
  { rest }: Client<true>,
  { channelId, messageIds }: StatementPost,
  messages: object[],
): Promise<Obstacle | undefined> {
  if (messages.length > messageIds.length) return 'longer';
  const there: boolean[] = [];
  for (const [index, body] of messages.entries()) {
    const route = Routes.channelMessage(channelId, messageIds[index] ?? '');
    there.push(await isThere(rest.patch(route, { body })));
  }
  for (const id of messageIds.slice(messages.length)) {
    await isThere(rest.delete(Routes.channelMessage(channelId, id)));
  }
  if (there.every((it) => it)) return undefined;
  return there.some((it) => it) ? 'torn' : 'gone';
}

/** Whether the message that Discord was asked to change is there to be changed. */
async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage) return false;
    throw error;
  }
}

const nowhere: unknown[] = [RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.UnknownGuild];

function obstacleIn(error: unknown): Obstacle {
  // A token that is not taken, or too many requests, say nothing of the copy.
  const unclear =
    !(error instanceof DiscordAPIError) || error.status >= 500 || [401, 429].includes(error.status);
  if (unclear) return 'unanswered';
  return nowhere.includes(error.code) ? 'gone' : 'refused';
}
