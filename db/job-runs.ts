// When each daily job ran last.
import { and, eq, ne } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { jobRuns } from './schema.js';

/** Takes a day for a job; false where the job has run for that day. */
export function claimJobDay(connection: Connection, job: string, day: string): boolean {
  return (
    connection
      .insert(jobRuns)
      .values({ job, day })
      .onConflictDoUpdate({ target: jobRuns.job, set: { day }, setWhere: ne(jobRuns.day, day) })
      .run().changes === 1
  );
}

/** The job has run for the day: asked first, as it takes no lock. */
export function hasRun(connection: Connection, job: string, day: string): boolean {
  const found = connection
    .select()
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), eq(jobRuns.day, day)))
    .get();
  return found !== undefined;
}
