// Whole conversations: replies, buttons, menus and modals, in servers and elsewhere.
import {
  ActionRowBuilder,
  ApplicationCommandType,
  ApplicationIntegrationType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  CheckboxGroupBuilder,
  type ClientOptions,
  ContainerBuilder,
  ContextMenuCommandBuilder,
  type Interaction,
  InteractionContextType,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  RadioGroupBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { expect, test } from 'vitest';
import { everyonePermissions } from '../../../rehearsal/stand-in/index.js';
import { aClient, answering, aStandIn } from './support.js';

const go = new SlashCommandBuilder().setName('go').setDescription('Goes');
const anywhere = new SlashCommandBuilder()
  .setName('link')
  .setDescription('A link')
  .setIntegrationTypes(ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall)
  .setContexts(
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  );
const log = new ContextMenuCommandBuilder()
  .setName('Log as outreach action')
  .setType(ApplicationCommandType.Message);

const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder().setCustomId('next').setLabel('Next').setStyle(ButtonStyle.Primary),
  new ButtonBuilder().setCustomId('off').setLabel('Off').setStyle(ButtonStyle.Primary).setDisabled(true),
  new ButtonBuilder().setURL('https://example.org/sign').setLabel('Sign').setStyle(ButtonStyle.Link),
);

async function inServer(options: Partial<ClientOptions> = {}) {
  const discord = await aStandIn({ waitLimit: 2000 });
  const server = discord.addServer('World BEYOND War');
  const general = server.addChannel('general');
  server.addMember(discord.addPerson('Owner'));
  const [ana, ben] = [discord.addPerson('Ana Quispe', { locale: 'es-419' }), discord.addPerson('Ben')];
  server.addMember(ana);
  server.addMember(ben);
  const client = await aClient(discord, options);
  await client.application.commands.set([go.toJSON(), anywhere.toJSON(), log.toJSON()]);
  return { discord, server, general, ana, ben, client, here: ana.in(general) };
}

test('a deferred private answer is for one person, and comes with its edit', async () => {
  const { discord, client, here, general, ben } = await inServer();
  answering(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply({ content: 'for your eyes', components: [buttons] });
  });
  const reply = await here.command('go');
  expect([reply.private, reply.message?.content]).toEqual([true, 'for your eyes']);
  expect(reply.words).toBe('for your eyes\n[Next] [Off] (disabled) [Sign → https://example.org/sign]');
  expect(general.messages).toEqual([]);
  await expect(reply.press('Next', ben.in(general))).rejects.toThrow('Only Ana Quispe sees this message');
  await expect(reply.press('Off')).rejects.toThrow('disabled');
  await expect(reply.press('Sign')).rejects.toThrow('only opens https://example.org/sign');
  await expect(reply.press('Back')).rejects.toThrow('There is: Next, Off, Sign');
  expect(discord.refused).toEqual([]);
});

test('a public placeholder can be deleted and followed up in private', async () => {
  const { discord, client, here, general } = await inServer();
  answering(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.deleteReply();
    await interaction.followUp({ content: 'only for you', flags: MessageFlags.Ephemeral });
  });
  const reply = await here.command('go');
  await reply.until(({ messages }) => messages.length === 1);
  expect([reply.deleted, reply.private, reply.words]).toEqual([true, true, 'only for you']);
  expect(general.messages).toEqual([]);
  expect(discord.refused).toEqual([]);
});

test('a follow-up right after a defer takes the place of the thinking state, as private as that was', async () => {
  const { client, here } = await inServer();
  answering(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.followUp('first');
    await interaction.followUp('second');
  });
  const reply = await here.command('go');
  await reply.until(({ messages }) => messages.length === 2);
  expect(reply.words).toBe('first\nsecond');
  expect(reply.messages.map(({ flags }) => flags === MessageFlags.Ephemeral)).toEqual([true, false]);
});

test('an answer can have files, which are served, and be laid out by components', async () => {
  const { discord, client, here } = await inServer();
  const chart = new AttachmentBuilder(Buffer.from('PNG'), {
    name: 'chart.png',
    description: '1,900 of 2,000',
  });
  answering(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    const container = new ContainerBuilder()
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('The tally'))
      .addMediaGalleryComponents((gallery) =>
        gallery.addItems((item) => item.setURL('attachment://chart.png')),
      )
      .addActionRowComponents(buttons);
    const sent = await interaction.editReply({
      components: [container],
      files: [chart],
      flags: MessageFlags.IsComponentsV2,
    });
    await interaction.followUp({ content: sent.attachments.first()?.description ?? 'none' });
  });
  const reply = await here.command('go');
  await reply.until(({ messages }) => messages.length === 2);
  expect(reply.words).toMatch(/^The tally\n\(picture: 1,900 of 2,000\)\n\[Next\].*\n1,900 of 2,000$/);
  const [attachment] = reply.message?.attachments ?? [];
  expect(attachment && (await (await fetch(attachment.url)).text())).toBe('PNG');
  expect(attachment && discord.bytesOf(attachment).toString()).toBe('PNG');
  expect(discord.refused).toEqual([]);
});

test('a button updates its message, at once or after a defer, for whoever presses', async () => {
  const { discord, client, here, general, ben } = await inServer();
  const presses: string[] = [];
  answering(client, async (interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply({ content: 'page 1', components: [buttons] });
    if (!interaction.isButton()) return;
    presses.push(interaction.user.displayName);
    if (presses.length === 1) return interaction.update({ content: 'page 2' });
    await interaction.deferUpdate();
    return interaction.editReply({ content: 'page 3', components: [] });
  });
  const reply = await here.command('go');
  expect((await reply.press('Next')).words).toContain('page 2');
  const [posted] = general.messages;
  if (!posted) throw new Error('nothing was posted');
  expect((await ben.in(general).press(posted, 'next')).words).toBe('page 3');
  expect(reply.words).toBe('page 3');
  expect(presses).toEqual(['Ana Quispe', 'Ben']);
  expect(general.messages).toHaveLength(1);
  expect(discord.refused).toEqual([]);
});

test('a choice in a menu arrives by its value', async () => {
  const { discord, client, here } = await inServer();
  const menu = new StringSelectMenuBuilder()
    .setCustomId('by')
    .setPlaceholder('Group by')
    .setMaxValues(2)
    .addOptions({ label: 'Day', value: 'day' }, { label: 'Country', value: 'country' });
  const row = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu);
  answering(client, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply({ content: 'tally', components: [row] });
    if (interaction.isStringSelectMenu()) await interaction.update(interaction.values.join());
  });
  const reply = await here.command('go');
  expect((await reply.choose('Group by', ['Country', 'day'])).message?.content).toBe('country,day');
  await expect(reply.choose('by', 'kind')).rejects.toThrow('It offers: Day, Country');
  await expect(reply.choose('by', [])).rejects.toThrow('takes from 1 to 2');
  expect(discord.refused).toEqual([]);
});

const form = new ModalBuilder()
  .setCustomId('sign')
  .setTitle('Sign the petition')
  .addTextDisplayComponents(new TextDisplayBuilder().setContent('Your name stays private.'))
  .addLabelComponents(
    new LabelBuilder()
      .setLabel('Name')
      .setTextInputComponent(
        new TextInputBuilder()
          .setCustomId('name')
          .setStyle(TextInputStyle.Short)
          .setMaxLength(10)
          .setMinLength(2),
      ),
    new LabelBuilder()
      .setLabel('Kind')
      .setRadioGroupComponent(
        new RadioGroupBuilder()
          .setCustomId('kind')
          .addOptions(
            { label: 'A person', value: 'person', default: true },
            { label: 'An organization', value: 'org' },
          ),
      ),
    new LabelBuilder()
      .setLabel('Consent')
      .setCheckboxGroupComponent(
        new CheckboxGroupBuilder().setCustomId('consent').addOptions({ label: 'I agree', value: 'yes' }),
      ),
    new LabelBuilder()
      .setLabel('Language')
      .setStringSelectMenuComponent(
        new StringSelectMenuBuilder()
          .setCustomId('language')
          .setRequired(false)
          .addOptions({ label: 'Español', value: 'es' }, { label: 'English', value: 'en' }),
      ),
  );

async function answerForm(interaction: Interaction) {
  if (interaction.isChatInputCommand() || interaction.isButton()) await interaction.showModal(form);
  if (!interaction.isModalSubmit()) return;
  const { fields } = interaction;
  const said = [
    fields.getTextInputValue('name'),
    fields.getRadioGroup('kind'),
    fields.getCheckboxGroup('consent').join(),
    fields.getStringSelectValues('language').join(),
  ];
  if (interaction.isFromMessage()) await interaction.update({ content: said.join(' '), components: [] });
  else await interaction.reply({ content: said.join(' '), flags: MessageFlags.Ephemeral });
}

test('a modal is filled in by labels or ids, and its defaults stay', async () => {
  const { discord, client, here } = await inServer();
  answering(client, answerForm);
  const modal = await here.command('go');
  expect(modal.kind).toBe('modal');
  expect(modal.words).toBe(
    [
      'Sign the petition',
      'Your name stays private.',
      'Name *',
      '[]',
      'Kind *',
      '(x) A person',
      '( ) An organization',
      'Consent *',
      '( ) I agree',
      'Language',
      '( ) Español',
      '( ) English',
    ].join('\n'),
  );
  const answer = await modal.submit({ Name: 'Ana', consent: 'I agree', Language: 'Español' });
  expect([answer.private, answer.words]).toEqual([true, 'Ana person yes es']);
  expect((await modal.submit({ name: '', Kind: 'org' }, { unchecked: true })).words).toBe('org');
  expect(discord.refused).toEqual([]);
});

test.each([
  ['a required text', { consent: 'yes' }, 'The field “Name” is required'],
  ['a required checkbox', { Name: 'Ana' }, 'The field “Consent” is required'],
  ['text that is too long', { Name: 'Ana María Quispe', consent: 'yes' }, 'from 2 to 10 characters, not 16'],
  ['text that is too short', { Name: 'A', consent: 'yes' }, 'from 2 to 10 characters, not 1'],
  ['a choice that is none', { Name: 'Ana', consent: 'no' }, 'does not offer “no”'],
  ['an unknown field', { Nombre: 'Ana' }, 'has no field “Nombre”'],
])('a modal is held back by %s', async (_what, values, text) => {
  const { client, here } = await inServer();
  answering(client, answerForm);
  const modal = await here.command('go');
  await expect(modal.submit(values)).rejects.toThrow(text);
});

test('a modal opened by a button can update the message with the button', async () => {
  const { discord, client, here, general } = await inServer();
  answering(client, async (interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply({ content: 'sign here', components: [buttons] });
    else await answerForm(interaction);
  });
  const modal = await (await here.command('go')).press('Next');
  const answer = await modal.submit({ Name: 'Ana', consent: 'yes' });
  expect(answer.words).toBe('Ana person yes');
  expect(general.messages.map(({ content }) => content)).toEqual(['Ana person yes']);
  expect(discord.refused).toEqual([]);
});

test('a message command carries what somebody wrote', async () => {
  const { discord, client, here, general, ben } = await inServer();
  answering(client, async (interaction) => {
    if (!interaction.isMessageContextMenuCommand()) return;
    const { content, author, attachments } = interaction.targetMessage;
    await interaction.reply(`${author.displayName}: ${content} ${attachments.map(({ name }) => name)}`);
  });
  const proof = { name: 'letter.jpg', contentType: 'image/jpeg', bytes: Buffer.from('JPEG') };
  const message = ben.in(general).say('I called my representative', [proof]);
  const reply = await here.menu('Log as outreach action', message);
  expect(reply.words).toBe('Ben: I called my representative letter.jpg');
  expect(discord.refused).toEqual([]);
});

test.each(['server', 'group'] as const)(
  'elsewhere (%s), only what a person installed works',
  async (place) => {
    const { discord, client, ana } = await inServer();
    const seen: unknown[] = [];
    answering(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      seen.push(interaction.guild, interaction.inRawGuild(), interaction.context, interaction.channel);
      seen.push(interaction.authorizingIntegrationOwners.userId, interaction.locale);
      await interaction.reply({ content: 'your link', flags: MessageFlags.Ephemeral });
    });
    const there = ana.elsewhere(place);
    expect((await there.command('link')).words).toBe('your link');
    expect(seen).toEqual([null, place === 'server', place === 'server' ? 0 : 2, null, ana.id, 'es-419']);
    await expect(there.command('go')).rejects.toThrow('does not offer');
    expect(discord.refused).toEqual([]);
  },
);

test('in direct messages with the bot there is no member', async () => {
  const { discord, client, ana } = await inServer();
  const seen: unknown[] = [];
  answering(client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    seen.push(interaction.guildId, interaction.member, interaction.context, interaction.memberPermissions);
    await interaction.reply('your link');
  });
  const reply = await ana.inDirectMessage().command('link');
  expect(reply.words).toBe('your link');
  expect(seen).toEqual([null, null, InteractionContextType.BotDM, null]);
  expect(discord.refused).toEqual([]);
});

test('where people may not use external apps, an answer meant for all is private', async () => {
  const { discord, client, ana } = await inServer();
  answering(client, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply('your link');
  });
  const everyone = everyonePermissions & ~PermissionFlagsBits.UseExternalApps;
  const strict = discord.addServer('Strict', { bot: false, everyone });
  strict.addMember(ana, { owner: false });
  expect((await ana.in(strict.addChannel('general')).command('link')).private).toBe(true);
  expect((await ana.elsewhere().command('link')).private).toBe(false);
});

test('a bot that does not answer in time leaves the person with nothing', async () => {
  const discord = await aStandIn({ callbackLimit: 50 });
  const server = discord.addServer('World BEYOND War');
  const ana = discord.addPerson('Ana');
  server.addMember(ana);
  const client = await aClient(discord);
  await client.application.commands.set([go.toJSON()]);
  const reply = await ana.in(server.addChannel('general')).command('go');
  expect([reply.kind, reply.messages, reply.words]).toEqual(['none', [], '']);
});

test('a wait in vain says what it waited for, and what the bot did last', async () => {
  const discord = await aStandIn({ waitLimit: 50 });
  discord.addServer('World BEYOND War');
  await aClient(discord);
  await expect(discord.until('a miracle', () => false)).rejects.toThrow(
    /50 ms in vain for a miracle.*GET \/gateway\/bot → 200/s,
  );
});
