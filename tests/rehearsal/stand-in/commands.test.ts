// Slash commands from registration to the handler: what is typed is what discord.js hands over.
import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
  Routes,
  SlashCommandBuilder,
} from 'discord.js';
import { expect, test } from 'vitest';
import { DriverError } from '../../../rehearsal/stand-in/index.js';
import { aClient, answering, aStandIn } from './support.js';

const every = new SlashCommandBuilder()
  .setName('every')
  .setDescription('One option of each kind')
  .addStringOption((option) =>
    option.setName('text').setDescription('t').setRequired(true).setMinLength(2).setMaxLength(5),
  )
  .addStringOption((option) =>
    option
      .setName('language')
      .setDescription('l')
      .addChoices({ name: 'English', value: 'en' }, { name: 'Español', value: 'es' }),
  )
  .addIntegerOption((option) => option.setName('count').setDescription('c').setMinValue(1).setMaxValue(9))
  .addNumberOption((option) => option.setName('share').setDescription('s'))
  .addBooleanOption((option) => option.setName('yes').setDescription('y'))
  .addUserOption((option) => option.setName('person').setDescription('p'))
  .addChannelOption((option) => option.setName('channel').setDescription('c'))
  .addRoleOption((option) => option.setName('role').setDescription('r'))
  .addAttachmentOption((option) => option.setName('file').setDescription('f'));

async function inServer() {
  const discord = await aStandIn();
  const server = discord.addServer('World BEYOND War');
  const organizers = server.addRole('Organizers');
  const general = server.addChannel('general');
  server.addMember(discord.addPerson('Owner'));
  const ana = discord.addPerson('Ana Quispe', { locale: 'es-419' });
  server.addMember(ana, { roles: [organizers], nick: 'Anita' });
  const client = await aClient(discord);
  return { discord, server, organizers, general, ana, client, here: ana.in(general) };
}

test('every kind of option arrives as it was given, with what it names resolved', async () => {
  const { discord, client, here, ana, general, organizers } = await inServer();
  await client.application.commands.set([every.toJSON()]);
  let seen: object = {};
  answering<ChatInputCommandInteraction<'cached'>>(client, async (interaction) => {
    const { options } = interaction;
    const file = options.getAttachment('file', true);
    seen = {
      text: options.getString('text'),
      language: options.getString('language'),
      count: options.getInteger('count'),
      share: options.getNumber('share'),
      yes: options.getBoolean('yes'),
      person: options.getMember('person')?.displayName,
      channel: options.getChannel('channel')?.name,
      role: options.getRole('role')?.name,
      file: [file.name, file.contentType, await (await fetch(file.url)).text()],
      locale: interaction.locale,
      isOrganizer: interaction.member.roles.cache.has(organizers.id),
      limit: interaction.attachmentSizeLimit,
    };
    await interaction.reply('done');
  });
  const reply = await here.command('every', {
    text: 'hola',
    language: 'Español',
    count: 3,
    share: 0.5,
    yes: true,
    person: ana,
    channel: general,
    role: organizers,
    file: { name: 'signatures.csv', contentType: 'text/csv', bytes: Buffer.from('name,country') },
  });
  expect(seen).toEqual({
    text: 'hola',
    language: 'es',
    count: 3,
    share: 0.5,
    yes: true,
    person: 'Anita',
    channel: 'general',
    role: 'Organizers',
    file: ['signatures.csv', 'text/csv', 'name,country'],
    locale: 'es-419',
    isOrganizer: true,
    limit: 10 * 1024 * 1024,
  });
  expect([reply.kind, reply.private, reply.words]).toEqual(['message', false, 'done']);
  expect(general.messages.map(({ content }) => content)).toEqual(['done']);
  expect(discord.refused).toEqual([]);
});

test.each([
  ['a missing option', {}],
  ['an unknown option', { text: 'hola', texto: 'hola' }],
  ['text that is too short', { text: 'h' }],
  ['text that is too long', { text: 'hola a todas' }],
  ['a choice that is none', { text: 'hola', language: 'qu' }],
  ['a number below the least', { text: 'hola', count: 0 }],
  ['a number above the most', { text: 'hola', count: 10 }],
  ['a fraction of a whole number', { text: 'hola', count: 1.5 }],
  ['text for a number', { text: 'hola', count: '3' }],
  ['text for a person', { text: 'hola', person: 'Ana' }],
])('%s never leaves the client, unless unchecked', async (_what, options) => {
  const { discord, client, here } = await inServer();
  await client.application.commands.set([every.toJSON()]);
  answering<ChatInputCommandInteraction>(client, (interaction) => interaction.reply('arrived'));
  await expect(here.command('every', options)).rejects.toThrow(DriverError);
  const asked = discord.requests.length;
  expect((await here.command('every', options, { unchecked: true })).words).toBe('arrived');
  expect(discord.requests.length).toBe(asked + 1);
});

test('an unknown command or subcommand is the mistake of the test', async () => {
  const { client, here } = await inServer();
  const petition = new SlashCommandBuilder()
    .setName('petition')
    .setDescription('p')
    .addSubcommand((sub) => sub.setName('share').setDescription('s'));
  await client.application.commands.set([petition.toJSON()]);
  await expect(here.command('tally now')).rejects.toThrow('There is no command “tally”. There are: petition');
  await expect(here.command('petition')).rejects.toThrow('goes on: share');
  await expect(here.command('petition shar')).rejects.toThrow('It has: share');
  answering<ChatInputCommandInteraction>(client, (interaction) =>
    interaction.reply(interaction.options.getSubcommand()),
  );
  expect((await here.command('petition share')).words).toBe('share');
});

test('a command for administrators is not offered to others', async () => {
  const { discord, server, general, client, here } = await inServer();
  const settings = new SlashCommandBuilder()
    .setName('settings')
    .setDescription('s')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild);
  await client.application.commands.set([settings.toJSON()]);
  answering<ChatInputCommandInteraction>(client, (interaction) =>
    interaction.reply({ content: 'set', flags: MessageFlags.Ephemeral }),
  );
  await expect(here.command('settings')).rejects.toThrow('does not offer');
  const carla = discord.addPerson('Carla');
  const admins = server.addRole('Admins', { permissions: PermissionFlagsBits.ManageGuild });
  server.addMember(carla, { roles: [admins] });
  expect((await carla.in(general).command('settings')).private).toBe(true);
});

test('suggestions come in the language of whoever types', async () => {
  const { discord, client, server, general, here } = await inServer();
  const command = new SlashCommandBuilder()
    .setName('show')
    .setDescription('s')
    .addStringOption((option) => option.setName('petition').setDescription('p').setAutocomplete(true));
  await client.application.commands.set([command.toJSON()]);
  answering<AutocompleteInteraction>(client, (interaction) =>
    interaction.respond([
      {
        name: `Peru: ${interaction.options.getFocused()}`,
        nameLocalizations: { 'es-ES': `Perú: ${interaction.options.getFocused()}` },
        value: 'peru',
      },
      { name: 'Bus', nameLocalizations: { 'es-ES': 'Autobús', 'es-419': 'Micro' }, value: 'bus' },
    ]),
  );
  expect(await here.complete('show', { petition: 'per' }, 'petition')).toEqual([
    { name: 'Perú: per', value: 'peru' },
    { name: 'Micro', value: 'bus' },
  ]);
  const ben = discord.addPerson('Ben');
  server.addMember(ben);
  expect(await ben.in(general).complete('show', {}, 'petition')).toEqual([
    { name: 'Peru: ', value: 'peru' },
    { name: 'Bus', value: 'bus' },
  ]);
  expect(discord.refused).toEqual([]);
});

test('registered commands are listed, with translations only when asked for, and keep their ids', async () => {
  const { client, server } = await inServer();
  const { commands } = client.application;
  const help = { name: 'help', description: 'Help', descriptionLocalizations: { 'es-ES': 'Ayuda' } };
  await commands.set([help, { name: 'old', description: 'Old' }]);
  const before = await commands.fetch({ withLocalizations: true });
  expect(before.find(({ name }) => name === 'help')?.descriptionLocalizations).toEqual({ 'es-ES': 'Ayuda' });
  const plain = await client.rest.get(Routes.applicationCommands(client.application.id));
  expect(JSON.stringify(plain)).not.toContain('Ayuda');

  const after = await commands.set([help]);
  expect(after.map(({ id }) => id)).toEqual(before.filter(({ name }) => name === 'help').map(({ id }) => id));
  await commands.set([{ name: 'here', description: 'Only here' }], server.id);
  expect((await commands.fetch()).map(({ name }) => name)).toEqual(['help']);
  expect((await commands.fetch({ guildId: server.id })).map(({ name }) => name)).toEqual(['here']);
  const created = await commands.create({ name: 'more', description: 'More' });
  await commands.edit(created, { description: 'Even more' });
  await commands.delete(after.first()?.id ?? '');
  expect((await commands.fetch()).map(({ description }) => description)).toEqual(['Even more']);
});

test('a command that Discord would not take is refused with the place of the fault', async () => {
  const { discord, client } = await inServer();
  const option = { type: ApplicationCommandOptionType.String as const, name: 'ok', description: '' };
  const command = { name: 'help', description: 'Help', options: [option] };
  await expect(client.application.commands.set([command])).rejects.toMatchObject({
    code: 50035,
    status: 400,
  });
  const paths = discord.refused.flatMap(({ refusals }) => refusals.map(({ path }) => path.join('.')));
  expect(paths).toEqual(['0.options.0.description']);
});
