// A comment as its author, an organizer who reviews it, and the readers of the daily card see it.
import type { Quote, Said } from '../../coalition/comment.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { button, card } from './card.js';
import { inWords } from './petition.js';

/** As a quotation, with the name the person gave. */
function quotation({ text, name }: Said, unnamed: string): string {
  const lines = asPlain(text).split('\n');
  return [...lines, `— ${name === undefined ? unnamed : asPlain(name)}`]
    .map((line) => `> ${line}`)
    .join('\n');
}

/** What becomes of a comment, for whoever submitted it, and how to take it back. */
export function keptReply(said: Said, words: Words): Reply {
  return card([
    `### ${words.say('comment.kept')}`,
    quotation(said, words.say('comment.unnamed')),
    words.say('comment.waits'),
    `-# ${words.say('comment.rights')}`,
  ]);
}

export interface Reviewed {
  petitionId: number;
  quote: Quote;
  /** How many wait, this one among them. */
  count: number;
  /** What was decided just before. */
  decided: string | undefined;
}

/** A comment for an organizer of the host to decide on. */
export function commentCard({ petitionId, quote, count, decided }: Reviewed, words: Words): Reply {
  const about = [petitionId, quote.id];
  const language = words.say(`languages.${quote.language}`);
  return card([
    [...(decided === undefined ? [] : [decided]), `### ${words.say('comment.waiting', { count })}`].join(
      '\n',
    ),
    quotation(quote, words.say('comment.unnamed')),
    `-# ${words.say('comment.from', { moment: { moment: quote.at }, language })}\n-# ${words.say('comment.hint')}`,
    {
      buttons: [
        button(idOf('comment.approve', ...about), words.say('comment.approve'), 'strong'),
        button(idOf('comment.reject', ...about), words.say('comment.reject')),
        ...(count > 1 ? [button(idOf('comment.next', ...about), words.say('comment.next'))] : []),
      ],
    },
  ]);
}

/** Nothing waits that this organizer may decide on. */
export function noneReply(count: number, decided: string | undefined, words: Words): Reply {
  const said = count === 0 ? words.say('comment.none') : words.say('comment.ownOnly', { count });
  return { content: [...(decided === undefined ? [] : [decided]), said].join('\n') };
}

/** A comment on the daily card, in its own words, cut where it is long; the line above it is in the card's languages. */
export function quoteBlock({ text, name }: Said, most: number, speech: readonly Words[]): string {
  const said = { text: cutTo(text, most), name };
  return `**${inWords(speech, 'comment.quoted')}**\n${quotation(said, inWords(speech, 'comment.unnamed'))}`;
}
