// A gateway that goes away, forgets, falls silent or repeats itself, as Minga's client meets it.
import { on } from 'node:events';
import { type Client, Events, GatewayDispatchEvents, GatewayOpcodes, Status } from 'discord.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { StandIn } from '../../../rehearsal/stand-in/index.js';
import { answering, aServer, aStandIn, mingasClient } from './support.js';

/** Replies with how many interactions there were, and counts how the client came by its sessions. */
async function listening(options = {}) {
  const stage = await aServer(options);
  const heard: string[] = [];
  const counts = { identified: 0, resumed: 0 };
  answering(stage.client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    heard.push(interaction.id);
    await interaction.reply(`number ${heard.length}`).catch(() => {});
  });
  stage.client.on(Events.Raw, ({ t }: { t: string }) => {
    if (t === GatewayDispatchEvents.Ready) counts.identified += 1;
    if (t === GatewayDispatchEvents.Resumed) counts.resumed += 1;
  });
  return { ...stage, heard, counts };
}

/** Resolves when the client has said something that matches. */
function said(client: Client, pattern: RegExp): Promise<void> {
  return new Promise((resolve) => {
    client.on(Events.Debug, (text) => pattern.test(text) && resolve());
  });
}

test.each<[string, (discord: StandIn) => void]>([
  ['close code 4000', (discord) => discord.disconnect()],
  ['a connection that is cut', (discord) => discord.disconnect(1006)],
  ['op 7', (discord) => discord.reconnect()],
])('after %s it resumes, and hears what it missed', async (_what, cutOff) => {
  const { discord, here, counts } = await listening();
  cutOff(discord);
  await discord.until('the connection to end', () => discord.connections === 0);
  expect((await here.command('go')).words).toBe('number 1');
  expect(counts).toEqual({ identified: 0, resumed: 1 });
});

test('after op 9 that leaves the session it resumes on the same connection', async () => {
  const { discord, client, here, counts } = await listening();
  const reconnecting = vi.fn();
  client.on(Events.ShardReconnecting, reconnecting);
  discord.invalidate({ resumable: true });
  await vi.waitFor(() => expect(counts).toEqual({ identified: 0, resumed: 1 }));
  expect(reconnecting).not.toHaveBeenCalled();
  expect((await here.command('go')).words).toBe('number 1');
});

test('a resume that is put off with op 9 is tried again', async () => {
  const { discord, here, counts } = await listening();
  discord.trouble.next({ session: 'resume', kind: 'invalid', resumable: true, times: 2 });
  discord.disconnect();
  expect((await here.command('go')).words).toBe('number 1');
  expect(counts).toEqual({ identified: 0, resumed: 1 });
});

const endings: [string, (discord: StandIn) => void][] = [
  ['op 9 without a session', (discord) => discord.invalidate()],
  [
    'op 9 instead of a resume',
    (discord) => {
      discord.trouble.next({ session: 'resume', kind: 'invalid' });
      discord.disconnect();
    },
  ],
  ['close code 1000', (discord) => discord.disconnect(1000)],
];

// It takes long: discord.js identifies once in 5 seconds.
test.each(endings)('after %s it identifies anew, and never hears what it missed', async (_what, end) => {
  const { discord, here, counts, heard } = await listening({ callbackLimit: 1000 });
  end(discord);
  await discord.until('the connection to end', () => discord.connections === 0);
  expect((await here.command('go')).kind).toBe('none');
  await discord.until('the next connection', () => discord.connections === 1);
  await vi.waitFor(() => expect(counts).toEqual({ identified: 1, resumed: 0 }));
  expect((await here.command('go')).words).toBe('number 1');
  expect(heard).toHaveLength(1);
});

/** What a connection of its own is told for one payload. */
async function answerTo(discord: StandIn, op: GatewayOpcodes, d: object) {
  const socket = new WebSocket(discord.origin.replace('http', 'ws'));
  onTestFinished(() => socket.terminate());
  for await (const [raw] of on(socket, 'message')) {
    const told = JSON.parse(String(raw));
    if (told.op !== GatewayOpcodes.Hello) return told;
    socket.send(JSON.stringify({ op, d: { token: discord.token, ...d } }));
  }
}

test.each(endings)('after %s the session is gone for good', async (_what, end) => {
  const discord = await aStandIn();
  const { d } = await answerTo(discord, GatewayOpcodes.Identify, { intents: 1 });
  const resume = () => answerTo(discord, GatewayOpcodes.Resume, { session_id: d.session_id, seq: 1 });
  expect(await resume()).toMatchObject({ t: 'RESUMED' });
  end(discord);
  const gone = { op: GatewayOpcodes.InvalidSession, d: false };
  expect([await resume(), await resume()]).toMatchObject([gone, gone]);
});

test.each([4004, 4014])('after close code %i it gives up, and still calls itself ready', async (code) => {
  const { discord, client } = await listening();
  const reconnecting = vi.fn();
  client.on(Events.ShardReconnecting, reconnecting);
  const gone = new Promise((resolve) => client.once(Events.ShardDisconnect, resolve));
  discord.disconnect(code);
  expect(await gone).toMatchObject({ code });
  expect(client.ws.shards.first()?.status).toBe(Status.Disconnected);
  expect(client.isReady()).toBe(true);
  expect(reconnecting).not.toHaveBeenCalled();
});

test('intents that Discord does not allow fail the login', async () => {
  const discord = await aStandIn();
  discord.trouble.next({ session: 'identify', kind: 'close', code: 4014 });
  await expect(mingasClient(discord).login(discord.token)).rejects.toThrow('Used disallowed intents');
});

test('a half-open connection shows by the heartbeat that is not answered', async () => {
  const { discord, here, counts } = await listening({ heartbeatInterval: 100 });
  discord.freeze({ closes: true });
  expect(discord.connections).toBe(0);
  expect((await here.command('go')).words).toBe('number 1');
  expect(counts).toEqual({ identified: 0, resumed: 1 });
});

test('where not even the closing is answered, it waits 30 seconds more', async () => {
  const { discord, client, here, counts } = await listening({ heartbeatInterval: 100, callbackLimit: 1500 });
  const noticed = said(client, /Reason: Zombie connection/);
  // Of all timers only the one for the closing is held back: it is the test that says when it is over.
  const { setTimeout } = globalThis;
  let giveUp: () => void = () => expect.unreachable('nobody waits for the closing');
  vi.stubGlobal('setTimeout', (call: () => void, milliseconds?: number) => {
    if (milliseconds !== 30_000) return setTimeout(call, milliseconds);
    giveUp = call;
    return setTimeout(() => {}, 0);
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  discord.freeze();
  await noticed;
  expect((await here.command('go')).kind).toBe('none');
  giveUp();
  // The first one comes with the resume, too late for an answer.
  expect((await here.command('go')).words).toBe('number 2');
  expect(counts).toEqual({ identified: 0, resumed: 1 });
});

test('what a resume repeats, the client hears twice', async () => {
  const { discord, here, heard, counts } = await listening();
  const { interaction, words } = await here.command('go');
  expect(words).toBe('number 1');
  discord.trouble.next({ session: 'resume', kind: 'replay', events: 1 });
  discord.disconnect();
  await discord.until('the second answer', () => discord.refused.length === 1);
  expect(heard).toEqual([interaction.id, interaction.id]);
  expect(discord.refused[0]?.refusals[0]?.code).toBe('40060');
  expect(counts).toEqual({ identified: 0, resumed: 1 });
});

test('an event told twice is heard twice', async () => {
  const { discord, here, heard } = await listening();
  discord.trouble.next({ event: 'INTERACTION_CREATE', kind: 'twice' });
  const { interaction } = await here.command('go');
  await discord.until('the second answer', () => discord.refused.length === 1);
  expect(heard).toEqual([interaction.id, interaction.id]);
});

test('an event told late comes too late to be answered, one that is lost not at all', async () => {
  const { discord, here, heard } = await listening({ callbackLimit: 200 });
  discord.trouble.next({ event: 'INTERACTION_CREATE', kind: 'lost' });
  discord.trouble.next({ event: 'INTERACTION_CREATE', kind: 'late', milliseconds: 400 });
  expect((await here.command('go')).kind).toBe('none');
  const late = await here.command('go');
  expect(late.kind).toBe('none');
  await discord.until('the answer', () => discord.refused.length === 1);
  expect(heard).toEqual([late.interaction.id]);
  expect(discord.refused[0]?.refusals[0]?.code).toBe('10062');
});
