// The connection to Discord, with the settings that the promises rest on.
import { Client, GatewayIntentBits, Options } from 'discord.js';
import type { Logger } from 'pino';

/**
 * A client that never pings, never posts twice, and needs no privileged intent.
 *
 * @param apiUrl - Discord's REST API, without the version
 * @see https://discord.js.org/docs/packages/discord.js/14.28.1/ClientOptions:Interface
 */
export function discordClient(apiUrl: string, log: Logger): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildScheduledEvents],
    allowedMentions: { parse: [], repliedUser: false },
    // discord.js repeats a POST after a time-out or a 5xx; with a nonce Discord gives back the first message.
    enforceNonce: true,
    failIfNotExists: false,
    // By default interactions wait 15 s for a server that is unavailable, and their 3 s run out.
    waitGuildTimeout: 0,
    rest: { api: apiUrl, timeout: 10_000, retries: 2, invalidRequestWarningInterval: 500 },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ThreadMemberManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
  });
  // Without an 'error' listener, an async listener that rejects would end the process.
  client.on('error', (error) => log.error({ err: error }, 'discord error'));
  client.on('shardError', (error) => log.warn({ err: error }, 'gateway error'));
  client.on('shardDisconnect', ({ code }) => log.error({ code }, 'gateway closed for good'));
  client.on('shardReconnecting', () => log.info('gateway reconnecting'));
  client.rest.on('rateLimited', ({ route, timeToReset, global }) =>
    log.warn({ route, timeToReset, global }, 'rate limited'),
  );
  client.rest.on('invalidRequestWarning', (warning) => log.warn(warning, 'many requests refused'));
  return client;
}
