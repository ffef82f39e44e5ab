// The board of outreach: who did how much, each action once in the total. A member is named only who chose to be.
import {
  type ActionFilter,
  type ActionGrouping,
  type ActionSum,
  hideMember,
  serverNames,
  showMember,
  shownMembersOf,
  sumActions,
  sumRest,
  totalOfActions,
} from '../../db/actions.js';
import { publishedOrganizations } from '../../db/coalition.js';
import type { Connection, Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { inSnapshot, type Write, writeOnce } from '../../db/transaction.js';

export const boardGroupings = [
  'member',
  'organization',
  'server',
  'type',
] as const satisfies ActionGrouping[];
export type BoardGrouping = (typeof boardGroupings)[number];

export interface BoardLine extends ActionSum {
  /** A type, or the id of a member, a server or an organization; empty where it is not stated. */
  key: string;
  /** What it is called; a type has its name in the language files. */
  name?: string | Localized;
}

/** The lines and the rest of a board, less what stands in more than one of them, add up to its own figures. */
export interface Board extends ActionSum {
  by: ActionGrouping;
  /** Largest first, «not stated» last. */
  lines: BoardLine[];
  /** Those who are not named and lines that have no room, together, each action once. */
  rest?: ActionSum & { groups: number };
  /** What was done together and stands in more than one line: each action once, and what all lines come to. */
  shared?: ActionSum & { lines: number };
}

/** Outreach that counts, by type, organization, server or member, in at most this many lines. */
export function boardOf(
  connection: Connection,
  filter: ActionFilter & { petitionId: number },
  by: ActionGrouping,
  most: number,
): Board {
  return inSnapshot(connection, (snapshot) => boardNow(snapshot, { ...filter, state: 'counted' }, by, most));
}

function boardNow(
  connection: Connection,
  filter: ActionFilter & { petitionId: number },
  by: ActionGrouping,
  most: number,
): Board {
  const names = namesOf(connection, filter.petitionId, by);
  const all = sumActions(connection, filter, by).map((line): BoardLine => {
    const name = names.get(line.key);
    return name === undefined ? line : { ...line, name };
  });
  // A member is named who chose to be, and an organization that agreed to be.
  const mayStand = ({ name }: BoardLine) => name !== undefined || by === 'server' || by === 'type';
  const stated = all.filter(({ key }) => key !== '');
  const lines = [...stated.filter(mayStand).slice(0, most), ...all.filter(({ key }) => key === '')];
  const listed = lines.map(({ key }) => key);
  const groups = all.length - lines.length;
  const { rest, shared } = sumRest(connection, filter, by, listed);
  const sum = [...lines, rest].reduce((total, { count }) => total + count, 0);
  return {
    by,
    lines,
    ...(groups > 0 && { rest: { groups, ...rest } }),
    ...(shared.entries > 0 && { shared: { ...shared, lines: sum } }),
    ...totalOfActions(connection, filter),
  };
}

function namesOf(
  connection: Connection,
  petitionId: number,
  by: ActionGrouping,
): Map<string, string | Localized> {
  switch (by) {
    case 'member':
      return shownMembersOf(connection, petitionId);
    case 'organization':
      return new Map(
        publishedOrganizations(connection, petitionId).map(({ id, name }) => [String(id), name]),
      );
    case 'server':
      return serverNames(connection, petitionId);
    case 'type':
      return new Map();
  }
}

/** Names a member on the petition's boards, or takes the name off them again. */
export function showOnBoard(
  database: Database,
  write: Write & { userId: string },
  petition: Petition,
  name: string | undefined,
): void {
  writeOnce(database, write, (connection, record) => {
    const { userId, at } = write;
    if (name === undefined) hideMember(connection, petition.id, userId);
    else showMember(connection, { petitionId: petition.id, userId, name, at });
    record({ petitionId: petition.id, deed: name === undefined ? 'action.hide' : 'action.show' });
  });
}
