// Refused by us, though Discord takes it.
import { describe } from 'vitest';
import { file, refuses } from './bodies.js';

describe('house rules', () => {
  refuses([
    ['no nonce', 'text', 'nonce', undefined, 'HOUSE'],
    ['a blank nonce', 'text', 'nonce', '', 'HOUSE'],
    ['a nonce that is not enforced', 'text', 'enforce_nonce', false, 'HOUSE'],
    ['text that parses every mention', 'text', 'allowed_mentions', undefined, 'HOUSE'],
    ['text that parses people', 'text', 'allowed_mentions', { parse: ['users'] }, 'HOUSE'],
    ['text that pings one', 'text', 'allowed_mentions.users', ['1'], 'allowed_mentions HOUSE'],
    ['text that pings a role', 'text', 'allowed_mentions.roles', ['1'], 'allowed_mentions HOUSE'],
    [
      'text that pings whom it answers',
      'text',
      'allowed_mentions.replied_user',
      true,
      'allowed_mentions HOUSE',
    ],
    ['an embed that may ping', 'embed', 'allowed_mentions', undefined, 'HOUSE'],
    ['a layout that may ping', 'layout', 'allowed_mentions', undefined, 'HOUSE'],
    ['an edit that may ping', 'edit', 'allowed_mentions', undefined, 'HOUSE'],
    ['a follow-up that may ping', 'follow-up', 'allowed_mentions', {}, 'HOUSE'],
    ['a reply that may ping', 'reply', 'data.allowed_mentions', undefined, 'HOUSE'],
    ['an update that may ping', 'update', 'data.allowed_mentions', undefined, 'HOUSE'],
    ['a picture without alt text', 'embed', 'attachments', undefined, 'files.0.description HOUSE'],
    ['a picture with blank alt text', 'embed', 'attachments.0.description', ' ', 'files.0.description HOUSE'],
    [
      'a picture by its name alone',
      'file',
      'files.0',
      file('chart.png', 8, 'application/octet-stream'),
      'files.0.description HOUSE',
    ],
    ['an edit to V2 parts without their flag', 'edit to a layout', 'flags', undefined, 'HOUSE'],
  ]);
});
