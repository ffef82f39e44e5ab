// The bot itself, its servers, their channels and members over REST.
import type { FastifyInstance } from 'fastify';
import { channelPayload, guildPayload, memberPayload, userPayload } from '../payloads.js';
import { guildOf, type World } from '../world.js';
import { ownGuild, seenChannel } from './access.js';
import { failures } from './failure.js';

interface OfGuild {
  Params: { guild: string; member: string };
}

export function guildRoutes(api: FastifyInstance, world: World): void {
  api.get('/gateway/bot', async () => ({
    url: world.origin.replace('http', 'ws'),
    shards: 1,
    session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 },
  }));

  api.get('/users/@me', async () => userPayload(world.bot));

  api.get('/applications/@me', async () => ({
    id: world.applicationId,
    name: world.bot.displayName,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    bot: userPayload(world.bot),
    integration_types_config: { 0: {}, 1: {} },
    approximate_guild_count: [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id))
      .length,
  }));

  api.get<{ Params: { channel: string } }>('/channels/:channel', async ({ params }) =>
    channelPayload(world, seenChannel(world, params.channel)),
  );

  api.get<OfGuild>('/guilds/:guild', async ({ params }) => guildPayload(ownGuild(world, params.guild)));

  api.get<OfGuild>('/guilds/:guild/roles', async ({ params }) => [
    ...ownGuild(world, params.guild).roles.values(),
  ]);

  api.get<OfGuild>('/guilds/:guild/channels', async ({ params }) => {
    const guild = ownGuild(world, params.guild);
    const channels = [...world.channels.values()].filter((channel) => guildOf(world, channel) === guild);
    return channels.map((channel) => channelPayload(world, channel));
  });

  api.get<OfGuild>('/guilds/:guild/members/:member', async ({ params }) => {
    const guild = ownGuild(world, params.guild);
    if (!guild.members.has(params.member)) throw failures.unknownMember();
    return memberPayload(world, guild, params.member);
  });
}
