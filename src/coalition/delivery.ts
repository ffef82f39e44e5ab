// Handing the petition over: planned, done, answered.
import type { Connection, Database } from '../../db/connect.js';
import {
  type Delivery,
  deliveriesOf,
  insertDelivery,
  insertResponse,
  putDeliveryProof,
  responsesOf,
  type TargetResponse,
  updateDelivery,
} from '../../db/deliveries.js';
import { type Petition, petitionsOf } from '../../db/petitions.js';
import { type Target, targetsOf } from '../../db/targets.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import type { Proof } from './action.js';
import { takeDraft } from './draft.js';
import { Failure } from './failure.js';
import { plainName } from './organization.js';
import { requireFuture, requireHost, today } from './petition.js';
import { findTarget, knownTargets } from './target.js';

/**
 * Somebody said that it took place: on its day, or later. A planned day that has come says nothing by itself.
 */
export function isHandedOver({ day, at }: Pick<Delivery, 'day' | 'at'>, petition: Petition): boolean {
  return day <= today(petition, at);
}

export interface Handover {
  /** An id or a name, as typed or picked. */
  target: string;
  /** To come: it is planned; today or before: it was done. */
  day: string;
  /** Where it is left out, what was recorded before stays; so does the proof. */
  place?: string | undefined;
}

/**
 * Records what is planned or was done for a target; once more, it takes the place of what was recorded before, which
 * the audit keeps.
 *
 * @throws {@link Failure} outside the host, for an unknown target, and for a day after one on which the target answered
 */
export function recordDelivery(
  database: Database,
  write: Write & { userId: string },
  petition: Petition,
  { target: named, day, place }: Handover,
  proof?: Proof,
): { target: Target; delivery: Delivery } {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    const { target } = findTarget(knownTargets(connection, petition.id), named);
    const before = deliveryTo(connection, petition, target);
    requireBeforeAnswers(connection, petition, before, day);
    const { userId, serverId, at } = write;
    const done = isHandedOver({ day, at }, petition);
    const row = {
      petitionId: petition.id,
      targetId: target.id,
      day,
      place: place ?? before?.place ?? null,
      // Nobody is asked again before they were asked.
      ...(!done && { followUpOn: null, remindedAt: null }),
      serverId,
      userId,
      at,
    };
    if (before) updateDelivery(connection, before.id, row);
    const delivery = before ? { ...before, ...row } : insertDelivery(connection, row);
    if (proof) {
      const { name, contentType, bytes } = proof;
      putDeliveryProof(connection, { deliveryId: delivery.id, name, contentType, bytes });
    }
    record({
      petitionId: petition.id,
      deed: 'delivery.record',
      detail: {
        target: target.id,
        before: before ?? null,
        day,
        place: row.place,
        proof: proof?.name ?? null,
      },
    });
    return { target, delivery };
  });
}

function requireBeforeAnswers(
  connection: Connection,
  petition: Petition,
  before: Delivery | undefined,
  day: string,
): void {
  const [first] = responsesOf(connection, petition.id).filter(({ deliveryId }) => deliveryId === before?.id);
  if (first && first.day < day) throw new Failure('answeredBefore', { day: { day: first.day } });
}

/** What is recorded for a target. */
function deliveryTo(connection: Connection, petition: Petition, { id }: Target): Delivery | undefined {
  return deliveriesOf(connection, petition.id).find(({ targetId }) => targetId === id);
}

/**
 * What was handed to a target.
 *
 * @throws {@link Failure} where that has not taken place yet, and outside the host
 */
export function handedTo(
  connection: Connection,
  { serverId }: Pick<Write, 'serverId'>,
  petition: Petition,
  target: Target,
): Delivery {
  requireHost(petition, serverId);
  const delivery = deliveryTo(connection, petition, target);
  if (!delivery || !isHandedOver(delivery, petition))
    throw new Failure('notDelivered', { name: plainName(target.name) });
  return delivery;
}

/** What the form for an answer is about. */
export interface ResponseDraft {
  petitionId: number;
  targetId: number;
}

export interface ResponseInput {
  text: string;
  answeredBy: string | null;
  day: string;
  followUpOn: string | null;
}

/**
 * Keeps what a target answered; the day to ask again is the one given, or there is none any more.
 *
 * @param key - of the {@link ResponseDraft}
 * @throws {@link Failure} as `handedTo`, and for a day to come or before the delivery, or a follow-up in the past
 */
export function recordResponse(
  database: Database,
  write: Write & { userId: string },
  key: string,
  { followUpOn, ...input }: ResponseInput,
): { petition: Petition; target: Target; response: TargetResponse } {
  return writeOnce(database, write, (connection, record) => {
    const { petition, target } = meantBy(connection, write, takeDraft<ResponseDraft>(connection, write, key));
    const delivery = handedTo(connection, write, petition, target);
    const { userId, serverId, at } = write;
    if (input.day > today(petition, at)) throw new Failure('futureDay', { day: { day: input.day } });
    if (input.day < delivery.day) throw new Failure('answerTooEarly', { day: { day: delivery.day } });
    requireFuture(followUpOn, petition.timezone, at);
    const response = insertResponse(connection, { ...input, deliveryId: delivery.id, serverId, userId, at });
    updateDelivery(connection, delivery.id, { followUpOn, remindedAt: null });
    const detail = { target: target.id, response: response.id, followUpOn, before: delivery.followUpOn };
    record({ petitionId: petition.id, deed: 'delivery.response', detail });
    return { petition, target, response };
  });
}

/** The petition and the target of a form; @throws {@link Failure} where they are gone from this server's sight */
export function meantBy(
  connection: Connection,
  { serverId }: Pick<Write, 'serverId'>,
  { petitionId, targetId }: ResponseDraft,
): { petition: Petition; target: Target } {
  const petition = petitionsOf(connection, serverId).find(({ id }) => id === petitionId);
  const target = targetsOf(connection, petitionId).find(({ id }) => id === targetId);
  if (!petition || !target) throw new Failure('staleButton');
  return { petition, target };
}
