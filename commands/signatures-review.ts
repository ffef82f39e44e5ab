// /signatures review: likely duplicates, a pair at a time, for an organizer of the host to merge or to keep.
import type { Petition } from '../db/petitions.js';
import type { Signature } from '../db/signatures.js';
import { sourceById } from '../db/sources.js';
import type { SignedName } from '../src/coalition/count.js';
import { Failure } from '../src/coalition/failure.js';
import { requireHost } from '../src/coalition/petition.js';
import { judgePair, needsReason, nextPair, type Verdict } from '../src/coalition/review.js';
import { tallyOf } from '../src/coalition/tally.js';
import { type Opened, pairCard } from '../src/discord/cards/review.js';
import { type Press, type Reply, type Submit, subcommand, type Turn } from '../src/discord/command.js';
import { modal, textField } from '../src/discord/modal.js';
import { lineSchema, typedInto } from '../src/discord/options.js';
import { petitionOf, petitionSeen } from './petition.js';

const longestReason = 300;

export const review = subcommand({
  rank: 'organizer',
  options: {},
  run: (_input, turn) => next(turn, hosted(turn, petitionOf(turn))),
});

/** Names are for the organizers of the host alone. */
function hosted(turn: Turn, petition: Petition): Petition {
  requireHost(petition, turn.serverId);
  return petition;
}

/** The pair after another one, under what was just decided. */
function next(turn: Turn, petition: Petition, after = 0, decided?: string): Reply {
  const { context, words } = turn;
  const pair = nextPair(context.database, petition.id, after);
  if (!pair) return { content: [...(decided ? [decided] : []), words.say('review.none')].join('\n') };
  const { likely } = tallyOf(context.database, petition.id);
  const [earlier, later] = [opened(turn, pair.earlier), opened(turn, pair.later)];
  return pairCard({ petitionId: petition.id, earlier, later, count: likely, decided }, words);
}

function opened({ context: { database, seal } }: Turn, signature: Signature): Opened {
  const source = sourceById(database, signature.sourceId);
  if (!source) throw new Error(`no source ${signature.sourceId}`);
  const { sealed } = signature;
  return { signature, source, signed: sealed ? (seal.open(sealed) as SignedName) : undefined };
}

/** Decides on the pair that a button or a form carries; false where it was decided before. */
function judge(turn: Turn, petition: Petition, args: string[], verdict: Verdict, reason?: string): boolean {
  const pair = { later: Number(args[1]), earlier: Number(args[2]) };
  return judgePair(turn.context.database, turn.write, petition, pair, verdict, reason);
}

function pressed(verdict: Verdict): Press {
  return {
    rank: 'organizer',
    run(args, turn) {
      const petition = hosted(turn, petitionSeen(turn, args[0]));
      const { words } = turn;
      if (!needsReason(petition)) {
        const done = judge(turn, petition, args, verdict);
        return next(
          turn,
          petition,
          Number(args[1]),
          words.say(done ? `review.done.${verdict}` : 'failures.pairDecided'),
        );
      }
      return modal(`signatures.${verdict}:${args.join(':')}`, words.say(`review.${verdict}`), [
        textField('reason', words.say('review.reason'), { most: longestReason }),
      ]);
    },
  };
}

function submitted(verdict: Verdict): Submit {
  return {
    rank: 'organizer',
    run(args, turn, fields) {
      const petition = petitionSeen(turn, args[0]);
      const reason = typedInto(fields, 'reason', 'review.reason', lineSchema(longestReason));
      if (!judge(turn, petition, args, verdict, reason)) throw new Failure('pairDecided');
      return next(turn, petition, Number(args[1]), turn.words.say(`review.done.${verdict}`));
    },
  };
}

export const reviewPresses: Record<string, Press> = {
  'signatures.merge': pressed('merge'),
  'signatures.keep': pressed('keep'),
  'signatures.next': {
    rank: 'organizer',
    run: ([petitionId, after], turn) =>
      next(turn, hosted(turn, petitionSeen(turn, petitionId)), Number(after) || 0),
  },
};

export const reviewSubmits: Record<string, Submit> = {
  'signatures.merge': submitted('merge'),
  'signatures.keep': submitted('keep'),
};
