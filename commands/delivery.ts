// /delivery: the packet that is handed over, what was planned, done and answered, and the press release.

import type { Petition } from '../db/petitions.js';
import { serverOf } from '../db/servers.js';
import type { Target } from '../db/targets.js';
import { targetsOf } from '../db/targets.js';
import type { Proof } from '../src/coalition/action.js';
import { type Handover, recordDelivery } from '../src/coalition/delivery.js';
import { deliveryBoard, isDone } from '../src/coalition/delivery-board.js';
import { Failure } from '../src/coalition/failure.js';
import { askAgain } from '../src/coalition/follow-up.js';
import { requireHost } from '../src/coalition/petition.js';
import { findTarget, knownTargets } from '../src/coalition/target.js';
import { boardCard, recordedReply } from '../src/discord/cards/delivery.js';
import { nameOf } from '../src/discord/cards/target.js';
import { type Command, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import { day, file, line, target as targetOption } from '../src/discord/options.js';
import { proofFrom } from './action-together.js';
import { answerPresses, answerSubmits, responseForm } from './delivery-answer.js';
import { packet } from './delivery-packet.js';
import { release, presses as releasePresses, submits as releaseSubmits } from './delivery-release.js';
import { petitionOf, petitionSeen } from './petition-meant.js';

/** The petition that the host's organizers deliver. */
function hosted(turn: Turn): Petition {
  const petition = petitionOf(turn);
  requireHost(petition, turn.serverId);
  return petition;
}

const record = subcommand({
  rank: 'organizer',
  options: {
    target: targetOption({ required: true, wording: 'deliveryTarget' }),
    date: { ...day({ required: true }), wording: 'deliveryDate' },
    place: line(100, { wording: 'deliveryPlace' }),
    proof: { ...file(), wording: 'deliveryProof' },
  },
  slowFor: ({ proof }) => proof !== undefined,
  async run({ date, proof: attached, ...input }, turn) {
    const petition = hosted(turn);
    const known = knownTargets(turn.context.database, petition.id);
    // Before a file is fetched for nothing.
    findTarget(known, input.target);
    const proof = attached && (await proofFrom(turn, attached));
    return recorded(turn, petition, { ...input, day: date }, proof);
  },
});

function recorded(turn: Turn, petition: Petition, handover: Handover, proof?: Proof): Reply {
  const { database } = turn.context;
  const { target, delivery } = recordDelivery(database, turn.write, petition, handover, proof);
  const board = deliveryBoard(database, petition, turn.write.at);
  const row = board.find((one) => one.target.id === target.id);
  if (!row) throw new Error(`target ${target.id} is not on its board`);
  const last = petition.state !== 'delivered' && board.every(isDone);
  return recordedReply(petition, { ...row, delivery }, last, turn.words);
}

const response = subcommand({
  rank: 'organizer',
  options: { target: targetOption({ required: true, wording: 'deliveryTarget' }) },
  run({ target: named }, turn) {
    const petition = hosted(turn);
    const { target } = findTarget(knownTargets(turn.context.database, petition.id), named);
    return responseForm(turn, petition, target);
  },
});

const status = subcommand({
  rank: 'organizer',
  options: {},
  run(_input, turn) {
    const { database } = turn.context;
    const petition = hosted(turn);
    const rows = deliveryBoard(database, petition, turn.write.at);
    return boardCard(petition, rows, serverOf(database, turn.serverId).name, turn.words);
  },
});

/** The petition and the target that a button carries. */
function seenBy(turn: Turn, [petitionId, targetId]: string[]): { petition: Petition; target: Target } {
  const petition = petitionSeen(turn, petitionId);
  requireHost(petition, turn.serverId);
  const target = targetsOf(turn.context.database, petition.id).find(({ id }) => String(id) === targetId);
  if (!target) throw new Failure('staleButton');
  return { petition, target };
}

export const delivery = {
  name: 'delivery',
  does: { packet, record, response, status, release },
  presses: {
    'delivery.done': {
      rank: 'organizer',
      run(args, turn) {
        const { petition, target } = seenBy(turn, args);
        const board = deliveryBoard(turn.context.database, petition, turn.write.at);
        const planned = board.find((row) => row.target.id === target.id);
        if (planned && isDone(planned)) throw new Failure('doneAlready');
        if (!planned?.delivery || planned.stage !== 'unsaid') throw new Failure('staleButton');
        return recorded(turn, petition, { target: String(target.id), day: planned.delivery.day });
      },
    },
    'delivery.answer': {
      rank: 'organizer',
      run(args, turn) {
        const { petition, target } = seenBy(turn, args);
        return responseForm(turn, petition, target);
      },
    },
    'delivery.askAgain': {
      rank: 'organizer',
      run(args, turn) {
        const { petition, target } = seenBy(turn, args);
        const { words } = turn;
        const on = askAgain(turn.context.database, turn.write, petition, target);
        const values = { name: nameOf(target, words, 200), day: { day: on } };
        return { content: `🔔 ${words.say('delivery.willAsk', values)}` };
      },
    },
    ...answerPresses,
    ...releasePresses,
  },
  submits: { ...answerSubmits, ...releaseSubmits },
} satisfies Command;
