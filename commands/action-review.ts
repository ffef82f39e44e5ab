// /action review: entries over the server's limit and without a proof, one at a time, for an organizer to decide.
import { actionsWhere } from '../db/actions.js';
import { targetsOf } from '../db/coalition.js';
import { reviewAction } from '../src/coalition/action.js';
import { today } from '../src/coalition/petition.js';
import { reviewReply } from '../src/discord/cards/action.js';
import { type Press, type Reply, type Submit, subcommand, type Turn } from '../src/discord/command.js';
import { modal, textField } from '../src/discord/modal.js';
import { lineSchema, typedInto } from '../src/discord/options.js';
import { petitionOf } from './petition.js';

const longestReason = 300;

export const review = subcommand({ rank: 'organizer', options: {}, run: (_input, turn) => next(turn) });

/** The oldest entry that waits and is not the organizer's own, under what was just decided. */
function next(turn: Turn, decided?: string): Reply {
  const { database } = turn.context;
  const petition = petitionOf(turn);
  const { serverId, userId, words } = turn;
  const waiting = actionsWhere(database, { petitionId: petition.id, serverId, state: 'pending' });
  const others = waiting.filter((action) => action.userId !== userId);
  const action = others.at(-1);
  const target = targetsOf(database, petition.id).find(({ id }) => id === action?.targetId)?.name;
  const own = waiting.length - others.length;
  return reviewReply(
    { action, target, others: others.length, own, today: today(petition, turn.write.at), decided },
    words,
  );
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
};
