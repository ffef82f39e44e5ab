// The statement as people see it: its text as it is, what is to know about it, its versions.
import { MessageFlags } from 'discord.js';
import type { Language, Statement } from '../../../db/statements.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import { type Behind, otherLanguage } from '../../coalition/statement.js';
import { splitStatement } from '../../coalition/statement-split.js';
import type { Value, Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import type { Post } from '../posting.js';
import { button, buttonRow, card } from './card.js';

/** The versions that a history shows. */
const longestHistory = 10;

export const languageName = (language: Language): Value => ({ key: `languages.${language}` });

/** A button that shows the statement in a language, privately. */
export function showButton(petitionId: number, language: Language) {
  return button(idOf('statement.show', petitionId, language), { en: 'English', es: 'Español' }[language]);
}

/** What a text is, apart from it: its language, version and date, and whether it has fallen behind. */
export function aboutStatement(
  statement: Statement,
  { latest, behind, other }: { latest: Statement; behind: Behind | undefined; other: Statement | undefined },
  words: Words,
): Reply {
  const { language, version, at, petitionId } = statement;
  const lines = [
    words.say('statement.about', { language: languageName(language), version, at: { moment: at } }),
    ...(version < latest.version ? [words.say('statement.old', { latest: latest.version })] : []),
    ...(behind?.language === language && version === latest.version ? [behindLine(behind, words)] : []),
  ];
  const components = other ? [buttonRow(showButton(petitionId, other.language))] : [];
  return { content: lines.join('\n'), components };
}

/** Says that a language has fallen behind the other, or that nobody has confirmed yet that it no longer is. */
export function behindLine({ language, waits }: Behind, words: Words): string {
  const other = languageName(otherLanguage(language));
  return words.say(waits ? 'statement.waits' : 'statement.stale', {
    language: languageName(language),
    other,
  });
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

/** The newest versions first; who wrote them where the reader may know. */
export function historyCard(
  versions: Statement[],
  { behind, authors }: { behind: Behind | undefined; authors: boolean },
  words: Words,
): Reply {
  const latestBehind = versions.find(({ language }) => language === behind?.language);
  const shown = versions.slice(0, longestHistory).map((statement) => {
    const { language, version, at, authorId, reason } = statement;
    return [
      words.say('statement.about', { language: languageName(language), version, at: { moment: at } }),
      ...(authors && authorId !== null ? [words.say('statement.by', { person: `<@${authorId}>` })] : []),
      ...(reason === null ? [] : [words.say('statement.reason', { reason: asPlain(cutTo(reason, 120)) })]),
      ...(behind && statement === latestBehind ? [behindLine(behind, words)] : []),
    ].join('\n');
  });
  const more = versions.length - shown.length;
  return card([shown.join('\n\n'), ...(more > 0 ? [words.say('andMore', { count: more })] : [])]);
}
