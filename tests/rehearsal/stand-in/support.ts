// A real discord.js client against a fresh stand-in, which is what these tests are about.
import {
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  TextChannel,
} from 'discord.js';
import { onTestFinished } from 'vitest';
import { type StandIn, type StandInOptions, startStandIn } from '../../../rehearsal/stand-in/index.js';
import { discordClient } from '../../../src/discord/client.js';
import { logger } from '../../../src/log.js';

/** A stand-in that stops when the test is over. */
export async function aStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const discord = await startStandIn(options);
  onTestFinished(() => discord.stop());
  return discord;
}

/** A client that is ready, set up as the bot sets up its own. */
export async function aClient(discord: StandIn, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    waitGuildTimeout: 1000,
    enforceNonce: true,
    allowedMentions: { parse: [], repliedUser: false },
    ...options,
    rest: { api: discord.apiUrl, ...options.rest },
  });
  onTestFinished(() => client.destroy());
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}

/**
 * The client that Minga itself uses, not yet logged in.
 *
 * @param timeout - How long it waits for an answer, in milliseconds; its own 10 s when left out
 */
export function mingasClient(discord: StandIn, timeout?: number): Client {
  const client = discordClient(discord.apiUrl, logger('silent'));
  if (timeout !== undefined) client.rest.options.timeout = timeout;
  onTestFinished(() => client.destroy());
  return client;
}

/** Logs a client in; resolves as soon as it says that it is ready. */
export async function readied(client: Client, discord: StandIn): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}

/** A server with a channel, a person and a command in it, and Minga's client. */
export async function aServer(options: StandInOptions = {}, timeout?: number) {
  const discord = await aStandIn(options);
  const server = discord.addServer('World BEYOND War');
  const general = server.addChannel('general');
  const ana = discord.addPerson('Ana');
  server.addMember(ana);
  const client = await readied(mingasClient(discord, timeout), discord);
  const channel = await client.channels.fetch(general.id);
  if (!(channel instanceof TextChannel)) throw new Error('no such text channel');
  await client.application.commands.set([{ name: 'go', description: 'Goes' }]);
  return { discord, server, general, ana, here: ana.in(general), client, channel };
}

/** Answers every interaction of a client with one function; what that throws fails the test. */
export function answering<T extends Interaction = Interaction>(
  client: Client,
  answer: (interaction: T) => Promise<unknown>,
): void {
  const failed: unknown[] = [];
  client.removeAllListeners(Events.InteractionCreate);
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction as T).catch((error) => failed.push(error));
  });
  onTestFinished(() => {
    if (failed.length > 0) throw failed[0];
  });
}
