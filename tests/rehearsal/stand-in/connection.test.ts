// The gateway as discord.js meets it: ready, told of changes, resumed, two at once.
import { once } from 'node:events';
import { Client, Events, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { aClient, answering, aStandIn } from './support.js';

test('a client is ready with its servers, their channels and its own member', async () => {
  const discord = await aStandIn();
  const server = discord.addServer('World BEYOND War', { locale: 'es-ES' });
  discord.addServer('Without the bot', { bot: false });
  const general = server.addChannel('general');
  const client = await aClient(discord);

  expect(client.guilds.cache.map(({ name }) => name)).toEqual(['World BEYOND War']);
  const guild = client.guilds.cache.get(server.id);
  expect(guild?.preferredLocale).toBe('es-ES');
  const channel = guild?.channels.cache.get(general.id);
  const me = guild?.members.me;
  expect(me && channel?.permissionsFor(me).has(PermissionFlagsBits.AttachFiles)).toBe(true);
  expect(me?.permissions.has(PermissionFlagsBits.ManageGuild)).toBe(false);
  expect(discord.connections).toBe(1);
  expect(discord.refused).toEqual([]);
});

test('a client hears of servers, channels and overwrites as they come and go', async () => {
  const discord = await aStandIn();
  const client = await aClient(discord);
  const joined = new Promise((resolve) => client.once(Events.GuildCreate, ({ name }) => resolve(name)));
  const server = discord.addServer('CODEPINK');
  expect(await joined).toBe('CODEPINK');

  const general = server.addChannel('general');
  const updated = new Promise((resolve) =>
    client.once(Events.ChannelUpdate, (_before, after) => resolve(after.id)),
  );
  general.setOverwrites([{ of: server.everyone, deny: PermissionFlagsBits.SendMessages }]);
  expect(await updated).toBe(general.id);
  const me = client.guilds.cache.get(server.id)?.members.me;
  const channel = client.guilds.cache.get(server.id)?.channels.cache.get(general.id);
  expect(me && channel?.permissionsFor(me).has(PermissionFlagsBits.SendMessages)).toBe(false);

  const deleted = new Promise((resolve) => client.once(Events.ChannelDelete, ({ id }) => resolve(id)));
  general.delete();
  expect(await deleted).toBe(general.id);
  const left = new Promise((resolve) => client.once(Events.GuildDelete, ({ id }) => resolve(id)));
  server.removeBot();
  expect(await left).toBe(server.id);
});

test('a wrong token is told so, over REST and on the gateway', async () => {
  const discord = await aStandIn();
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.apiUrl } });
  await expect(client.login('another-token')).rejects.toThrow('An invalid token was provided.');
  await client.destroy();

  const socket = new WebSocket(discord.origin.replace('http', 'ws'));
  socket.on('open', () => socket.send(JSON.stringify({ op: 2, d: { token: 'another-token', intents: 1 } })));
  const [code] = await once(socket, 'close');
  expect(code).toBe(4004);
});

test('what happened during a lost connection comes after the resume', async () => {
  const discord = await aStandIn();
  const server = discord.addServer('World BEYOND War');
  const general = server.addChannel('general');
  const ana = discord.addPerson('Ana');
  server.addMember(ana);
  const client = await aClient(discord);
  await client.application.commands.set([{ name: 'help', description: 'Help' }]);
  answering(
    client,
    async (interaction) => interaction.isChatInputCommand() && interaction.reply('I am back'),
  );
  const resumed = vi.fn();
  client.on(Events.ShardResume, resumed);

  discord.disconnect();
  expect(discord.connections).toBe(0);
  const reply = await ana.in(general).command('help');
  expect(reply.words).toBe('I am back');
  expect(resumed).toHaveBeenCalledOnce();
});

test('two clients with one token both hear of everything; only the first answer counts', async () => {
  const discord = await aStandIn();
  const server = discord.addServer('World BEYOND War');
  const general = server.addChannel('general');
  const ana = discord.addPerson('Ana');
  server.addMember(ana);
  const clients = [await aClient(discord), await aClient(discord)];
  await clients[0]?.application.commands.set([{ name: 'help', description: 'Help' }]);
  const outcomes: unknown[] = [];
  for (const client of clients) {
    answering(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply('here').then(
        () => outcomes.push('answered'),
        ({ code }) => outcomes.push(code),
      );
    });
  }
  await ana.in(general).command('help');
  await discord.until(
    'both answers',
    () => discord.requests.filter(({ path }) => /callback/.test(path)).length === 2,
  );
  await vi.waitFor(() => expect(outcomes.toSorted()).toEqual([40060, 'answered']));
  expect(general.messages).toHaveLength(1);
});

test('an interaction can be delivered again', async () => {
  const discord = await aStandIn();
  const server = discord.addServer('World BEYOND War');
  const ana = discord.addPerson('Ana');
  server.addMember(ana);
  const client = await aClient(discord);
  await client.application.commands.set([{ name: 'help', description: 'Help' }]);
  const heard: string[] = [];
  answering(client, async (interaction) => {
    heard.push(interaction.id);
    if (interaction.isChatInputCommand() && heard.length === 1) await interaction.reply('once');
    if (interaction.isChatInputCommand() && heard.length === 2)
      await interaction.reply('twice').catch(() => {});
  });
  const { interaction } = await ana.in(server.addChannel('general')).command('help');
  discord.deliver(interaction);
  await discord.until('the second answer', () => discord.refused.length === 1);
  expect(heard).toEqual([interaction.id, interaction.id]);
  expect(discord.refused[0]?.refusals[0]?.code).toBe('40060');
});
