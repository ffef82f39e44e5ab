// Refused of messages: text, flags, mentions, polls.
import { describe } from 'vitest';
import { EPHEMERAL, long, refuses, V2 } from './bodies.js';

const V2_PART = [{ type: 10, content: 'Text' }];
const LEGACY = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';

describe('text', () => {
  refuses([
    ['content of 2001 characters', 'text', 'content', long(2001), 'BASE_TYPE_MAX_LENGTH'],
    ['content of 4001 characters', 'text', 'content', long(4001), 'BASE_TYPE_MAX_LENGTH'],
    ['content of 2001 characters in an edit', 'edit', 'content', long(2001), 'BASE_TYPE_MAX_LENGTH'],
    ['content of 2001 characters in a reply', 'reply', 'data.content', long(2001), 'BASE_TYPE_MAX_LENGTH'],
    ['content of 2001 characters in a follow-up', 'follow-up', 'content', long(2001), 'BASE_TYPE_MAX_LENGTH'],
    ['content that is a number', 'text', 'content', 7, 'STRING_TYPE_CONVERT'],
    ['no content', 'text', 'content', undefined, ' 50006'],
    ['content of white space', 'text', 'content', ' \n\t', ' 50006'],
    ['an empty follow-up', 'follow-up', 'content', null, ' 50006'],
    ['an empty reply', 'reply', 'data', {}, '50006'],
    ['a reply without data', 'reply', 'data', undefined, '50006'],
    ['an answer of no words', 'answer', 'content', undefined, ' 50006'],
    ['an edit that leaves nothing', 'edit to a layout', 'components', [], ' 50006'],
    ['a nonce of 26 characters', 'text', 'nonce', long(26), 'BASE_TYPE_MAX_LENGTH'],
    ['an unknown field', 'text', 'embedz', [], 'UNKNOWN_FIELD'],
    ['an unknown field in a reply', 'reply', 'data.ephemeral', true, 'UNKNOWN_FIELD'],
    ['an unknown field deep inside', 'embed', 'embeds.0.fields.0.inlined', true, 'UNKNOWN_FIELD'],
    ['a poll in an edit', 'edit', 'poll', {}, 'UNKNOWN_FIELD'],
  ]);
});

describe('flags', () => {
  refuses([
    ['V2 with content', 'layout', 'content', 'Text', `content ${LEGACY}`],
    ['V2 with embeds', 'layout', 'embeds', [{ title: 'Text' }], `embeds ${LEGACY}`],
    ['V2 with a sticker', 'layout', 'sticker_ids', ['1'], `sticker_ids ${LEGACY}`],
    ['V2 with a poll', 'poll', 'flags', V2, `poll ${LEGACY}`],
    ['V2 with content in an edit', 'edit to a layout', 'content', 'Text', `content ${LEGACY}`],
    ['V2 parts without their flag', 'text', 'components', V2_PART, 'components.0.type UNION_TYPE_CHOICES'],
    [
      'V2 parts without their flag in a reply',
      'reply',
      'data.components',
      V2_PART,
      'data.components.0.type UNION_TYPE_CHOICES',
    ],
    ['a private message in a channel', 'text', 'flags', EPHEMERAL, 'MESSAGE_FLAGS_INVALID'],
    ['a flag that only Discord sets', 'reply', 'data.flags', 1, 'MESSAGE_FLAGS_INVALID'],
  ]);
});

describe('mentions', () => {
  const exclusive = 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE';
  refuses([
    [
      'users both parsed and listed',
      'text',
      'allowed_mentions',
      { parse: ['users'], users: ['1'] },
      exclusive,
      'HOUSE',
    ],
    [
      'roles both parsed and listed',
      'text',
      'allowed_mentions',
      { parse: ['roles'], roles: ['1'] },
      exclusive,
      'HOUSE',
    ],
    [
      '101 users',
      'text',
      'allowed_mentions',
      { users: Array(101).fill('1') },
      'allowed_mentions.users BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a kind that there is not',
      'text',
      'allowed_mentions',
      { parse: ['here'] },
      'allowed_mentions.parse.0 BASE_TYPE_CHOICES',
    ],
  ]);
});

describe('polls', () => {
  const text = 'poll.answers.0.poll_media.text';
  refuses([
    ['an answer of 56 characters', 'poll', text, long(56), 'BASE_TYPE_MAX_LENGTH'],
    ['an answer without text', 'poll', text, undefined, 'BASE_TYPE_REQUIRED'],
    ['a question without text', 'poll', 'poll.question.text', null, 'BASE_TYPE_REQUIRED'],
    ['a question of 301 characters', 'poll', 'poll.question.text', long(301), 'BASE_TYPE_MAX_LENGTH'],
    [
      '11 answers',
      'poll',
      'poll.answers',
      Array(11).fill({ poll_media: { text: 'x' } }),
      'BASE_TYPE_MAX_LENGTH',
    ],
    ['33 days', 'poll', 'poll.duration', 769, 'NUMBER_TYPE_MAX'],
  ]);
});
