// Organizations that back a petition, and by which slug a campaign folder calls them, targets and events.
import { and, asc, eq, isNotNull, ne } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { events, organizations, targets } from './schema.js';

export type Organization = typeof organizations.$inferSelect;

/** The tables whose rows a campaign folder names by a slug of its own. */
const slugged = { organization: organizations, target: targets, event: events };

/** The id of the row that a campaign folder calls by this slug. */
export function idBySlug(
  connection: Connection,
  kind: keyof typeof slugged,
  petitionId: number,
  slug: string,
): number | undefined {
  const table = slugged[kind];
  return connection
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.petitionId, petitionId), eq(table.slug, slug)))
    .get()?.id;
}

/** The organizations whose names may be shown. */
export function publishedOrganizations(connection: Connection, petitionId: number): Organization[] {
  return connection
    .select()
    .from(organizations)
    .where(and(eq(organizations.petitionId, petitionId), isNotNull(organizations.publishedAt)))
    .orderBy(asc(organizations.id))
    .all();
}

/** Organizations whose names were published after one moment and up to another, epoch milliseconds. */
export function organizationsSince(connection: Connection, petitionId: number, after: number, until: number) {
  return publishedOrganizations(connection, petitionId).filter(
    ({ publishedAt }) => publishedAt !== null && publishedAt > after && publishedAt <= until,
  );
}

/** The organizations that back a petition, or were proposed to; named or not. */
export function standingOrganizations(connection: Connection, petitionId: number): Organization[] {
  return connection
    .select()
    .from(organizations)
    .where(and(eq(organizations.petitionId, petitionId), ne(organizations.state, 'withdrawn')))
    .orderBy(asc(organizations.id))
    .all();
}

export function organizationById(connection: Connection, id: number): Organization | undefined {
  return connection.select().from(organizations).where(eq(organizations.id, id)).get();
}

export function insertOrganization(
  connection: Connection,
  row: typeof organizations.$inferInsert,
): Organization {
  return connection.insert(organizations).values(row).returning().get();
}

export function updateOrganization(connection: Connection, id: number, changes: Partial<Organization>): void {
  connection.update(organizations).set(changes).where(eq(organizations.id, id)).run();
}
