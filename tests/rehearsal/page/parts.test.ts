// What Discord can show, on the page: embeds, components of both generations, forms of every kind; and what comes of using them.
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  CheckboxBuilder,
  CheckboxGroupBuilder,
  ContainerBuilder,
  EmbedBuilder,
  FileBuilder,
  FileUploadBuilder,
  type Interaction,
  LabelBuilder,
  MediaGalleryBuilder,
  MessageFlags,
  ModalBuilder,
  RadioGroupBuilder,
  SectionBuilder,
  SeparatorBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  ThumbnailBuilder,
  UserSelectMenuBuilder,
} from 'discord.js';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { aClient, answering } from '../stand-in/support.js';
import { aPage, messageWith, speakAs } from './support.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const picture = () => new AttachmentBuilder(png, { name: 'dot.png', description: 'A dot' });
const press = (label: string) =>
  new ButtonBuilder().setCustomId(label).setLabel(label).setStyle(ButtonStyle.Primary);

/** The page with a client of ours in the bot's place, which says what the test wants it to say. */
async function aPageOf(answer: (interaction: Interaction) => Promise<unknown>) {
  const opened = await aPage();
  const { stage } = opened.server.scene;
  await stage.bot.kill();
  const client = await aClient(stage.discord);
  answering(client, answer);
  const channel = await client.channels.fetch(stage.general.id);
  if (!channel?.isSendable()) throw new Error('no channel to write in');
  return { ...opened, stage, channel };
}

test('embeds and legacy components', async () => {
  const { page, channel, wrong } = await aPageOf(async (interaction) => {
    if (interaction.isStringSelectMenu()) await interaction.update({ content: interaction.values.join('+') });
    if (interaction.isButton())
      await interaction.reply({ content: 'pressed', flags: MessageFlags.Ephemeral });
  });
  const embed = new EmbedBuilder()
    .setTitle('The title')
    .setURL('https://example.org/peru')
    .setDescription('Some **bold** words')
    .addFields({ name: 'A field', value: 'its value', inline: true })
    .setImage('attachment://dot.png')
    .setFooter({ text: 'the foot' })
    .setColor(0xc2571a);
  const many = new StringSelectMenuBuilder()
    .setCustomId('many')
    .setPlaceholder('Several')
    .setMaxValues(2)
    .addOptions({ label: 'One', value: '1' }, { label: 'Two', value: '2' });
  await channel.send({
    content: 'An embed',
    embeds: [embed],
    files: [picture(), new AttachmentBuilder(Buffer.from('a,b'), { name: 'list.csv' })],
    components: [
      new ActionRowBuilder<ButtonBuilder>().addComponents(press('Press'), press('Off').setDisabled(true)),
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(many),
    ],
  });
  const shown = page.getByRole('log').getByRole('listitem').first();
  await shown.getByRole('link', { name: 'The title' }).waitFor();
  for (const words of ['bold', 'A field', 'its value', 'the foot']) await shown.getByText(words).waitFor();
  await shown.getByRole('link', { name: 'list.csv' }).waitFor();
  expect(await shown.getByRole('button', { name: 'Off' }).isDisabled()).toBe(true);
  await shown.getByRole('button', { name: 'Press' }).click();
  await messageWith(page, 'pressed').getByText('Only you can see this').waitFor();
  await messageWith(page, 'pressed').getByRole('button', { name: 'Dismiss message' }).click();
  expect(await messageWith(page, 'pressed').count()).toBe(0);
  await shown.getByText('Several').click();
  await shown.getByLabel('One').check();
  await shown.getByLabel('Two').check();
  await shown.getByRole('button', { name: 'Done' }).click();
  await shown.getByText('1+2').waitFor();
  expect(wrong).toEqual([]);
});

test('components of the second generation', async () => {
  const { page, channel, wrong } = await aPageOf(async (interaction) => {
    if (interaction.isUserSelectMenu())
      await interaction.reply({ content: `chose ${interaction.users.first()?.username}` });
  });
  const section = new SectionBuilder()
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('# In a section\n- one\n- two'))
    .setThumbnailAccessory(new ThumbnailBuilder().setURL('attachment://dot.png').setDescription('A thumb'));
  const people = new UserSelectMenuBuilder().setCustomId('who').setPlaceholder('Who?');
  await channel.send({
    flags: MessageFlags.IsComponentsV2,
    files: [picture(), new AttachmentBuilder(Buffer.from('hello'), { name: 'hello.txt' })],
    components: [
      new ContainerBuilder()
        .setAccentColor(0xc2571a)
        .addSectionComponents(section)
        .addSeparatorComponents(new SeparatorBuilder())
        .addMediaGalleryComponents(
          new MediaGalleryBuilder().addItems({
            media: { url: 'attachment://dot.png' },
            description: 'In a gallery',
          }),
        )
        .addFileComponents(new FileBuilder().setURL('attachment://hello.txt'))
        .addActionRowComponents(new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(people)),
    ],
  });
  const shown = page.getByRole('log').getByRole('listitem').first();
  for (const alt of ['A thumb', 'In a gallery']) await shown.getByRole('img', { name: alt }).waitFor();
  await shown.getByRole('separator').waitFor();
  await shown.getByText('In a section').waitFor();
  await shown.getByRole('link', { name: 'hello.txt' }).waitFor();
  await shown.getByLabel('Who?').selectOption({ label: '@Luz Mamani' });
  await messageWith(page, 'chose luzmamani').waitFor();
  expect(wrong).toEqual([]);
});

const texts = (label: string, id: string) =>
  new LabelBuilder()
    .setLabel(label)
    .setTextInputComponent(
      new TextInputBuilder().setCustomId(id).setStyle(TextInputStyle.Short).setMaxLength(5),
    );
const options = [
  { label: 'Red', value: 'red' },
  { label: 'Blue', value: 'blue', description: 'like the sea' },
];
const everyField = new ModalBuilder()
  .setCustomId('all')
  .setTitle('Every field')
  .addLabelComponents(
    texts('Short words', 'short'),
    new LabelBuilder()
      .setLabel('One colour')
      .setDescription('Only one')
      .setRadioGroupComponent(new RadioGroupBuilder().setCustomId('one').addOptions(options)),
    new LabelBuilder()
      .setLabel('Agree')
      .setCheckboxGroupComponent(
        new CheckboxGroupBuilder().setCustomId('agree').addOptions({ label: 'I agree', value: 'yes' }),
      ),
    new LabelBuilder().setLabel('Proof').setFileUploadComponent(new FileUploadBuilder().setCustomId('proof')),
    new LabelBuilder().setLabel('News').setCheckboxComponent(new CheckboxBuilder().setCustomId('news')),
  );

test('a form of every kind of field, checked before it is sent', async () => {
  const { page, channel, wrong } = await aPageOf(async (interaction) => {
    if (interaction.isButton()) await interaction.showModal(everyField);
    if (!interaction.isModalSubmit()) return;
    const { fields } = interaction;
    const files = [...(fields.getUploadedFiles('proof')?.values() ?? [])].map(
      ({ name, size }) => `${name} ${size}`,
    );
    await interaction.reply(
      [
        fields.getTextInputValue('short'),
        fields.getRadioGroup('one'),
        ...fields.getCheckboxGroup('agree'),
        fields.getCheckbox('news'),
        ...files,
      ].join(' | '),
    );
  });
  await channel.send({ content: 'A form', components: [row(press('Fill in'))] });
  await page.getByRole('button', { name: 'Fill in' }).click();
  const form = page.getByRole('dialog', { name: 'Every field' });
  await form.getByRole('button', { name: 'Submit' }).click();
  await form.getByText('Short words is required.').waitFor();
  expect(await form.getByRole('alert').count()).toBe(4);
  await form.getByLabel('Short words').fill('hello');
  await form.getByLabel('Blue').check();
  await form.getByLabel('I agree').check();
  await form
    .getByLabel('Proof')
    .setInputFiles({ name: 'proof.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
  await form.getByLabel('News').check();
  await form.getByRole('button', { name: 'Submit' }).click();
  await messageWith(page, 'hello | blue | yes | true | proof.txt 3').waitFor();
  expect(await form.count()).toBe(0);
  expect(wrong).toEqual([]);
});

test('a thinking state shows until the answer comes; no answer is said to be none', async () => {
  let go = () => {};
  const { page, channel } = await aPageOf(async (interaction) => {
    if (!interaction.isButton() || interaction.customId !== 'Think') return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    await interaction.editReply('thought');
  });
  await channel.send({ content: 'Two buttons', components: [row(press('Think'), press('Ignore'))] });
  await page.getByRole('button', { name: 'Think' }).click();
  const thinking = messageWith(page, 'Minga is thinking…');
  await thinking.getByText('Only you can see this').waitFor();
  await expectUnseen(page, 'Ben Wood', 'Minga is thinking…');
  go();
  await speakAs(page, 'Ada Park');
  await messageWith(page, 'thought').waitFor();
  await page.getByRole('button', { name: 'Ignore' }).click();
  await messageWith(page, 'Two buttons').getByText('This interaction failed').waitFor();
});

test('text is shown as Discord shows it, with names in place of ids', async () => {
  const { page, server } = await aPage();
  const { ben, luz, general, roles } = server.scene.stage;
  const written = [
    '# A heading',
    '- **bold** and *leaning*',
    '- ~~gone~~ and `code`',
    '> quoted',
    `<@${luz.id}> <#${general.id}> <@&${roles.members.id}> <t:1689800000:F>`,
    '```\na block\n```',
    '-# small, [a link](https://example.org/peru) and https://example.org/bare',
    '[no link](javascript:alert) <script>alert()</script>',
  ];
  ben.in(general).say(written.join('\n'));
  const text = messageWith(page, 'A heading').locator('.text');
  expect(await text.locator('.item').allInnerTexts()).toEqual(['bold and leaning', 'gone and code']);
  expect(await text.locator('strong, em, s, code, blockquote, pre').allInnerTexts()).toEqual([
    'bold',
    'leaning',
    'gone',
    'code',
    'quoted',
    'a block',
    'a block',
  ]);
  expect(await text.locator('.mention').allInnerTexts()).toEqual(['@Luz Mamani', '#general', '@Members']);
  expect(await text.locator('time').innerText()).toBe('Wednesday, July 19, 2023 at 3:53 PM');
  const links = await text.locator('a').evaluateAll((found) => found.map((link) => link.href));
  expect(links).toEqual(['https://example.org/peru', 'https://example.org/bare']);
  await text.getByText('<script>alert()</script>').waitFor();
});

test('files are attached to messages, and go into a command by drop', async () => {
  const { page, server } = await aPage();
  await page.getByLabel('Attach files').setInputFiles([
    { name: 'photo.png', mimeType: 'image/png', buffer: png },
    { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') },
  ]);
  await page.getByRole('button', { name: 'Remove list.csv' }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await messageWith(page, 'Ada Park').getByRole('img').waitFor();
  expect(server.scene.stage.general.messages.at(-1)?.attachments).toMatchObject([
    { filename: 'photo.png', size: png.length },
  ]);

  await page.locator('#write').fill('/statement edit');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'language', exact: true }).fill('Spanish');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add the option file' }).click();
  const dropped = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['Que se vayan.'], 'declaracion.md', { type: 'text/markdown' }));
    return data;
  })()`);
  await page.locator('.composer').dispatchEvent('drop', { dataTransfer: dropped });
  await page.getByText('declaracion.md').waitFor();
  await page.locator('#send-command').press('Enter');
  await messageWith(page, 'Que se vayan.').waitFor();
});

test('the server’s events are a dialog', async () => {
  const { page, server } = await aPage();
  const { stage } = server.scene;
  stage.server.addEvent(stage.ana, {
    name: 'March to the embassy',
    place: 'Washington, D.C.',
    start: '2023-07-19T17:00:00Z',
    end: '2023-07-19T19:00:00Z',
  });
  await page.getByRole('button', { name: 'Events 1' }).click();
  const events = page.getByRole('dialog', { name: 'Events' });
  await events.getByRole('heading', { name: 'March to the embassy' }).waitFor();
  await events.getByText('Wednesday, July 19, 2023 at 12:00 PM').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => events.count()).toBe(0);
});

function row(...buttons: ButtonBuilder[]) {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(buttons);
}

async function expectUnseen(page: Page, who: string, words: string): Promise<void> {
  await speakAs(page, who);
  expect(await messageWith(page, words).count()).toBe(0);
}
