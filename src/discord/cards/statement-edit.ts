// What an edit of the statement did, told to whoever made it: its changes, and what became of the copies that are up.
import type { Statement } from '../../../db/statements.js';
import { asPlain, characters, cutTo } from '../../coalition/plain-text.js';
import type { StatementEdit } from '../../coalition/statement.js';
import { changesBetween, type Passage, type Span } from '../../coalition/statement-changes.js';
import { linkTo } from '../../coalition/statement-post.js';
import type { Words } from '../../i18n/words.js';
import type { Reply } from '../command.js';
import type { Copy } from '../statement-posts.js';
import { card } from './card.js';
import { languageName } from './statement.js';

/** How much room the changes have on their card, in characters. */
const changesRoom = 2500;

/** The longest span that is shown whole. */
const longestSpan = 200;

/** The copies that are told of one by one. */
const longestList = 5;

/** The posted copies of a language, the server that the answer is read in, and what the others are called. */
export interface Copies {
  copies: Copy[];
  here: string;
  names: ReadonlyMap<string, string>;
}

/** What an edit did: the new version, how the other language stands to it, the copies, and the changes. */
export function editedCard(edit: StatementEdit, copies: Copies, words: Words): Reply {
  const { before, now, other } = edit;
  const lines = [
    words.say('statement.saved', { language: languageName(now.language), version: now.version }),
    ...(now.reason === null ? [] : [words.say('statement.reason', { reason: asPlain(now.reason) })]),
    ...(other ? [besideOther(edit, other, words)] : []),
  ];
  const told = copiesLines(copies, words).join('\n');
  const room = changesRoom - characters(told);
  return card([
    lines.join('\n'),
    told,
    ...(before ? [{ line: true } as const, changes(before.text, now.text, room, words)] : []),
  ]);
}

function besideOther(edit: StatementEdit, { language, version }: Statement, words: Words): string {
  if (edit.leavesBehind) {
    return words.say('statement.leftBehind', { language: languageName(language), code: language });
  }
  if (!edit.waits) return words.say('statement.caughtUp', { language: languageName(language), version });
  const { language: code } = edit.now;
  return words.say('statement.toConfirm', { language: languageName(language), version, code });
}

function copiesLines({ copies, here, names }: Copies, words: Words): string[] {
  const left = copies.filter(({ obstacle }) => obstacle !== undefined);
  const updated = copies.length - left.length;
  const more = left.length - longestList;
  return [
    ...(updated > 0 ? [words.say('statement.copiesUpdated', { count: updated })] : []),
    ...(left.length > 0 ? [words.say('statement.copiesLeft', { count: left.length })] : []),
    ...left.slice(0, longestList).map(({ post, obstacle }) => {
      // People of one server can't see what another's channels are called.
      const name = asPlain(cutTo(names.get(post.serverId) ?? '', 60));
      const place = post.serverId === here ? `<#${post.channelId}>` : `**${name}**`;
      const why = obstacle ? words.say(`statement.copyWhy.${obstacle}`) : '';
      return `- ${place} (${linkTo(post)}): ${why}`;
    }),
    ...(more > 0 ? [words.say('andMore', { count: more })] : []),
  ];
}

function changes(before: string, after: string, most: number, words: Words): string {
  const passages = changesBetween(before, after);
  if (passages?.length === 0) return words.say('statement.onlySpaces');
  let room = most;
  const shown = (passages ?? []).map(quoted).filter((text) => {
    room -= characters(text);
    return room >= 0;
  });
  if (!passages || shown.length === 0) return words.say('statement.rewritten');
  const more = passages.length - shown.length;
  return [
    words.say('statement.changes', { count: passages.length }),
    ...shown,
    ...(more > 0 ? [words.say('andMore', { count: more })] : []),
  ].join('\n\n');
}

/** One line: what it was made of has no line breaks. */
const quoted = (passage: Passage) => `> ${passage.map(marked).join('').replaceAll('~~**', '~~ **')}`;

/** What went is struck through, what came is bold; the signs stay close to the words, and nothing turns them round. */
function marked({ kind, text }: Span): string {
  const plain = asPlain(cutTo(text.replace(/\p{Bidi_Control}/gu, ''), longestSpan));
  const sign = { same: '', gone: '~~', new: '**' }[kind];
  return plain.replace(/\S(?:.*\S)?/, (words) => `${sign}${words}${sign}`);
}
