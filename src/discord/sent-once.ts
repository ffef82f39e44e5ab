// For a post that goes out once: whether an earlier attempt arrived, and what a refusal of Discord's means.
import {
  type Client,
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
  SnowflakeUtil,
} from 'discord.js';

/** How far Discord's clock and ours may be apart, in milliseconds. */
const slack = 120_000;

/**
 * Minga's message in a channel whose buttons carry a key.
 *
 * @param after - looks at the first hundred messages from this moment on, epoch milliseconds; at the last hundred where it is left out
 */
export async function findInChannel(
  client: Client<true>,
  channelId: string,
  key: string,
  after?: number,
): Promise<string | undefined> {
  const query = new URLSearchParams({ limit: '100' });
  if (after !== undefined) query.set('after', String(SnowflakeUtil.generate({ timestamp: after - slack })));
  const messages = await client.rest.get(Routes.channelMessages(channelId), { query });
  if (!Array.isArray(messages)) return undefined;
  const mine = messages.filter(({ author }) => author?.id === client.user.id);
  return mine.find(({ components }) => JSON.stringify(components ?? []).includes(key))?.id;
}

/** Without this permission Discord shows no messages at all, which is no proof that the post is not there. */
export function canLookBack(client: Client<true>, channelId: string): boolean {
  const channel = client.channels.cache.get(channelId);
  if (!channel || channel.isDMBased()) return true;
  return channel.permissionsFor(client.user)?.has(PermissionFlagsBits.ReadMessageHistory) ?? false;
}

const forbidden: unknown[] = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions];

/** Why Discord clearly said no; undefined where it may have been a yes, or is about the token. */
export function refusalOf(error: unknown): 'Refused' | 'ChannelGone' | 'NotTaken' | undefined {
  if (!(error instanceof DiscordAPIError) || error.status >= 500 || error.status === 401) return undefined;
  if (error.code === RESTJSONErrorCodes.UnknownChannel) return 'ChannelGone';
  return forbidden.includes(error.code) ? 'Refused' : 'NotTaken';
}
