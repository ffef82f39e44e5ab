// Refused of files: how large, how many, and what a message says of them.
import { describe, expect, it } from 'vitest';
import { changed, file, long, refuses, told } from './bodies.js';

const MEBIBYTE = 1024 * 1024;
const NOT_FOUND = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';

describe('files', () => {
  const csv = (size: number) => file('names.csv', size, 'text/csv');
  refuses([
    ['one of more than 10 MiB', 'file', 'files.0', csv(10 * MEBIBYTE + 1), '40005'],
    [
      'three of more than 25 MiB in all',
      'file',
      'files',
      [10, 10, 5.000001].map((size) => csv(size * MEBIBYTE)),
      '40005',
    ],
    ['eleven', 'file', 'files', Array(11).fill(csv(1)), 'files.10 30015'],
    ['eleven descriptions', 'embed', 'attachments', Array(11).fill({ id: '0' }), 'BASE_TYPE_MAX_LENGTH'],
    ['alt text of 1025', 'embed', 'attachments.0.description', long(1025), 'BASE_TYPE_MAX_LENGTH'],
    ['alt text of 1025 with the file', 'embed', 'files.0.description', long(1025), 'BASE_TYPE_MAX_LENGTH'],
    [
      'a description of a file that did not come',
      'text',
      'attachments',
      [{ id: '0' }],
      'attachments.0 ATTACHMENT_NOT_FOUND',
    ],
    [
      'a new message with an attachment of another',
      'text',
      'attachments',
      [{ id: '1201234567890123456' }],
      'attachments.0 ATTACHMENT_NOT_FOUND',
    ],
    [
      'an edit that announces a file that did not come',
      'edit',
      'attachments',
      [{ id: '0' }],
      'attachments.0 ATTACHMENT_NOT_FOUND',
    ],
    ['an id in words', 'embed', 'attachments.0.id', 'zero', 'STRING_TYPE_REGEX'],
  ]);
});

describe('references', () => {
  const gallery = 'components.3.items.0.media.url';
  const part = 'components.5.file.url';
  refuses([
    [
      'an embed image that was not uploaded',
      'embed',
      'embeds.0.image.url',
      'attachment://map.png',
      `embeds.0.image.url ${NOT_FOUND}`,
    ],
    [
      'an embed thumbnail that was not uploaded',
      'embed',
      'embeds.0.thumbnail.url',
      'attachment://map.png',
      `embeds.0.thumbnail.url ${NOT_FOUND}`,
    ],
    [
      'an icon that was not uploaded',
      'embed',
      'embeds.0.footer.icon_url',
      'attachment://map.png',
      `embeds.0.footer.icon_url ${NOT_FOUND}`,
    ],
    ['a gallery picture that was not uploaded', 'layout', gallery, 'attachment://map.png', NOT_FOUND],
    [
      'a Thumbnail that was not uploaded',
      'layout',
      'components.2.accessory.media.url',
      'attachment://a.png',
      `components.2.accessory.media.url ${NOT_FOUND}`,
    ],
    ['a File that was not uploaded', 'layout', part, 'attachment://a.pdf', NOT_FOUND],
    ['a reference in other case', 'layout', gallery, 'attachment://Chart.png', NOT_FOUND],
    ['a file that Discord renames', 'layout', 'files.1.name', 'packet 1.pdf', `${part} ${NOT_FOUND}`],
    [
      'a picture that an edit takes away',
      'edit that keeps a picture',
      'attachments',
      [],
      `embeds.0.image.url ${NOT_FOUND}`,
      `embeds.0.thumbnail.url ${NOT_FOUND}`,
    ],
    ['a File of the web', 'layout', part, 'https://a.org/a.pdf', 'URL_TYPE_INVALID_SCHEME'],
    ['a gallery picture from a disk', 'layout', gallery, 'file:///a.png', 'URL_TYPE_INVALID_SCHEME'],
  ]);

  it('an SVG in an embed, though it was uploaded', () => {
    const sent = changed('embed', 'embeds.0.image.url', 'attachment://chart.svg');
    const svg = { ...file('chart.svg', 8, 'image/svg+xml'), description: 'A line that rises' };
    expect(told({ ...sent, files: [...(sent.files ?? []), svg] })).toEqual([
      'embeds.0.image.url EMBED_ATTACHMENT_TYPE_INVALID',
    ]);
  });
});
