// When each daily job ran last.
import { ne } from 'drizzle-orm';
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
