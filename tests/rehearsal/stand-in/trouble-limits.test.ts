// Too many requests, and a token that counts for nothing.
import { RESTEvents } from 'discord.js';
import { expect, test, vi } from 'vitest';
import type { StandIn } from '../../../rehearsal/stand-in/index.js';
import { answering, aServer, mingasClient, readied } from './support.js';

const post = { method: 'POST', path: /messages$/ };
const twoIn = (milliseconds: number) => ({ rateLimits: [{ ...post, limit: 2, milliseconds }] });

const marked = { allowed_mentions: { parse: [] }, enforce_nonce: true };

const posts = (discord: StandIn) => discord.requests.filter(({ path }) => post.path.test(path));

test('every answer says where its bucket stands, and one request too many is refused', async () => {
  const { discord, server, general } = await aServer(twoIn(60_000));
  const send = async (channelId: string) => {
    const answer = await fetch(`${discord.apiUrl}/v10/channels/${channelId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'hola', ...marked, nonce: String(discord.requests.length) }),
    });
    const [limit, remaining, after] = ['limit', 'remaining', 'reset-after'].map((name) =>
      Number(answer.headers.get(`x-ratelimit-${name}`)),
    );
    return { answer, limit, remaining, after };
  };
  const first = await send(general.id);
  expect(first).toMatchObject({ limit: 2, remaining: 1, after: 60 });
  expect(await send(general.id)).toMatchObject({ limit: 2, remaining: 0 });
  const third = await send(general.id);
  expect(third.answer.status).toBe(429);
  expect(third.answer.headers.get('retry-after')).toBe(String(Math.ceil(third.after ?? 0)));
  expect(third.answer.headers.get('x-ratelimit-scope')).toBe('user');
  expect(third.answer.headers.get('x-ratelimit-bucket')).toBe(first.answer.headers.get('x-ratelimit-bucket'));
  expect(await third.answer.json()).toEqual({
    code: 0,
    message: 'You are being rate limited.',
    retry_after: third.after,
    global: false,
  });
  expect(await send(server.addChannel('another').id)).toMatchObject({ limit: 2, remaining: 1 });
  expect(general.messages).toHaveLength(2);
  expect(discord.refused.map(({ refusals }) => refusals[0]?.message)).toEqual([
    'You are being rate limited.',
  ]);
});

test('one client alone keeps to the limit', async () => {
  const { discord, client, channel, general } = await aServer(twoIn(1000));
  const limited = vi.fn();
  client.rest.on(RESTEvents.RateLimited, limited);
  await Promise.all(['one', 'two', 'three'].map((content) => channel.send(content)));
  expect(general.messages).toHaveLength(3);
  expect(limited).toHaveBeenCalledOnce();
  expect(discord.refused).toEqual([]);
});

test('two clients with one token cross it, and repeat what was refused', async () => {
  const { discord, channel, general } = await aServer(twoIn(1000));
  const other = await readied(mingasClient(discord), discord);
  const same = await other.channels.fetch(general.id);
  if (!same?.isSendable()) throw new Error('no such channel');
  await Promise.all([channel.send('1'), channel.send('2'), same.send('3'), same.send('4')]);
  expect(general.messages.map(({ content }) => content).toSorted()).toEqual(['1', '2', '3', '4']);
  expect(new Set(discord.refused.map(({ status }) => status))).toEqual(new Set([429]));
});

test.each([
  ['user', [false]],
  ['shared', []],
  ['global', [true]],
] as const)(
  '429 of scope %s: it waits as told, then repeats, and says so only of its own limits',
  async (scope, said) => {
    const { discord, client, channel, general } = await aServer();
    const limited: boolean[] = [];
    client.rest.on(RESTEvents.RateLimited, ({ global }) => limited.push(global));
    discord.trouble.next({ ...post, kind: '429', scope, milliseconds: 1000 });
    await channel.send('hola');
    const [refused, taken] = posts(discord);
    expect([refused?.status, taken?.status]).toEqual([429, 200]);
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(general.messages).toHaveLength(1);
    expect(limited).toEqual(said);
    expect(discord.refused).toEqual([]);
  },
);

test('the global 429 holds up other routes, that of one channel does not', async () => {
  for (const scope of ['user', 'global'] as const) {
    const { discord, client, channel } = await aServer();
    const limited: boolean[] = [];
    client.rest.on(RESTEvents.RateLimited, ({ global }) => limited.push(global));
    discord.trouble.next({ ...post, kind: '429', scope });
    const sending = channel.send('hola');
    await discord.until('the refusal', () => posts(discord).length === 1);
    // What is limited is known to the client when it has read the answer.
    await vi.waitFor(() => expect(limited).toHaveLength(1));
    await client.application.fetch();
    expect(limited).toEqual(scope === 'global' ? [true, true] : [false]);
    await sending;
  }
});

test('a 429 uses up no attempt: it repeats for as long as it is told to wait', async () => {
  const { discord, channel, general } = await aServer();
  discord.trouble.next({ ...post, kind: '429', milliseconds: 20, times: 5 });
  await channel.send('hola');
  expect(posts(discord).map(({ status }) => status)).toEqual([429, 429, 429, 429, 429, 200]);
  expect(general.messages).toHaveLength(1);
});

test('a first answer waits on a 429 too, even past the 3 seconds', async () => {
  const { discord, client, here } = await aServer({ callbackLimit: 500 });
  discord.trouble.next({ path: /callback$/, kind: '429', milliseconds: 1000 });
  const replied = vi.fn();
  client.on('interactionCreate', (interaction) => {
    if (interaction.isChatInputCommand()) interaction.reply('here').catch(replied);
  });
  expect((await here.command('go')).kind).toBe('none');
  await vi.waitFor(
    () => expect(replied).toHaveBeenCalledWith(expect.objectContaining({ code: 10062 })),
    3000,
  );
});

test('one 401 and the client has no token any more, though it is ready and answers interactions', async () => {
  const { discord, client, channel, here } = await aServer();
  answering(client, async (interaction) => interaction.isChatInputCommand() && interaction.reply('here'));
  discord.trouble.next({ ...post, kind: '401' });
  await expect(channel.send('hola')).rejects.toMatchObject({ status: 401 });
  await expect(channel.send('hola')).rejects.toThrow('Expected token to be set');
  expect(posts(discord)).toHaveLength(1);
  expect(client.isReady()).toBe(true);
  expect((await here.command('go')).words).toBe('here');
  expect(discord.refused).toEqual([]);
});

test('the 401 of an interaction that is over costs no token', async () => {
  const { discord, client, channel, here } = await aServer();
  const late = vi.fn();
  answering(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('here');
    discord.clock.set(discord.clock.now() + 16 * 60_000);
    await interaction.editReply('late').catch(({ status, code }) => late(status, code));
  });
  await here.command('go');
  await vi.waitFor(() => expect(late).toHaveBeenCalledWith(401, 50027));
  await channel.send('hola');
});
