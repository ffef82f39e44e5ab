// The board: whatever was logged, its lines add up, and nobody is named who did not choose to be.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { insertAction } from '../../db/actions.js';
import { insertOrganization, updateOrganization } from '../../db/coalition.js';
import { type Database, openDatabase } from '../../db/connect.js';
import { insertJoin } from '../../db/joins.js';
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

const logged = fc
  .record({
    userId: fc.constantFrom(...members),
    serverId: fc.constantFrom('host', 'partner'),
    type: fc.constantFrom(...actionTypes),
    count: fc.integer({ min: 1, max: 100_000 }),
    organizationId: fc.constantFrom(null, 1, 2),
    state: fc.constantFrom('counted', 'pending', 'rejected'),
    day: fc.constantFrom('2023-07-17', '2023-07-18'),
    takenBack: fc.boolean(),
    joined: fc.uniqueArray(
      fc.record({
        userId: fc.constantFrom(...members),
        serverId: fc.constantFrom('host', 'partner'),
        organizationId: fc.constantFrom(null, 1, 2),
      }),
      { maxLength: 3, selector: ({ userId }) => userId },
    ),
  })
  // Nobody joins what they logged themselves.
  .map((row) => ({ ...row, joined: row.joined.filter(({ userId }) => userId !== row.userId) }));

/** In whose line something stands. */
interface Credited {
  userId: string;
  serverId: string;
  organizationId: number | null;
}

type Logged = Omit<typeof actions.$inferInsert, 'petitionId' | 'at' | 'organizationId'> &
  Credited & { takenBack: boolean; joined?: Credited[] };

function withActions<Result>(
  rows: Logged[],
  work: (database: Database, petition: Petition) => Result,
): Result {
  const database = openDatabase(':memory:');
  const petition = insertPetition(database, facts);
  updateServer(database, 'partner', { name: 'Minga Lima' });
  for (const name of ['CODEPINK', 'World BEYOND War']) {
    const row = { petitionId: petition.id, name: { en: name }, state: 'approved', at: 0 } as const;
    insertOrganization(database, { ...row, publishedAt: 0 });
  }
  for (const { takenBack, joined = [], ...row } of rows) {
    const { id } = insertAction(database, { ...row, petitionId: petition.id, at: 0 });
    for (const join of joined) insertJoin(database, { ...join, actionId: id, at: 0 });
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

const keyOf = {
  member: ({ userId }: Credited) => userId,
  server: ({ serverId }: Credited) => serverId,
  organization: ({ organizationId }: Credited) => String(organizationId ?? ''),
  type: () => '',
};

it('adds up to what counts, less what stands in more than one line, in however few lines, whoever is named', () => {
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
          expect(board).toMatchObject({ entries: counting.length, count: sum(counting, 'count') });

          // Each action in the lines of those who did it, as the board has them: by name, or among the rest.
          const listed = board.lines.map(({ key }) => key);
          const placed = counting.map((row) => {
            const keys = [row, ...row.joined].map((who) => (by === 'type' ? row.type : keyOf[by](who)));
            return {
              count: row.count,
              places: new Set(keys.map((key) => (listed.includes(key) ? key : 'rest'))),
            };
          });
          const inPlace = (place: string) => placed.filter(({ places }) => places.has(place));
          for (const { key, entries, count } of board.lines) {
            expect([entries, count]).toEqual([inPlace(key).length, sum(inPlace(key), 'count')]);
          }
          expect(board.rest?.entries ?? 0).toBe(inPlace('rest').length);
          expect(board.rest?.count ?? 0).toBe(sum(inPlace('rest'), 'count'));

          const lines = sum(board.lines, 'count') + (board.rest?.count ?? 0);
          const overlap = placed.reduce((over, { count, places }) => over + count * (places.size - 1), 0);
          expect(lines - overlap).toBe(board.count);
          const several = placed.filter(({ places }) => places.size > 1);
          expect(board.shared).toEqual(
            several.length > 0 ? { entries: several.length, count: sum(several, 'count'), lines } : undefined,
          );
          if (by === 'type') expect(board.shared).toBeUndefined();

          expect(listed.filter((key) => key !== '').length).toBeLessThanOrEqual(most);
          if (by === 'member') expect(named).toEqual(expect.arrayContaining(listed));
        }),
    ),
    { numRuns: 60 },
  );
});

it('says nothing of an overlap that nobody can see: two who are not named are in one line', () => {
  const joined = [{ userId: 'luz', serverId: 'host', organizationId: null }];
  withActions([{ ...row, userId: 'ben', serverId: 'host', count: 12, joined }], (database, petition) => {
    const board = () => boardOf(database, { petitionId: petition.id }, 'member', 15);
    expect(board()).toEqual({
      by: 'member',
      lines: [],
      rest: { groups: 2, entries: 1, count: 12 },
      entries: 1,
      count: 12,
    });
    showOnBoard(database, byMember('ben'), petition, 'Ben Wood');
    expect(board()).toMatchObject({
      lines: [{ key: 'ben', count: 12 }],
      rest: { groups: 1, count: 12 },
      shared: { count: 12, lines: 24 },
      count: 12,
    });
  });
});

it('names an organization no longer once it withdrew', () => {
  const rows = [{ ...row, userId: 'ben', serverId: 'host', count: 5, organizationId: 1 }];
  withActions(rows, (database, petition) => {
    updateOrganization(database, 1, { state: 'withdrawn', publishedAt: null });
    expect(boardOf(database, { petitionId: petition.id }, 'organization', 15)).toMatchObject({
      lines: [],
      rest: { groups: 1, count: 5 },
    });
  });
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
