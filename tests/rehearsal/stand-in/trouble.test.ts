// Requests that go wrong, as Minga's client meets them: what it repeats, and what keeps that from going out twice.
import { expect, onTestFinished, test, vi } from 'vitest';
import type { RequestTrouble, StandIn } from '../../../rehearsal/stand-in/index.js';
import { answering, aServer } from './support.js';

const post = { method: 'POST', path: /messages$/ };
const callback = { path: /callback$/ };

const statuses = (discord: StandIn, { path }: { path: RegExp } = post) =>
  discord.requests.filter((request) => path.test(request.path)).map(({ status }) => status);

test('one nonce, one message, for five minutes', async () => {
  const { discord, channel, general } = await aServer();
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

test.each<[RequestTrouble['kind'], number]>([
  ['5xx-before', 500],
  ['5xx-after', 200],
  ['reset-before', 500],
  ['reset-after', 200],
])('%s is repeated, and makes one message all the same', async (kind, status) => {
  const { discord, channel, general } = await aServer();
  discord.trouble.next({ ...post, kind, times: 2 });
  await channel.send('hola');
  expect(statuses(discord)).toEqual([status, status, 200]);
  expect(general.messages).toHaveLength(1);
  expect(discord.refused).toEqual([]);
});

test.each<[RequestTrouble['kind'], object, number]>([
  ['5xx-before', { status: 500 }, 0],
  ['5xx-after', { status: 500 }, 1],
  ['reset-before', { code: 'ECONNRESET' }, 0],
  ['reset-after', { code: 'ECONNRESET' }, 1],
])('%s for the third time is the end, without a pause between attempts', async (kind, error, messages) => {
  const { discord, channel, general } = await aServer();
  discord.trouble.next({ ...post, kind, times: 4 });
  // With time standing still, whoever paused would pause for ever.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await expect(channel.send('hola')).rejects.toMatchObject(error);
  expect(statuses(discord)).toHaveLength(3);
  expect(general.messages).toHaveLength(messages);
});

test('an answer that is lost is not asked for again: the post is in place, the bot without word of it', async () => {
  const { discord, channel, general } = await aServer();
  discord.trouble.next({ ...post, kind: 'answer-lost-after-accept' });
  await expect(channel.send('hola')).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  expect(statuses(discord)).toEqual([200]);
  expect(general.messages.map(({ content }) => content)).toEqual(['hola']);
});

test.each(['delay', 'delay-before'] as const)(
  'an answer later than the bot waits is asked for again (%s)',
  async (kind) => {
    const { discord, channel, general } = await aServer({}, 300);
    discord.trouble.next({ ...post, kind, milliseconds: 700 });
    await channel.send('hola');
    await discord.until('both attempts', () => statuses(discord).length >= 2);
    expect(general.messages).toHaveLength(1);
  },
);

test('a post that never gets an answer in time is there, though the bot is told that it failed', async () => {
  const { discord, channel, general } = await aServer({}, 300);
  discord.trouble.next({ ...post, kind: 'delay', milliseconds: 60_000, times: Number.POSITIVE_INFINITY });
  await expect(channel.send('hola')).rejects.toMatchObject({ name: 'AbortError' });
  expect(statuses(discord)).toEqual([200, 200, 200]);
  expect(general.messages).toHaveLength(1);
  discord.trouble.clear();
  await channel.send('again');
  expect(general.messages).toHaveLength(2);
});

test('follow-ups have no nonce: the same trouble makes two of one', async () => {
  const { discord, client, general, here } = await aServer();
  discord.trouble.next({ path: /webhooks/, kind: '5xx-after' });
  answering(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('first');
    await interaction.followUp('again');
  });
  const reply = await here.command('go');
  await reply.until(({ messages }) => messages.length === 3);
  expect(general.messages.map(({ content }) => content)).toEqual(['first', 'again', 'again']);
});

test.each(['5xx-after', 'reset-after'] as const)(
  'a first answer that Discord took (%s) is refused when repeated, and discord.js takes it for missing',
  async (kind) => {
    const { discord, client, here } = await aServer();
    discord.trouble.next({ ...callback, kind });
    const outcomes: unknown[] = [];
    answering(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply('taken').catch(({ code }) => outcomes.push(code));
      outcomes.push(interaction.replied);
      await interaction.editReply('edited').catch(({ code }) => outcomes.push(code));
      interaction.replied = true;
      await interaction.editReply('edited all the same');
    });
    const reply = await here.command('go');
    await reply.until(({ words }) => words === 'edited all the same');
    expect(statuses(discord, callback)).toEqual([204, 400]);
    expect(outcomes).toEqual([40060, false, 'InteractionNotReplied']);
  },
);

test('trouble meets only what was named, as often as was said', async () => {
  const { discord, channel } = await aServer();
  discord.trouble.next({ method: 'DELETE', path: /messages/, kind: '5xx-before', times: 2 });
  const message = await channel.send('hola');
  await message.delete();
  expect(discord.requests.slice(-4).map(({ method, status, trouble }) => [method, status, trouble])).toEqual([
    ['POST', 200, undefined],
    ['DELETE', 500, '5xx-before'],
    ['DELETE', 500, '5xx-before'],
    ['DELETE', 204, undefined],
  ]);
});
