// Schedules of the daily tally: where, when, in which language; pausing and resuming.
import type { Connection, Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import {
  deleteSchedule,
  putSchedule,
  type Schedule,
  scheduleOf,
  schedulesOf,
  tallyPostOf,
  updateSchedule,
} from '../../db/tally-posts.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { nextDue } from './due.js';
import { Failure } from './failure.js';

/** Sets a channel's daily tally; a time that is past today starts tomorrow. */
export function scheduleTally(
  database: Database,
  write: Write,
  petition: Petition,
  input: Pick<Schedule, 'channelId' | 'time' | 'timezone' | 'language' | 'when'>,
): Schedule {
  return writeOnce(database, write, (connection, record) => {
    const { serverId, at } = write;
    const other = scheduleOf(connection, input.channelId);
    if (other && other.serverId !== serverId) throw new Failure('unknownChannel');
    putSchedule(connection, { ...input, serverId, petitionId: petition.id, effectiveFrom: at });
    record({ petitionId: petition.id, deed: 'tally.schedule', detail: input });
    return requireSchedule(connection, serverId, input.channelId);
  });
}

/** The channel's schedule; of the server's only one where no channel is named. */
export function requireSchedule(
  connection: Connection,
  serverId: string,
  channelId: string | undefined,
): Schedule {
  const all = schedulesOf(connection, serverId);
  if (all.length === 0) throw new Failure('noSchedule');
  if (channelId === undefined) {
    if (all.length > 1) throw new Failure('whichSchedule');
    return all[0] as Schedule;
  }
  const found = all.find((schedule) => schedule.channelId === channelId);
  if (!found) throw new Failure('noScheduleThere', { channel: `<#${channelId}>` });
  return found;
}

/** Holds the daily tally back, until a moment or until it is resumed. */
export function pauseTally(
  database: Database,
  write: Write,
  channelId: string | undefined,
  until: number | undefined,
): Schedule {
  return writeOnce(database, write, (connection, record) => {
    const schedule = requireSchedule(connection, write.serverId, channelId);
    const paused = { pausedAt: write.at, pausedUntil: until ?? null };
    updateSchedule(connection, schedule.channelId, paused);
    record({
      petitionId: schedule.petitionId,
      deed: 'tally.pause',
      detail: { channelId: schedule.channelId, until },
    });
    return { ...schedule, ...paused };
  });
}

/** Lets the daily tally go out again, from its next time on. */
export function resumeTally(database: Database, write: Write, channelId: string | undefined): Schedule {
  return writeOnce(database, write, (connection, record) => {
    const schedule = requireSchedule(connection, write.serverId, channelId);
    if (schedule.pausedAt === null) throw new Failure('notPaused', { channel: `<#${schedule.channelId}>` });
    const resumed = { pausedAt: null, pausedUntil: null, effectiveFrom: write.at };
    updateSchedule(connection, schedule.channelId, resumed);
    record({
      petitionId: schedule.petitionId,
      deed: 'tally.resume',
      detail: { channelId: schedule.channelId },
    });
    return { ...schedule, ...resumed };
  });
}

/** Ends a channel's daily tally. */
export function removeTally(database: Database, write: Write, channelId: string): Schedule {
  return writeOnce(database, write, (connection, record) => {
    const schedule = requireSchedule(connection, write.serverId, channelId);
    deleteSchedule(connection, channelId);
    record({ petitionId: schedule.petitionId, deed: 'tally.remove', detail: { channelId } });
    return schedule;
  });
}

/** When the channel's next card goes out, epoch milliseconds. */
export function nextTally(connection: Connection, schedule: Schedule, now: number): number {
  // The first moment after a pause may itself be due.
  const from = Math.max(now, schedule.effectiveFrom, (schedule.pausedUntil ?? 0) - 1);
  const next = nextDue(schedule, from);
  // A day that has its card already gets no second one when the time is changed.
  const taken = tallyPostOf(connection, schedule.channelId, next.day);
  return taken ? nextDue(schedule, next.dueAt).dueAt : next.dueAt;
}
