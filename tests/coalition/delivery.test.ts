// Handing the petition over, on a real database: planned, done, answered, asked again, and the board of it all.
import { describe, expect, it } from 'vitest';
import { deliveriesOf, provedDeliveries, responsesOf } from '../../db/deliveries.js';
import { insertTarget } from '../../db/targets.js';
import { startOfDay } from '../../src/coalition/day.js';
import { type Handover, isHandedOver, recordDelivery, recordResponse } from '../../src/coalition/delivery.js';
import { deliveryBoard } from '../../src/coalition/delivery-board.js';
import { keepDraft } from '../../src/coalition/draft.js';
import { askAgain, tellFollowUps } from '../../src/coalition/follow-up.js';
import { aCount, everyRow, failureOf, partnerServer } from '../support/stories.js';

const zone = 'America/New_York';

/** A petition with a committee, an office added by hand, a legislator, and who used to be one. */
function aDelivery() {
  const story = aCount({ timezone: zone });
  const { database, petition, pen } = story;
  const add = (name: string, more: Partial<Parameters<typeof insertTarget>[1]> = {}) =>
    insertTarget(database, { petitionId: petition.id, name: { en: name }, ...more });
  add('Member', { kind: 'legislator', externalId: 'M000001' });
  const committee = add('Committee', { kind: 'committee', externalId: 'HSFA' });
  const office = add('Office');
  add('Former office', { former: true });
  /** The middle of a day where the petition is. */
  const on = (day: string) => startOfDay(day, zone) + 12 * 3_600_000;
  const record = (handover: Partial<Handover> = {}, at = '2023-07-19', proof?: string) =>
    recordDelivery(
      database,
      pen({ at: on(at) }),
      petition,
      { target: 'Committee', day: '2023-07-19', ...handover },
      proof === undefined ? undefined : { name: proof, contentType: null, bytes: Buffer.from(proof) },
    );
  const answer = (
    input: { day?: string; followUpOn?: string | null; answeredBy?: string } = {},
    at = '2023-07-25',
    targetId = committee.id,
  ) => {
    const write = pen({ at: on(at) });
    const key = keepDraft(database, write, { petitionId: petition.id, targetId });
    const { day = '2023-07-25', followUpOn = null, answeredBy = null } = input;
    const text = 'We will look at it.';
    return recordResponse(database, write, key, { text, day, followUpOn, answeredBy });
  };
  const board = (at: string) =>
    deliveryBoard(database, petition, on(at)).map(({ target, stage }) => [target.name.en, stage]);
  const told = (at: string) => {
    tellFollowUps(database, on(at));
    return (everyRow(database).notices ?? []).filter((row) => Object(row).key === 'notices.followUp').length;
  };
  const row = () => deliveriesOf(database, petition.id)[0];
  return { ...story, on, record, answer, board, told, row, committee, office };
}

describe('a delivery', () => {
  it('is planned for a day to come, and done today or before, by the petition’s days', () => {
    const { petition, record, on } = aDelivery();
    expect(isHandedOver(record({ day: '2023-07-20' }).delivery, petition)).toBe(false);
    expect(isHandedOver(record({ day: '2023-07-19' }).delivery, petition)).toBe(true);
    // 19 July in New York is 20 July by UTC already.
    const late = on('2023-07-19') + 11 * 3_600_000;
    expect(isHandedOver({ day: '2023-07-20', at: late }, petition)).toBe(false);
  });

  it('that was planned is not done because its day has come: somebody has to say so', () => {
    const { record, board } = aDelivery();
    record({ day: '2023-07-20' });
    expect(board('2023-07-19')).toContainEqual(['Committee', 'planned']);
    expect(board('2023-07-20')).toContainEqual(['Committee', 'unsaid']);
    record({ day: '2023-07-20' }, '2023-07-21');
    expect(board('2023-07-21')).toContainEqual(['Committee', 'waiting']);
  });

  it('recorded again changes its row; what is left out stays, and the audit keeps what was', () => {
    const { database, petition, record, row } = aDelivery();
    record({ place: 'Room 2170' }, '2023-07-19', 'stamp.png');
    record({ day: '2023-07-18' }, '2023-07-20');
    expect(deliveriesOf(database, petition.id)).toHaveLength(1);
    expect(row()).toMatchObject({ day: '2023-07-18', place: 'Room 2170' });
    expect(provedDeliveries(database, petition.id).size).toBe(1);
    record({ place: 'The stairs' }, '2023-07-20', 'photo.png');
    const proofs = everyRow(database).delivery_proofs ?? [];
    expect(proofs.map((proof) => Object(proof).name)).toEqual(['photo.png']);
    const audit = (everyRow(database).audit ?? []).map((one) => JSON.parse(Object(one).detail));
    expect(audit.at(-1)).toMatchObject({
      before: { day: '2023-07-18', place: 'Room 2170' },
      place: 'The stairs',
    });
  });

  it('is the host’s, of a target that there is, and not after it was answered', () => {
    const { database, petition, pen, record, answer } = aDelivery();
    const elsewhere = { ...pen(), serverId: partnerServer };
    const handover = { target: 'Committee', day: '2023-07-10' };
    expect(failureOf(() => recordDelivery(database, elsewhere, petition, handover))).toBe('hostOnly');
    expect(failureOf(() => record({ target: 'Nobody' }))).toBe('unknownTarget');
    record();
    answer();
    expect(failureOf(() => record({ day: '2023-07-26' }, '2023-07-26'))).toBe('answeredBefore');
    expect(failureOf(() => record({ day: '2023-08-26' }, '2023-07-26'))).toBe('answeredBefore');
    expect(failureOf(() => record({ day: '2023-07-25' }, '2023-07-26'))).toBeUndefined();
  });
});

describe('an answer', () => {
  it('is one to what was delivered, from its day to today', () => {
    const { record, answer } = aDelivery();
    expect(failureOf(() => answer())).toBe('notDelivered');
    record({ day: '2023-07-30' });
    expect(failureOf(() => answer())).toBe('notDelivered');
    record();
    expect(failureOf(() => answer({ day: '2023-07-18' }))).toBe('answerTooEarly');
    expect(failureOf(() => answer({ day: '2023-07-26' }))).toBe('futureDay');
    expect(failureOf(() => answer({ followUpOn: '2023-07-24' }))).toBe('pastDeadline');
    expect(failureOf(() => answer({ day: '2023-07-19', followUpOn: '2023-07-25' }))).toBeUndefined();
  });

  it('is kept beside those before it', () => {
    const { database, petition, record, answer } = aDelivery();
    record();
    answer({ day: '2023-07-25', answeredBy: 'Jane' });
    answer({ day: '2023-07-20' });
    const kept = responsesOf(database, petition.id);
    expect(kept.map(({ day, answeredBy }) => [day, answeredBy])).toEqual([
      ['2023-07-20', null],
      ['2023-07-25', 'Jane'],
    ]);
  });
});

describe('a follow-up', () => {
  it('is told on its day, once; a new answer moves or clears it', () => {
    const { record, answer, told, row, board } = aDelivery();
    record();
    expect(row()?.followUpOn).toBeNull();
    expect(told('2024-07-19')).toBe(0);
    answer({ followUpOn: '2023-08-08' });
    expect([told('2023-08-07'), told('2023-08-08'), told('2023-08-08'), told('2023-08-09')]).toEqual([
      0, 1, 1, 1,
    ]);
    expect(board('2023-08-09')[0]).toEqual(['Committee', 'due']);
    answer({ followUpOn: '2023-08-20' }, '2023-08-09');
    expect(board('2023-08-09')).toContainEqual(['Committee', 'answered']);
    expect([told('2023-08-19'), told('2023-08-20')]).toEqual([1, 2]);
    answer({ followUpOn: '2023-09-01' }, '2023-08-21');
    answer({}, '2023-08-22');
    expect(told('2023-10-01')).toBe(2);
  });

  it('is set two weeks on where somebody asks for it, and gone where the delivery is only planned again', () => {
    const { database, petition, pen, on, record, committee, row, told } = aDelivery();
    const ask = () => askAgain(database, pen({ at: on('2023-07-20') }), petition, committee);
    expect(failureOf(ask)).toBe('notDelivered');
    record();
    expect(ask()).toBe('2023-08-03');
    record({ place: 'Room 1' }, '2023-07-21');
    expect(row()?.followUpOn).toBe('2023-08-03');
    record({ day: '2023-08-02' }, '2023-07-22');
    expect(row()?.followUpOn).toBeNull();
    expect(told('2023-08-10')).toBe(0);
  });
});

it('the board has what is open first: committees and who was added by hand, and whoever else was delivered to', () => {
  const { record, answer, board, office } = aDelivery();
  expect(board('2023-07-19')).toEqual([
    ['Committee', 'open'],
    ['Office', 'open'],
  ]);
  record();
  record({ target: 'Member', day: '2023-08-01' });
  expect(board('2023-07-19')).toEqual([
    ['Office', 'open'],
    ['Committee', 'waiting'],
    ['Member', 'planned'],
  ]);
  record({ target: 'Office' });
  answer({ followUpOn: '2023-07-30' }, '2023-07-25', office.id);
  answer();
  expect(board('2023-08-01')).toEqual([
    ['Office', 'due'],
    ['Member', 'unsaid'],
    ['Committee', 'answered'],
  ]);
});
