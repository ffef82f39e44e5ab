// Schedules of the daily tally, and the one row per channel and day that it goes out by.
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { schedules, tallyPosts } from './schema.js';

export type Schedule = typeof schedules.$inferSelect;
export type TallyPost = typeof tallyPosts.$inferSelect;

export function scheduleOf(connection: Connection, channelId: string): Schedule | undefined {
  return connection.select().from(schedules).where(eq(schedules.channelId, channelId)).get();
}

export function schedulesOf(connection: Connection, serverId: string): Schedule[] {
  return connection.select().from(schedules).where(eq(schedules.serverId, serverId)).all();
}

export function allSchedules(connection: Connection): Schedule[] {
  return connection.select().from(schedules).orderBy(asc(schedules.channelId)).all();
}

/** Sets the channel's schedule, in place of one that it may have. */
export function putSchedule(connection: Connection, row: typeof schedules.$inferInsert): void {
  const { channelId, ...rest } = row;
  connection
    .insert(schedules)
    .values(row)
    .onConflictDoUpdate({ target: schedules.channelId, set: { pausedAt: null, pausedUntil: null, ...rest } })
    .run();
}

export function updateSchedule(connection: Connection, channelId: string, changes: Partial<Schedule>): void {
  connection.update(schedules).set(changes).where(eq(schedules.channelId, channelId)).run();
}

export function deleteSchedule(connection: Connection, channelId: string): void {
  connection.delete(schedules).where(eq(schedules.channelId, channelId)).run();
}

/** Takes a channel's day; undefined where it is taken already. */
export function claimDay(connection: Connection, row: typeof tallyPosts.$inferInsert): TallyPost | undefined {
  return connection
    .insert(tallyPosts)
    .values(row)
    .onConflictDoNothing({ target: [tallyPosts.channelId, tallyPosts.day] })
    .returning()
    .get();
}

export function tallyPostOf(connection: Connection, channelId: string, day: string): TallyPost | undefined {
  return connection
    .select()
    .from(tallyPosts)
    .where(and(eq(tallyPosts.channelId, channelId), eq(tallyPosts.day, day)))
    .get();
}

export function tallyPostById(connection: Connection, id: number): TallyPost | undefined {
  return connection.select().from(tallyPosts).where(eq(tallyPosts.id, id)).get();
}

/** The last card that went out in a channel for a petition: what the next one counts from. */
export function lastSentPost(
  connection: Connection,
  channelId: string,
  petitionId: number,
): TallyPost | undefined {
  return connection
    .select()
    .from(tallyPosts)
    .where(
      and(
        eq(tallyPosts.channelId, channelId),
        eq(tallyPosts.petitionId, petitionId),
        eq(tallyPosts.state, 'sent'),
      ),
    )
    .orderBy(desc(tallyPosts.at), desc(tallyPosts.id))
    .limit(1)
    .get();
}

/** Posts that were claimed and not finished, whose holder has let the lease run out. */
export function abandonedPosts(connection: Connection, now: number): TallyPost[] {
  return connection
    .select()
    .from(tallyPosts)
    .where(and(inArray(tallyPosts.state, ['claimed', 'sending']), lt(tallyPosts.leaseUntil, now)))
    .orderBy(asc(tallyPosts.id))
    .all();
}

export function updateTallyPost(connection: Connection, id: number, changes: Partial<TallyPost>): void {
  connection.update(tallyPosts).set(changes).where(eq(tallyPosts.id, id)).run();
}
