// What an organizer decides on next: an entry that waits, with what was asked about it and answered.
import type { Action } from '../../../db/actions.js';
import type { Localized } from '../../../db/schema.js';
import type { Waiting } from '../../coalition/action-review.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { countedOf, whenOf } from './action.js';
import { button, card } from './card.js';

/** What waits, beside what was decided just before. */
export interface Review extends Waiting {
  target: Localized | undefined;
  /** The name of the proof that came with the answer. */
  proof: string | undefined;
  today: string;
  decided: string | undefined;
}

export function reviewReply(review: Review, words: Words): Reply {
  const { next: action, own, others, asked, decided } = review;
  const head = decided === undefined ? [] : [decided];
  const tail = own > 0 ? [words.say('action.ownWait', { count: own })] : [];
  if (!action) {
    const answers = asked > 0 ? [words.say('ask.waitForAnswers', { count: asked })] : [];
    return { content: [...head, words.say('action.noneWait'), ...answers, ...tail].join('\n') };
  }
  const about = words.say('action.waitsFor', {
    count: others,
    what: countedOf(action, words),
    when: whenOf(action.day, review.today, words),
    person: action.userId === '' ? words.say('action.forgottenOne') : `<@${action.userId}>`,
  });
  return card([
    [...head, about, ...detailsOf(action, review, words), ...tail].join('\n'),
    {
      buttons: [
        button(idOf('action.approve', action.id), words.say('action.approve'), 'strong'),
        button(idOf('action.ask', action.id), words.say('ask.button')),
        button(idOf('action.reject', action.id), words.say('action.reject'), 'danger'),
        ...(review.proof === undefined
          ? []
          : [button(idOf('action.proof', action.id), words.say('ask.showProof'))]),
      ],
    },
  ]);
}

function detailsOf(action: Action, { target, proof }: Review, words: Words): string[] {
  const { outcome, note, messageLink, question, answer } = action;
  const name = (text: string) => asPlain(cutTo(text, 100));
  return [
    ...(target ? [words.say('action.target', { name: name(words.localized(target)) })] : []),
    ...[outcome, note].flatMap((text) => (text === null ? [] : [`> ${asPlain(text)}`])),
    ...(messageLink === null ? [] : [messageLink]),
    ...(question === null ? [] : [words.say('ask.question', { question: asPlain(question) })]),
    ...(question !== null && answer === null ? [words.say('ask.noAnswer')] : []),
    ...(answer === null ? [] : [words.say('ask.answer', { answer: asPlain(answer) })]),
    ...(proof === undefined ? [] : [words.say('action.proof', { name: name(proof) })]),
  ];
}
