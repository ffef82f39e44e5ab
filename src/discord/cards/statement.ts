// The statement as people see it: its text as it is, what is to know about it, and what an edit changed.
import { MessageFlags } from 'discord.js';
import type { Language, Statement } from '../../../db/statements.js';
import { asPlain, characters, cutTo } from '../../coalition/plain-text.js';
import { otherLanguage, type StatementEdit } from '../../coalition/statement.js';
import { changesBetween, type Passage, type Span } from '../../coalition/statement-changes.js';
import { splitStatement } from '../../coalition/statement-split.js';
import type { Value, Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import type { Post } from '../posting.js';
import { button, buttonRow, card } from './card.js';

/** How much room the changes have on their card, in characters. */
const changesRoom = 2500;

/** The longest span that is shown whole. */
const longestSpan = 200;

export const languageName = (language: Language): Value => ({ key: `languages.${language}` });

/** A button that shows the statement in a language, privately. */
export function showButton(petitionId: number, language: Language) {
  return button(idOf('statement.show', petitionId, language), { en: 'English', es: 'Español' }[language]);
}

/** What a text is, apart from it: its language, version and date, and whether it has fallen behind. */
export function aboutStatement(
  statement: Statement,
  { latest, stale, other }: { latest: Statement; stale: boolean; other: Statement | undefined },
  words: Words,
): Reply {
  const { language, version, at, petitionId } = statement;
  const lines = [
    words.say('statement.about', { language: languageName(language), version, at: { moment: at } }),
    ...(version < latest.version ? [words.say('statement.old', { latest: latest.version })] : []),
    ...(stale && version === latest.version ? [staleLine(language, words)] : []),
  ];
  const components = other ? [buttonRow(showButton(petitionId, other.language))] : [];
  return { content: lines.join('\n'), components };
}

/** Says that a language has fallen behind the other. */
export function staleLine(language: Language, words: Words): string {
  const other = otherLanguage(language);
  return words.say('statement.stale', { language: languageName(language), other: languageName(other) });
}

/** The messages that bring a text to a channel: nothing but the text, and a button for the other language. */
export function statementPosts(
  statement: Statement,
  other: Statement | undefined,
  interactionId: string,
): Post[] {
  const pieces = splitStatement(statement.text);
  return pieces.map(({ content }, index) => ({
    content,
    flags: MessageFlags.SuppressEmbeds,
    nonce: `${interactionId}${statement.language}${index}`,
    components:
      other && index === pieces.length - 1
        ? [buttonRow(showButton(statement.petitionId, other.language))]
        : [],
  }));
}

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

/** What went is struck through, what came is bold; the signs stay close to the words. */
function marked({ kind, text }: Span): string {
  const plain = asPlain(cutTo(text, longestSpan));
  const sign = { same: '', gone: '~~', new: '**' }[kind];
  return plain.replace(/\S(?:.*\S)?/, (words) => `${sign}${words}${sign}`);
}
