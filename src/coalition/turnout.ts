// How many people came to events: a low and a high estimate by somebody who was there; the latest holds.
import type { Connection, Database } from '../../db/connect.js';
import { type Event, insertTurnout, latestTurnouts } from '../../db/events.js';
import type { Petition } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { hasBegun, plainName } from './event.js';
import { Failure } from './failure.js';

/** More than came to any event there was. */
export const largestTurnout = 10_000_000;

/** How many people came to an event, between a low and a high estimate. */
export interface Turnout {
  eventId: number;
  name: Localized;
  place: string;
  day: string;
  low: number;
  high: number;
  /** How it was counted, in somebody's words. */
  method: string | null;
  /** When it was said, epoch milliseconds. */
  at: number;
}

/** @throws {@link Failure} for an event that has not begun or was called off, or for more at the least than at the most */
export function recordTurnout(
  database: Database,
  write: Write,
  petition: Petition,
  event: Event,
  { low, high, method }: { low: number; high: number; method?: string | undefined },
): void {
  const name = plainName(event);
  if (event.cancelledAt !== null) throw new Failure('eventCancelled', { name });
  if (!hasBegun(event, petition, write.at)) throw new Failure('eventAhead', { name });
  if (low > high) throw new Failure('lowOverHigh', { low, high });
  writeOnce(database, write, (connection, record) => {
    const { serverId, userId, at } = write;
    const row = { eventId: event.id, low, high, method: method ?? null, serverId, userId: userId ?? '', at };
    insertTurnout(connection, row);
    record({ petitionId: petition.id, deed: 'event.turnout', detail: { event: event.id, low, high } });
  });
}

/** The turnout that holds for each event of a petition, in the order of the events; of those known by a moment. */
export function turnoutsOf(
  connection: Connection,
  { id }: Petition,
  until = Number.MAX_SAFE_INTEGER,
): Turnout[] {
  return latestTurnouts(connection, id, until).map(({ event, turnout }) => {
    const { name, place, day } = event;
    const { low, high, method, at } = turnout;
    return { eventId: event.id, name, place, day, low, high, method, at };
  });
}

/** The turnouts of each day on which one was said after a moment: with all of its events, a day's sum has all its parts. */
export function turnoutsSince(connection: Connection, petition: Petition, after: number, until: number) {
  const all = turnoutsOf(connection, petition, until);
  const days = new Set(all.filter(({ at }) => at > after).map(({ day }) => day));
  return all.filter(({ day }) => days.has(day));
}

/** What several events had together: at the least the sum of the low estimates, at the most that of the high ones. */
export function together(turnouts: readonly Pick<Turnout, 'low' | 'high'>[]): Pick<Turnout, 'low' | 'high'> {
  return turnouts.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), {
    low: 0,
    high: 0,
  });
}
