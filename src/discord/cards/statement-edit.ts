// What an edit of the statement did, told to whoever made it.
import type { Statement } from '../../../db/statements.js';
import { asPlain, characters, cutTo } from '../../coalition/plain-text.js';
import type { StatementEdit } from '../../coalition/statement.js';
import { changesBetween, type Passage, type Span } from '../../coalition/statement-changes.js';
import type { Words } from '../../i18n/words.js';
import type { Reply } from '../command.js';
import { card } from './card.js';
import { languageName } from './statement.js';

/** How much room the changes have on their card, in characters. */
const changesRoom = 2500;

/** The longest span that is shown whole. */
const longestSpan = 200;

/** What an edit did: the new version, how the other language stands to it, and the changes. */
export function editedCard({ before, now, other, leavesBehind }: StatementEdit, words: Words): Reply {
  const lines = [
    words.say('statement.saved', { language: languageName(now.language), version: now.version }),
    ...(now.reason === null ? [] : [words.say('statement.reason', { reason: asPlain(now.reason) })]),
    ...(other ? [besideOther(other, leavesBehind, words)] : []),
  ];
  return card([
    lines.join('\n'),
    ...(before ? [{ line: true } as const, changes(before.text, now.text, words)] : []),
  ]);
}

function besideOther({ language, version }: Statement, behind: boolean, words: Words): string {
  return behind
    ? words.say('statement.leftBehind', { language: languageName(language), code: language })
    : words.say('statement.caughtUp', { language: languageName(language), version });
}

function changes(before: string, after: string, words: Words): string {
  const passages = changesBetween(before, after);
  if (passages?.length === 0) return words.say('statement.onlySpaces');
  let room = changesRoom;
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
