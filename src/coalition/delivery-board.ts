// How far the delivery is: a row for each target it concerns, what is open first.
import type { Connection } from '../../db/connect.js';
import {
  type Delivery,
  deliveriesOf,
  provedDeliveries,
  responsesOf,
  type TargetResponse,
} from '../../db/deliveries.js';
import type { Petition } from '../../db/petitions.js';
import { type Target, targetsOf } from '../../db/targets.js';
import { isHandedOver } from './delivery.js';
import { today } from './petition.js';

/**
 * Where a target's delivery stands, what needs somebody first: it is time to ask again; the day that was planned has
 * come and nobody said what became of it; nothing is planned; handed over and not answered; planned; answered.
 */
export const stages = ['due', 'unsaid', 'open', 'waiting', 'planned', 'answered'] as const;
export type Stage = (typeof stages)[number];

export interface BoardRow {
  target: Target;
  stage: Stage;
  delivery?: Delivery;
  proved: boolean;
  /** Oldest first. */
  responses: TargetResponse[];
}

/** All that was planned or done, and targets for which nothing was: committees and those added by hand, not everyone who sits on a committee. */
export function deliveryBoard(connection: Connection, petition: Petition, at: number): BoardRow[] {
  const deliveries = new Map(deliveriesOf(connection, petition.id).map((one) => [one.targetId, one]));
  const proved = provedDeliveries(connection, petition.id);
  const answers = responsesOf(connection, petition.id);
  return targetsOf(connection, petition.id)
    .flatMap((target): BoardRow[] => {
      const delivery = deliveries.get(target.id);
      if (!delivery) return isMeant(target) ? [{ target, stage: 'open', proved: false, responses: [] }] : [];
      const responses = answers.filter(({ deliveryId }) => deliveryId === delivery.id);
      const stage = stageOf(delivery, responses, petition, at);
      return [{ target, stage, delivery, proved: proved.has(delivery.id), responses }];
    })
    .toSorted((one, other) => stages.indexOf(one.stage) - stages.indexOf(other.stage));
}

/** A petition is handed to whom it names; who sits on a committee is reached through it. */
const isMeant = ({ kind, externalId, former }: Target) =>
  !former && (kind === 'committee' || externalId === null);

function stageOf(
  delivery: Delivery,
  responses: readonly TargetResponse[],
  petition: Petition,
  at: number,
): Stage {
  const { day, followUpOn } = delivery;
  if (!isHandedOver(delivery, petition)) return day <= today(petition, at) ? 'unsaid' : 'planned';
  if (followUpOn !== null && followUpOn <= today(petition, at)) return 'due';
  return responses.length > 0 ? 'answered' : 'waiting';
}

/** It was handed over to this target. */
export const isDone = ({ stage }: BoardRow): boolean =>
  stage === 'due' || stage === 'waiting' || stage === 'answered';
