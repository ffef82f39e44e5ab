// Asking a target again: the day that is set for it, and telling organizers once it has come.
import type { Connection, Database } from '../../db/connect.js';
import { responsesOf, untoldFollowUps, updateDelivery } from '../../db/deliveries.js';
import { insertNotice } from '../../db/notices.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import { type Target, targetsOf } from '../../db/targets.js';
import { inTransaction, type Write, writeOnce } from '../../db/transaction.js';
import { addDays } from './day.js';
import { handedTo } from './delivery.js';
import { plainName } from './organization.js';
import { plainTitle, today } from './petition.js';

/** After how many days Minga suggests to ask again. */
const askAgainAfter = 14;

/** Sets the day on which to ask a target again; @throws {@link Failure} as `handedTo` */
export function askAgain(database: Database, write: Write, petition: Petition, target: Target): string {
  return writeOnce(database, write, (connection, record) => {
    const delivery = handedTo(connection, write, petition, target);
    const followUpOn = addDays(today(petition, write.at), askAgainAfter);
    updateDelivery(connection, delivery.id, { followUpOn, remindedAt: null });
    const detail = { target: target.id, followUpOn, before: delivery.followUpOn };
    record({ petitionId: petition.id, deed: 'delivery.followUp', detail });
    return followUpOn;
  });
}

/** Tells the host's organizers whom to ask again: once for each day that was set. */
export function tellFollowUps(database: Database, now: number): void {
  // Asked before the write lock is taken: most ticks have nothing to tell.
  if (dueFollowUps(database, now).length === 0) return;
  inTransaction(database, (connection) => {
    for (const { delivery, petition, target } of dueFollowUps(connection, now)) {
      updateDelivery(connection, delivery.id, { remindedAt: now });
      const answered = responsesOf(connection, petition.id)
        .filter(({ deliveryId }) => deliveryId === delivery.id)
        .at(-1);
      const last = answered
        ? ({ key: 'delivery.lastAnswer', values: { day: { day: answered.day } } } as const)
        : ({ key: 'delivery.noAnswer' } as const);
      insertNotice(connection, {
        serverId: petition.serverId,
        key: 'notices.followUp',
        values: {
          title: plainTitle(petition),
          name: plainName(target.name),
          day: { day: delivery.day },
          last,
        },
        at: now,
      });
    }
  });
}

function dueFollowUps(connection: Connection, now: number) {
  return untoldFollowUps(connection).flatMap((delivery) => {
    const petition = petitionById(connection, delivery.petitionId);
    const target = targetsOf(connection, delivery.petitionId).find(({ id }) => id === delivery.targetId);
    const isDue = petition && delivery.followUpOn !== null && delivery.followUpOn <= today(petition, now);
    return isDue && target ? [{ delivery, petition, target }] : [];
  });
}
