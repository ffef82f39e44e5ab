// Entries that wait: who may decide on them, what is asked and answered, and who is told.
import { beforeEach, expect, it } from 'vitest';
import { type Action, actionById, proofOf } from '../../db/actions.js';
import type { Database } from '../../db/connect.js';
import { insertJoin } from '../../db/joins.js';
import { untoldMemberNotices } from '../../db/notices.js';
import { insertPartner } from '../../db/partners.js';
import { type Petition, updatePetition } from '../../db/petitions.js';
import { updateServer } from '../../db/servers.js';
import { writeOnce } from '../../db/transaction.js';
import { logAction } from '../../src/coalition/action.js';
import { answerAction, askAction, reviewAction, waitingFor } from '../../src/coalition/action-review.js';
import { undoAction } from '../../src/coalition/action-undo.js';
import { aDatabase, ana, aPen, aPetition, failureOf, hostServer, partnerServer } from '../support/stories.js';

let database: Database;
let petition: Petition;
let pen: ReturnType<typeof aPen>;

beforeEach(() => {
  database = aDatabase();
  petition = aPetition(database);
  pen = aPen();
  updateServer(database, hostServer, { reviewOver: 50 });
});

function pending(userId: string, count = 500): Action {
  const write = pen({ userId });
  return writeOnce(database, write, (connection) =>
    logAction(connection, write, petition, { type: 'flyer', count }),
  );
}

const ask = ({ id }: Action, userId = ana) =>
  askAction(database, pen({ userId }), String(id), 'At *which* market?');
const answer = ({ id }: Action, userId: string, text = 'San Pedro') =>
  answerAction(database, pen({ userId }), String(id), text, {
    name: 'a.jpg',
    contentType: null,
    bytes: Buffer.from('seen'),
  });
const decide = ({ id }: Action, verdict: 'counted' | 'rejected', userId = ana, serverId = hostServer) =>
  reviewAction(database, pen({ userId, serverId }), String(id), verdict, 'Twice *there*');
const waiting = (justAsked?: number) =>
  waitingFor(database, { petitionId: petition.id, serverId: hostServer, userId: ana }, justAsked);
const told = (userId: string, serverId = hostServer) =>
  untoldMemberNotices(database, userId, serverId).map(({ key, values }) => ({ key, ...values }));

it('goes from the oldest on, past what was asked about until that is answered', () => {
  const [first, second] = [pending('ben', 100), pending('luz', 200)];
  pending(ana, 300);
  expect(waiting()).toMatchObject({ next: { id: first.id }, others: 2, asked: 0, own: 1 });
  ask(first);
  expect(waiting(first.id)).toMatchObject({ next: { id: second.id }, others: 2, asked: 1 });
  decide(second, 'counted');
  expect(waiting(first.id)).toMatchObject({ next: undefined, others: 1, asked: 1 });
  expect(waiting().next?.id).toBe(first.id);
  answer(first, 'ben');
  expect(waiting()).toMatchObject({ next: { id: first.id, answer: 'San Pedro' }, asked: 0 });
});

it('tells the member what was asked, and those who did it what was decided, in plain text', () => {
  const entry = pending('ben');
  const join = { actionId: entry.id, userId: 'luz', serverId: partnerServer, at: 0 };
  insertJoin(database, join);
  insertPartner(database, { petitionId: petition.id, serverId: partnerServer, joinedAt: 0 });
  ask(entry);
  expect(told('ben')).toMatchObject([{ key: 'memberNotices.asked', question: 'At \\*which\\* market?' }]);
  expect([told('luz', partnerServer), told('ben', partnerServer)]).toEqual([[], []]);
  decide(entry, 'rejected');
  const rejected = { key: 'memberNotices.rejected', reason: 'Twice \\*there\\*' };
  expect(told('ben')).toMatchObject([{}, rejected]);
  expect(told('luz', partnerServer)).toMatchObject([rejected]);
});

it("lets nobody decide on what they did themselves, alone or with others, nor on another server's", () => {
  const entry = pending('ben');
  insertJoin(database, { actionId: entry.id, userId: 'luz', serverId: hostServer, at: 0 });
  for (const own of ['ben', 'luz']) {
    expect(failureOf(() => decide(entry, 'counted', own))).toBe('ownAction');
    expect(failureOf(() => ask(entry, own))).toBe('ownAction');
  }
  expect(failureOf(() => decide(entry, 'counted', ana, partnerServer))).toBe('staleButton');
  expect(
    waitingFor(database, { petitionId: petition.id, serverId: hostServer, userId: 'luz' }),
  ).toMatchObject({
    next: undefined,
    own: 1,
  });
  expect(actionById(database, entry.id)?.state).toBe('pending');
});

it('takes an answer once for each question, from whoever logged it, with a proof', () => {
  const entry = pending('ben');
  expect(failureOf(() => answer(entry, 'ben'))).toBe('doneAlready');
  ask(entry);
  expect(failureOf(() => ask(entry))).toBe('doneAlready');
  expect(told('ben')).toHaveLength(1);
  expect(failureOf(() => answer(entry, 'luz'))).toBe('unknownAction');
  answer(entry, 'ben');
  expect(proofOf(database, entry.id)?.bytes.toString()).toBe('seen');
  expect(failureOf(() => answer(entry, 'ben'))).toBe('doneAlready');
  ask(entry);
  answer(entry, 'ben', 'The other one');
  decide(entry, 'counted');
  expect(actionById(database, entry.id)).toMatchObject({ state: 'counted', answer: 'The other one' });
  expect(failureOf(() => answer(entry, 'ben'))).toBe('reviewedAlready');
});

it('has nothing more to ask or answer about what was taken back', () => {
  const entry = pending('ben');
  ask(entry);
  undoAction(database, pen({ userId: 'ben' }));
  expect(failureOf(() => answer(entry, 'ben'))).toBe('staleButton');
  expect(failureOf(() => ask(entry))).toBe('reviewedAlready');
  expect(waiting()).toMatchObject({ next: undefined, others: 0 });
});

it('counts nothing any more once the petition is delivered, but is still put aside with a reason', () => {
  const [one, other] = [pending('ben'), pending('luz')];
  updatePetition(database, petition.id, { state: 'closed' });
  decide(one, 'counted');
  updatePetition(database, petition.id, { state: 'delivered' });
  expect(failureOf(() => decide(other, 'counted'))).toBe('state.delivered');
  expect(actionById(database, other.id)?.state).toBe('pending');
  decide(other, 'rejected');
  expect(actionById(database, other.id)?.state).toBe('rejected');
});
