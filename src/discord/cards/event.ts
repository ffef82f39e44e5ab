// Events in words: what is to come, day by day with each place's own time, and how many people came.
import type { Event } from '../../../db/events.js';
import type { Petition } from '../../../db/petitions.js';
import type { Localized } from '../../../db/schema.js';
import { hasBegun, isOver, zoneOf } from '../../coalition/event.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import { type Turnout, together } from '../../coalition/turnout.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import type { Obstacle } from '../scheduled-events.js';
import { button, card, withMore } from './card.js';

/** The room that each part of the list has on its card. */
const room = { ahead: 2400, past: 1200 } as const;

/** What is to be said of an event in a line. */
export interface EventLine {
  name: Localized;
  place: string;
  day: string;
  startsAt: number | null;
  /** Older daily cards don't have it. */
  timezone?: string;
}

const short = (text: string, most = 60) => asPlain(cutTo(text, most));

/** The time that clocks show where an event is: «1:00 PM ET», «12:00 p.m. hora de Perú». */
export function timeThere(startsAt: number, timezone: string, { locale }: Words): string {
  // In UTC, the generic name is «GMT+0».
  const timeZoneName = timezone === 'UTC' ? 'short' : 'shortGeneric';
  const clock = { hour: 'numeric', minute: '2-digit', timeZone: timezone, timeZoneName } as const;
  return new Intl.DateTimeFormat(locale, clock).format(startsAt);
}

/** The time there, and the moment as each reader's own clock shows it. */
function times({ startsAt, timezone }: Pick<EventLine, 'startsAt' | 'timezone'>, words: Words): string[] {
  if (startsAt === null) return [];
  const moment = `<t:${Math.floor(startsAt / 1000)}:F>`;
  return timezone === undefined ? [moment] : [timeThere(startsAt, timezone, words), moment];
}

/** The rows of each day, in order. */
function byDay<Row extends { day: string }>(rows: readonly Row[]): [string, Row[]][] {
  const days = new Map<string, Row[]>();
  for (const row of rows) days.set(row.day, [...(days.get(row.day) ?? []), row]);
  return [...days];
}

/** What comes next, a line each; several of one day stand together under it. */
export function nextEventLines(events: readonly EventLine[], words: Words): string[] {
  return byDay(events).flatMap(([day, onDay]) => {
    const [only, ...others] = onDay.map((event) => ({
      what: [short(words.localized(event.name)), short(event.place)],
      when: times(event, words),
    }));
    if (!only) return [];
    if (others.length === 0) {
      const when = only.when.length > 0 ? only.when : [words.day(day)];
      return [`- ${[...only.what, ...when].join(' · ')}`];
    }
    return [
      `- ${words.day(day)}`,
      ...[only, ...others].map(({ what, when }) => `  - ${[...what, ...when].join(' · ')}`),
    ];
  });
}

/** «between 120 and 150 people», or «120 people» where both are one. */
export function howMany({ low, high }: Pick<Turnout, 'low' | 'high'>, words: Words): string {
  return low === high
    ? words.say('event.people', { count: high })
    : words.say('event.between', { low, high });
}

/**
 * How many came, a line for each event, and for each day on which there were several, the sum of all of them.
 *
 * @param most - lines of events on each day; how many more there are is said, so that the sum is one of its parts
 */
export function turnoutLines(
  turnouts: readonly Omit<Turnout, 'eventId' | 'at'>[],
  words: Words,
  most = Number.POSITIVE_INFINITY,
): string[] {
  return byDay(turnouts).flatMap(([day, onDay]) => {
    const lines = onDay.map(({ name, place, method, ...count }) => {
      const counted = method === null ? '' : ` (${short(method)})`;
      return `- ${short(words.localized(name))} · ${short(place)}: ${howMany(count, words)}${counted}`;
    });
    if (onDay.length === 1) return lines;
    const sum = howMany(together(onDay), words);
    const others = onDay.slice(most);
    const more = words.say('nMore', { count: others.length });
    return [
      ...lines.slice(0, most),
      ...(others.length > 0 ? [`- ${more}: ${howMany(together(others), words)}`] : []),
      `- **${words.say('event.together', { day: { day }, people: sum })}**`,
    ];
  });
}

/** What `/event list` shows. */
export interface EventsShown {
  petition: Petition;
  events: readonly Event[];
  turnouts: readonly Turnout[];
  /** Where the reader is, and when. */
  serverId: string;
  now: number;
}

/** The events that are to come, day by day, and those that were, with how many came. */
export function eventsCard({ petition, events, turnouts, serverId, now }: EventsShown, words: Words): Reply {
  const ahead = events.filter((event) => !isOver(event, petition, now));
  const past = events
    .filter((event) => isOver(event, petition, now) && event.cancelledAt === null)
    .toReversed();
  if (ahead.length + past.length === 0) return { content: words.say('event.none') };
  // Each event by itself: a day with one in every city is longer than the card, and shown as far as there is room.
  const coming = byDay(ahead).flatMap(([day, onDay]) => {
    const heading = `### ${words.day(day)} · ${words.weekday(day)}`;
    const [first = '', ...others] = onDay.map((event) => aheadLines(event, petition, serverId, words));
    return [`${heading}\n${first}`, ...others];
  });
  const counted = new Set(turnouts.map(({ eventId }) => eventId));
  const came = turnouts.filter(({ eventId }) => events.some(({ id }) => id === eventId)).toReversed();
  const uncounted = past.filter(({ id }) => !counted.has(id));
  const lines = [
    ...byDay(came).flatMap(([day, onDay]) => [`**${words.day(day)}**`, ...turnoutLines(onDay, words)]),
    ...uncounted.map(({ name, place, day }) => {
      return `- ${short(words.localized(name))} · ${short(place)} · ${words.day(day)}`;
    }),
  ];
  const asks = events.some((event) => event.cancelledAt === null && hasBegun(event, petition, now));
  return card([
    `## ${words.say('event.title')}\n-# ${asPlain(words.localized(petition.title))}`,
    withMore(coming, room.ahead, words).join('\n'),
    lines.length === 0
      ? ''
      : [`### ${words.say('event.past')}`, ...withMore(lines, room.past, words)].join('\n'),
    asks ? `-# ${words.say('event.wereYouThere')}` : '',
  ]);
}

function aheadLines(event: Event, petition: Petition, serverId: string, words: Words): string {
  const { name, place, startsAt, description, cancelledAt, discordId } = event;
  const what = `**${short(words.localized(name))}** · ${short(place)}`;
  if (cancelledAt !== null) return `- ~~${what}~~ · ${words.say('event.cancelledMark')}`;
  const url = `https://discord.com/events/${serverId}/${discordId}`;
  const isHere = discordId !== null && event.serverId === serverId;
  const details = [
    ...times({ startsAt, timezone: zoneOf(event, petition) }, words),
    ...(isHere ? [`[${words.say('event.inDiscord')}](${url})`] : []),
  ].join(' · ');
  const about = description ? asPlain(cutTo(words.localized(description), 160)) : '';
  return [`- ${what}`, details, about === '' ? '' : `-# ${about}`].filter((line) => line !== '').join('\n  ');
}

/** An event as its maker reads it: what, where, from when until when. */
function summary(event: Event, petition: Petition, words: Words): string {
  const { name, place, startsAt, endsAt } = event;
  const timezone = zoneOf(event, petition);
  const at = (moment: number | null) => times({ startsAt: moment, timezone }, words).join(' · ');
  return [
    `### ${short(words.localized(name), 100)}`,
    short(place, 100),
    words.say('event.starts', { when: at(startsAt) }),
    words.say('event.ends', { when: at(endsAt) }),
  ].join('\n');
}

/** What became of an event that was made: it is in Discord, or why it is not, with a way to try again. */
export function madeReply(
  petition: Petition,
  event: Event,
  { obstacle, url, key }: { obstacle: Obstacle | undefined; url: string; key: string },
  words: Words,
): Reply {
  const said =
    obstacle === undefined ? words.say('event.made', { url }) : words.say(`event.kept.${obstacle}`);
  return card([
    summary(event, petition, words),
    said,
    {
      buttons:
        obstacle === undefined ? [] : [button(idOf('event.show', key), words.say('event.again'), 'strong')],
    },
  ]);
}

/** Asks before an event is called off. */
export function cancelQuestion(petition: Petition, event: Event, key: string, words: Words): Reply {
  return card([
    summary(event, petition, words),
    words.say('event.ask'),
    { buttons: [button(idOf('event.cancel', petition.id, key), words.say('event.cancel'), 'danger')] },
  ]);
}

/** It is called off; where Discord still shows it, why. */
export function cancelledReply({ name }: Event, obstacle: Obstacle | undefined, words: Words): Reply {
  const said = words.say('event.cancelled', { name: asPlain(words.localized(name)) });
  const still = obstacle === undefined ? [] : [words.say('event.stillInDiscord')];
  return { content: [said, ...still].join('\n') };
}
