// The board: whatever was logged, its lines add up, and nobody is named who did not choose to be.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { insertAction } from '../../db/actions.js';
import { insertOrganization } from '../../db/coalition.js';
import { type Database, openDatabase } from '../../db/connect.js';
import { insertPetition, type Petition } from '../../db/petitions.js';
import { type actions, actionTypes } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import { insertVoid } from '../../db/sources.js';
import { type Board, boardGroupings, boardOf, showOnBoard } from '../../src/coalition/board.js';

const facts = {
  serverId: 'host',
  title: { en: 'Bring the troops home' },
  ask: { en: 'Withdraw' },
  link: 'https://example.org/',
  goal: 2000,
  timezone: 'UTC',
  state: 'open',
  createdAt: 0,
} as const;

const members = Array.from({ length: 8 }, (_, index) => `member ${index}`);

const logged = fc.record({
  userId: fc.constantFrom(...members),
  serverId: fc.constantFrom('host', 'partner'),
  type: fc.constantFrom(...actionTypes),
  count: fc.integer({ min: 1, max: 100_000 }),
  organizationId: fc.constantFrom(null, 1, 2),
  state: fc.constantFrom('counted', 'pending', 'rejected'),
  day: fc.constantFrom('2023-07-17', '2023-07-18'),
  takenBack: fc.boolean(),
});

type Logged = Omit<typeof actions.$inferInsert, 'petitionId' | 'at'> & { takenBack: boolean };

function withActions<Result>(
  rows: Logged[],
  work: (database: Database, petition: Petition) => Result,
): Result {
  const database = openDatabase(':memory:');
  const petition = insertPetition(database, facts);
  updateServer(database, 'partner', { name: 'Minga Lima' });
  for (const name of ['CODEPINK', 'World BEYOND War']) {
    insertOrganization(database, { petitionId: petition.id, name: { en: name }, state: 'approved', at: 0 });
  }
  for (const { takenBack, ...row } of rows) {
    const { id } = insertAction(database, { ...row, petitionId: petition.id, at: 0 });
    if (takenBack) insertVoid(database, { entryKind: 'action', entryId: id, userId: row.userId, at: 0 });
  }
  try {
    return work(database, petition);
  } finally {
    database.$client.close();
  }
}

const byMember = (userId: string) => ({ userId, serverId: 'host', at: 0 });
const namesOn = ({ lines }: Board) => lines.map(({ name }) => name);

it('adds up to what counts, in however few lines, whoever is named', () => {
  fc.assert(
    fc.property(
      fc.array(logged, { maxLength: 30 }),
      fc.constantFrom(...boardGroupings),
      fc.integer({ min: 1, max: 6 }),
      fc.subarray(members),
      fc.constantFrom(undefined, '2023-07-18'),
      (rows, by, most, named, from) =>
        withActions(rows, (database, petition) => {
          for (const userId of named) showOnBoard(database, byMember(userId), petition, `Called ${userId}`);
          const board = boardOf(database, { petitionId: petition.id, from }, by, most);
          const counting = rows.filter(
            ({ state, takenBack, day }) => state === 'counted' && !takenBack && day >= (from ?? ''),
          );
          const shown = [...board.lines, ...(board.rest ? [board.rest] : [])];
          for (const total of [board, { entries: sum(shown, 'entries'), count: sum(shown, 'count') }]) {
            expect(total.count).toBe(sum(counting, 'count'));
            expect(total.entries).toBe(counting.length);
          }
          expect(board.lines.filter(({ key }) => key !== '').length).toBeLessThanOrEqual(most);
          if (by === 'member')
            expect(named).toEqual(expect.arrayContaining(board.lines.map(({ key }) => key)));
        }),
    ),
    { numRuns: 60 },
  );
});

function sum<Key extends string>(rows: readonly Record<Key, number>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

const row = {
  type: 'call',
  organizationId: null,
  state: 'counted',
  day: '2023-07-18',
  takenBack: false,
} as const;

it('names a member from Show me until Hide me', () => {
  const rows = [
    { ...row, userId: 'ben', serverId: 'host', count: 12 },
    { ...row, userId: 'luz', serverId: 'partner', count: 80 },
  ];
  withActions(rows, (database, petition) => {
    const board = () => boardOf(database, { petitionId: petition.id }, 'member', 15);
    expect(board()).toMatchObject({ lines: [], rest: { groups: 2, entries: 2, count: 92 }, count: 92 });
    showOnBoard(database, byMember('ben'), petition, 'Ben Wood');
    expect(namesOn(board())).toEqual(['Ben Wood']);
    expect(board().rest).toEqual({ groups: 1, entries: 1, count: 80 });
    showOnBoard(database, byMember('ben'), petition, 'Ben W.');
    expect(namesOn(board())).toEqual(['Ben W.']);
    showOnBoard(database, byMember('ben'), petition, undefined);
    expect(board()).toMatchObject({ lines: [], rest: { groups: 2, count: 92 } });
  });
});

it('names nobody on one petition who pressed Show me on another', () => {
  withActions([{ ...row, userId: 'ben', serverId: 'host', count: 12 }], (database, petition) => {
    showOnBoard(database, byMember('ben'), insertPetition(database, facts), 'Ben Wood');
    expect(boardOf(database, { petitionId: petition.id }, 'member', 15).lines).toEqual([]);
  });
});

it('puts the largest first and what is not stated last, by the names people know', () => {
  const rows = [
    { ...row, userId: 'ben', serverId: 'host', count: 500 },
    { ...row, userId: 'ben', serverId: 'host', count: 5, organizationId: 1 },
    { ...row, userId: 'luz', serverId: 'partner', count: 80, organizationId: 2 },
  ];
  withActions(rows, (database, petition) => {
    const board = (by: 'organization' | 'server') => boardOf(database, { petitionId: petition.id }, by, 1);
    expect(namesOn(board('organization'))).toEqual([{ en: 'World BEYOND War' }, undefined]);
    expect(board('organization')).toMatchObject({
      lines: [{ count: 80 }, { key: '', count: 500 }],
      rest: { count: 5 },
    });
    expect(
      boardOf(database, { petitionId: petition.id }, 'server', 15).lines.map(({ key, name }) => name ?? key),
    ).toEqual(['host', 'Minga Lima']);
  });
});
