// Whether Minga may write in a channel, asked before it promises to.
import { PermissionFlagsBits, type SendableChannels } from 'discord.js';
import { Failure } from '../coalition/failure.js';
import type { MessageKey } from '../i18n/words.js';
import type { Turn } from './command.js';

/** What a post with a picture needs; the history, to find a post whose answer was lost. */
const needed = [
  ['ViewChannel', PermissionFlagsBits.ViewChannel],
  ['SendMessages', PermissionFlagsBits.SendMessages],
  ['AttachFiles', PermissionFlagsBits.AttachFiles],
  ['ReadMessageHistory', PermissionFlagsBits.ReadMessageHistory],
] as const;

/**
 * A channel of this server that Minga may post in.
 *
 * @throws {@link Failure} where it is another server's, gone, or a permission is missing, which it names
 */
export async function channelToPostIn(
  { interaction, serverId }: Turn,
  channelId: string,
): Promise<SendableChannels> {
  const channel = await interaction.client.channels.fetch(channelId).catch(() => null);
  if (!channel?.isSendable() || channel.isDMBased() || channel.guildId !== serverId)
    throw new Failure('unknownChannel');
  const mine = channel.permissionsFor(interaction.client.user);
  const missing = needed
    .filter(([, bit]) => !mine?.has(bit))
    .map(([name]) => `permissions.${name}` as MessageKey);
  if (missing.length > 0) {
    throw new Failure('cannotPost', {
      channel: `<#${channelId}>`,
      permissions: { list: missing.map((key) => ({ key })) },
    });
  }
  return channel;
}
