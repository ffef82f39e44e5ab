// /action: log outreach, see one's own, take it back; also by a form, from a message's menu or a card's button.
import { type Petition, petitionById } from '../db/petitions.js';
import { actionTypes } from '../db/schema.js';
import { targetsOf } from '../db/targets.js';
import { firstDay, largestCount, ownActions } from '../src/coalition/action.js';
import { type Undone, undoAction } from '../src/coalition/action-undo.js';
import { keepDraft, takeDraft } from '../src/coalition/draft.js';
import { requireState, today } from '../src/coalition/petition.js';
import { fold } from '../src/coalition/plain-text.js';
import {
  actionFrom,
  actionModal,
  type Chosen,
  longestNote,
  longestOutcome,
} from '../src/discord/action-form.js';
import { mineCard, undoneReply } from '../src/discord/cards/action.js';
import {
  type Answer,
  type Command,
  idOf,
  type Reply,
  subcommand,
  type Turn,
} from '../src/discord/command.js';
import {
  choice,
  day,
  file,
  integer,
  line,
  organization,
  action as ownAction,
  target,
} from '../src/discord/options.js';
import { answerPresses, answerSubmits } from './action-answer.js';
import { board, boardPresses, periods } from './action-board.js';
import { exportOutreach } from './action-export.js';
import { review, reviewPresses, reviewSubmits } from './action-review.js';
import { logOrAsk, proofFrom, togetherPresses } from './action-together.js';
import { petitionOf, petitionSeen } from './petition.js';

/** How many entries `/action mine` lists. */
const mostOfMine = 8;

const log = subcommand({
  rank: 'member',
  options: {
    type: choice('actionType', actionTypes, { required: true }),
    count: integer(1, largestCount),
    target: target(),
    outcome: line(longestOutcome),
    date: day(),
    organization: { ...organization(), wording: 'withOrganization' },
    note: line(longestNote),
    proof: file(),
  },
  slowFor: ({ proof }) => proof !== undefined,
  async run({ count = 1, date, proof: attached, ...input }, turn) {
    const petition = petitionOf(turn);
    requireState(petition, 'log');
    const proof = attached && (await proofFrom(turn, attached));
    return logOrAsk(turn, petition, () => ({ ...input, count, day: date }), proof);
  },
});

const mine = subcommand({
  rank: 'member',
  options: { period: choice('period', periods) },
  run({ period = 'all' }, turn) {
    const { database } = turn.context;
    const petition = petitionOf(turn);
    const from = firstDay(petition, period, turn.write.at);
    const own = ownActions(database, { petitionId: petition.id, userId: turn.userId, from }, mostOfMine);
    const targets = new Map(targetsOf(database, petition.id).map(({ id, name }) => [id, name]));
    return mineCard(petition, own, targets, period, turn.words);
  },
});

const undo = subcommand({
  rank: 'member',
  options: { action: ownAction() },
  run: ({ action: named }, turn) =>
    undone(turn, undoAction(turn.context.database, turn.write, pickedFrom(turn, named))),
});

/** The id of the own entry that was picked, or whose name was typed out. */
function pickedFrom(turn: Turn, named: string | undefined): string | undefined {
  if (named === undefined) return undefined;
  const { userId, serverId, rank, words } = turn;
  const { database: connection, clock } = turn.context;
  const typing = { connection, serverId, userId, rank, words, now: clock.now(), others: {} };
  const offered = ownAction().complete?.('', typing) ?? [];
  return offered.find(({ name }) => fold(name) === fold(named))?.value ?? named;
}

function undone(turn: Turn, done: Undone): Reply {
  const petition = petitionById(turn.context.database, done.action.petitionId);
  return undoneReply(done, petition ? today(petition, turn.write.at) : done.action.day, turn.words);
}

/** What the form knows beyond what is filled in; used once, however often it is sent. */
interface FormDraft {
  messageLink?: string | undefined;
}

/** The form, for a petition that takes actions. */
function form(turn: Turn, petition: Petition, { messageLink, ...chosen }: FormDraft & Chosen = {}): Answer {
  requireState(petition, 'log');
  const { database } = turn.context;
  const key = keepDraft(database, turn.write, { messageLink } satisfies FormDraft);
  return actionModal(
    idOf('action.log', petition.id, key),
    targetsOf(database, petition.id),
    turn.words,
    chosen,
  );
}

export const action = {
  name: 'action',
  does: { log, mine, undo, board, review, export: exportOutreach },
  presses: {
    'action.form': {
      rank: 'member',
      run: ([id, type, target], turn) => form(turn, petitionSeen(turn, id), { type, target }),
    },
    'action.undo': {
      rank: 'member',
      run: ([id], turn) => undone(turn, undoAction(turn.context.database, turn.write, id)),
    },
    ...togetherPresses,
    ...boardPresses,
    ...reviewPresses,
    ...answerPresses,
  },
  submits: {
    ...reviewSubmits,
    ...answerSubmits,
    'action.log': {
      rank: 'member',
      run([id, key = ''], turn, fields) {
        const filled = actionFrom(fields);
        return logOrAsk(turn, petitionSeen(turn, id), (connection) => {
          const { messageLink } = takeDraft<FormDraft>(connection, turn.write, key);
          return { ...filled, messageLink };
        });
      },
    },
  },
  menus: [
    {
      name: 'Log as outreach action',
      rank: 'member',
      run: ({ channelId, id }, turn) =>
        form(turn, petitionOf(turn), {
          messageLink: `https://discord.com/channels/${turn.serverId}/${channelId}/${id}`,
        }),
    },
  ],
} satisfies Command;
