// /action board: how much outreach was done and by whom; people choose for themselves whether they are named.
import type { Petition } from '../db/petitions.js';
import { firstDay } from '../src/coalition/action.js';
import { type BoardGrouping, boardGroupings, boardOf, showOnBoard } from '../src/coalition/board.js';
import { creditsOf } from '../src/coalition/credit.js';
import type { Period } from '../src/coalition/day.js';
import { requireState } from '../src/coalition/petition.js';
import { asPlain, cleanLine } from '../src/coalition/plain-text.js';
import { boardCard, mostLines } from '../src/discord/cards/board.js';
import { mostCredits } from '../src/discord/cards/credit.js';
import { type Press, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import { choice } from '../src/discord/options.js';
import { petitionOf, petitionSeen } from './petition.js';

export const periods = ['today', 'week', 'month', 'all'] as const satisfies Period[];

export const board = subcommand({
  rank: 'anyone',
  public: true,
  slow: true,
  options: {
    period: choice('period', periods),
    by: choice('boardBy', boardGroupings, { wording: 'boardBy' }),
  },
  run({ period = 'all', by = 'type' }, turn) {
    const petition = petitionOf(turn);
    // Organizers see drafts; everyone sees the board.
    if (petition.state === 'draft') requireState(petition, 'share');
    return boardReply(turn, petition, period, by);
  },
});

function boardReply(turn: Turn, petition: Petition, period: Period, by: BoardGrouping): Reply {
  const from = firstDay(petition, period, turn.write.at);
  const sums = boardOf(turn.context.database, { petitionId: petition.id, from }, by, mostLines);
  const credits = creditsOf(turn.context.database, { petitionId: petition.id, from }, by, mostCredits);
  return boardCard(petition, sums, credits, period, turn.speech());
}

/** Puts the person's name on the boards or takes it off, and brings the pressed board up to date. */
async function choose(turn: Turn, [id, typed]: string[], name: string | undefined): Promise<undefined> {
  const petition = petitionSeen(turn, id);
  const period = periods.find((known) => known === typed) ?? 'all';
  showOnBoard(turn.context.database, turn.write, petition, name);
  const { interaction, words } = turn;
  if (interaction.isMessageComponent())
    await interaction.update(boardReply(turn, petition, period, 'member'));
  turn.whisper({
    content:
      name === undefined ? words.say('action.hidden') : words.say('action.shown', { name: asPlain(name) }),
  });
}

export const boardPresses: Record<string, Press> = {
  'action.show': {
    rank: 'member',
    run: (args, turn) => choose(turn, args, cleanLine(turn.userName) || turn.interaction.user.username),
  },
  // Taking one's name off takes no role.
  'action.hide': { rank: 'anyone', run: (args, turn) => choose(turn, args, undefined) },
};
