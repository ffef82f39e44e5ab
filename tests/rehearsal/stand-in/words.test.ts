// Messages in plain words: what people see is there, what they do not see is not.
import { type APIEmbed, type APIMessage, ComponentType, MessageFlags } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from '../../../rehearsal/stand-in/index.js';
import { postMessage } from '../../../rehearsal/stand-in/messages.js';
import { makeClock } from '../../../rehearsal/stand-in/snowflake.js';
import { makeWorld } from '../../../rehearsal/stand-in/world.js';

/** A message as the stand-in keeps it. */
function aMessage(
  body: Parameters<typeof postMessage>[3]['body'],
  files: { name: string; description?: string }[] = [],
) {
  const world = makeWorld(makeClock(), 'token');
  const channel = { id: world.nextId(), type: 0 as const, name: 'general', recipients: [], overwrites: [] };
  const uploaded = files.map((file) => ({
    contentType: 'application/octet-stream',
    bytes: Buffer.alloc(1),
    ...file,
  }));
  return postMessage(world, channel, world.bot, { body, files: uploaded }).api;
}

test('an embed with its picture, and a loose file', () => {
  const embed: APIEmbed = {
    author: { name: 'World BEYOND War' },
    title: 'Troops out of Peru',
    url: 'https://example.org',
    description: 'Sign and share.',
    fields: [{ name: 'People', value: '1,900' }],
    image: { url: 'attachment://chart.png' },
    footer: { text: 'Until Friday' },
  };
  const files = [{ name: 'chart.png', description: 'A rising line' }, { name: 'names.csv' }];
  expect(wordsOf(aMessage({ content: 'Today', embeds: [embed] }, files))).toBe(
    [
      'Today',
      'World BEYOND War',
      'Troops out of Peru → https://example.org',
      'Sign and share.',
      'People: 1,900',
      '(picture: A rising line)',
      'Until Friday',
      '(file: names.csv)',
    ].join('\n'),
  );
});

test('a layout by components, in which a file that no component shows stays unseen', () => {
  const message = aMessage(
    {
      flags: MessageFlags.IsComponentsV2,
      components: [
        {
          type: ComponentType.Container,
          components: [
            {
              type: ComponentType.Section,
              components: [{ type: ComponentType.TextDisplay, content: 'The petition' }],
              accessory: {
                type: ComponentType.Button,
                style: 5,
                label: 'Sign',
                url: 'https://example.org/sign',
              },
            },
            { type: ComponentType.Separator },
            { type: ComponentType.File, file: { url: 'attachment://letter.pdf' } },
            {
              type: ComponentType.ActionRow,
              components: [
                {
                  type: ComponentType.StringSelect,
                  custom_id: 'by',
                  placeholder: 'Group by',
                  options: [
                    { label: 'Day', value: 'd' },
                    { label: 'Country', value: 'c' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    [{ name: 'letter.pdf' }, { name: 'unseen.csv' }],
  );
  expect(wordsOf(message)).toBe(
    [
      'The petition',
      '[Sign → https://example.org/sign]',
      '---',
      '(file: letter.pdf)',
      '[Group by ▾ Day | Country]',
    ].join('\n'),
  );
});

test('every label of every button can be read', () => {
  const label = fc.string({ minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
      const components = labels.map((text, index) => ({
        type: ComponentType.Button as const,
        style: 1 as const,
        label: text,
        custom_id: `${index}`,
      }));
      const message: APIMessage = aMessage({ components: [{ type: ComponentType.ActionRow, components }] });
      expect(wordsOf(message)).toBe(labels.map((text) => `[${text}]`).join(' '));
    }),
  );
});
