// Organizations that back a petition, the targets it is addressed to, and its events.
import { and, asc, eq, gt, gte, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { events, organizations, targets } from './schema.js';

export type Organization = typeof organizations.$inferSelect;
export type Target = typeof targets.$inferSelect;
export type Event = typeof events.$inferSelect;

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

export function insertOrganization(connection: Connection, row: typeof organizations.$inferInsert): void {
  connection.insert(organizations).values(row).run();
}

export function updateOrganization(connection: Connection, id: number, changes: Partial<Organization>): void {
  connection.update(organizations).set(changes).where(eq(organizations.id, id)).run();
}

export function targetsOf(connection: Connection, petitionId: number): Target[] {
  return connection
    .select()
    .from(targets)
    .where(eq(targets.petitionId, petitionId))
    .orderBy(asc(targets.id))
    .all();
}

export function insertTarget(connection: Connection, row: typeof targets.$inferInsert): void {
  connection.insert(targets).values(row).run();
}

export function updateTarget(connection: Connection, id: number, changes: Partial<Target>): void {
  connection.update(targets).set(changes).where(eq(targets.id, id)).run();
}

/** The next events, soonest first: of a day and later, and not over by a moment where their hours are known. */
export function eventsFrom(
  connection: Connection,
  petitionId: number,
  day: string,
  at: number,
  most: number,
): Event[] {
  return connection
    .select()
    .from(events)
    .where(
      and(
        eq(events.petitionId, petitionId),
        or(isNull(events.startsAt), gt(sql`coalesce(${events.endsAt}, ${events.startsAt})`, at)),
        gte(events.day, day),
      ),
    )
    .orderBy(asc(events.day), asc(events.startsAt), asc(events.id))
    .limit(most)
    .all();
}

export function insertEvent(connection: Connection, row: typeof events.$inferInsert): void {
  connection.insert(events).values(row).run();
}

export function updateEvent(connection: Connection, id: number, changes: Partial<Event>): void {
  connection.update(events).set(changes).where(eq(events.id, id)).run();
}
