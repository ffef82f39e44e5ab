// /action review: entries over the server's limit and without a proof, one at a time, for an organizer to decide.
import { AttachmentBuilder } from 'discord.js';
import { proofOf } from '../db/actions.js';
import { targetsOf } from '../db/targets.js';
import { askAction, reviewAction, reviewable, waitingFor } from '../src/coalition/action-review.js';
import { Failure } from '../src/coalition/failure.js';
import { today } from '../src/coalition/petition.js';
import { countedOf } from '../src/discord/cards/action.js';
import { reviewReply } from '../src/discord/cards/action-review.js';
import { type Press, type Reply, type Submit, subcommand, type Turn } from '../src/discord/command.js';
import { modal, textField } from '../src/discord/modal.js';
import { lineSchema, typedInto } from '../src/discord/options.js';
import { petitionOf } from './petition.js';

const longestReason = 300;
const longestQuestion = 300;

export const review = subcommand({ rank: 'organizer', options: {}, run: (_input, turn) => next(turn) });

/** What waits next for this organizer, under what was just decided. */
function next(turn: Turn, decided?: string, justAsked?: number): Reply {
  const { database } = turn.context;
  const petition = petitionOf(turn);
  const { serverId, userId, words } = turn;
  const waiting = waitingFor(database, { petitionId: petition.id, serverId, userId }, justAsked);
  const target = targetsOf(database, petition.id).find(({ id }) => id === waiting.next?.targetId)?.name;
  const proof = waiting.next && proofOf(database, waiting.next.id)?.name;
  return reviewReply({ ...waiting, target, proof, today: today(petition, turn.write.at), decided }, words);
}

export const reviewPresses: Record<string, Press> = {
  'action.approve': {
    rank: 'organizer',
    run([id], turn) {
      reviewAction(turn.context.database, turn.write, id, 'counted');
      return next(turn, turn.words.say('action.approved'));
    },
  },
  'action.reject': {
    rank: 'organizer',
    run: ([id = ''], { words }) =>
      modal(`action.reject:${id}`, words.say('action.rejectTitle'), [
        textField('reason', words.say('action.fields.reason'), { most: longestReason }),
      ]),
  },
  'action.ask': {
    rank: 'organizer',
    run([id], { context: { database }, write, words }) {
      const action = reviewable(database, write, id);
      return modal(`action.ask:${action.id}`, words.say('ask.title'), [
        textField('question', words.say('ask.fields.question'), {
          most: longestQuestion,
          long: true,
          hint: words.say('ask.questionHint'),
        }),
      ]);
    },
  },
  'action.proof': {
    rank: 'organizer',
    slow: true,
    run([id], { context: { database }, write, words }) {
      const action = reviewable(database, write, id);
      const proof = proofOf(database, action.id);
      if (!proof) throw new Failure('staleButton');
      const said = words.say('ask.proofOf', { what: countedOf(action, words), day: { day: action.day } });
      return {
        content: said,
        files: [new AttachmentBuilder(proof.bytes, { name: proof.name, description: said })],
      };
    },
  },
};

export const reviewSubmits: Record<string, Submit> = {
  'action.reject': {
    rank: 'organizer',
    run([id], turn, fields) {
      const reason = typedInto(fields, 'reason', 'action.fields.reason', lineSchema(longestReason));
      reviewAction(turn.context.database, turn.write, id, 'rejected', reason);
      return next(turn, turn.words.say('action.rejected'));
    },
  },
  'action.ask': {
    rank: 'organizer',
    run([id], turn, fields) {
      const question = typedInto(fields, 'question', 'ask.fields.question', lineSchema(longestQuestion));
      const action = askAction(turn.context.database, turn.write, id, question);
      return next(turn, turn.words.say('ask.asked'), action.id);
    },
  },
};
