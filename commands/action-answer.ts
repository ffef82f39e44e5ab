// What an organizer asked about an entry, answered by its member from /action mine: in words, and with a proof.
import { proofOf } from '../db/actions.js';
import { answerAction, answerable } from '../src/coalition/action-review.js';
import { cutTo } from '../src/coalition/plain-text.js';
import type { Press, Submit } from '../src/discord/command.js';
import { fileField, modal, textField } from '../src/discord/modal.js';
import { lineSchema, typedInto } from '../src/discord/options.js';
import { proofFrom } from './action-together.js';

const longestAnswer = 300;

export const answerPresses: Record<string, Press> = {
  'action.answer': {
    rank: 'member',
    run([id], { context: { database }, write, words }) {
      const action = answerable(database, write, id);
      return modal(`action.answer:${action.id}`, words.say('ask.answerTitle'), [
        textField('answer', words.say('ask.fields.answer'), {
          most: longestAnswer,
          long: true,
          hint: cutTo(action.question ?? '', 100),
        }),
        ...(proofOf(database, action.id)
          ? []
          : [fileField('proof', words.say('ask.fields.proof'), words.say('ask.proofHint'))]),
      ]);
    },
  },
};

export const answerSubmits: Record<string, Submit> = {
  'action.answer': {
    rank: 'member',
    slow: true,
    async run([id], turn, fields) {
      const { database } = turn.context;
      const answer = typedInto(fields, 'answer', 'ask.fields.answer', lineSchema(longestAnswer));
      answerable(database, turn.write, id);
      const sent = fields.fields.has('proof') ? fields.getUploadedFiles('proof')?.first() : undefined;
      const proof = sent && (await proofFrom(turn, sent));
      const file = proof && { name: proof.name, contentType: proof.contentType, bytes: proof.bytes };
      answerAction(database, turn.write, id, answer, file);
      return { content: turn.words.say('ask.answered') };
    },
  },
};
