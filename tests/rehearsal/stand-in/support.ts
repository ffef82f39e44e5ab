// A real discord.js client against a fresh stand-in, which is what these tests are about.
import { Client, type ClientOptions, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import { type StandIn, type StandInOptions, startStandIn } from '../../../rehearsal/stand-in/index.js';

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
