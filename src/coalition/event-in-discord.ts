// What an event is in Discord: in whose words it stands there, and what people change or call off there.
import type { Connection, Database } from '../../db/connect.js';
import { type Event, eventById, updateEvent } from '../../db/events.js';
import { petitionById, petitionsOf } from '../../db/petitions.js';
import type { Localized, postLanguages } from '../../db/schema.js';
import { serverOf } from '../../db/servers.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { dayIn } from './day.js';
import { longest, zoneOf } from './event.js';
import { cleanLine, cutTo } from './plain-text.js';

type PostLanguage = (typeof postLanguages)[number];

const between = ' / ';

/** An event as Discord shows it: one text, in the language of the server or in both. */
export interface ShownEvent {
  name: string;
  place: string;
  description: string | undefined;
  /** Epoch milliseconds. */
  startsAt: number;
  endsAt: number;
}

/** How a server's calendar is to show an event; undefined where its hours are not known. */
export function shownIn(connection: Connection, event: Event, serverId: string): ShownEvent | undefined {
  const { name, place, description, startsAt, endsAt } = event;
  if (startsAt === null || endsAt === null) return undefined;
  const { language } = serverOf(connection, serverId);
  return {
    name: textFor(name, language, between, longest.name),
    place: cutTo(place, longest.place),
    description: description ? textFor(description, language, '\n\n', longest.description) : undefined,
    startsAt,
    endsAt,
  };
}

function textFor(text: Localized, language: PostLanguage, separator: string, most: number): string {
  const [first = ''] = Object.values(text);
  const texts = language === 'both' ? [text.en ?? first, text.es ?? first] : [text[language] ?? first];
  return cutTo([...new Set(texts)].join(separator), most);
}

/** Records as which of its scheduled events Discord shows one. */
export function recordShown(database: Database, write: Write, event: Event, discordId: string): void {
  writeOnce(database, write, (connection, record) => {
    updateEvent(connection, event.id, { discordId, serverId: write.serverId });
    const detail = { event: event.id, discordId };
    record({ petitionId: event.petitionId, deed: 'event.shown', detail });
  });
}

/** What people made of an event in Discord: where and when it is now, or that it was called off or taken out. */
export type Seen =
  | (Pick<ShownEvent, 'name' | 'startsAt'> & { place: string | null; endsAt: number | null })
  | 'gone';

/**
 * Takes over what people did to an event in Discord; what is as it was, or called off already, writes nothing, and
 * neither does what they do in a server that has left the petition.
 */
export function followDiscord(database: Database, at: number, { id }: Event, seen: Seen): void {
  const before = eventById(database, id);
  if (!before || before.cancelledAt !== null) return;
  const serverId = before.serverId ?? '';
  if (!petitionsOf(database, serverId).some((petition) => petition.id === before.petitionId)) return;
  const changes = seen === 'gone' ? { cancelledAt: at } : changesIn(database, before, seen);
  if (Object.keys(changes).length === 0) return;
  writeOnce(database, { userId: null, serverId, at }, (connection, record) => {
    updateEvent(connection, id, changes);
    const deed = seen === 'gone' ? 'event.cancelledInDiscord' : 'event.changedInDiscord';
    record({ petitionId: before.petitionId, deed, detail: { event: id, ...changes } });
  });
}

function changesIn(connection: Connection, event: Event, seen: Exclude<Seen, 'gone'>): Partial<Event> {
  const petition = petitionById(connection, event.petitionId);
  const place = seen.place === null ? '' : cleanLine(seen.place);
  const now: Partial<Event> = {
    name: renamed(connection, event, cleanLine(seen.name)),
    startsAt: seen.startsAt,
    endsAt: seen.endsAt ?? event.endsAt,
    ...(place !== '' && { place }),
    ...(petition && { day: dayIn(zoneOf(event, petition), seen.startsAt) }),
  };
  return Object.fromEntries(
    Object.entries(now).filter(([field, value]) => value !== event[field as keyof Event]),
  );
}

/** The name with what Discord shows in place: as it was, unless Discord shows it in none of the ways Minga writes it. */
function renamed(connection: Connection, { name, serverId }: Event, shown: string): Localized {
  const ways = (['en', 'es', 'both'] as const).map((way) => textFor(name, way, between, longest.name));
  if (shown === '' || ways.includes(shown)) return name;
  const { language } = serverOf(connection, serverId ?? '');
  if (language !== 'both') return { ...name, [language]: shown };
  const [en = shown, es = en, ...more] = shown.split(between);
  return more.length > 0 ? { en: shown, es: shown } : { en, es };
}
