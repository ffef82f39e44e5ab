// Refused of embeds: lengths, sums, empty parts, links.
import { describe } from 'vitest';
import { long, refuses } from './bodies.js';

describe('embeds', () => {
  const at = 'embeds.0';
  const field = { name: 'n', value: 'v' };
  refuses([
    ['a title of 257 characters', 'embed', `${at}.title`, long(257), 'BASE_TYPE_MAX_LENGTH'],
    ['a description of 4097', 'embed', `${at}.description`, long(4097), 'BASE_TYPE_MAX_LENGTH'],
    ['a footer of 2049', 'embed', `${at}.footer.text`, long(2049), 'BASE_TYPE_MAX_LENGTH'],
    ['an author of 257', 'embed', `${at}.author.name`, long(257), 'BASE_TYPE_MAX_LENGTH'],
    ['a field name of 257', 'embed', `${at}.fields.0.name`, long(257), 'BASE_TYPE_MAX_LENGTH'],
    ['a field value of 1025', 'embed', `${at}.fields.0.value`, long(1025), 'BASE_TYPE_MAX_LENGTH'],
    ['26 fields', 'embed', `${at}.fields`, Array(26).fill(field), 'BASE_TYPE_MAX_LENGTH'],
    ['11 embeds', 'text', 'embeds', Array(11).fill({ title: 'x' }), 'BASE_TYPE_MAX_LENGTH'],
    [
      '6001 characters in two embeds',
      'text',
      'embeds',
      [{ description: long(4000) }, { description: long(2001) }],
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      '6001 characters in all parts of one',
      'text',
      'embeds',
      [
        {
          title: long(256),
          description: long(3185),
          author: { name: long(256) },
          footer: { text: long(2048) },
          fields: [{ name: long(128), value: long(128) }],
        },
      ],
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      '6001 characters in an update',
      'update',
      'data.embeds',
      [{ description: long(4000) }, { description: long(2001) }],
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    ['an empty embed', 'text', 'embeds', [{}], 'embeds.0.description BASE_TYPE_REQUIRED'],
    [
      'an embed of a colour only',
      'text',
      'embeds',
      [{ color: 1, title: ' ' }],
      'embeds.0.description BASE_TYPE_REQUIRED',
    ],
    ['a field without a name', 'embed', `${at}.fields.0.name`, '', 'BASE_TYPE_REQUIRED'],
    ['a field with a blank value', 'embed', `${at}.fields.0.value`, ' ', 'BASE_TYPE_REQUIRED'],
    ['an author without a name', 'embed', `${at}.author.name`, undefined, 'BASE_TYPE_REQUIRED'],
    ['a footer without text', 'embed', `${at}.footer.text`, '', 'BASE_TYPE_REQUIRED'],
    ['a colour beyond white', 'embed', `${at}.color`, 0x1000000, 'NUMBER_TYPE_MAX'],
    ['a date that is none', 'embed', `${at}.timestamp`, '19/07/2023', 'DATE_TIME_TYPE_PARSE'],
    [
      'a date with an offset that is none',
      'embed',
      `${at}.timestamp`,
      '2023-13-40T10:00:00+02:00',
      'DATE_TIME_TYPE_PARSE',
    ],
    ['a link that is none', 'embed', `${at}.url`, 'example', 'URL_TYPE_INVALID_URL'],
    ['a link to a script', 'embed', `${at}.url`, 'javascript:alert(1)', 'URL_TYPE_INVALID_SCHEME'],
    ['a link to no host', 'embed', `${at}.url`, 'https:example', 'URL_TYPE_INVALID_SCHEME'],
    ['a picture from a disk', 'embed', `${at}.image.url`, 'file:///chart.png', 'URL_TYPE_INVALID_SCHEME'],
    [
      'a title that links to an upload',
      'embed',
      `${at}.url`,
      'attachment://chart.png',
      'URL_TYPE_INVALID_SCHEME',
    ],
  ]);
});
