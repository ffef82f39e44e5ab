// What the builders of discord.js make within the documented limits is accepted, whatever is in it.
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  EmbedBuilder,
  LabelBuilder,
  type MessageActionRowComponentBuilder,
  ModalBuilder,
  SectionBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { refusalsOf } from '../../../rehearsal/stand-in/rules/index.js';
import { V2 } from './bodies.js';

// Discord trims, so the limits hold for what is left; a text of spaces alone is none.
const text = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength, size: 'max' })
    .map((any) => `${any.slice(0, maxLength - 1).trim()}.`);
const name = fc.stringMatching(/^[a-zñáéíóú0-9_-]{1,32}$/);
const id = fc.uuid();
const link = fc.webUrl({ withQueryParameters: true }).filter((url) => url.length <= 512);
const distinct = <Value>(value: fc.Arbitrary<Value>, maxLength: number) =>
  fc.uniqueArray(value, { minLength: 1, maxLength });

const embed = fc
  .record({
    title: text(256),
    description: text(1000),
    footer: text(200),
    author: text(100),
    url: link,
    color: fc.integer({ min: 0, max: 0xffffff }),
    at: fc.date({ noInvalidDate: true, min: new Date('2015-01-01'), max: new Date('2100-01-01') }),
    fields: fc.array(fc.record({ name: text(20), value: text(20), inline: fc.boolean() }), { maxLength: 25 }),
  })
  .map((part) =>
    new EmbedBuilder({ fields: part.fields })
      .setTitle(part.title)
      .setDescription(part.description)
      .setFooter({ text: part.footer })
      .setAuthor({ name: part.author, iconURL: part.url })
      .setURL(part.url)
      .setColor(part.color)
      .setTimestamp(part.at),
  );

const press = (customId: string, label: string) =>
  new ButtonBuilder().setStyle(ButtonStyle.Primary).setCustomId(customId).setLabel(label);
const open = (url: string, label: string) =>
  new ButtonBuilder().setStyle(ButtonStyle.Link).setURL(url).setLabel(label);

const select = fc
  .record({
    id,
    placeholder: text(150),
    values: distinct(text(100), 25),
    most: fc.integer({ min: 1, max: 25 }),
  })
  .map((part) =>
    new StringSelectMenuBuilder()
      .setCustomId(part.id)
      .setPlaceholder(part.placeholder)
      .setMinValues(0)
      .setMaxValues(Math.min(part.most, part.values.length))
      .addOptions(part.values.map((value) => ({ label: value, value, description: value }))),
  );

const row = fc
  .oneof(
    fc
      .tuple(distinct(id, 4), text(80), link)
      .map(([ids, label, url]) => [...ids.map((own) => press(own, label)), open(url, label)]),
    select.map((own) => [own]),
  )
  .map((parts) => new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(parts));

const layout = fc
  .tuple(fc.array(row, { maxLength: 3 }), fc.array(text(400), { minLength: 1, maxLength: 5 }), id)
  .map(([rows, texts, own]) => [
    new ContainerBuilder()
      .addTextDisplayComponents(texts.map((content) => new TextDisplayBuilder().setContent(content)))
      .addSectionComponents(
        new SectionBuilder()
          .addTextDisplayComponents(new TextDisplayBuilder().setContent('More'))
          .setButtonAccessory(press(own, 'More')),
      )
      .addActionRowComponents(rows),
  ]);

const modal = fc
  .tuple(id, text(45), distinct(id, 5), text(100), fc.integer({ min: 100, max: 4000 }))
  .map(([own, title, inputs, value, most]) =>
    new ModalBuilder()
      .setCustomId(own)
      .setTitle(title)
      .addLabelComponents(
        inputs.map((input) =>
          new LabelBuilder()
            .setLabel(title)
            .setDescription(value)
            .setTextInputComponent(
              new TextInputBuilder()
                .setCustomId(input)
                .setStyle(TextInputStyle.Paragraph)
                .setMaxLength(most)
                .setValue(value),
            ),
        ),
      ),
  );

const command = fc
  .record({ name, description: text(100), options: distinct(name, 20), choices: distinct(text(100), 5) })
  .map((part) => {
    const builder = new SlashCommandBuilder()
      .setName(part.name)
      .setDescription(part.description)
      .setDescriptionLocalizations({ 'es-ES': part.description, 'es-419': part.description })
      .setDefaultMemberPermissions(32);
    for (const [index, own] of part.options.entries()) {
      builder.addStringOption((option) =>
        option
          .setName(own)
          .setNameLocalizations({ 'es-ES': own })
          .setDescription(part.description)
          .setRequired(index < 3)
          .addChoices(index === 0 ? part.choices.map((value) => ({ name: value, value })) : []),
      );
    }
    return builder;
  });

const nobody = { allowed_mentions: { parse: [] } };

/** As it travels: what is undefined is not sent. */
function sent(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}

function accepts<Built>(
  kind: Parameters<typeof refusalsOf>[0],
  built: fc.Arbitrary<Built>,
  body: (built: Built) => unknown,
) {
  fc.assert(
    fc.property(built, (own) => {
      const refusals = refusalsOf(kind, sent(body(own)), []);
      if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
    }),
  );
}

describe('accepts what the builders make', () => {
  it('a message of text, embeds and rows', () => {
    const parts = fc.record({
      content: text(2000),
      embeds: fc.array(embed, { maxLength: 2 }),
      components: fc.array(row, { maxLength: 5 }),
      nonce: fc.stringMatching(/^[0-9a-f]{1,25}$/),
    });
    accepts('message', parts, (own) => ({ ...own, ...nobody, enforce_nonce: true, tts: false }));
  });

  it('a layout, as a reply and as an edit of one', () => {
    const flags = V2;
    accepts('callback', layout, (components) => ({
      type: 4,
      data: { components, flags, ...nobody, tts: false },
    }));
    accepts('original-edit', layout, (components) => ({
      components,
      flags,
      ...nobody,
      enforce_nonce: false,
    }));
  });

  it('a modal', () => {
    accepts('callback', modal, (data) => ({ type: 9, data }));
  });

  it('a command', () => {
    accepts('commands', command, (own) => [own]);
  });
});
