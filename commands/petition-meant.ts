// Which petition a command, a button or a modal is about, as far as whoever uses it may see it.
import type { Petition } from '../db/petitions.js';
import { Failure } from '../src/coalition/failure.js';
import { findPetition, plainTitle, visiblePetitions } from '../src/coalition/petition.js';
import { atLeast } from '../src/discord/access.js';
import type { Turn } from '../src/discord/command.js';

/** The petition a command means, as far as this person may see it. */
export function petitionOf(turn: Turn, named?: string): Petition {
  return findPetition(turn.context.database, turn.serverId, named, atLeast(turn.rank, 'organizer'));
}

/** The petition of a public post: a draft is for organizers' eyes. */
export function petitionToPost(turn: Turn, named?: string): Petition {
  const petition = petitionOf(turn, named);
  if (petition.state === 'draft') throw new Failure('state.draft', { title: plainTitle(petition) });
  return petition;
}

/** The petition that a button or a modal carries; it may have gone out of the person's sight since. */
export function petitionSeen(turn: Turn, id: string | undefined): Petition {
  const seen = visiblePetitions(turn.context.database, turn.serverId, atLeast(turn.rank, 'organizer'));
  const found = seen.find((petition) => String(petition.id) === id);
  if (!found) throw new Failure('staleButton');
  return found;
}
