// What Discord would refuse, the stand-in refuses, with Discord's own codes.
import {
  type ChatInputCommandInteraction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  Routes,
  TextChannel,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { expect, test } from 'vitest';
import type { Channel, Overwrite, StandIn, StandInOptions } from '../../../rehearsal/stand-in/index.js';
import { aClient, answering, aStandIn } from './support.js';

async function inServer(options: StandInOptions = {}) {
  const discord = await aStandIn(options);
  const server = discord.addServer('World BEYOND War');
  const general = server.addChannel('general');
  server.addMember(discord.addPerson('Owner'));
  const ana = discord.addPerson('Ana');
  server.addMember(ana);
  const client = await aClient(discord);
  await client.application.commands.set([{ name: 'go', description: 'Goes' }]);
  const channelOf = (channel: Channel): TextChannel => {
    const found = client.channels.cache.get(channel.id);
    if (!(found instanceof TextChannel)) throw new Error('no such text channel');
    return found;
  };
  const deny = async (...overwrites: Omit<Overwrite, 'of'>[]) => {
    general.setOverwrites(
      overwrites.map((overwrite) => ({ of: server.botRole ?? server.everyone, ...overwrite })),
    );
  };
  return { discord, server, general, ana, client, channelOf, deny, channel: channelOf(general) };
}

function codesOf(discord: StandIn): string[] {
  return discord.refused.flatMap(({ refusals }) => refusals.map(({ code }) => code));
}

/** Runs `answer` for one `/go`, and gives the code that Discord refused something with. */
async function codeIn(
  answer: (interaction: ChatInputCommandInteraction, discord: StandIn) => Promise<unknown>,
  options: StandInOptions = {},
): Promise<string | undefined> {
  const { discord, client, ana, general } = await inServer({ waitLimit: 1000, ...options });
  const done = new Promise<void>((resolve) => {
    answering<ChatInputCommandInteraction>(client, (interaction) =>
      answer(interaction, discord)
        .catch(() => {})
        .finally(resolve),
    );
  });
  ana
    .in(general)
    .command('go')
    .catch(() => {});
  await done;
  return codesOf(discord)[0];
}

test.each<[string, string, (interaction: ChatInputCommandInteraction, discord: StandIn) => Promise<unknown>]>(
  [
    [
      'a second first answer',
      '40060',
      async (interaction) => {
        await interaction.reply('once');
        interaction.replied = false;
        await interaction.reply('twice');
      },
    ],
    [
      'a token older than a quarter of an hour',
      '50027',
      async (interaction, discord) => {
        await interaction.deferReply();
        discord.clock.set(discord.clock.now() + 15 * 60_000 + 1);
        await interaction.editReply('late');
      },
    ],
    ['what follows before there is an answer', '10015', (interaction) => interaction.webhook.send('early')],
    [
      'an edit of a deleted answer',
      '10008',
      async (interaction) => {
        await interaction.reply('once');
        await interaction.deleteReply();
        await interaction.editReply('again');
      },
    ],
    [
      'an update of a message where there is none',
      'BASE_TYPE_CHOICES',
      (interaction) =>
        interaction.client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
          body: { type: 6 },
          auth: false,
        }),
    ],
    [
      'a modal without fields',
      'BASE_TYPE_MIN_LENGTH',
      (interaction) => interaction.showModal({ custom_id: 'm', title: 't', components: [] }),
    ],
    [
      'a layout by components with text beside it',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      async (interaction) => {
        await interaction.reply('text');
        await interaction.editReply({
          components: [{ type: 10, content: 'laid out' }],
          flags: MessageFlags.IsComponentsV2,
        });
      },
    ],
    ['nothing at all', '50006', (interaction) => interaction.reply({})],
  ],
)('%s is refused with %s', async (_what, code, answer) => {
  expect(await codeIn(answer)).toBe(code);
});

test('a modal cannot answer a modal', async () => {
  const { discord, client, ana, general } = await inServer({ waitLimit: 300, callbackLimit: 300 });
  const name = new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short);
  const label = new LabelBuilder().setLabel('Name').setTextInputComponent(name);
  const modal = new ModalBuilder().setCustomId('m').setTitle('Who?').addLabelComponents(label);
  answering(client, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.showModal(modal);
    if (!interaction.isModalSubmit()) return;
    const body = { type: 9, data: modal };
    const again = Routes.interactionCallback(interaction.id, interaction.token);
    await client.rest.post(again, { body, auth: false }).catch(() => interaction.reply('Thank you'));
  });
  const shown = await ana.in(general).command('go');
  expect((await shown.submit({ Name: 'Ana' })).words).toBe('Thank you');
  expect(codesOf(discord)).toEqual(['BASE_TYPE_CHOICES']);
});

test('a first answer that comes too late is refused with 10062', async () => {
  let late: Promise<unknown> = Promise.resolve();
  const { discord, client, ana, general } = await inServer({ callbackLimit: 30 });
  let gone: () => void = () => {};
  const waited = new Promise<void>((resolve) => {
    gone = resolve;
  });
  answering<ChatInputCommandInteraction>(client, (interaction) => {
    late = waited.then(() => interaction.reply('late')).catch(({ code }) => code);
    return late;
  });
  expect((await ana.in(general).command('go')).kind).toBe('none');
  gone();
  expect(await late).toBe(10062);
  expect(general.messages).toEqual([]);
  expect(codesOf(discord)).toEqual(['10062']);
});

test('where only a person installed the bot, five messages may follow', async () => {
  const { client, ana } = await inServer();
  await client.application.commands.set([
    { name: 'link', description: 'l', integrationTypes: [1], contexts: [0, 1, 2] },
  ]);
  const outcomes: unknown[] = [];
  answering<ChatInputCommandInteraction>(client, async (interaction) => {
    await interaction.reply('link');
    for (let count = 1; count <= 6; count++) {
      outcomes.push(
        await interaction.followUp(`${count}`).then(
          () => count,
          ({ code }) => code,
        ),
      );
    }
  });
  const reply = await ana.elsewhere().command('link');
  await reply.until(() => outcomes.length === 5 || reply.messages.length === 6);
  await expect.poll(() => outcomes).toEqual([1, 2, 3, 4, 5, 40094]);
});

test.each([
  ['ViewChannel', 50001],
  ['SendMessages', 50013],
  ['EmbedLinks', 50013],
  ['AttachFiles', 50013],
] as const)('without %s, posting is refused with %i', async (permission, code) => {
  const { channel, deny, general } = await inServer();
  await deny({ deny: PermissionFlagsBits[permission] });
  const files = [{ attachment: Buffer.from('name'), name: 'list.csv' }];
  const sent = channel.send({ content: 'hola', embeds: [{ title: 't' }], files });
  await expect(sent).rejects.toMatchObject({ code });
  expect(general.messages).toEqual([]);
  await deny();
  await channel.send({ content: 'hola', embeds: [{ title: 't' }], files });
  expect(general.messages).toHaveLength(1);
});

test('without the history a channel looks empty; with it, messages come newest first', async () => {
  const { channel, deny, general, ana } = await inServer();
  ana.in(general).say('mine');
  for (const content of ['one', 'two', 'three']) await channel.send(content);
  await deny({ deny: PermissionFlagsBits.ReadMessageHistory });
  expect((await channel.messages.fetch({ limit: 10 })).size).toBe(0);
  await deny();
  const texts = async (options: object) =>
    (await channel.messages.fetch(options)).map(({ content }) => content);
  expect(await texts({ limit: 10 })).toEqual(['three', 'two', 'one', '']);
  const ids = general.messages.map(({ id }) => id);
  expect(await texts({ limit: 1, before: ids[3] })).toEqual(['two']);
  expect(await texts({ limit: 1, after: ids[1] })).toEqual(['two']);
});

test('a message is edited and deleted by the bot alone', async () => {
  const { discord, channel, general, ana } = await inServer();
  const theirs = ana.in(general).say('theirs');
  const own = await channel.send('own');
  await own.edit({ content: 'edited', embeds: [{ title: 'new' }] });
  expect(general.messages.map(({ content }) => content)).toEqual(['theirs', 'edited']);
  await expect(channel.messages.edit(theirs.id, 'mine now')).rejects.toMatchObject({ code: 50005 });
  await expect(channel.messages.delete(theirs.id)).rejects.toMatchObject({ code: 50013 });
  await expect(own.edit({ content: '', embeds: [] })).rejects.toMatchObject({ code: 50006 });
  await own.delete();
  await expect(own.edit('again')).rejects.toMatchObject({ code: 10008 });
  expect(codesOf(discord)).toEqual(['50005', '50013', '50006', '10008']);
});

test('an edit keeps the files it lists, and replaces the others', async () => {
  const { channel, general } = await inServer();
  const file = (name: string) => ({ attachment: Buffer.from(name), name });
  const own = await channel.send({ files: [file('one.csv'), file('two.csv')] });
  const kept = own.attachments.filter(({ name }) => name === 'two.csv');
  await own.edit({ attachments: kept.map(({ id }) => ({ id })), files: [file('three.csv')] });
  expect(general.messages[0]?.attachments.map(({ filename }) => filename)).toEqual(['two.csv', 'three.csv']);
});

test('a channel that is gone is unknown', async () => {
  const { discord, client, channel, general } = await inServer();
  general.delete();
  await expect(channel.send('hola')).rejects.toMatchObject({ code: 10003 });
  await expect(client.rest.get(Routes.channel(discord.applicationId))).rejects.toMatchObject({ code: 10003 });
});

test('a body that Discord would not take is refused with the place of every fault', async () => {
  const { discord, channel, general } = await inServer();
  const embeds = [{ title: 'ok' }, { title: 'x'.repeat(257) }];
  const error = await channel.send({ content: 'hola', embeds }).catch((reason) => reason);
  expect(error).toMatchObject({ code: 50035, status: 400 });
  expect(error.rawError.errors.embeds[1].title._errors[0].code).toBe('BASE_TYPE_MAX_LENGTH');
  expect(discord.refused[0]?.refusals.map(({ path }) => path)).toEqual([['embeds', 1, 'title']]);
  expect(general.messages).toEqual([]);
});

test('what Discord does not know is not found, and without the token nothing is', async () => {
  const { discord, client } = await inServer();
  await expect(client.rest.get('/guilds/templates/x')).rejects.toMatchObject({ status: 404, code: 0 });
  const answer = await fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization: 'Bot other' } });
  expect([answer.status, await answer.json()]).toEqual([401, { message: '401: Unauthorized', code: 0 }]);
  expect(discord.refused.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['GET', '/guilds/templates/x', 404],
    ['GET', '/users/@me', 401],
  ]);
});

test('servers, roles and members can be looked up', async () => {
  const { client, server, ana } = await inServer();
  const guild = await client.guilds.fetch({ guild: server.id, force: true });
  expect((await guild.members.fetch({ user: ana.id, force: true })).displayName).toBe('Ana');
  expect((await guild.roles.fetch()).map(({ name }) => name).toSorted()).toEqual(['@everyone', 'Minga']);
  expect((await guild.channels.fetch()).map((channel) => channel?.name)).toEqual(['general']);
  await expect(guild.members.fetch(server.id)).rejects.toMatchObject({ code: 10007 });
  expect((await client.application.fetch()).name).toBe('Minga');
});
