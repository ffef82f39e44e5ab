// Links by which a petition is shared: each has a code by which the page tells where a signature came from.
import { publishedOrganizations } from '../../db/coalition.js';
import type { Connection, Database } from '../../db/connect.js';
import { findLink, type Link, linkOf, linkSums } from '../../db/links.js';
import type { Petition } from '../../db/petitions.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { randomCode } from './code.js';
import { requireState } from './petition.js';

/** The parameter that Action Network reads, and where nobody chose another one. */
export const usualParameter = 'source';

/** Whether a query parameter may be called so. */
export const isLinkParameter = (name: string) => /^[A-Za-z][\w-]{0,31}$/.test(name);

/** Whose link it is, and the server a member is in. */
export type LinkOwner =
  | { kind: 'member'; subjectId: string; serverId: string | null }
  | { kind: 'organization' | 'server'; subjectId: string };

/**
 * The link of a member, an organization or a server: made the first time, then always the same.
 *
 * @throws {@link Failure} where the petition can't be shared as it stands
 */
export function trackedLink(database: Database, write: Write, petition: Petition, owner: LinkOwner): Link {
  requireState(petition, 'share');
  const petitionId = petition.id;
  const known = findLink(database, { petitionId, ...owner });
  if (known) return known;
  return writeOnce(database, write, (connection, record) => {
    const row = { serverId: null, ...owner, petitionId, code: randomCode(), at: write.at };
    const link = linkOf(connection, row);
    record({ petitionId, deed: 'link.create', detail: { link: link.id, kind: link.kind } });
    return link;
  });
}

/** The address that is shared. Its code names nobody. */
export function addressOf({ link, linkParameter }: Petition, { code }: Link): string {
  const address = new URL(link);
  address.searchParams.set(linkParameter, code);
  return address.href;
}

/** How many signatures that are in the figures came by a link. */
export function signaturesBy(connection: Connection, { id, petitionId }: Link): number {
  return linkSums(connection, { petitionId, id })[0]?.count ?? 0;
}

/** The published organizations that a person speaks for. */
export function organizationsOf(connection: Connection, petition: Petition, userId: string) {
  return publishedOrganizations(connection, petition.id).filter(
    ({ representativeId }) => representativeId === userId,
  );
}
