// Events: the moments of local times, what Discord shows of one, what it is after people changed it there, and turnouts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Event, eventById, eventsFrom, insertEvent } from '../../db/events.js';
import { insertPartner } from '../../db/partners.js';
import { updateServer } from '../../db/servers.js';
import { localTimeIn, parseLocalTime } from '../../src/coalition/day.js';
import { keepDraft } from '../../src/coalition/draft.js';
import { createEvent, findEvent, momentOf, pickable } from '../../src/coalition/event.js';
import { followDiscord, type Seen, shownIn } from '../../src/coalition/event-in-discord.js';
import { leaveCoalition } from '../../src/coalition/partner.js';
import { recordTurnout, together, turnoutsOf, turnoutsSince } from '../../src/coalition/turnout.js';
import {
  aDatabase,
  aPen,
  aPetition,
  everyRow,
  failureOf,
  hostServer,
  partnerServer,
  storyBegins,
} from '../support/stories.js';

const hour = 3_600_000;

describe('a local time', () => {
  it.each([
    ['2026-07-19 17:30', '2026-07-19 17:30'],
    [' 2026-07-19T7:05 ', '2026-07-19 07:05'],
    ['19/7/2026, 20h30', '2026-07-19 20:30'],
    ['19/7/2026   0:00', '2026-07-19 00:00'],
  ])('is read from %j', (typed, read) => {
    const { day, time } = parseLocalTime(typed) ?? {};
    expect(`${day} ${time}`).toBe(read);
  });

  it.each(['2026-07-19', '17:30', '2026-02-30 10:00', '2026-07-19 24:00', '2026-07-19 17:30 PM', ''])(
    'is not read from %j',
    (typed) => expect(parseLocalTime(typed)).toBeUndefined(),
  );

  it('is the moment at which the clocks there show it, whatever the zone', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const minute = fc.integer({ min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 });
    fc.assert(
      fc.property(zone, minute, (timezone, minutes) => {
        const at = minutes * 60_000;
        const found = momentOf(localTimeIn(timezone, at), timezone);
        // Where clocks are set back, a time comes twice and the first is meant.
        expect(found).toBeLessThanOrEqual(at);
        expect(at - found).toBeLessThanOrEqual(24 * hour);
        expect(localTimeIn(timezone, found)).toEqual(localTimeIn(timezone, at));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['America/New_York', '2024-03-10', '02:30'],
    ['America/Santiago', '2023-09-03', '00:30'],
    ['America/Nuuk', '2024-03-30', '23:30'],
    ['Pacific/Apia', '2011-12-30', '12:00'],
  ])('that %s never shows, %s %s, is refused', (timezone, day, time) => {
    expect(failureOf(() => momentOf({ day, time }, timezone))).toBe('skippedTime');
  });
});

/** A petition, and events made an hour long at local times of Lima. */
function aCalendar() {
  const database = aDatabase();
  const petition = aPetition(database, { timezone: 'America/Lima' });
  const pen = aPen();
  return {
    database,
    petition,
    pen,
    made: (
      name: Event['name'],
      day = '2023-07-19',
      { time = '18:00', place = 'Plaza San Martín', serverId = hostServer } = {},
    ) => {
      const [start, end] = [
        { day, time },
        { day, time: time.replace(':00', ':59') },
      ];
      const facts = { name, place, start, end, timezone: 'America/Lima', description: null };
      return createEvent(database, pen({ serverId }), petition, facts);
    },
    read: (id: number) => eventById(database, id),
  };
}

describe('in Discord', () => {
  const both = { en: 'Vigil', es: 'Vigilia' };

  it.each([
    ['en', both, 'Vigil'],
    ['es', both, 'Vigilia'],
    ['both', both, 'Vigil / Vigilia'],
    ['both', { es: 'Vigilia' }, 'Vigilia'],
    ['en', { es: 'Vigilia' }, 'Vigilia'],
    ['both', { en: 'V'.repeat(60), es: 'W'.repeat(60) }, `${'V'.repeat(60)} / ${'W'.repeat(36)}…`],
  ] as const)('in a server that speaks %s, %o is called %s', (language, name, shown) => {
    const { database, made } = aCalendar();
    updateServer(database, hostServer, { language });
    expect(shownIn(database, made(name), hostServer)?.name).toBe(shown);
  });

  /** What Discord shows of an event, with changes. */
  const seenAs = (event: Event, name: string, more: object = {}): Seen => {
    const { startsAt, endsAt, place } = event;
    return { name, place, startsAt: startsAt ?? 0, endsAt, ...more };
  };

  it.each([
    ['en', 'Vigil for peace', { en: 'Vigil for peace', es: 'Vigilia' }],
    ['es', 'Vigilia por la paz', { en: 'Vigil', es: 'Vigilia por la paz' }],
    ['both', 'Vigil for peace / Vigilia por la paz', { en: 'Vigil for peace', es: 'Vigilia por la paz' }],
    ['both', 'March', { en: 'March', es: 'March' }],
    ['both', 'a / b / c', { en: 'a / b / c', es: 'a / b / c' }],
    // As it was, though the server spoke another language when it was put there; and nothing at all.
    ['en', 'Vigil / Vigilia', both],
    ['both', 'Vigilia', both],
    ['both', ' \u200B ', both],
  ] as const)('in a server that speaks %s, renamed to “%s” it is %o', (language, shown, name) => {
    const { database, made, read } = aCalendar();
    updateServer(database, hostServer, { language });
    const event = made(both);
    followDiscord(database, storyBegins, event, seenAs(event, shown));
    expect(read(event.id)?.name).toEqual(name);
  });

  it('its day is the one of its place, and a change that is none writes nothing', () => {
    const { database, made, read } = aCalendar();
    const event = made(both);
    followDiscord(
      database,
      storyBegins,
      event,
      seenAs(event, 'Vigil', { startsAt: Date.parse('2023-07-22T04:59Z') }),
    );
    expect(read(event.id)?.day).toBe('2023-07-21');
    const before = everyRow(database);
    const now = read(event.id) ?? event;
    followDiscord(database, storyBegins + hour, now, seenAs(now, 'Vigil', { place: null, endsAt: null }));
    expect(everyRow(database)).toEqual(before);
  });

  it('once called off it stays called off', () => {
    const { database, made, read } = aCalendar();
    const event = made(both);
    followDiscord(database, storyBegins, event, 'gone');
    followDiscord(database, storyBegins + hour, event, 'gone');
    followDiscord(database, storyBegins + hour, event, seenAs(event, 'Vigil again'));
    expect(read(event.id)).toMatchObject({ name: both, cancelledAt: storyBegins });
  });

  it('what a server does to an event after it left the petition is no matter of the petition', () => {
    const { database, petition, pen, made, read } = aCalendar();
    insertPartner(database, { petitionId: petition.id, serverId: partnerServer, joinedAt: storyBegins });
    const event = made(both, '2023-07-19', { serverId: partnerServer });
    followDiscord(database, storyBegins, event, seenAs(event, 'March'));
    expect(read(event.id)?.name).toEqual({ en: 'March', es: 'March' });
    const there = () => pen({ serverId: partnerServer });
    leaveCoalition(database, there(), keepDraft(database, there(), { petitionId: petition.id }));
    const before = everyRow(database);
    followDiscord(database, storyBegins, event, seenAs(event, 'Buy our shirts'));
    followDiscord(database, storyBegins, event, 'gone');
    expect(everyRow(database)).toEqual(before);
  });
});

describe('made once more', () => {
  const name = { en: 'Vigil' };

  it('is taken up by the server that made it, and by the host where it came with the campaign', () => {
    const { database, petition, made, read } = aCalendar();
    const event = made(name);
    expect(made(name).id).toBe(event.id);
    const { day, startsAt, endsAt, place } = event;
    const given = { petitionId: petition.id, name: { en: 'March' }, place, day, startsAt, endsAt };
    insertEvent(database, { ...given, slug: 'march' });
    const march = made({ en: 'March' });
    expect(read(march.id)).toMatchObject({ slug: 'march', serverId: hostServer });
  });

  it('is refused to another server, which would make it its own', () => {
    const { database, petition, made } = aCalendar();
    const { day, startsAt, endsAt, place } = made(name);
    const given = { petitionId: petition.id, name: { en: 'March' }, place, day, startsAt, endsAt };
    insertEvent(database, { ...given, slug: 'march' });
    const before = everyRow(database, 'interactions');
    for (const one of [name, { en: 'March' }])
      expect(failureOf(() => made(one, day, { serverId: partnerServer }))).toBe('sameEvent');
    expect(everyRow(database, 'interactions')).toEqual(before);
  });
});

describe('the one that is meant', () => {
  it('is found by id, by its name in any language, or by name and place; never one of another petition', () => {
    const { database, petition, made } = aCalendar();
    const vigil = made({ en: 'Vigil', es: 'Vigilia' });
    const other = made({ en: 'Vigil' }, '2023-07-20', { place: 'Cusco' });
    const find = (named: string) => findEvent(database, petition.id, named).id;
    expect([String(vigil.id), 'VIGILIA', 'vigil · plaza san martin'].map(find)).toEqual([
      vigil.id,
      vigil.id,
      vigil.id,
    ]);
    expect(failureOf(() => find('vigil'))).toBe('manyNamed');
    followDiscord(database, storyBegins, other, 'gone');
    expect(find('vigil')).toBe(vigil.id);
    const elsewhere = aPetition(database);
    expect(failureOf(() => findEvent(database, elsewhere.id, String(vigil.id)))).toBe('unknownEvent');
    expect(pickable(database, petition.id, 'ahead', storyBegins).map(({ id }) => id)).toEqual([vigil.id]);
    expect(pickable(database, petition.id, 'begun', Date.parse('2023-07-19T23:00Z')).length).toBe(1);
  });

  it('one that still runs where it is, a day behind the petition’s, is among the next', () => {
    const { database, petition } = aCalendar();
    const startsAt = Date.parse('2023-07-20T04:30Z');
    const row = { petitionId: petition.id, name: { en: 'Night' }, place: 'Los Angeles', day: '2023-07-19' };
    insertEvent(database, { ...row, startsAt, endsAt: startsAt + hour, timezone: 'America/Los_Angeles' });
    insertEvent(database, row);
    const next = eventsFrom(database, petition.id, '2023-07-20', startsAt + 45 * 60_000, 9);
    expect(next.map((event) => event.startsAt)).toEqual([startsAt]);
  });
});

describe('a turnout', () => {
  it('is the latest of each event; a day that has news is told with all its events', () => {
    const { database, petition, pen, made } = aCalendar();
    const [one, two] = [made({ en: 'One' }), made({ en: 'Two' }, '2023-07-19', { time: '12:00' })];
    const three = made({ en: 'Three' }, '2023-07-18');
    const [monday, tuesday] = [Date.parse('2023-07-24T12:00Z'), Date.parse('2023-07-25T12:00Z')];
    const said = (event: Event, low: number, high: number, at: number) =>
      recordTurnout(database, pen({ at }), petition, event, { low, high });
    said(one, 5, 9, monday);
    said(one, 120, 150, monday + 1);
    said(three, 10, 10, monday + 2);
    said(two, 80, 80, tuesday);
    const shown = (rows: ReturnType<typeof turnoutsOf>) => rows.map(({ name, low }) => `${name.en} ${low}`);
    expect(shown(turnoutsOf(database, petition))).toEqual(['Three 10', 'Two 80', 'One 120']);
    expect(shown(turnoutsOf(database, petition, monday))).toEqual(['One 5']);
    expect(shown(turnoutsSince(database, petition, monday + 2, tuesday))).toEqual(['Two 80', 'One 120']);
    expect(turnoutsSince(database, petition, tuesday, tuesday + hour)).toEqual([]);
    expect(together(turnoutsSince(database, petition, monday + 2, tuesday))).toEqual({ low: 200, high: 230 });
    followDiscord(database, tuesday, two, 'gone');
    expect(shown(turnoutsOf(database, petition))).toEqual(
      ['Three 10', 'Two 80', 'One 120'].filter((row) => !row.startsWith('Two')),
    );
  });
});
