// Petitions, the servers that act on them, shares, personal links, and what a campaign folder last said.
import { and, asc, eq } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { campaignLoads, petitionServers, petitions, shares } from './schema.js';

export type Petition = typeof petitions.$inferSelect;
export type PetitionState = Petition['state'];

export function petitionById(connection: Connection, id: number): Petition | undefined {
  return connection.select().from(petitions).where(eq(petitions.id, id)).get();
}

export function petitionBySlug(connection: Connection, serverId: string, slug: string): Petition | undefined {
  return connection
    .select()
    .from(petitions)
    .where(and(eq(petitions.serverId, serverId), eq(petitions.slug, slug)))
    .get();
}

/** The petitions a server acts on, its own and those it joined, oldest first. */
export function petitionsOf(connection: Connection, serverId: string): Petition[] {
  return connection
    .select({ petition: petitions })
    .from(petitionServers)
    .innerJoin(petitions, eq(petitions.id, petitionServers.petitionId))
    .where(eq(petitionServers.serverId, serverId))
    .orderBy(asc(petitions.id))
    .all()
    .map((row) => row.petition);
}

export function allPetitions(connection: Connection): Petition[] {
  return connection.select().from(petitions).orderBy(asc(petitions.id)).all();
}

/** Adds a petition and its host server. */
export function insertPetition(connection: Connection, row: typeof petitions.$inferInsert): Petition {
  const petition = connection.insert(petitions).values(row).returning().get();
  connection
    .insert(petitionServers)
    .values({ petitionId: petition.id, serverId: row.serverId, role: 'host', joinedAt: row.createdAt })
    .run();
  return petition;
}

export function updatePetition(
  connection: Connection,
  id: number,
  changes: Partial<Omit<Petition, 'id'>>,
): void {
  connection.update(petitions).set(changes).where(eq(petitions.id, id)).run();
}

export function insertShare(connection: Connection, row: typeof shares.$inferInsert): void {
  connection.insert(shares).values(row).run();
}

/** What the folder said at its last load: digest by fact. */
export function loadedFacts(connection: Connection, petitionId: number): Map<string, string> {
  const rows = connection.select().from(campaignLoads).where(eq(campaignLoads.petitionId, petitionId)).all();
  return new Map(rows.map((row) => [row.fact, row.digest]));
}

export function rememberFact(connection: Connection, row: typeof campaignLoads.$inferInsert): void {
  connection
    .insert(campaignLoads)
    .values(row)
    .onConflictDoUpdate({
      target: [campaignLoads.petitionId, campaignLoads.fact],
      set: { digest: row.digest },
    })
    .run();
}

/** Forgets what the folder no longer says, so that saying it again is news. */
export function forgetFact(connection: Connection, petitionId: number, fact: string): void {
  connection
    .delete(campaignLoads)
    .where(and(eq(campaignLoads.petitionId, petitionId), eq(campaignLoads.fact, fact)))
    .run();
}
