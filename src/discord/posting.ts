// Messages that Minga puts into a channel because a person asks: all or none.
import {
  DiscordAPIError,
  type GuildTextBasedChannel,
  type Message,
  type MessageCreateOptions,
} from 'discord.js';
import { Failure } from '../coalition/failure.js';
import type { Turn } from './command.js';

/** A message, and what makes repeated attempts one: at most 25 characters. */
export type Post = MessageCreateOptions & { nonce: string };

/** How often a message is sent while Discord gives no clear answer. */
const attempts = 3;

/**
 * Posts messages in their order; where one fails, those before it are taken back.
 *
 * @throws {@link Failure} that says whether anything is left standing
 */
export async function postAll(turn: Turn, channel: GuildTextBasedChannel, posts: Post[]): Promise<Message[]> {
  const up: Message[] = [];
  try {
    for (const post of posts) up.push(await postOnce(channel, post));
    return up;
  } catch (error) {
    turn.context.log.warn(
      { err: error, channel: channel.id, interaction: turn.interaction.id },
      'not posted',
    );
    const removals = await Promise.allSettled(up.map((message) => message.delete()));
    const left = up.filter((_message, index) => removals[index]?.status === 'rejected').map(({ url }) => url);
    if (left.length > 0)
      throw new Failure('postedByHalf', { channel: `<#${channel.id}>`, links: left.join(' ') });
    throw new Failure('notPosted', { channel: `<#${channel.id}>` });
  }
}

/** Discord may take a message and lose its answer: asked again with the same nonce, it gives that message back. */
async function postOnce(channel: GuildTextBasedChannel, post: Post): Promise<Message> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await channel.send({ ...post, enforceNonce: true });
    } catch (error) {
      if (error instanceof DiscordAPIError || attempt === attempts) throw error;
    }
  }
}
