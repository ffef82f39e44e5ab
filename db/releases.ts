// What a press release needs and no other table knows.
import { eq } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { type Localized, releaseFacts } from './schema.js';

/** What was filled in for a petition's release, by fact. */
export function filledIn(connection: Connection, petitionId: number): Record<string, Localized> {
  const rows = connection.select().from(releaseFacts).where(eq(releaseFacts.petitionId, petitionId)).all();
  return Object.fromEntries(rows.map(({ fact, value }) => [fact, value]));
}

/** Fills in a fact, in place of what it was before. */
export function putReleaseFact(connection: Connection, row: typeof releaseFacts.$inferInsert): void {
  const { petitionId: _petition, fact: _fact, ...now } = row;
  connection
    .insert(releaseFacts)
    .values(row)
    .onConflictDoUpdate({ target: [releaseFacts.petitionId, releaseFacts.fact], set: now })
    .run();
}
