// The board of outreach: who did how much, in lines that add up. A member is named only who chose to be.
import {
  type ActionFilter,
  type ActionGrouping,
  hideMember,
  organizationNames,
  serverNames,
  showMember,
  shownMembersOf,
  sumActions,
} from '../../db/actions.js';
import type { Connection, Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { type Write, writeOnce } from '../../db/transaction.js';

export const boardGroupings = [
  'member',
  'organization',
  'server',
  'type',
] as const satisfies ActionGrouping[];
export type BoardGrouping = (typeof boardGroupings)[number];

/** How many entries, and how many actions they stand for. */
interface Sum {
  entries: number;
  count: number;
}

export interface BoardLine extends Sum {
  /** A type, or the id of a member, a server or an organization; empty where it is not stated. */
  key: string;
  /** What it is called; a type has its name in the language files. */
  name?: string | Localized;
}

/** The lines and the rest of a board add up to its own figures. */
export interface Board extends Sum {
  by: ActionGrouping;
  /** Largest first, «not stated» last. */
  lines: BoardLine[];
  /** Members who are not named and lines that have no room, together. */
  rest?: Sum & { groups: number };
}

/** Outreach that counts, by type, organization, server or member, in at most this many lines. */
export function boardOf(
  connection: Connection,
  filter: ActionFilter & { petitionId: number },
  by: ActionGrouping,
  most: number,
): Board {
  const names = namesOf(connection, filter.petitionId, by);
  const lines = sumActions(connection, { ...filter, state: 'counted' }, by).map((line): BoardLine => {
    const name = names.get(line.key);
    return name === undefined ? line : { ...line, name };
  });
  return { by, ...inLines(lines, by === 'member', most), ...sumOf(lines) };
}

/** Keeps the largest lines and «not stated»; the others become one. */
function inLines(lines: BoardLine[], onlyNamed: boolean, most: number): Pick<Board, 'lines' | 'rest'> {
  const stated = lines.filter(({ key }) => key !== '');
  const shown = stated.filter(({ name }) => !onlyNamed || name !== undefined).slice(0, most);
  const others = stated.filter((line) => !shown.includes(line));
  const notStated = lines.filter(({ key }) => key === '');
  return {
    lines: [...shown, ...notStated],
    ...(others.length > 0 && { rest: { groups: others.length, ...sumOf(others) } }),
  };
}

function sumOf(lines: readonly Sum[]): Sum {
  return {
    entries: lines.reduce((sum, { entries }) => sum + entries, 0),
    count: lines.reduce((sum, { count }) => sum + count, 0),
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
      return organizationNames(connection, petitionId);
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
