// Whether Minga, and the person who asks, may write in a channel: asked before anything is promised.
import type { GuildTextBasedChannel, PermissionsBitField } from 'discord.js';
import { Failure } from '../coalition/failure.js';
import type { MessageKey } from '../i18n/words.js';
import type { Turn } from './command.js';

/** What a text needs. */
const forText = ['ViewChannel', 'SendMessages'] as const;

/** What the daily tally needs: its chart, and the history, to find a card whose answer was lost. */
export const forTally = [...forText, 'AttachFiles', 'ReadMessageHistory'] as const;

type Needed = readonly (typeof forTally)[number][];

/** @throws {@link Failure} where the channel is none of this server's, or Minga may not do there what is needed */
export function channelForMinga(
  turn: Turn,
  channelId: string,
  needed: Needed = forText,
): GuildTextBasedChannel {
  const { interaction, serverId } = turn;
  const channel = interaction.client.channels.cache.get(channelId);
  if (!channel?.isTextBased() || channel.isDMBased() || channel.guildId !== serverId) {
    throw new Failure('unknownChannel');
  }
  const here = channelId === turn.channelId;
  const permissions = here ? interaction.appPermissions : channel.permissionsFor(interaction.client.user);
  const missing = missingIn(channel, permissions, needed);
  if (missing.length > 0) {
    const list = missing.map((name) => ({ key: `permissions.${name}` as MessageKey }));
    throw new Failure('cannotPost', { channel: `<#${channelId}>`, permissions: { list } });
  }
  return channel;
}

/** @throws {@link Failure} where the person or Minga may not write in the channel */
export function channelForBoth(turn: Turn, channelId: string): GuildTextBasedChannel {
  const { interaction } = turn;
  const channel = channelForMinga(turn, channelId);
  const member = interaction.inCachedGuild() ? interaction.member : null;
  const here = channelId === turn.channelId;
  const permissions = here ? interaction.memberPermissions : member && channel.permissionsFor(member);
  if (missingIn(channel, permissions, forText).length > 0) {
    throw new Failure('youCannotPost', { channel: `<#${channelId}>` });
  }
  return channel;
}

function missingIn(
  channel: GuildTextBasedChannel,
  permissions: Readonly<PermissionsBitField> | null,
  needed: Needed,
) {
  const inPlace = needed.map((name) =>
    name === 'SendMessages' && channel.isThread() ? ('SendMessagesInThreads' as const) : name,
  );
  return inPlace.filter((name) => !permissions?.has(name));
}
