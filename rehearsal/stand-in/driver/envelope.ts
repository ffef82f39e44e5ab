// What every interaction carries besides what was typed or pressed: who, where, with which rights.
import { randomBytes } from 'node:crypto';
import {
  type APIAuthorizingIntegrationOwnersMap,
  type APIInteraction,
  ChannelType,
  InteractionContextType,
  type InteractionType,
} from 'discord-api-types/v10';
import type { Interaction } from '../interactions.js';
import { appPermissions, memberPayload, seenChannelPayload, userPayload } from '../payloads.js';
import { permissionsIn } from '../permissions.js';
import type { Waiting } from '../waiting.js';
import { type ChannelRecord, guildOf, type User, type World } from '../world.js';

/** Somebody somewhere. */
export interface Place {
  world: World;
  waiting: Waiting;
  /** How long the bot has for its first answer, in real milliseconds. */
  callbackLimit: number;
  user: User;
  channel: ChannelRecord;
}

/** How large a file people and the bot may send, in bytes. */
export const attachmentSizeLimit = 10 * 1024 * 1024;

/** Where Discord says that an interaction comes from. */
export function contextOf({ channel }: Place): InteractionContextType {
  if (channel.type === ChannelType.DM) return InteractionContextType.BotDM;
  return channel.type === ChannelType.GroupDM
    ? InteractionContextType.PrivateChannel
    : InteractionContextType.Guild;
}

/** Puts data into an interaction of this person, here and now. */
export function makeInteraction(
  place: Place,
  type: InteractionType,
  data: object,
  owners: APIAuthorizingIntegrationOwnersMap,
  more: Partial<Interaction> & { message?: object } = {},
): Interaction {
  const { world, channel, user } = place;
  const { message, ...state } = more;
  const guild = guildOf(world, channel);
  const payload = {
    id: world.nextId(),
    application_id: world.applicationId,
    type,
    data,
    token: randomBytes(60).toString('base64url'),
    version: 1,
    channel_id: channel.id,
    channel: seenChannelPayload(world, channel, user.id),
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: {
            ...memberPayload(world, guild, user.id),
            permissions: permissionsIn(world, channel, user.id).toString(),
          },
        }
      : { user: userPayload(user) }),
    ...(message && { message }),
    app_permissions: appPermissions(world, channel).toString(),
    locale: user.locale,
    entitlements: [],
    authorizing_integration_owners: owners,
    context: contextOf(place),
    attachment_size_limit: attachmentSizeLimit,
  };
  return {
    // A copy: what the bot was told does not change with the message it was told about.
    payload: structuredClone(payload) as APIInteraction,
    userId: user.id,
    startedAt: performance.now(),
    createdAt: world.clock.now(),
    loading: false,
    touched: false,
    followUps: [],
    ...state,
  };
}
