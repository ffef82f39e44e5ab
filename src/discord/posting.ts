// Messages that Minga puts into a channel because a person asks: only where both may write, and all or none.
import {
  DiscordAPIError,
  type GuildTextBasedChannel,
  type Message,
  type MessageCreateOptions,
  type PermissionsBitField,
} from 'discord.js';
import { Failure } from '../coalition/failure.js';
import type { MessageKey } from '../i18n/words.js';
import type { Turn } from './command.js';

/** A message, and what makes repeated attempts one: at most 25 characters. */
export type Post = MessageCreateOptions & { nonce: string };

/** How often a message is sent while Discord gives no clear answer. */
const attempts = 3;

/** @throws {@link Failure} where the channel is none of this server's, or Minga may not write in it */
export async function channelForMinga(turn: Turn, channelId: string): Promise<GuildTextBasedChannel> {
  const { interaction, serverId } = turn;
  const channel = await interaction.client.channels.fetch(channelId).catch(() => null);
  if (!channel?.isTextBased() || channel.isDMBased() || channel.guildId !== serverId) {
    throw new Failure('unknownChannel');
  }
  const missing = missingIn(
    channel,
    channelId === turn.channelId
      ? interaction.appPermissions
      : channel.permissionsFor(interaction.client.user),
  );
  if (missing.length > 0) {
    const permissions = { list: missing.map((name) => ({ key: `permissions.${name}` as MessageKey })) };
    throw new Failure('cannotPost', { channel: `<#${channelId}>`, permissions });
  }
  return channel;
}

/** @throws {@link Failure} where the person or Minga may not write in the channel */
export async function channelForBoth(turn: Turn, channelId: string): Promise<GuildTextBasedChannel> {
  const { interaction } = turn;
  const channel = await channelForMinga(turn, channelId);
  const member = interaction.inCachedGuild() ? interaction.member : null;
  const permissions =
    channelId === turn.channelId ? interaction.memberPermissions : member && channel.permissionsFor(member);
  if (missingIn(channel, permissions).length > 0)
    throw new Failure('youCannotPost', { channel: `<#${channelId}>` });
  return channel;
}

function missingIn(channel: GuildTextBasedChannel, permissions: Readonly<PermissionsBitField> | null) {
  const needed = ['ViewChannel', channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages'] as const;
  return needed.filter((name) => !permissions?.has(name));
}

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
