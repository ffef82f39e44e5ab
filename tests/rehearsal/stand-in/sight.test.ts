// What a person sees of Discord, for whoever shows it on a screen: no more than theirs, and anew after every change.
import {
  type ChatInputCommandInteraction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  UserSelectMenuBuilder,
} from 'discord.js';
import { expect, test } from 'vitest';
import { answering, aServer } from './support.js';

test('a private reply is seen by one person alone, a public one by all', async () => {
  const { discord, server, general, ana, here, client } = await aServer();
  const ben = discord.addPerson('Ben');
  server.addMember(ben);
  const texts = (person: typeof ana) =>
    discord.seenBy(person, general.id).messages.map(({ content }) => content);
  answering<ChatInputCommandInteraction>(client, (interaction) =>
    interaction.reply({ content: 'for you', flags: MessageFlags.Ephemeral }),
  );
  await here.command('go');
  ben.in(general).say('for all');
  expect([texts(ana), texts(ben)]).toEqual([['for you', 'for all'], ['for all']]);
  expect(discord.seenBy(ben, general.id).servers[0]?.channels[0]?.lastMessageId).toBe(
    general.messages[0]?.id,
  );
});

test('channels and commands are those that the person has', async () => {
  const { discord, server, general, client } = await aServer();
  const ben = discord.addPerson('Ben');
  server.addMember(ben);
  const hidden = server.addChannel('organizers', {
    overwrites: [{ of: server.everyone, deny: PermissionFlagsBits.ViewChannel }],
  });
  await client.application?.commands.set([
    { name: 'go', description: 'Goes' },
    { name: 'settings', description: 'Sets', defaultMemberPermissions: PermissionFlagsBits.ManageGuild },
  ]);
  const { servers, commands } = discord.seenBy(ben, general.id);
  expect(servers[0]?.channels.map(({ name }) => name)).toEqual(['general']);
  expect(commands.map(({ name }) => name)).toEqual(['go']);
  expect(() => discord.seenBy(ben, hidden.id)).toThrow('does not see');
});

test('a change of the language holds from then on, and whoever watches hears of it', async () => {
  const { discord, ana, here, client } = await aServer();
  answering<ChatInputCommandInteraction>(client, (interaction) => interaction.reply(interaction.locale));
  let changes = 0;
  const unwatch = discord.onChange(() => {
    changes += 1;
  });
  ana.setLocale('es-419');
  expect(changes).toBe(1);
  unwatch();
  expect((await here.command('go')).message?.content).toBe('es-419');
  expect(changes).toBe(1);
});

test('a person speaks in any place of theirs by its id, and in no other', async () => {
  const { discord, ana, general } = await aServer();
  const stranger = discord.addPerson('Stranger');
  ana.at(general.id).say('hello');
  expect(general.messages[0]?.content).toBe('hello');
  expect(ana.at(ana.inDirectMessage().channelId).person).toBe(ana);
  expect(() => stranger.at(general.id)).toThrow('is not in there');
});

test('people are picked in a form', async () => {
  const { ana, here, client } = await aServer();
  const form = new ModalBuilder()
    .setCustomId('form')
    .setTitle('Who?')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Person')
        .setUserSelectMenuComponent(new UserSelectMenuBuilder().setCustomId('who')),
    );
  answering<ChatInputCommandInteraction | ModalSubmitInteraction>(client, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.showModal(form);
    else await interaction.reply(`${interaction.fields.getSelectedUsers('who')?.first()?.username}`);
  });
  const opened = await here.command('go');
  await expect(opened.submit({})).rejects.toThrow('required');
  const picked = { kind: 'person', id: ana.id, displayName: 'Ana' } as const;
  expect((await opened.submit({ who: picked })).message?.content).toBe('ana');
});

test('the trouble to come can be looked at, with how often', async () => {
  const { discord, here, client } = await aServer();
  answering<ChatInputCommandInteraction>(client, (interaction) => interaction.reply('done'));
  discord.trouble.next({ path: /callback/, kind: 'delay', milliseconds: 1, times: 2 });
  await here.command('go');
  expect(discord.trouble.pending.map(({ left }) => left)).toEqual([1]);
  discord.trouble.clear();
  expect(discord.trouble.pending).toEqual([]);
});
