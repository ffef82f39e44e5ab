// Outreach on a real database: what may be logged, what waits, and that only one's own can be taken back.
import { beforeEach, expect, it } from 'vitest';
import { actionsWhere, proofOf } from '../../db/actions.js';
import { insertOrganization } from '../../db/coalition.js';
import { type Database, openDatabase } from '../../db/connect.js';
import { insertPetition, type Petition, updatePetition } from '../../db/petitions.js';
import { updateServer } from '../../db/servers.js';
import { insertTarget, targetsOf } from '../../db/targets.js';
import { AlreadyWritten, type Write, writeOnce } from '../../db/transaction.js';
import {
  type ActionInput,
  firstDay,
  logAction,
  ownActions,
  type Proof,
  weekSum,
} from '../../src/coalition/action.js';
import { undoAction } from '../../src/coalition/action-undo.js';
import { Failure } from '../../src/coalition/failure.js';

/** In Lima it is the evening of the 18th, in UTC the 19th. */
const evening = Date.parse('2023-07-19T01:00:00Z');
const minute = 60_000;

let database: Database;
let petition: Petition;

beforeEach(() => {
  database = openDatabase(':memory:');
  petition = aPetition('host');
});

function aPetition(serverId: string): Petition {
  return insertPetition(database, {
    serverId,
    title: { en: 'Bring the troops home' },
    ask: { en: 'Withdraw' },
    link: 'https://example.org/',
    goal: 2000,
    timezone: 'America/Lima',
    state: 'open',
    createdAt: 0,
  });
}

function by(userId: string, more: Partial<Write> = {}): Write & { userId: string } {
  return { serverId: 'host', at: evening, ...more, userId };
}

function log(write: Write & { userId: string }, input: Partial<ActionInput> = {}, proof?: Proof) {
  return writeOnce(database, write, (connection) =>
    logAction(connection, write, petition, { type: 'call', count: 1, ...input }, proof),
  );
}

/** The key of what a rule refuses to do. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.key;
    throw error;
  }
  return 'nothing was refused';
}

const photo: Proof = { name: 'photo.jpg', contentType: 'image/jpeg', bytes: Buffer.from('seen') };

it("logs for today on the petition's own calendar", () => {
  expect(log(by('ben'), { count: 12 })).toMatchObject({ day: '2023-07-18', count: 12, state: 'counted' });
});

it.each([
  ['2023-07-19', 'futureDay'],
  ['2022-07-16', 'oldDay'],
])('takes no action of %s', (day, failure) => {
  expect(refusal(() => log(by('ben'), { day }))).toBe(failure);
  expect(actionsWhere(database, {})).toEqual([]);
});

it.each(['2023-07-18', '2022-07-17'])('takes an action of %s', (day) => {
  expect(log(by('ben'), { day }).day).toBe(day);
});

it('finds a target by its name in either language, however it is written, and by its id', () => {
  const name = { en: 'Committee on Appropriations', es: 'Comité de Asignaciones' };
  insertTarget(database, { petitionId: petition.id, name });
  const [target] = targetsOf(database, petition.id);
  for (const typed of ['committee on appropriations', 'COMITE DE  ASIGNACIONES', String(target?.id)]) {
    expect(log(by('ben'), { target: typed }).targetId).toBe(target?.id);
  }
});

it('refuses a target that is unknown, that is of another petition, or that could be two', () => {
  insertTarget(database, { petitionId: petition.id, name: { en: 'The Embassy' } });
  insertTarget(database, { petitionId: petition.id, name: { en: 'Embassy', es: 'the embassy' } });
  insertTarget(database, { petitionId: aPetition('elsewhere').id, name: { en: 'Their target' } });
  expect(refusal(() => log(by('ben'), { target: 'The Pope' }))).toBe('unknownTarget');
  expect(refusal(() => log(by('ben'), { target: 'Their target' }))).toBe('unknownTarget');
  expect(refusal(() => log(by('ben'), { target: '3' }))).toBe('unknownTarget');
  expect(refusal(() => log(by('ben'), { target: 'The Embassy' }))).toBe('manyNamed');
  expect(log(by('ben'), { target: '2' }).targetId).toBe(2);
});

it('takes approved organizations only', () => {
  const row = { petitionId: petition.id, at: 0 };
  insertOrganization(database, { ...row, name: { en: 'CODEPINK' }, state: 'approved', publishedAt: 0 });
  insertOrganization(database, { ...row, name: { en: 'Not yet' }, state: 'proposed' });
  expect(log(by('ben'), { organization: 'codepink' }).organizationId).toBe(1);
  expect(refusal(() => log(by('ben'), { organization: 'Not yet' }))).toBe('unknownOrganization');
});

it("keeps to the server's limit of entries an hour, for each member and without those taken back", () => {
  updateServer(database, 'host', { perHour: 2 });
  log(by('ben'));
  log(by('ben', { at: evening + minute }));
  expect(refusal(() => log(by('ben', { at: evening + 2 * minute })))).toBe('tooManyActions');
  log(by('luz', { at: evening + 2 * minute }));
  undoAction(database, by('ben', { at: evening + 2 * minute }));
  log(by('ben', { at: evening + 3 * minute }));
  expect(refusal(() => log(by('ben', { at: evening + 59 * minute })))).toBe('tooManyActions');
  log(by('ben', { at: evening + 60 * minute }));
});

it('lets what is over the limit and without a proof wait', () => {
  updateServer(database, 'host', { reviewOver: 50 });
  expect(log(by('ben'), { count: 50 }).state).toBe('counted');
  expect(log(by('ben'), { count: 51 }).state).toBe('pending');
  const proved = log(by('ben'), { count: 51 }, photo);
  expect(proved.state).toBe('counted');
  expect(proofOf(database, proved.id)).toMatchObject(photo);
});

it('counts what waits apart from what counts', () => {
  updateServer(database, 'host', { reviewOver: 50 });
  log(by('ben'), { count: 12 });
  log(by('ben'), { count: 7, day: '2023-07-16' });
  log(by('ben'), { type: 'flyer', count: 500 });
  log(by('luz'), { count: 3 });
  const own = (from?: string) => ownActions(database, { petitionId: petition.id, userId: 'ben', from }, 2);
  expect(own().counted).toEqual([{ key: 'call', entries: 2, count: 19 }]);
  expect(own().waiting).toEqual([{ key: 'flyer', entries: 1, count: 500 }]);
  expect(own().latest.map(({ action }) => action.count)).toEqual([500, 7]);
  expect(own().entries).toBe(3);
  // The 17th was a Monday.
  expect(own(firstDay(petition, 'week', evening)).counted).toEqual([{ key: 'call', entries: 1, count: 12 }]);
});

it("sums a member's week by kind, where the entry is of this week and counts", () => {
  updateServer(database, 'host', { reviewOver: 50 });
  log(by('luz'), { count: 40 });
  log(by('ben'), { type: 'flyer', count: 30 });
  log(by('ben'), { count: 19, day: '2023-07-17' });
  const sum = (input: Partial<ActionInput>) => weekSum(database, petition, log(by('ben'), input), evening);
  expect(sum({ count: 12 })).toBe(31);
  expect(sum({ count: 5, day: '2023-07-16' })).toBeUndefined();
  expect(sum({ count: 500 })).toBeUndefined();
  expect(sum({ count: 1 })).toBe(32);
});

it('looks at the petition as it is now, not as it was when a proof set out', () => {
  updatePetition(database, petition.id, { state: 'closed' });
  expect(refusal(() => log(by('ben')))).toBe('state.closed');
});

it('logs nothing in a server that does not act on the petition', () => {
  expect(refusal(() => log(by('ben', { serverId: 'elsewhere' })))).toBe('staleButton');
});

it('takes back the latest entry in this server, or the one named', () => {
  const first = log(by('ben'), { count: 1 });
  const second = log(by('ben'), { count: 2 });
  log(by('luz'), { count: 3 });
  expect(refusal(() => undoAction(database, by('ben', { serverId: 'elsewhere' })))).toBe('nothingToUndo');
  expect(undoAction(database, by('ben')).action.id).toBe(second.id);
  expect(undoAction(database, by('ben'), String(first.id))).toMatchObject({ action: first, how: 'gone' });
  expect(refusal(() => undoAction(database, by('ben')))).toBe('nothingToUndo');
  expect(actionsWhere(database, {}).map(({ userId }) => userId)).toEqual(['luz']);
});

it("takes back nobody else's entry, and none that isn't there", () => {
  const hers = log(by('luz'));
  for (const named of [String(hers.id), '99', 'call', '', '1e99']) {
    expect(refusal(() => undoAction(database, by('ben'), named))).toBe('unknownAction');
  }
  expect(actionsWhere(database, { userId: 'luz' })).toHaveLength(1);
});

it('takes an entry back once', () => {
  const { id } = log(by('ben'));
  undoAction(database, by('ben', { key: 'press' }), String(id));
  expect(() => undoAction(database, by('ben', { key: 'press' }), String(id))).toThrow(AlreadyWritten);
  expect(refusal(() => undoAction(database, by('ben', { key: 'another press' }), String(id)))).toBe(
    'doneAlready',
  );
});

it('leaves alone what stood when the petition was delivered', () => {
  log(by('ben'));
  updatePetition(database, petition.id, { state: 'delivered' });
  expect(refusal(() => undoAction(database, by('ben')))).toBe('state.delivered');
  expect(actionsWhere(database, {})).toHaveLength(1);
});
