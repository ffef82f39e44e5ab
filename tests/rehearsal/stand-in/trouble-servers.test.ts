// Servers that are away, and channels that are gone without word of it.
import { type Client, Events, type Interaction } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { answering, aServer, aStandIn, mingasClient } from './support.js';

/** A server in an outage and a sound one, before the bot connects. */
async function twoServers() {
  const discord = await aStandIn({ callbackLimit: 1500 });
  const [away, sound] = [discord.addServer('Away'), discord.addServer('Sound')];
  const ana = discord.addPerson('Ana');
  for (const server of [away, sound]) server.addMember(ana);
  away.addChannel('general');
  const here = ana.in(sound.addChannel('general'));
  const client = mingasClient(discord);
  // A plain reply, by which the test sees that the interaction got through.
  answering(client, async (interaction) => interaction.isChatInputCommand() && interaction.reply('here'));
  const connect = async () => {
    await client.login(discord.token);
    await client.rest.put(`/applications/${discord.applicationId}/commands`, {
      body: [{ name: 'go', description: 'Goes', type: 1 }],
    });
  };
  return { discord, away, sound, ana, here, client, connect };
}

const once = (client: Client, event: string) => new Promise((resolve) => client.once(event, resolve));

test('while a server is away at the start, the others are served', async () => {
  const { away, here, client, connect } = await twoServers();
  away.setAvailable(false);
  await connect();
  expect((await here.command('go')).words).toBe('here');
  expect(client.guilds.cache.get(away.id)?.available).toBe(false);
  const back = once(client, Events.GuildAvailable);
  away.setAvailable(true);
  expect(await back).toMatchObject({ id: away.id, available: true });
  expect(client.guilds.cache.get(away.id)?.channels.cache.size).toBe(1);
});

test('a client that waits for servers, as discord.js does by itself, serves nobody meanwhile', async () => {
  const { away, here, client, connect } = await twoServers();
  client.options.waitGuildTimeout = 15_000;
  away.setAvailable(false);
  await connect();
  expect((await here.command('go')).kind).toBe('none');
  expect(client.isReady()).toBe(false);
});

test('an interaction can come before its server does: there is no channel and no own member then', async () => {
  const { discord, sound, here, client, connect } = await twoServers();
  discord.trouble.next({ event: 'GUILD_CREATE', kind: 'lost', times: 2 });
  await connect();
  const seen: unknown[] = [];
  client.prependListener(Events.InteractionCreate, (interaction: Interaction) => {
    const { guild, channel, guildId } = interaction;
    seen.push([guildId, guild?.available, guild?.members.me, channel, interaction.inCachedGuild()]);
  });
  expect((await here.command('go')).words).toBe('here');
  expect(seen).toEqual([[sound.id, false, null, null, true]]);
});

test('a server that arrives late is there in the end', async () => {
  const { discord, away, client, connect } = await twoServers();
  discord.trouble.next({ event: 'GUILD_CREATE', kind: 'late', milliseconds: 300 });
  const arrived = once(client, Events.GuildAvailable);
  await connect();
  expect(await arrived).toMatchObject({ id: expect.any(String) });
  await vi.waitFor(() => expect(client.guilds.cache.get(away.id)?.available).toBe(true));
});

test('an outage is told, and what changed in it shows at its end', async () => {
  const { discord, server, client } = await aServer();
  const gone = once(client, Events.GuildUnavailable);
  server.setAvailable(false);
  expect(await gone).toMatchObject({ id: server.id, available: false });
  const news = server.addChannel('news');
  const joined = once(client, Events.GuildCreate);
  discord.addServer('CODEPINK');
  await joined;
  expect(client.channels.cache.has(news.id)).toBe(false);
  const back = once(client, Events.GuildAvailable);
  server.setAvailable(true);
  await back;
  expect(client.channels.cache.has(news.id)).toBe(true);
});

test('a channel that went without word of it is known, and refuses', async () => {
  const { discord, client, channel, general } = await aServer();
  discord.trouble.next({ event: 'CHANNEL_DELETE', kind: 'lost' });
  general.delete();
  expect(client.channels.cache.has(general.id)).toBe(true);
  await expect(channel.send('hola')).rejects.toMatchObject({ status: 404, code: 10003 });
});
