// What Discord takes, the rules take: a false alarm would make us write around a rule that isn't there.
import { describe, expect, it } from 'vitest';
import { ACCEPTED, type Base, changed, file, long, named, told } from './bodies.js';

/** A file of so many MiB. */
function sized(mebibytes: number) {
  return file('names.csv', mebibytes * 1024 * 1024, 'text/csv');
}

describe('accepts', () => {
  it.each(Object.entries(ACCEPTED))('%s', (_, sent) => {
    expect(told(sent)).toEqual([]);
  });

  const atTheLimit: [string, Base, string, unknown][] = [
    ['content of 2000 characters', 'text', 'content', long(2000)],
    ['content of 2000 characters between white space', 'text', 'content', ` ${long(2000)}\n`],
    [
      'embeds of 6000 characters',
      'rows',
      'embeds',
      [{ description: long(3000) }, { description: long(3000) }],
    ],
    ['a field of zero-width space', 'embed', 'embeds.0.fields.0.name', '\u200b'],
    ['4000 characters of layout', 'layout', 'components', [{ type: 10, content: long(4000) }]],
    ['40 components', 'layout', 'components', [{ type: 17, components: Array(39).fill({ type: 14 }) }]],
    [
      'five rows',
      'text',
      'components',
      Array(5).fill({ type: 1, components: [{ type: 2, style: 5, label: 'a', url: 'https://a.org' }] }),
    ],
    [
      'six rows in a layout',
      'layout',
      'components',
      'abcdef'
        .split('')
        .map((custom_id) => ({ type: 1, components: [{ type: 2, style: 1, custom_id, label: 'a' }] })),
    ],
    ['an answer of 55 characters', 'poll', 'poll.answers.0.poll_media.text', long(55)],
    ['a suggestion of 100 characters', 'suggestions', 'data.choices.0.value', long(100)],
    ['25 suggestions', 'suggestions', 'data.choices', Array(25).fill({ name: 'a', value: 'a' })],
    ['a text as long as the input', 'modal', 'data.components.1.component.value', long(100)],
    [
      'nothing to choose when not required',
      'modal',
      'data.components.2.component',
      { type: 5, custom_id: 'who', min_values: 0, required: false },
    ],
    ['a file of 10 MiB', 'file', 'files.0', sized(10)],
    ['files of 25 MiB in all', 'file', 'files', [sized(10), sized(10), sized(5)]],
    ['ten files', 'file', 'files', Array(10).fill(sized(0))],
    ['alt text of 1024 characters', 'embed', 'files.0.description', long(1024)],
    ['a picture alone', 'embed', 'embeds', [{ image: { url: 'https://a.org/a.png' } }]],
    ['a small picture alone', 'embed', 'embeds', [{ thumbnail: { url: 'https://a.org/a.png' } }]],
    ['fields alone', 'embed', 'embeds', [{ fields: [{ name: 'n', value: 'v' }] }]],
    ['a sticker alone', 'text', '', { nonce: '1', enforce_nonce: true, sticker_ids: ['1'] }],
    ['an input of a fixed length', 'modal', 'data.components.1.component.min_length', 100],
    ['a select said not to be disabled', 'modal', 'data.components.2.component.disabled', false],
    ['a choice of 100 characters', 'commands', '1.options.2.choices.1.value', long(100)],
    ['a number with one value', 'commands', '1.options.1.min_value', 9],
    ['a menu with no options', 'commands', '2.options', []],
    ['100 commands and 15 menus', 'commands', '', [...named(100, 1), ...named(15, 2), ...named(15, 3)]],
    [
      'an option named like its own translation',
      'commands',
      '1.options.1.name_localizations',
      { 'es-ES': 'count' },
    ],
    ['a name in capitals where the script has none', 'commands', '1.name', 'ไทย'],
    [
      'a translation no longer than the original',
      'command of 8000 characters',
      '0.description_localizations',
      { 'es-ES': long(96) },
    ],
    ['permissions as a number', 'commands', '0.default_member_permissions', 32],
    ['permissions of administrators only', 'commands', '0.default_member_permissions', '0'],
    ['a moment in UTC', 'embed', 'embeds.0.timestamp', '2023-07-19T08:00:00.000Z'],
  ];
  it.each(atTheLimit)('%s', (_, base, path, value) => {
    expect(told(changed(base, path, value))).toEqual([]);
  });
});
