// A petition's way through its states; delivery closes the count, has the coalition thanked, and starts a clock.
import type { Database } from '../../db/connect.js';
import { type Petition, type PetitionState, petitionById, updatePetition } from '../../db/petitions.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { Failure } from './failure.js';
import { requireHost } from './petition.js';
import { promiseThanks } from './thanks.js';

/** Moves a petition to another state; the reason stays in the audit. Delivered, it thanks the coalition. */
export function setState(
  database: Database,
  write: Write,
  petition: Petition,
  state: PetitionState,
  reason: string,
): Petition {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    const now = petitionById(connection, petition.id) ?? petition;
    if (now.state === state) throw new Failure('sameState', { state: { key: `petition.states.${state}` } });
    if (state === 'draft') throw new Failure('noWayBackToDraft');
    const changes = { state, ...clockOf(state, write.at) };
    updatePetition(connection, petition.id, changes);
    if (state === 'delivered') promiseThanks(connection, petition, write.at);
    record({
      petitionId: petition.id,
      deed: 'petition.status',
      detail: { from: now.state, to: state, reason },
    });
    return { ...now, ...changes };
  });
}

/** Delivery starts the time after which names are removed, anew where it comes a second time; leaving it stops it. */
function clockOf(state: PetitionState, at: number): Partial<Petition> {
  return state === 'delivered'
    ? { deliveredAt: at, removalToldAt: null, namesRemovedAt: null }
    : { deliveredAt: null };
}
