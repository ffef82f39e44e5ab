// Handing the petition over: to whom, when and where, the proof of it, and what was answered.
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { deliveries, deliveryProofs, responses } from './schema.js';

export type Delivery = typeof deliveries.$inferSelect;
export type DeliveryProof = typeof deliveryProofs.$inferSelect;
export type TargetResponse = typeof responses.$inferSelect;

/** A petition's deliveries, planned ones too, in the order of their days. */
export function deliveriesOf(connection: Connection, petitionId: number): Delivery[] {
  return connection
    .select()
    .from(deliveries)
    .where(eq(deliveries.petitionId, petitionId))
    .orderBy(asc(deliveries.day), asc(deliveries.id))
    .all();
}

export function insertDelivery(connection: Connection, row: typeof deliveries.$inferInsert): Delivery {
  return connection.insert(deliveries).values(row).returning().get();
}

export function updateDelivery(
  connection: Connection,
  id: number,
  changes: Partial<Omit<Delivery, 'id'>>,
): void {
  connection.update(deliveries).set(changes).where(eq(deliveries.id, id)).run();
}

/** Keeps the proof of a delivery, in place of one that it may have. */
export function putDeliveryProof(connection: Connection, { deliveryId, ...proof }: DeliveryProof): void {
  connection
    .insert(deliveryProofs)
    .values({ deliveryId, ...proof })
    .onConflictDoUpdate({ target: deliveryProofs.deliveryId, set: proof })
    .run();
}

/** The ids of a petition's deliveries that have a proof. */
export function provedDeliveries(connection: Connection, petitionId: number): Set<number> {
  const rows = connection
    .select({ id: deliveryProofs.deliveryId })
    .from(deliveryProofs)
    .innerJoin(deliveries, eq(deliveries.id, deliveryProofs.deliveryId))
    .where(eq(deliveries.petitionId, petitionId))
    .all();
  return new Set(rows.map(({ id }) => id));
}

export function insertResponse(connection: Connection, row: typeof responses.$inferInsert): TargetResponse {
  return connection.insert(responses).values(row).returning().get();
}

/** What a petition's targets answered, oldest first. */
export function responsesOf(connection: Connection, petitionId: number): TargetResponse[] {
  return connection
    .select({ response: responses })
    .from(responses)
    .innerJoin(deliveries, eq(deliveries.id, responses.deliveryId))
    .where(eq(deliveries.petitionId, petitionId))
    .orderBy(asc(responses.day), asc(responses.id))
    .all()
    .map(({ response }) => response);
}

/** Deliveries with a day on which to ask again that nobody has been told of yet. */
export function untoldFollowUps(connection: Connection): Delivery[] {
  return connection
    .select()
    .from(deliveries)
    .where(and(isNotNull(deliveries.followUpOn), isNull(deliveries.remindedAt)))
    .orderBy(asc(deliveries.followUpOn), asc(deliveries.id))
    .all();
}
