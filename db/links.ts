// The codes of links to a petition's page, by which what comes back is credited.
import { and, eq } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { links } from './schema.js';

export type Link = typeof links.$inferSelect;

/** The link of a member, an organization or a server; this row becomes it the first time. */
export function linkOf(connection: Connection, row: Omit<Link, 'id'> & { subjectId: string }): Link {
  const { petitionId, kind, subjectId } = links;
  connection
    .insert(links)
    .values(row)
    .onConflictDoNothing({ target: [petitionId, kind, subjectId] })
    .run();
  const found = connection
    .select()
    .from(links)
    .where(and(eq(petitionId, row.petitionId), eq(kind, row.kind), eq(subjectId, row.subjectId)))
    .get();
  if (!found) throw new Error('the link was not kept');
  return found;
}
