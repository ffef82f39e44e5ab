// The codes of links to a petition's page, and the signatures that came by them.
import { and, eq, gte, notInArray, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { importsUnderWay } from './imports.js';
import { links, signatures } from './schema.js';

export type Link = typeof links.$inferSelect;

/** The link of a member, an organization or a server; undefined while it has none. */
export function findLink(
  connection: Connection,
  owner: Pick<Link, 'petitionId' | 'kind'> & { subjectId: string },
): Link | undefined {
  const { petitionId, kind, subjectId } = links;
  return connection
    .select()
    .from(links)
    .where(and(eq(petitionId, owner.petitionId), eq(kind, owner.kind), eq(subjectId, owner.subjectId)))
    .get();
}

/** The link of a member, an organization or a server; this row becomes it the first time. */
export function linkOf(connection: Connection, row: Omit<Link, 'id'> & { subjectId: string }): Link {
  const { petitionId, kind, subjectId } = links;
  connection
    .insert(links)
    .values(row)
    .onConflictDoNothing({ target: [petitionId, kind, subjectId] })
    .run();
  const found = findLink(connection, row);
  if (!found) throw new Error('the link was not kept');
  return found;
}

/** A link and how many signatures that are in the figures came by it. */
export interface LinkSum extends Pick<Link, 'id' | 'kind' | 'subjectId' | 'serverId'> {
  count: number;
}

/**
 * The links of a petition by which signatures came.
 *
 * @param from - the first day that is asked for
 * @param id - of one link, where only that is asked for
 */
export function linkSums(
  connection: Connection,
  { petitionId, from, id }: { petitionId: number; from?: string | undefined; id?: number },
): LinkSum[] {
  // Nobody sees the rows of an import before it is done.
  const unseen = importsUnderWay(connection).map((one) => one.id);
  return connection
    .select({
      id: links.id,
      kind: links.kind,
      subjectId: links.subjectId,
      serverId: links.serverId,
      count: sql<number>`count(*)`,
    })
    .from(links)
    .innerJoin(signatures, eq(signatures.linkId, links.id))
    .where(
      and(
        eq(links.petitionId, petitionId),
        eq(signatures.counts, true),
        id === undefined ? undefined : eq(links.id, id),
        from === undefined ? undefined : gte(signatures.day, from),
        unseen.length === 0 ? undefined : notInArray(sql`coalesce(${signatures.importId}, 0)`, unseen),
      ),
    )
    .groupBy(links.id)
    .orderBy(links.id)
    .all();
}
