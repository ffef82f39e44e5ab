// Packets that were made, and the moment of the latest fact that one can hold.
import { and, desc, eq, inArray, max, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { audit, observations, packets, petitions, signatures, sources, statements } from './schema.js';

export type Packet = typeof packets.$inferSelect;
export type NewPacket = typeof packets.$inferInsert;

export function insertPacket(connection: Connection, row: NewPacket): void {
  connection.insert(packets).values(row).run();
}

/** A petition's packets, the newest first. */
export function packetsOf(connection: Connection, petitionId: number): Packet[] {
  return connection
    .select()
    .from(packets)
    .where(eq(packets.petitionId, petitionId))
    .orderBy(desc(packets.id))
    .all();
}

/** The deeds that change what a packet says: whatever else is on record leaves it as it was. */
const changing = [
  'petition.create',
  'petition.edit',
  'petition.namesRemoved',
  'campaign.load',
  'statement.edit',
  'statement.confirm',
  'organization.add',
  'organization.agree',
  'organization.approve',
  'organization.withdraw',
  'signatures.add',
  'signatures.batch',
  'signatures.count',
  'signatures.poll',
  'signatures.import',
  'signatures.void',
  'signatures.withdraw',
  'signatures.consent',
  'comment.approved',
  'comment.rejected',
  'event.create',
  'event.cancel',
  'event.turnout',
  'action.log',
  'action.join',
  'action.leave',
  'action.review',
  'action.undo',
  'target.add',
  'target.import',
  'privacy.forget',
];

/** When the latest of a petition's facts was noted, epoch milliseconds. */
export function latestFact(connection: Connection, petitionId: number): number {
  const its = sql`in (select ${sources.id} from ${sources} where ${sources.petitionId} = ${petitionId})`;
  const moments = [
    connection
      .select({ at: max(audit.at) })
      .from(audit)
      .where(and(eq(audit.petitionId, petitionId), inArray(audit.deed, changing))),
    connection
      .select({ at: max(petitions.createdAt) })
      .from(petitions)
      .where(eq(petitions.id, petitionId)),
    connection
      .select({ at: max(statements.at) })
      .from(statements)
      .where(eq(statements.petitionId, petitionId)),
    connection
      .select({ at: max(observations.at) })
      .from(observations)
      .where(sql`${observations.sourceId} ${its}`),
    // The plus keeps it to the table's own order, as in an export.
    connection
      .select({ at: max(signatures.at) })
      .from(signatures)
      .where(sql`+${signatures.sourceId} ${its}`),
  ];
  return Math.max(0, ...moments.map((query) => query.get()?.at ?? 0));
}
