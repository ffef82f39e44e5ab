// Connected sources, asked by themselves: a real database, a real HTTPS server that answers or doesn't, and the clock.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { closeDatabase, type Database, openDatabase } from '../../db/connect.js';
import { askable, takeConnection } from '../../db/connections.js';
import { allUntoldNotices, markTold } from '../../db/notices.js';
import { updatePetition } from '../../db/petitions.js';
import { putSchedule } from '../../db/tally-posts.js';
import { type SettableClock, systemClock } from '../../src/clock.js';
import { connectSource } from '../../src/coalition/connection.js';
import { countPlatform } from '../../src/coalition/count.js';
import { aheadOf } from '../../src/coalition/poll.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { platformsFrom } from '../../src/connectors/platforms.js';
import { sourceLine } from '../../src/discord/cards/sources.js';
import { type MessageKey, type Values, wordsFor } from '../../src/i18n/words.js';
import { startPolling } from '../../src/jobs/poll-sources.js';
import { type Answering, aPlatform, json, publicAddress, text } from '../connectors/platforms/support.js';
import { aDatabase, aPen, aPetition, everyRow, hostServer } from '../support/stories.js';

const platform = await aPlatform();
afterAll(() => platform.close());
beforeEach(() => {
  platform.asked = [];
  platform.addresses = [[publicAddress]];
});

const minute = 60_000;
const url = 'https://count.example.org/count.json#/signatures';

/** A petition with a source that is connected and shows 1000, and a process that asks. */
function aStory({ database = aDatabase(), timezone = 'America/Lima', begins = '2023-07-10T12:00:00Z' } = {}) {
  const logged: string[] = [];
  const platforms = platformsFrom({ actionNetworkKey: 'the-key' }, platform.https);
  const clock: SettableClock = systemClock();
  const context = {
    database,
    clock,
    log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }),
    platforms,
  };
  const polling = startPolling();
  const petition = aPetition(database, { timezone });
  const pen = aPen(Date.parse(begins));
  const connect = (people = 1000, source = 'Page', typed = url, at = Date.parse(begins)) => {
    const place = platforms.recognize(typed);
    if (!place) throw new Error(typed);
    return connectSource(database, pen({ at }), petition, {
      source,
      place,
      reading: { people, status: 200 },
    });
  };
  const { source } = connect();
  const story = {
    database,
    context,
    polling,
    petition,
    pen,
    source,
    connect,
    logged,
    ahead: aheadOf(source.id),
    plan: (time: string, channelId = '1', zone = timezone) =>
      putSchedule(database, {
        channelId,
        serverId: hostServer,
        petitionId: petition.id,
        time,
        timezone: zone,
        language: 'both',
        when: 'always',
        effectiveFrom: 0,
      }),
    /** Moves the clock to a moment, lets the job begin, and waits until what is under way is done. */
    async at(moment: string | number, answering?: Answering) {
      if (answering) platform.answering = answering;
      clock.set(typeof moment === 'string' ? Date.parse(moment) : moment);
      polling.job(context);
      await polling.done();
      return story;
    },
    /** What was told since this was last asked. */
    told: (locale: 'en-US' | 'es-419' = 'en-US') =>
      allUntoldNotices(database).map(({ id, key, values }) => {
        markTold(database, id, 1);
        return wordsFor(locale).say(key as MessageKey, values as Values);
      }),
    figure: () => tallyOf(database, petition.id).sources.find(({ source: { id } }) => id === source.id),
    shown: (locale: 'en-US' | 'es-419' = 'en-US') => {
      const figure = story.figure();
      return figure && sourceLine(figure, wordsFor(locale));
    },
    rows: (table: string) =>
      database.$client.prepare(`select * from ${table}`).all() as Record<string, unknown>[],
  };
  return story;
}

const showing = (signatures: unknown) => json({ signatures });

describe('when a source is asked', () => {
  it('some minutes before the daily tally, and once', async () => {
    const story = aStory();
    story.plan('18:30');
    const tally = Date.parse('2023-07-10T23:30:00Z');
    const [from, to] = [tally - 12 * minute, tally - 3 * minute];
    expect(tally - story.ahead).toBeGreaterThanOrEqual(from);
    expect(tally - story.ahead).toBeLessThanOrEqual(to);
    await story.at(from - 1, showing(1200));
    expect(platform.asked).toEqual([]);
    await story.at(to);
    for (const later of [1, 2, 20, 60, 600]) await story.at(to + later * minute);
    expect(platform.asked).toHaveLength(1);
    expect(story.figure()).toMatchObject({ people: 1200, asOf: '2023-07-10' });
    await story.at(to + 24 * 60 * minute);
    expect(platform.asked).toHaveLength(2);
    expect(story.figure()).toMatchObject({ people: 1200, asOf: '2023-07-11' });
  });

  it('before each of several tallies, in whichever zone, and by the schedule as it is now', async () => {
    const story = aStory();
    story.plan('18:30');
    story.plan('09:00', '2', 'Europe/Madrid');
    await story.at('2023-07-10T23:29:00Z', showing(1));
    await story.at('2023-07-11T06:40:00Z');
    expect(platform.asked).toHaveLength(1);
    await story.at('2023-07-11T06:59:00Z');
    expect(platform.asked).toHaveLength(2);
    story.plan('04:00', '2');
    await story.at('2023-07-11T08:59:00Z');
    expect(platform.asked).toHaveLength(3);
  });

  it('once a day where no tally is planned', async () => {
    const story = aStory();
    for (let hour = 13; hour < 13 + 24 * 7; hour += 1) {
      await story.at(Date.UTC(2023, 6, 10, hour), showing(1));
    }
    expect(platform.asked).toHaveLength(7);
  });

  it('late rather than not at all, and once for all that was missed', async () => {
    const story = aStory();
    story.plan('18:30');
    await story.at('2023-07-15T10:00:00Z', showing(1500));
    expect([platform.asked.length, story.figure()]).toEqual([
      1,
      expect.objectContaining({ asOf: '2023-07-15' }),
    ]);
  });

  it('not within a quarter of an hour of the last time', async () => {
    const story = aStory({ begins: '2023-07-10T23:15:00Z' });
    story.plan('18:30');
    for (let minutes = 15; minutes < 30; minutes += 1) {
      await story.at(`2023-07-10T23:${minutes}:00Z`, showing(1));
    }
    expect(platform.asked).toEqual([]);
    await story.at('2023-07-10T23:30:00Z');
    expect(platform.asked).toHaveLength(1);
  });

  it('only while the petition is counted', async () => {
    const story = aStory();
    for (const state of ['closed', 'delivered'] as const) {
      updatePetition(story.database, story.petition.id, { state });
      await story.at('2023-07-12T12:00:00Z', showing(1));
    }
    expect(platform.asked).toEqual([]);
    updatePetition(story.database, story.petition.id, { state: 'paused' });
    await story.at('2023-07-12T12:00:00Z');
    expect(platform.asked).toHaveLength(1);
  });

  it('one after the other, each at its own minute', async () => {
    const story = aStory();
    const more = Array.from({ length: 15 }, (_, index) =>
      story.connect(1000, `Page ${index}`, `https://count.example.org/${index}.json#/signatures`),
    );
    const minutes = more.map(({ source }) => aheadOf(source.id));
    expect(new Set(minutes).size).toBe(minutes.length);
    expect(minutes.every((ahead) => ahead >= 3 * minute && ahead < 12 * minute)).toBe(true);
    let open = 0;
    let most = 0;
    await story.at('2023-07-12T12:00:00Z', (response, asked) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        showing(2000)(response, asked);
      });
    });
    expect([most, platform.asked.length]).toEqual([1, 16]);
    expect(tallyOf(story.database, story.petition.id).total).toBe(32_000);
  });

  it('by one of two processes', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'minga-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'minga.sqlite');
    const databases: Database[] = [openDatabase(file), openDatabase(file)];
    onTestFinished(() => databases.forEach(closeDatabase));
    const [mine = aDatabase(), theirs = aDatabase()] = databases;
    const story = aStory({ database: mine });
    story.context.clock.set(Date.parse('2023-07-12T12:00:00Z'));
    const other = startPolling();
    platform.answering = showing(1100);
    story.polling.job(story.context);
    other.job({ ...story.context, database: theirs });
    await Promise.all([story.polling.done(), other.done()]);
    other.job({ ...story.context, database: theirs });
    await other.done();
    expect([platform.asked.length, story.rows('polls').length]).toEqual([1, 2]);
    // Both have looked before either takes it.
    const tomorrow = Date.parse('2023-07-13T12:00:00Z');
    const seen = databases.map((database) => askable(database, tomorrow)[0]?.connection ?? expect.fail());
    const taken = databases.map((database, index) =>
      takeConnection(database, seen[index] ?? expect.fail(), tomorrow + minute),
    );
    expect(taken).toEqual([true, false]);
  });
});

describe('a figure', () => {
  it('is entered as the platform’s own, where it or the day changed; each time is kept', async () => {
    const story = aStory();
    story.plan('07:30');
    story.plan('18:30', '2');
    await story.at('2023-07-10T12:30:00Z', showing(1000));
    await story.at('2023-07-10T23:30:00Z', showing(1040));
    await story.at('2023-07-11T12:30:00Z', showing(1040));
    await story.at('2023-07-11T23:30:00Z', showing(1040));
    const entries = story
      .rows('observations')
      .map(({ day, people, organizations, user_id }) => [day, people, organizations, user_id]);
    expect(entries).toEqual([
      ['2023-07-10', 1000, null, null],
      ['2023-07-10', 1040, null, null],
      ['2023-07-11', 1040, null, null],
    ]);
    expect(
      story.rows('polls').map(({ people, problem, http_status }) => [people, problem, http_status]),
    ).toEqual([1000, 1000, 1040, 1040, 1040].map((people) => [people, null, 200]));
    expect(recountPetition(story.database, story.petition.id)).toEqual([]);
  });

  it('that fell over 5 % or jumped over tenfold counts as it is, and organizers are told', async () => {
    const story = aStory();
    const day = (number: number) => `2023-07-${number}T12:00:00Z`;
    await story.at(day(12), showing(950));
    await story.at(day(13), showing(9500));
    expect(story.told()).toEqual([]);
    await story.at(day(14), showing(9024));
    expect(story.told()).toEqual([
      expect.stringMatching(/^\*\*Page\*\* fell from 9,500 to 9,024\. The figure counts/),
    ]);
    await story.at(day(15), showing(90_241));
    expect(story.told('es-419')).toEqual([
      expect.stringMatching(/^\*\*Page\*\* saltó de 9,024 a 90,241\. La cifra cuenta/),
    ]);
    expect(story.figure()?.people).toBe(90_241);
    await story.at(day(16), showing(0));
    expect([story.told().length, story.figure()?.people]).toEqual([1, 0]);
    await story.at(day(17), showing(500));
    expect([story.told(), story.figure()?.people]).toEqual([[], 500]);
    expect(recountPetition(story.database, story.petition.id)).toEqual([]);
  });
});

describe('a source that fails', () => {
  it('keeps its last figure with its age and why, is told once, and comes back in silence', async () => {
    const story = aStory();
    await story.at('2023-07-12T12:00:00Z', showing(1010));
    expect(story.shown()).toBe('- **Page**: 1,010 · 1,010 people · petition page · as of July 12, 2023');
    await story.at('2023-07-13T12:00:00Z', text('<p>Sorry</p>', 500, { 'content-type': 'text/html' }));
    await story.at('2023-07-14T12:00:00Z');
    await story.at('2023-07-15T12:00:00Z', text('<p>Hi</p>', 200, { 'content-type': 'text/html' }));
    const since = Date.parse('2023-07-12T12:00:00Z') / 1000;
    expect(story.shown()).toBe(
      `- **Page**: 1,010 · 1,010 people · petition page · as of July 12, 2023 (<t:${since}:R>) · asking it failed: the answer isn't JSON; it may be a page for people to read`,
    );
    expect(story.shown('es-419')).toBe(
      `- **Page**: 1,010 · 1,010 personas · página de firmas · al 12 de julio de 2023 (<t:${since}:R>) · no se pudo consultar: la respuesta no es JSON; quizás sea una página para leer`,
    );
    expect(story.told()).toEqual([
      "Minga couldn't read **Page**, so its last figure stays: 1,010. It keeps trying every day; `/signatures sources` says what is wrong. You can enter the total yourself with `/signatures count`.",
    ]);
    expect(
      story
        .rows('polls')
        .slice(-3)
        .map(({ people, problem, http_status }) => [people, problem, http_status]),
    ).toEqual([
      [null, 'failing', 500],
      [null, 'failing', 500],
      [null, 'notJson', 200],
    ]);
    await story.at('2023-07-16T12:00:00Z', showing(1020));
    expect([story.told(), story.shown()]).toEqual([
      [],
      '- **Page**: 1,020 · 1,020 people · petition page · as of July 16, 2023',
    ]);
    await story.at('2023-07-17T12:00:00Z', json({}, 404));
    expect(story.told()).toHaveLength(1);
  });

  it('shows the day alone of a figure that somebody typed in', async () => {
    const story = aStory();
    const at = Date.parse('2023-07-12T09:00:00Z');
    countPlatform(story.database, story.pen({ at }), story.petition, {
      source: 'Page',
      people: 7,
      day: '2023-07-11',
    });
    await story.at('2023-07-12T12:00:00Z', json({}, 404));
    expect(story.shown()).toContain('as of July 11, 2023 · asking it failed: the platform knows no petition');
  });

  it('for good is not asked again, unless it is connected anew', async () => {
    const story = aStory();
    await story.at('2023-07-12T12:00:00Z', json({}, 500));
    await story.at('2023-07-13T12:00:00Z', json({}, 410));
    expect(story.told('es-419')).toEqual([
      expect.stringContaining('no pudo leer **Page**'),
      expect.stringContaining(
        'dice que la petición fue retirada o dada de baja. Queda su última cifra: 1,000.',
      ),
    ]);
    await story.at('2023-07-14T12:00:00Z', showing(5));
    expect([platform.asked.length, story.figure()]).toMatchObject([
      2,
      { people: 1000, failing: { problem: 'gone' } },
    ]);
    story.connect(
      1100,
      'page',
      'https://count.example.org/other.json#/n',
      Date.parse('2023-07-14T13:00:00Z'),
    );
    expect(story.shown()).toBe('- **Page**: 1,100 · 1,100 people · petition page · as of July 14, 2023');
    await story.at('2023-07-15T12:00:00Z', json({ n: 1110 }));
    expect([platform.asked.at(-1)?.url, story.figure()?.people]).toEqual(['/other.json', 1110]);
  });

  it('is left in peace for as long as it asks', async () => {
    const story = aStory();
    story.plan('07:00');
    story.plan('09:00', '2');
    await story.at('2023-07-11T12:00:00Z', json({}, 429, { 'retry-after': '10800' }));
    await story.at('2023-07-11T14:59:59Z', showing(1));
    expect(platform.asked).toHaveLength(1);
    await story.at('2023-07-11T15:01:00Z');
    expect(platform.asked).toHaveLength(2);
  });

  it('does not hold up the others', async () => {
    const story = aStory();
    story.connect(1000, 'Second', 'https://count.example.org/second.json#/signatures');
    await story.at('2023-07-12T12:00:00Z', (response, asked) =>
      asked.url === '/second.json' ? showing(1010)(response, asked) : response.destroy(),
    );
    expect(
      story
        .rows('polls')
        .slice(-2)
        .map(({ people, problem }) => [people, problem]),
    ).toEqual([
      [null, 'unreachable'],
      [1010, null],
    ]);
  });
});

describe('while one is being asked', () => {
  it('nobody waits, and stopping gives it back to be asked after the next start', async () => {
    const story = aStory();
    story.context.clock.set(Date.parse('2023-07-12T12:00:00Z'));
    const asked = new Promise<void>((arrived) => {
      platform.answering = () => arrived();
    });
    story.polling.job(story.context);
    story.polling.job(story.context);
    await asked;
    await story.polling.stop();
    expect([platform.asked.length, story.rows('polls').length]).toEqual([1, 1]);
    const next = startPolling();
    platform.answering = showing(1001);
    next.job(story.context);
    await next.done();
    expect([platform.asked.length, story.figure()?.people]).toEqual([2, 1001]);
  });

  it('what an organizer connects anew stands', async () => {
    const story = aStory();
    await story.at('2023-07-12T12:00:00Z', (response, asked) => {
      story.connect(50, 'Page', 'https://count.example.org/new.json#/n', Date.parse('2023-07-12T12:00:00Z'));
      showing(1001)(response, asked);
    });
    expect(story.figure()?.people).toBe(50);
  });

  it('a petition that closes takes no figure any more', async () => {
    const story = aStory();
    await story.at('2023-07-12T12:00:00Z', (response, asked) => {
      updatePetition(story.database, story.petition.id, { state: 'closed' });
      showing(1001)(response, asked);
    });
    expect(story.figure()?.people).toBe(1000);
  });
});

it('whatever the platform sends, nothing of it but a number is kept or logged', async () => {
  const marker = 'xyzzy';
  const bodies = fc.oneof(
    fc.constantFrom(
      `<p>${marker}</p>`,
      `{"signatures": "${marker}"}`,
      `{"error": "${marker} the-key"}`,
      `"${marker}"`,
      `{${marker}`,
    ),
    fc.nat(2000).map((count) => `{"signatures": ${count}, "by": "${marker}"}`),
    fc.jsonValue().map((value) => JSON.stringify({ signatures: value, [marker]: marker })),
  );
  const statuses = fc.constantFrom(200, 200, 200, 301, 400, 401, 403, 404, 410, 429, 500);
  const types = fc.constantFrom('application/json', 'application/json', 'text/html', marker);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(bodies, statuses, types), { minLength: 1, maxLength: 4 }),
      async (answers) => {
        const story = aStory();
        for (const [index, [body, status, type]] of answers.entries()) {
          const headers = { 'content-type': type, 'x-marker': marker, location: `https://${marker}.org/` };
          await story.at(Date.UTC(2023, 6, 12 + index, 12), text(body, status, headers));
        }
        const kept = JSON.stringify([everyRow(story.database), story.logged, story.told(), story.shown()]);
        expect(kept).not.toContain(marker);
        expect(kept).not.toContain('the-key');
        expect(story.logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
        expect(recountPetition(story.database, story.petition.id)).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});
