// Faults on demand, and the nonce that keeps a repeated post from going out twice.
import { TextChannel } from 'discord.js';
import { expect, test } from 'vitest';
import { aClient, answering, aStandIn } from './support.js';

async function inServer() {
  const discord = await aStandIn();
  const server = discord.addServer('World BEYOND War');
  const general = server.addChannel('general');
  const ana = discord.addPerson('Ana');
  server.addMember(ana);
  const client = await aClient(discord, { rest: { timeout: 200 } });
  const channel = client.channels.cache.get(general.id);
  if (!(channel instanceof TextChannel)) throw new Error('no such text channel');
  return { discord, general, ana, client, channel };
}

const post = { method: 'POST', path: /messages$/ };

test('one nonce, one message, for five minutes', async () => {
  const { discord, channel, general } = await inServer();
  const send = (content: string) => channel.send({ content, nonce: 'tally-1', enforceNonce: true });
  const first = await send('first');
  expect((await send('second')).id).toBe(first.id);
  expect(general.messages.map(({ content }) => content)).toEqual(['first']);

  await first.delete();
  await expect(send('third')).rejects.toMatchObject({ code: 10008 });
  discord.clock.set(discord.clock.now() + 5 * 60_000 + 1000);
  await send('fourth');
  expect(general.messages.map(({ content }) => content)).toEqual(['fourth']);
});

test.each([
  ['5xx-before', 1],
  ['5xx-after', 1],
] as const)('%s is repeated by discord.js, and makes one message all the same', async (kind, messages) => {
  const { discord, channel, general } = await inServer();
  discord.trouble.next({ ...post, kind });
  await channel.send('hola');
  expect(general.messages).toHaveLength(messages);
  const posts = discord.requests.filter(({ path }) => post.path.test(path));
  expect(posts.map(({ status }) => status)).toEqual([kind === '5xx-before' ? 500 : 200, 200]);
  expect(discord.refused).toEqual([]);
});

test('follow-ups have no nonce: the same trouble makes two of one', async () => {
  const { discord, client, general, ana } = await inServer();
  await client.application.commands.set([{ name: 'go', description: 'Goes' }]);
  discord.trouble.next({ path: /webhooks/, kind: '5xx-after' });
  answering(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('first');
    await interaction.followUp('again');
  });
  const reply = await ana.in(general).command('go');
  await reply.until(({ messages }) => messages.length === 3);
  expect(general.messages.map(({ content }) => content)).toEqual(['first', 'again', 'again']);
});

test('an answer that is lost leaves the post in place, and the bot without word of it', async () => {
  const { discord, channel, general } = await inServer();
  discord.trouble.next({ ...post, kind: 'answer-lost-after-accept' });
  await expect(channel.send('hola')).rejects.toThrow();
  expect(general.messages.map(({ content }) => content)).toEqual(['hola']);
});

test('an answer later than the bot waits is repeated', async () => {
  const { discord, channel, general } = await inServer();
  discord.trouble.next({ ...post, kind: 'delay', milliseconds: 400 });
  await channel.send('hola');
  expect(discord.requests.filter(({ path }) => post.path.test(path))).toHaveLength(2);
  expect(general.messages).toHaveLength(1);
});

test('trouble meets only what was named, as often as was said', async () => {
  const { discord, channel } = await inServer();
  discord.trouble.next({ method: 'DELETE', path: /messages/, kind: '5xx-before', times: 2 });
  const message = await channel.send('hola');
  await message.delete();
  expect(discord.requests.slice(-4).map(({ method, status }) => [method, status])).toEqual([
    ['POST', 200],
    ['DELETE', 500],
    ['DELETE', 500],
    ['DELETE', 204],
  ]);
});
