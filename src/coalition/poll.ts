// Asking connected sources: when each is due, what its answer does to the count, and what organizers are told of it.
import { createHash } from 'node:crypto';
import type { Connection, Database } from '../../db/connect.js';
import {
  askable,
  type Connected,
  connectionOf,
  insertPoll,
  latestPoll,
  schedulesShowing,
  takeConnection,
  updateConnection,
} from '../../db/connections.js';
import { insertNotice } from '../../db/notices.js';
import { petitionById } from '../../db/petitions.js';
import { insertObservation, latestObservation, type Observation } from '../../db/sources.js';
import { writeOnce } from '../../db/transaction.js';
import { lastDue } from './due.js';
import { allows, today } from './petition.js';
import { asPlain } from './plain-text.js';
import type { Reading, Refusal } from './reading.js';
import { sumObservation } from './summary.js';

const minute = 60_000;

/** No source is asked more often; whoever takes one has as long before another may, in milliseconds. */
export const interval = 15 * minute;

/** When the sources of a petition without a daily tally are asked, in its own zone. */
const ordinaryTime = '20:00';

/** Takes the next source that is due; undefined where none is, or another process was first. */
export function claimPoll(database: Database, now: number): Connected | undefined {
  const due = askable(database, now).find((connected) => isDue(database, connected, now));
  return due && takeConnection(database, due.connection, now + interval) ? due : undefined;
}

/** Some minutes before one of the petition's daily tallies, and not asked since then. */
function isDue(connection: Connection, { source, petition }: Connected, now: number): boolean {
  if (!allows(petition, 'count')) return false;
  const asked = latestPoll(connection, source.id)?.at ?? 0;
  const planned = schedulesShowing(connection, petition.id);
  const times = planned.length > 0 ? planned : [{ time: ordinaryTime, timezone: petition.timezone }];
  const ahead = aheadOf(source.id);
  return times.some((daily) => lastDue(daily, now + ahead).dueAt - ahead > asked);
}

/** How long before a tally a source is asked: 3 to 12 minutes, each its own and every day the same. */
export function aheadOf(sourceId: number): number {
  const drawn = createHash('sha256').update(`poll|${sourceId}`).digest().readUInt32BE();
  return 3 * minute + (drawn % (9 * minute));
}

/** Gives back a source that was taken and not asked. */
export function releasePoll(database: Database, { connection }: Connected, now: number): void {
  updateConnection(database, connection.sourceId, { nextAt: now });
}

/** Writes down what came of asking. */
export function recordPoll(database: Database, asked: Connected, reading: Reading, at: number): void {
  const { sourceId } = asked.connection;
  const write = { userId: null, serverId: asked.petition.serverId, at };
  writeOnce(database, write, (connection, record) => {
    // An organizer connected it anew meanwhile, and has its figure.
    if (connectionOf(connection, sourceId)?.at !== asked.connection.at) return;
    const wait = 'problem' in reading ? (reading.retryAfter ?? 0) : 0;
    updateConnection(connection, sourceId, { nextAt: at + Math.max(wait, interval) });
    if ('problem' in reading) recordRefusal(connection, asked, reading, at);
    else {
      // It may have been closed while the platform was thinking.
      const petition = petitionById(connection, asked.petition.id) ?? asked.petition;
      const entry = enterReading(connection, { ...asked, petition }, reading, at);
      const detail = { observation: entry?.id };
      if (entry) record({ petitionId: asked.petition.id, deed: 'signatures.poll', detail });
    }
  });
}

/**
 * Enters a platform's figure as today's, and tells organizers where it fell or jumped.
 *
 * @returns the entry; undefined where the same figure is entered for this day already, or the petition takes none
 */
export function enterReading(
  connection: Connection,
  { source, petition }: Pick<Connected, 'source' | 'petition'>,
  { people, status }: Extract<Reading, { people: number }>,
  at: number,
): Observation | undefined {
  insertPoll(connection, { sourceId: source.id, at, people, httpStatus: status });
  if (!allows(petition, 'count')) return undefined;
  const before = latestObservation(connection, source.id);
  const day = today(petition, at);
  if (before?.people === people && before.day === day) return undefined;
  const swing = before && swingOf(before.people, people);
  if (swing) {
    const values = { source: asPlain(source.name), before: before.people, people };
    insertNotice(connection, { serverId: petition.serverId, key: swing, values, at });
  }
  const entry = insertObservation(connection, {
    sourceId: source.id,
    day,
    people,
    organizations: null,
    serverId: petition.serverId,
    // Nobody's: the platform said it.
    userId: null,
    at,
  });
  sumObservation(connection, entry, 1);
  return entry;
}

/** What organizers are told of a fall over 5 % or a jump over tenfold; the figure counts as it is. */
function swingOf(before: number, people: number) {
  if (people < before * 0.95) return 'notices.sourceFell';
  return before > 0 && people > before * 10 ? 'notices.sourceJumped' : undefined;
}

/** The last figure stays. Organizers are told of the first failure after a figure, and where there is no more to come. */
function recordRefusal(
  connection: Connection,
  { source, petition }: Connected,
  { problem, status }: Refusal,
  at: number,
): void {
  const failedBefore = (latestPoll(connection, source.id)?.problem ?? null) !== null;
  insertPoll(connection, { sourceId: source.id, at, problem, httpStatus: status ?? null });
  const isOver = problem === 'gone';
  if (isOver) updateConnection(connection, source.id, { stoppedAt: at });
  if (failedBefore && !isOver) return;
  const values = {
    source: asPlain(source.name),
    people: latestObservation(connection, source.id)?.people ?? 0,
  };
  const key = isOver ? 'notices.sourceGone' : 'notices.sourceFailed';
  insertNotice(connection, { serverId: petition.serverId, key, values, at });
}
