// Events of a petition: making them, calling them off, finding the one that is meant. Discord hears of it afterwards.
import type { Connection, Database } from '../../db/connect.js';
import { type Event, eventById, eventsOf, insertEvent, updateEvent } from '../../db/events.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import type { Value } from '../i18n/words.js';
import { dayIn, type LocalTime, localTimeIn, startOfDay } from './day.js';
import { nextDue } from './due.js';
import { Failure } from './failure.js';
import { requireHost } from './petition.js';
import { asPlain, fold } from './plain-text.js';

/** Discord's limits for a scheduled event. */
export const longest = { name: 100, place: 100, description: 1000 } as const;

/** What makes an event. */
export interface EventFacts {
  name: Localized;
  place: string;
  start: LocalTime;
  end: LocalTime;
  timezone: string;
  description: Localized | null;
}

/**
 * The moment at which a zone's clocks show a time, epoch milliseconds; the first of two where they are set back.
 *
 * @throws {@link Failure} for a time that the clocks leave out as they are set forward
 */
export function momentOf({ day, time }: LocalTime, timezone: string): number {
  const { dueAt } = nextDue({ time, timezone }, startOfDay(day, timezone) - 1);
  const shown = localTimeIn(timezone, dueAt);
  if (shown.day !== day || shown.time !== time)
    throw new Failure('skippedTime', { day: { day }, time, timezone });
  return dueAt;
}

/**
 * Decides on an event, for Discord to be told of it. The same one once more, which Discord has not taken, is taken up
 * again in place of a second; another server's is left alone: it may be on its way to that calendar.
 *
 * @throws {@link Failure} where it ends before it starts, has begun already, or is there
 */
export function createEvent(
  database: Database,
  write: Write,
  { id: petitionId, serverId: host }: Petition,
  facts: EventFacts,
): Event {
  const { name, place, timezone, description } = facts;
  const startsAt = momentOf(facts.start, timezone);
  const endsAt = momentOf(facts.end, timezone);
  if (startsAt <= write.at) throw new Failure('eventPast', { moment: { moment: startsAt } });
  if (endsAt <= startsAt) throw new Failure('endsBeforeStart');
  return writeOnce(database, write, (connection, record) => {
    const same = eventsOf(connection, petitionId).find((event) => isSame(event, { name, place, startsAt }));
    const { serverId, userId, at } = write;
    if (same && (same.discordId !== null || (same.serverId ?? host) !== serverId))
      throw new Failure('sameEvent', { name: plainName(same) });
    const rest = { name, place, timezone, description, day: facts.start.day, startsAt, endsAt, serverId };
    if (same) updateEvent(connection, same.id, rest);
    const event = same ? { ...same, ...rest } : insertEvent(connection, { petitionId, ...rest, userId, at });
    record({ petitionId, deed: 'event.create', detail: { event: event.id } });
    return event;
  });
}

function isSame(
  event: Event,
  { name, place, startsAt }: Pick<Event, 'name' | 'place' | 'startsAt'>,
): boolean {
  if (event.cancelledAt !== null || event.startsAt !== startsAt || fold(event.place) !== fold(place))
    return false;
  const names = Object.values(event.name).map(fold);
  return Object.values(name).some((text) => names.includes(fold(text)));
}

/** An event's name for a sentence with Markdown. */
export function plainName({ name }: Pick<Event, 'name'>): Value {
  return { localized: Object.fromEntries(Object.entries(name).map(([key, text]) => [key, asPlain(text)])) };
}

/** Whose clock an event goes by. */
export const zoneOf = ({ timezone }: Pick<Event, 'timezone'>, petition: Petition) =>
  timezone ?? petition.timezone;

/** It has begun by a moment; where its hour is not known, its day has. */
export function hasBegun(event: Event, petition: Petition, at: number): boolean {
  return event.startsAt === null ? event.day <= dayIn(zoneOf(event, petition), at) : event.startsAt <= at;
}

/** It is over at a moment; where its hours are not known, its day is. */
export function isOver(event: Event, petition: Petition, at: number): boolean {
  const endsAt = event.endsAt ?? event.startsAt;
  return endsAt === null ? event.day < dayIn(zoneOf(event, petition), at) : endsAt <= at;
}

/** The events that one can be chosen from: to be called off, soonest first, or to say how many came, latest first. */
export function pickable(
  connection: Connection,
  petitionId: number,
  which: 'ahead' | 'begun',
  at: number,
): Event[] {
  const petition = petitionById(connection, petitionId);
  if (!petition) return [];
  const standing = eventsOf(connection, petitionId).filter(({ cancelledAt }) => cancelledAt === null);
  return which === 'ahead'
    ? standing.filter((event) => !isOver(event, petition, at))
    : standing.filter((event) => hasBegun(event, petition, at)).toReversed();
}

/**
 * The event of a petition that is meant.
 *
 * @param named - its id, its name in any language, or its name and place
 * @throws {@link Failure} where there is none by that name, or more than one
 */
export function findEvent(connection: Connection, petitionId: number, named: string): Event {
  const wanted = fold(named);
  const found = eventsOf(connection, petitionId).filter(
    ({ id, name, place }) =>
      String(id) === wanted ||
      Object.values(name).some((text) => [fold(text), fold(`${text} · ${place}`)].includes(wanted)),
  );
  const standing = found.filter(({ cancelledAt }) => cancelledAt === null);
  const [event, ...others] = standing.length > 0 ? standing : found;
  if (!event) throw new Failure('unknownEvent', { named: asPlain(named) });
  if (others.length > 0) throw new Failure('manyNamed', { named: asPlain(named) });
  return event;
}

/** @throws {@link Failure} in a server that neither hosts the petition nor made the event, or where it is not to be any more */
export function requireCancellable(event: Event, petition: Petition, write: Write): void {
  if (event.serverId !== write.serverId) requireHost(petition, write.serverId);
  if (event.cancelledAt !== null) throw new Failure('eventCancelled', { name: plainName(event) });
  if (isOver(event, petition, write.at)) throw new Failure('eventOver', { name: plainName(event) });
}

/** Calls an event off, for Discord to be told of it; the event as it was. */
export function cancelEvent(
  database: Database,
  write: Write,
  petition: Petition,
  idFrom: (connection: Connection) => number,
): Event {
  return writeOnce(database, write, (connection, record) => {
    const event = eventById(connection, idFrom(connection));
    if (event?.petitionId !== petition.id) throw new Failure('staleButton');
    requireCancellable(event, petition, write);
    updateEvent(connection, event.id, { cancelledAt: write.at });
    record({ petitionId: petition.id, deed: 'event.cancel', detail: { event: event.id } });
    return event;
  });
}
