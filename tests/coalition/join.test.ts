// Outreach done together: whatever is logged, joined, kept apart, taken back or decided on, each action counts once.
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { type Action, actionsWhere, proofOf, sumActions, totalOfActions } from '../../db/actions.js';
import type { Database } from '../../db/connect.js';
import { joinsOf } from '../../db/joins.js';
import { untoldMemberNotices } from '../../db/notices.js';
import type { Petition } from '../../db/petitions.js';
import { petitionServers } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import { insertTarget } from '../../db/targets.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { type ActionInput, ownActions } from '../../src/coalition/action.js';
import { reviewAction } from '../../src/coalition/action-review.js';
import { undoAction } from '../../src/coalition/action-undo.js';
import { boardGroupings, boardOf, showOnBoard } from '../../src/coalition/board.js';
import { keepDraft } from '../../src/coalition/draft.js';
import { joinAction, logApart, logUnlessAlike } from '../../src/coalition/join.js';
import { forget } from '../../src/coalition/privacy.js';
import {
  aDatabase,
  aPen,
  aPetition,
  failureOf,
  hostServer,
  partnerServer,
  seal,
} from '../support/stories.js';

const minute = 60_000;

let database: Database;
let petition: Petition;
let pen: ReturnType<typeof aPen>;

beforeEach(() => begin());

function begin() {
  database = aDatabase();
  petition = aPetition(database);
  pen = aPen();
  const partner = { petitionId: petition.id, serverId: partnerServer, role: 'partner', joinedAt: 0 } as const;
  database.insert(petitionServers).values(partner).run();
  for (const name of ['The Embassy', 'The Committee'])
    insertTarget(database, { petitionId: petition.id, name: { en: name } });
}

const call = { type: 'call', count: 12, target: 'The Embassy' } as const;

function log(userId: string, input: Partial<ActionInput> = {}, more: Partial<Write> = {}) {
  const write = pen({ userId, ...more });
  return writeOnce(database, write, (connection) =>
    logUnlessAlike(connection, write, petition, { ...call, ...input }),
  );
}

function logged(userId: string, input: Partial<ActionInput> = {}, more: Partial<Write> = {}): Action {
  const result = log(userId, input, more);
  if (!('action' in result)) throw new Error('it was asked about');
  return result.action;
}

function asked(userId: string, input: Partial<ActionInput> = {}, more: Partial<Write> = {}) {
  const result = log(userId, input, more);
  if ('action' in result) throw new Error('it was not asked about');
  return result;
}

const join = (userId: string, key: string, more: Partial<Write> = {}) =>
  joinAction(database, pen({ userId, ...more }), key);

const total = () => totalOfActions(database, { petitionId: petition.id, state: 'counted' }).count;
const sumOf = (userId: string) =>
  ownActions(database, { petitionId: petition.id, userId }, 9).counted.map(({ count }) => count);

it('asks where somebody else just logged the same kind, day and target, in any server of the coalition', () => {
  const first = logged('ben', {}, { serverId: partnerServer });
  expect(asked('luz')).toMatchObject({ alike: { id: first.id }, name: undefined, count: 12 });
  showOnBoard(database, pen({ userId: 'ben' }), petition, 'Ben Wood');
  expect(asked('luz', { count: 3 })).toMatchObject({ name: 'Ben Wood', count: 3 });
  expect(actionsWhere(database, {})).toHaveLength(1);
});

it.each<[string, Partial<ActionInput>]>([
  ['of another kind', { type: 'letter' }],
  ['of another day', { day: '2023-07-09' }],
  ['for another target', { target: 'The Committee' }],
  ['for nobody in particular', { target: undefined }],
])('does not ask about one %s', (_what, input) => {
  logged('ben');
  logged('luz', input);
});

it('does not ask two who name no target, nor about what is old, rejected, taken back or their own', () => {
  logged('ben', { target: undefined });
  logged('luz', { target: undefined });
  const { id, at } = logged('ben');
  logged('ben');
  undoAction(database, pen({ userId: 'ben' }));
  expect(asked('luz').alike.id).toBe(id);
  undoAction(database, pen({ userId: 'ben' }), String(id));
  logged('luz');
  logged('ben', {}, { at: at + 31 * minute });
  updateServer(database, hostServer, { reviewOver: 50 });
  const large = logged('sam', { type: 'flyer', count: 51 }, { at: at + 40 * minute });
  reviewAction(database, pen({ userId: 'ana', at: at + 41 * minute }), String(large.id), 'rejected', 'no');
  logged('ben', { type: 'flyer', count: 51 }, { at: at + 42 * minute });
});

it('counts once what two did together, to the credit of both, by the count of the first', () => {
  const first = logged('ben');
  const joined = join('luz', asked('luz', { count: 10 }, { serverId: partnerServer }).key, {
    serverId: partnerServer,
  });
  expect(joined).toMatchObject({ action: { id: first.id, count: 12 }, typed: { count: 10 } });
  expect([total(), sumOf('ben'), sumOf('luz')]).toEqual([12, [12], [12]]);
  expect(sumActions(database, { petitionId: petition.id }, 'type')).toEqual([
    { key: 'call', entries: 1, count: 12 },
  ]);
  expect(sumActions(database, { petitionId: petition.id }, 'server')).toEqual([
    { key: hostServer, entries: 1, count: 12 },
    { key: partnerServer, entries: 1, count: 12 },
  ]);
  const [part] = ownActions(database, { petitionId: petition.id, userId: 'luz' }, 9).latest;
  expect(part).toMatchObject({ action: { id: first.id }, joined: true, together: true });
  // What she did already is not asked about again.
  logged('luz');
});

it('joins and logs once, however often it is pressed, and for nobody else', () => {
  logged('ben');
  const { key } = asked('luz');
  expect(failureOf(() => join('sam', key))).toBe('staleButton');
  expect(failureOf(() => join('luz', key, { serverId: partnerServer }))).toBe('staleButton');
  join('luz', key);
  expect(failureOf(() => join('luz', key))).toBe('doneAlready');
  expect(failureOf(() => logApart(database, pen({ userId: 'luz' }), key))).toBe('doneAlready');
  const again = asked('sam').key;
  logApart(database, pen({ userId: 'sam' }), again);
  expect(failureOf(() => join('sam', again))).toBe('doneAlready');
  expect(total()).toBe(24);
});

it('joins nothing that is gone, and keeps the draft for logging it apart', () => {
  const { id } = logged('ben');
  const { key } = asked('luz');
  undoAction(database, pen({ userId: 'ben' }), String(id));
  expect(failureOf(() => join('luz', key))).toBe('staleButton');
  expect(logApart(database, pen({ userId: 'luz' }), key)).toMatchObject({ userId: 'luz', count: 12 });
});

it('joins nothing from a server that left the petition meanwhile', () => {
  logged('ben');
  const { key } = asked('luz', {}, { serverId: partnerServer });
  database.delete(petitionServers).where(eq(petitionServers.serverId, partnerServer)).run();
  expect(failureOf(() => join('luz', key, { serverId: partnerServer }))).toBe('staleButton');
  expect(sumOf('luz')).toEqual([]);
});

it("counts what was joined in the server's limit of entries an hour", () => {
  updateServer(database, hostServer, { perHour: 2 });
  logged('ben');
  logged('luz', { type: 'visit' });
  join('luz', asked('luz').key);
  expect(failureOf(() => log('luz', { type: 'letter' }))).toBe('tooManyActions');
  undoAction(database, pen({ userId: 'luz' }));
  logged('luz', { type: 'letter' });
});

it('takes back one part: the entry stays with the others', () => {
  const first = logged('ben', { note: 'mine' });
  join('luz', asked('luz').key);
  expect(undoAction(database, pen({ userId: 'luz' }))).toMatchObject({
    action: { id: first.id },
    how: 'left',
  });
  expect(joinsOf(database, first.id)).toEqual([]);
  expect([total(), sumOf('ben'), sumOf('luz')]).toEqual([12, [12], []]);
  expect(failureOf(() => undoAction(database, pen({ userId: 'luz' }), String(first.id)))).toBe(
    'unknownAction',
  );
});

it('goes on as the entry of whoever joined first once its own member takes it back', () => {
  const first = logged('ben', { note: 'what Ben wrote' });
  join('luz', asked('luz', {}, { serverId: partnerServer }).key, { serverId: partnerServer });
  join('sam', asked('sam').key);
  expect(undoAction(database, pen({ userId: 'ben' })).how).toBe('passedOn');
  expect([total(), sumOf('ben'), sumOf('luz'), sumOf('sam')]).toEqual([12, [], [12], [12]]);
  const [next] = actionsWhere(database, {});
  expect(next).toMatchObject({
    userId: 'luz',
    serverId: partnerServer,
    count: 12,
    note: null,
    state: 'counted',
  });
  expect(joinsOf(database, next?.id ?? 0).map(({ userId }) => userId)).toEqual(['sam']);
  expect(untoldMemberNotices(database, 'luz', partnerServer)).toMatchObject([
    { key: 'memberNotices.passedOn' },
  ]);
  expect(failureOf(() => undoAction(database, pen({ userId: 'ben' }), String(first.id)))).toBe('doneAlready');
  undoAction(database, pen({ userId: 'luz', serverId: partnerServer }));
  undoAction(database, pen({ userId: 'sam' }));
  expect(total()).toBe(0);
  // Nothing of it shows any more where the server has left the petition.
  database.delete(petitionServers).where(eq(petitionServers.serverId, partnerServer)).run();
  expect(untoldMemberNotices(database, 'luz', partnerServer)).toEqual([]);
});

it('keeps the count of what somebody joined whose data was erased', () => {
  logged('ben');
  join('luz', asked('luz').key);
  const erase = (userId: string) => {
    const write = pen({ userId });
    forget(database, write, seal, keepDraft(database, write, {}));
  };
  erase('luz');
  undoAction(database, pen({ userId: 'ben' }));
  expect(actionsWhere(database, {})).toMatchObject([{ userId: '', count: 12 }]);
  expect(database.$client.prepare('select count(*) n from member_notices').get()).toEqual({ n: 0 });
});

it('keeps no bytes of a proof, but where to fetch it', () => {
  logged('ben');
  const write = pen({ userId: 'luz' });
  const proof = {
    name: 'a.jpg',
    contentType: null,
    bytes: Buffer.from('seen'),
    url: 'https://cdn.example/a.jpg',
  };
  const result = writeOnce(database, write, (connection) =>
    logUnlessAlike(connection, write, petition, call, proof),
  );
  const drafts = JSON.stringify(database.$client.prepare('select payload from drafts').all());
  expect([drafts.includes(proof.url), drafts.includes('bytes')]).toEqual([true, false]);
  if ('action' in result) throw new Error('it was not asked about');
  const { bytes, name, contentType } = proof;
  const { id } = logApart(database, pen({ userId: 'luz' }), result.key, { bytes, name, contentType });
  expect(proofOf(database, id)?.bytes).toEqual(bytes);
});

// A plain account of the same: who did what, each entry with all who did it.

interface PlainEntry {
  id: number;
  type: string;
  target: string | undefined;
  count: number;
  at: number;
  state: 'counted' | 'pending' | 'rejected';
  /** First whoever logged it. */
  by: { userId: string; serverId: string; at: number }[];
}

const people = ['ben', 'luz', 'sam', 'eva'];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('log' as const),
      userId: fc.constantFrom(...people),
      serverId: fc.constantFrom(hostServer, partnerServer),
      type: fc.constantFrom('call' as const, 'call' as const, 'flyer' as const),
      target: fc.constantFrom(undefined, 'The Embassy', 'The Embassy', 'The Embassy'),
      count: fc.constantFrom(1, 12, 60),
      joins: fc.boolean(),
      later: fc.constantFrom(1000, 1000, 1000, 20 * minute, 40 * minute),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('undo' as const),
      userId: fc.constantFrom(...people),
      which: fc.nat(5),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('review' as const),
      verdict: fc.constantFrom('counted' as const, 'rejected' as const),
      which: fc.nat(5),
    }),
  },
);

it('comes to what a plain count says, whatever is done in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 12, maxLength: 30, size: 'max' }),
      fc.subarray(people),
      (steps, shown) => {
        begin();
        for (const serverId of [hostServer, partnerServer])
          updateServer(database, serverId, { reviewOver: 50 });
        for (const userId of shown) showOnBoard(database, pen({ userId }), petition, `Called ${userId}`);
        let entries: PlainEntry[] = [];
        let now = Date.parse('2023-07-11T01:00:00Z');
        const did = ({ by }: PlainEntry, userId: string) => by.some((one) => one.userId === userId);
        for (const one of steps) {
          if (one.does === 'log') {
            now += one.later;
            const { userId, serverId, type, target, count, joins } = one;
            const who = { userId, serverId, at: now };
            const result = log(userId, { type, target, count }, { serverId, at: now });
            const alike = entries.filter(
              (entry) =>
                target !== undefined &&
                entry.target === target &&
                entry.type === type &&
                entry.at > now - 30 * minute &&
                entry.state !== 'rejected' &&
                !did(entry, userId),
            );
            expect('action' in result).toBe(alike.length === 0);
            if ('action' in result) {
              const state = count > 50 ? 'pending' : 'counted';
              entries.push({ id: result.action.id, type, target, count, at: now, state, by: [who] });
            } else if (joins) {
              join(userId, result.key, { serverId, at: now });
              const found = alike.find(({ id }) => id === result.alike.id);
              expect(found).toBeDefined();
              found?.by.push(who);
            } else {
              const { id } = logApart(database, pen({ userId, serverId, at: now }), result.key);
              const state = count > 50 ? 'pending' : 'counted';
              entries.push({ id, type, target, count, at: now, state, by: [who] });
            }
          } else if (one.does === 'undo') {
            const own = entries.filter((entry) => did(entry, one.userId));
            const entry = own[one.which % Math.max(1, own.length)];
            if (!entry) continue;
            const wasFirst = entry.by[0]?.userId === one.userId;
            undoAction(database, pen({ userId: one.userId, at: now }), String(entry.id));
            entry.by = entry.by.filter(({ userId }) => userId !== one.userId);
            const [next] = entry.by;
            if (wasFirst && next) {
              entry.at = next.at;
              entry.id = Math.max(...actionsWhere(database, {}).map(({ id }) => id));
            }
            entries = entries.filter(({ by }) => by.length > 0);
          } else {
            const waiting = entries.filter(({ state }) => state === 'pending');
            const entry = waiting[one.which % Math.max(1, waiting.length)];
            const serverId = entry?.by[0]?.serverId;
            if (!entry || serverId === undefined) continue;
            reviewAction(database, pen({ userId: 'ana', serverId, at: now }), String(entry.id), one.verdict);
            entry.state = one.verdict;
          }
        }
        agrees(entries);
      },
    ),
    { numRuns: 40 },
  );
});

function agrees(entries: PlainEntry[]): void {
  const counting = entries.filter(({ state }) => state === 'counted');
  const sum = (some: PlainEntry[]) => some.reduce((all, { count }) => all + count, 0);
  expect(total()).toBe(sum(counting));
  for (const userId of people) {
    const own = counting.filter(({ by }) => by.some((one) => one.userId === userId));
    expect(sumOf(userId).reduce((all, count) => all + count, 0)).toBe(sum(own));
  }
  for (const by of boardGroupings) {
    const { lines, rest, shared, count } = boardOf(database, { petitionId: petition.id }, by, 2);
    const all = [...lines, ...(rest ? [rest] : [])].reduce((whole, line) => whole + line.count, 0);
    expect(count).toBe(sum(counting));
    const listed = lines.map(({ key }) => key);
    const over = counting.map((entry) => {
      const keys = entry.by.map(({ userId, serverId }) => {
        const key = { member: userId, server: serverId, type: entry.type, organization: '' }[by];
        return listed.includes(key) ? key : 'rest';
      });
      return entry.count * (new Set(keys).size - 1);
    });
    expect(all - over.reduce((whole, one) => whole + one, 0)).toBe(count);
    expect(shared?.lines ?? count).toBe(all);
  }
}
