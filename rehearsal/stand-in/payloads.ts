// The world in the shapes that Discord's API hands out.
import {
  type APIGuildMember,
  type APIRole,
  type APIUser,
  ChannelType,
  GuildMemberFlags,
  type RoleFlags,
} from 'discord-api-types/v10';
import { botPermissions, permissionsIn } from './permissions.js';
import { type ChannelRecord, type Guild, guildOf, type User, type World } from './world.js';

export function userPayload(user: User): APIUser {
  return {
    id: user.id,
    username: user.username,
    discriminator: '0',
    global_name: user.displayName,
    avatar: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

/** @throws Error when the user is not in the server: whoever asks has to know. */
export function memberPayload(world: World, guild: Guild, userId: string): APIGuildMember {
  const member = guild.members.get(userId);
  const user = world.users.get(userId);
  if (!member || !user) throw new Error(`${userId} is no member of ${guild.name}`);
  return {
    user: userPayload(user),
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: member.joinedAt,
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    communication_disabled_until: null,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}

export function rolePayload(id: string, name: string, permissions: bigint, position: number): APIRole {
  return {
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: permissions.toString(),
    managed: false,
    mentionable: false,
    flags: 0 as RoleFlags,
  };
}

/** A channel as a whole, as `GET /channels/:id` and the gateway show it. */
export function channelPayload(world: World, channel: ChannelRecord) {
  const { id, type, name, guildId, recipients, overwrites } = channel;
  if (guildId === undefined) {
    const people = recipients.flatMap((userId) => world.users.get(userId) ?? []);
    const group = type === ChannelType.GroupDM ? { name, icon: null, owner_id: recipients[0] } : {};
    return { id, type, flags: 0, last_message_id: null, recipients: people.map(userPayload), ...group };
  }
  return {
    id,
    type,
    guild_id: guildId,
    name,
    flags: 0,
    position: 0,
    parent_id: null,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: null,
    permission_overwrites: overwrites,
  };
}

/** A channel as an interaction names it: with what the person and the bot may do there. */
export function seenChannelPayload(world: World, channel: ChannelRecord, userId: string) {
  const { permission_overwrites: _, ...shown } = {
    permission_overwrites: [],
    ...channelPayload(world, channel),
  };
  return {
    ...shown,
    permissions: permissionsIn(world, channel, userId).toString(),
    app_permissions: appPermissions(world, channel).toString(),
  };
}

/** What the bot may do in a channel; where it is no member, what a reply by it may hold. */
export function appPermissions(world: World, channel: ChannelRecord): bigint {
  const guild = guildOf(world, channel);
  return guild?.members.has(world.bot.id) ? permissionsIn(world, channel, world.bot.id) : botPermissions;
}

/** A server as `GET /guilds/:id` shows it. */
export function guildPayload(guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 1,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: [...guild.roles.values()],
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
  };
}

/** A server as the gateway introduces it; of the members only the bot, as without privileged intents. */
export function guildCreatePayload(world: World, guild: Guild) {
  const channels = [...world.channels.values()].filter((channel) => guildOf(world, channel) === guild);
  const me = memberPayload(world, guild, world.bot.id);
  return {
    ...guildPayload(guild),
    joined_at: me.joined_at,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: [me],
    channels: channels.map((channel) => channelPayload(world, channel)),
    voice_states: [],
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [...guild.events.values()],
    soundboard_sounds: [],
  };
}
