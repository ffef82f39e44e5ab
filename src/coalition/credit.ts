// Who is credited with signatures that came by links: each signature is in one line, so that the lines add up.
import { shownMembersOf } from '../../db/actions.js';
import { publishedOrganizations } from '../../db/coalition.js';
import type { Connection } from '../../db/connect.js';
import { type LinkSum, linkSums } from '../../db/links.js';
import { serversOf } from '../../db/partners.js';
import type { Localized } from '../../db/schema.js';
import { inSnapshot } from '../../db/transaction.js';
import type { BoardGrouping } from './board.js';

export interface CreditLine {
  /** The id of a member, an organization or a server, or the kind of link; empty where there is none. */
  key: string;
  /** What it is called; a kind of link has its name in the language files. */
  name?: string | Localized;
  count: number;
}

/** Signatures that came by links, in lines that add up to all of them. */
export interface Credits {
  by: BoardGrouping;
  count: number;
  /** Largest first, those that are nobody's last. */
  lines: CreditLine[];
  /** Those that are not named and those that have no room, together. */
  rest?: { groups: number; count: number };
}

interface CreditFilter {
  petitionId: number;
  from?: string | undefined;
}

/** On the board by member, the line of all links that are not a member's. */
export const sharedLinks = 'shared';

/**
 * Signatures that are in the figures and came by links, by kind of link, organization, server or member.
 *
 * @param filter - `from`: the first day that is asked for
 * @param most - lines of their own, at most
 */
export function creditsOf(
  connection: Connection,
  filter: CreditFilter,
  by: BoardGrouping,
  most: number,
): Credits {
  return inSnapshot(connection, (snapshot) => creditsNow(snapshot, filter, by, most));
}

function creditsNow(connection: Connection, filter: CreditFilter, by: BoardGrouping, most: number): Credits {
  const keyOf = keysBy(connection, filter.petitionId, by);
  const sums = new Map<string, number>();
  for (const link of linkSums(connection, filter)) {
    const key = keyOf(link);
    sums.set(key, (sums.get(key) ?? 0) + link.count);
  }
  if (sums.size === 0) return { by, count: 0, lines: [] };
  const names = namesOf(connection, filter.petitionId, by);
  const lines = [...sums]
    .map(([key, count]): CreditLine => {
      const name = names?.get(key);
      return { key, count, ...(name !== undefined && { name }) };
    })
    .sort((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1));
  const isShown = ({ key, name }: CreditLine) => !names || name !== undefined || key === sharedLinks;
  const shown = lines.filter((line) => line.key !== '' && isShown(line)).slice(0, most);
  const others = lines.filter((line) => line.key !== '' && !shown.includes(line));
  return {
    by,
    count: sumOf(lines),
    lines: [...shown, ...lines.filter(({ key }) => key === '')],
    ...(others.length > 0 && { rest: { groups: others.length, count: sumOf(others) } }),
  };
}

const sumOf = (lines: readonly CreditLine[]) => lines.reduce((sum, { count }) => sum + count, 0);

/** In which line the signatures of a link are. */
function keysBy(connection: Connection, petitionId: number, by: BoardGrouping): (link: LinkSum) => string {
  switch (by) {
    case 'type':
      return ({ kind }) => kind;
    case 'member':
      return ({ kind, subjectId }) => (kind === 'member' ? (subjectId ?? '') : sharedLinks);
    case 'server':
      return (link) => serverIn(link) ?? '';
    case 'organization': {
      const servers = serversOf(connection, petitionId);
      const under = new Map(servers.map(({ id, organization }) => [id, organization?.id]));
      return (link) => {
        const { kind, subjectId } = link;
        const id = kind === 'organization' ? subjectId : under.get(serverIn(link) ?? '');
        return String(id ?? '');
      };
    }
  }
}

/** The server whose link it is, or in which a member had it made. */
function serverIn({ kind, subjectId, serverId }: LinkSum): string | null {
  return kind === 'server' ? subjectId : serverId;
}

/** Who may be named; undefined where there is nobody to name. */
function namesOf(
  connection: Connection,
  petitionId: number,
  by: BoardGrouping,
): Map<string, string | Localized> | undefined {
  switch (by) {
    case 'member':
      return shownMembersOf(connection, petitionId);
    case 'organization':
      return new Map(
        publishedOrganizations(connection, petitionId).map(({ id, name }) => [String(id), name]),
      );
    case 'server':
      return new Map(serversOf(connection, petitionId).map(({ id, name }) => [id, name ?? '']));
    case 'type':
      return undefined;
  }
}
