// /action: log outreach, see one's own, take it back; also by a form, from a message's menu or a card's button.
import type { Attachment } from 'discord.js';
import { type Action, organizationNames } from '../db/actions.js';
import { targetsOf } from '../db/coalition.js';
import type { Connection } from '../db/connect.js';
import { type Petition, petitionById } from '../db/petitions.js';
import { actionTypes } from '../db/schema.js';
import { serverOf } from '../db/servers.js';
import { writeOnce } from '../db/transaction.js';
import {
  type ActionInput,
  firstDay,
  largestCount,
  logAction,
  ownActions,
  type Proof,
  undoAction,
  weekSum,
} from '../src/coalition/action.js';
import { keepDraft, takeDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { requireState, today } from '../src/coalition/petition.js';
import { cleanLine, fold } from '../src/coalition/plain-text.js';
import { actionFrom, actionModal, longestNote, longestOutcome } from '../src/discord/action-form.js';
import { loggedReply, mineCard, undoneReply } from '../src/discord/cards/action.js';
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
import { board, boardPresses, periods } from './action-board.js';
import { review, reviewPresses, reviewSubmits } from './action-review.js';
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
    return logOnce(turn, petition, () => ({ ...input, count, day: date }), proof);
  },
});

async function proofFrom({ context }: Turn, { name, contentType, url }: Attachment): Promise<Proof> {
  const bytes = await context.attachments.fetch(url);
  if (bytes.length === 0) throw new Failure('emptyFile');
  return { name: cleanLine(name), contentType, bytes };
}

/** Logs an action and says so; the input may come from a draft, which is used in the same transaction. */
function logOnce(
  turn: Turn,
  petition: Petition,
  inputFrom: (connection: Connection) => ActionInput,
  proof?: Proof,
): Reply {
  const { write } = turn;
  const { database } = turn.context;
  const action = writeOnce(database, write, (connection, record) => {
    const made = logAction(connection, write, petition, inputFrom(connection), proof);
    record({ petitionId: petition.id, deed: 'action.log', detail: { action: made.id } });
    return made;
  });
  return loggedReply(
    {
      action,
      today: today(petition, write.at),
      target: targetsOf(database, petition.id).find(({ id }) => id === action.targetId)?.name,
      organization: organizationNames(database, petition.id).get(String(action.organizationId)),
      proof: proof?.name,
      week: weekSum(database, petition, action, write.at),
      reviewOver: serverOf(database, turn.serverId).reviewOver,
    },
    turn.words,
  );
}

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

function undone(turn: Turn, action: Action): Reply {
  const petition = petitionById(turn.context.database, action.petitionId);
  return undoneReply(action, petition ? today(petition, turn.write.at) : action.day, turn.words);
}

/** What the form knows beyond what is filled in; used once, however often it is sent. */
interface FormDraft {
  messageLink?: string | undefined;
}

/** The form, for a petition that takes actions. */
function form(turn: Turn, petition: Petition, messageLink?: string): Answer {
  requireState(petition, 'log');
  const { database } = turn.context;
  const key = keepDraft(database, turn.write, { messageLink } satisfies FormDraft);
  return actionModal(idOf('action.log', petition.id, key), targetsOf(database, petition.id), turn.words);
}

export const action = {
  name: 'action',
  does: { log, mine, undo, board, review },
  presses: {
    'action.form': { rank: 'member', run: ([id], turn) => form(turn, petitionSeen(turn, id)) },
    'action.undo': {
      rank: 'member',
      run: ([id], turn) => undone(turn, undoAction(turn.context.database, turn.write, id)),
    },
    ...boardPresses,
    ...reviewPresses,
  },
  submits: {
    ...reviewSubmits,
    'action.log': {
      rank: 'member',
      run([id, key = ''], turn, fields) {
        const filled = actionFrom(fields);
        return logOnce(turn, petitionSeen(turn, id), (connection) => {
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
        form(turn, petitionOf(turn), `https://discord.com/channels/${turn.serverId}/${channelId}/${id}`),
    },
  ],
} satisfies Command;
