// Where the clock goes: to the next daily tally, over a change of summer time, by a week; every tally on the way goes out.
import { allPetitions } from '../../db/petitions.js';
import { allSchedules } from '../../db/tally-posts.js';
import { addDays, dayIn, startOfDay } from '../../src/coalition/day.js';
import { nextDue } from '../../src/coalition/due.js';
import type { Stage } from '../stage.js';
import type { Leap } from './protocol.js';

const day = 24 * 60 * 60_000;
/** The bot is on its feet a little after the hour, as it would be. */
const late = 5000;

/** Moves the clock of Discord and of the bot. @throws Error in words where there is nothing to move to */
export async function leap(stage: Stage, to: Leap): Promise<void> {
  const now = stage.discord.clock.now();
  if (to === 'tally') {
    const due = nextTally(stage, now);
    if (due === undefined) throw new Error('noTally');
    await stage.moveTo(due + late);
  } else if (to === 'summertime') {
    const { start, end } = summerTime(stage, now);
    // What lies between is slept through, as by a bot that was off; the two tallies around it are not.
    if (start - day > now) await stage.moveTo(start - day);
    await walk(stage, end);
  } else if (to === 'week') {
    await walk(stage, now + 7 * day);
  } else {
    if (!(to > now)) throw new Error('noWayBack');
    await walk(stage, to);
  }
}

async function walk(stage: Stage, end: number): Promise<void> {
  for (;;) {
    const due = nextTally(stage, stage.discord.clock.now());
    if (due === undefined || due + late >= end) break;
    await stage.moveTo(due + late);
  }
  await stage.moveTo(end);
}

function nextTally(stage: Stage, now: number): number | undefined {
  const moments = stage.withDatabase(allSchedules).map((schedule) => nextDue(schedule, now).dueAt);
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/** The next day that is shorter or longer than others where tallies are posted, or else where petitions are counted. */
function summerTime(stage: Stage, now: number): { start: number; end: number } {
  const zones = stage.withDatabase((database) => [
    ...allSchedules(database).map(({ timezone }) => timezone),
    ...allPetitions(database).map(({ timezone }) => timezone),
    'America/New_York',
  ]);
  for (const zone of zones) {
    let start = startOfDay(addDays(dayIn(zone, now), 1), zone);
    for (let count = 0; count < 366; count += 1) {
      const end = startOfDay(addDays(dayIn(zone, start), 1), zone);
      if (end - start !== day) return { start, end };
      start = end;
    }
  }
  throw new Error('noSummerTime');
}
