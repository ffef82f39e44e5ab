// A petition's events, as Minga keeps them and as Discord shows them, and how many people came.
import { and, asc, eq, gt, gte, isNull, max, or, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { events, turnouts } from './schema.js';

export type Event = typeof events.$inferSelect;
export type Turnout = typeof turnouts.$inferSelect;

const inOrder = [asc(events.day), asc(events.startsAt), asc(events.id)];

/** A petition's events in their order, those called off too. */
export function eventsOf(connection: Connection, petitionId: number): Event[] {
  return connection
    .select()
    .from(events)
    .where(eq(events.petitionId, petitionId))
    .orderBy(...inOrder)
    .all();
}

/** The next events, soonest first: not over by a moment or, where their hours are not known, of a day and later. */
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
        isNull(events.cancelledAt),
        or(
          and(isNull(events.startsAt), gte(events.day, day)),
          gt(sql`coalesce(${events.endsAt}, ${events.startsAt})`, at),
        ),
      ),
    )
    .orderBy(...inOrder)
    .limit(most)
    .all();
}

export function eventById(connection: Connection, id: number): Event | undefined {
  return connection.select().from(events).where(eq(events.id, id)).get();
}

/** The event that Discord knows by this id. */
export function eventInDiscord(connection: Connection, discordId: string): Event | undefined {
  return connection.select().from(events).where(eq(events.discordId, discordId)).get();
}

/** A server's events that are neither called off nor over at a moment: those that Discord shows, or is to show. */
export function eventsInCalendar(connection: Connection, serverId: string, at: number): Event[] {
  return connection
    .select()
    .from(events)
    .where(and(eq(events.serverId, serverId), isNull(events.cancelledAt), gt(events.endsAt, at)))
    .orderBy(...inOrder)
    .all();
}

export function insertEvent(connection: Connection, row: typeof events.$inferInsert): Event {
  return connection.insert(events).values(row).returning().get();
}

export function updateEvent(connection: Connection, id: number, changes: Partial<Event>): void {
  connection.update(events).set(changes).where(eq(events.id, id)).run();
}

export function insertTurnout(connection: Connection, row: typeof turnouts.$inferInsert): void {
  connection.insert(turnouts).values(row).run();
}

/** The turnout that holds for each of a petition's events: the latest up to a moment; those called off have none. */
export function latestTurnouts(connection: Connection, petitionId: number, until: number) {
  const latest = connection
    .select({ id: max(turnouts.id) })
    .from(turnouts)
    .where(sql`${turnouts.at} <= ${until}`)
    .groupBy(turnouts.eventId);
  return connection
    .select({ event: events, turnout: turnouts })
    .from(turnouts)
    .innerJoin(events, eq(events.id, turnouts.eventId))
    .where(
      and(eq(events.petitionId, petitionId), isNull(events.cancelledAt), sql`${turnouts.id} in ${latest}`),
    )
    .orderBy(...inOrder)
    .all();
}
