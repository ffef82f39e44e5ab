// Targets on a real database: finding them, their committees, where they stand, and whom to contact next.
import { beforeEach, describe, expect, it } from 'vitest';
import { insertAction } from '../../db/actions.js';
import type { Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import { insertVoid } from '../../db/sources.js';
import { insertTarget, positionsOf, putSeat, type Target, updateTarget } from '../../db/targets.js';
import { committeesOf, findCommittee } from '../../src/coalition/committee.js';
import {
  addTarget,
  findTarget,
  knownTargets,
  leastContacted,
  notePosition,
  timesContacted,
} from '../../src/coalition/target.js';
import {
  aDatabase,
  ana,
  aPen,
  aPetition,
  everyRow,
  failureOf,
  hostServer,
  partnerServer,
} from '../support/stories.js';

let database: Database;
let petition: Petition;
let pen: ReturnType<typeof aPen>;
let committee: Target;
let chair: Target;
let second: Target;

beforeEach(() => {
  database = aDatabase();
  petition = aPetition(database);
  pen = aPen();
  committee = target('House Committee on Foreign Affairs', {
    kind: 'committee',
    committee: 'Foreign Affairs',
    externalId: 'HSFA',
    name: { en: 'House Committee on Foreign Affairs', es: 'Comité de Asuntos Exteriores' },
  });
  second = target('José Núñez', { kind: 'legislator', party: 'D', district: 'NM-1', externalId: 'N000002' });
  chair = target('Rosa Vidal', { kind: 'legislator', party: 'R', district: 'NY-5' });
  sit(chair, 1);
  sit(second, 2);
});

function target(name: string, more: Partial<Target> = {}): Target {
  return insertTarget(database, { petitionId: petition.id, name: { en: name }, ...more });
}

function sit({ id: memberId }: Target, rank: number, former = false): void {
  putSeat(database, { committeeId: committee.id, memberId, rank, former, side: 'majority', title: null });
}

function contact({ id: targetId }: Target, count: number, state: 'counted' | 'pending' = 'counted') {
  const by = { petitionId: petition.id, serverId: hostServer, userId: ana, day: '2023-07-01', at: 0 };
  return insertAction(database, { ...by, type: 'call', count, targetId, state });
}

const known = () => knownTargets(database, petition.id);
const nameOf = ({ target }: { target: Target }) => target.name.en;

describe('finding one', () => {
  it('takes the id, the name in either language, with or without the district, and the code of the data', () => {
    for (const named of [String(committee.id), 'comite de asuntos exteriores', 'hsfa'])
      expect(nameOf(findTarget(known(), named))).toBe('House Committee on Foreign Affairs');
    for (const named of ['JOSE NUNEZ', 'José Núñez (D, NM-1)', 'n000002'])
      expect(nameOf(findTarget(known(), named))).toBe('José Núñez');
  });

  it('asks which of two is meant, tells where there is none, and knows nothing of other petitions', () => {
    target('Jose Nuñez', { district: 'TX-2' });
    expect(failureOf(() => findTarget(known(), 'jose nunez'))).toBe('manyNamed');
    expect(nameOf(findTarget(known(), 'jose nunez (tx-2)'))).toBe('Jose Nuñez');
    expect(failureOf(() => findTarget(known(), 'The Pope'))).toBe('unknownTarget');
    const other = insertTarget(database, { petitionId: aPetition(database).id, name: { en: 'Theirs' } });
    for (const named of ['Theirs', String(other.id)])
      expect(failureOf(() => findTarget(known(), named))).toBe('unknownTarget');
  });
});

describe('committees', () => {
  it('are those that are targets, and those that are only named; each has who is of it now', () => {
    target('The Embassy', { committee: 'Diplomacy' });
    target('Clerk', { committee: 'foreign affairs' });
    sit(target('Gone', { kind: 'legislator', former: true }), 3, true);
    expect(committeesOf(known()).map(({ short, targets }) => [short, targets.map(nameOf)])).toEqual([
      ['Foreign Affairs', ['House Committee on Foreign Affairs', 'José Núñez', 'Rosa Vidal', 'Clerk']],
      ['Diplomacy', ['The Embassy']],
    ]);
  });

  it('are found by id, code, short name, and name in either language', () => {
    for (const named of [String(committee.id), 'HSFA', 'foreign affairs', 'comite de asuntos exteriores'])
      expect(findCommittee(known(), named).id).toBe(committee.id);
    expect(failureOf(() => findCommittee(known(), 'Rosa Vidal'))).toBe('unknownCommittee');
  });
});

describe('whom to contact next', () => {
  it('is who was contacted least: what counts and stands, by how many, and the most senior first', () => {
    expect(nameOf(leastContacted(known()))).toBe('Rosa Vidal');
    contact(chair, 3);
    contact(chair, 1);
    contact(second, 5);
    expect(known().map(timesContacted)).toEqual([0, 5, 4]);
    expect(nameOf(leastContacted(known()))).toBe('Rosa Vidal');
    const taken = contact(chair, 2);
    expect(nameOf(leastContacted(known()))).toBe('José Núñez');
    insertVoid(database, { entryKind: 'action', entryId: taken.id, reason: null, userId: ana, at: 0 });
    contact(chair, 9, 'pending');
    expect(nameOf(leastContacted(known()))).toBe('Rosa Vidal');
  });

  it('is nobody former, and a committee only where there is nobody else', () => {
    updateTarget(database, chair.id, { former: true });
    expect(nameOf(leastContacted(known()))).toBe('José Núñez');
    updateTarget(database, second.id, { former: true });
    expect(nameOf(leastContacted(known()))).toBe('House Committee on Foreign Affairs');
    updateTarget(database, committee.id, { former: true });
    expect(failureOf(() => leastContacted(known()))).toBe('noTargets');
  });
});

describe('adding one', () => {
  it('writes it once, under the committee as it is known', () => {
    const input = {
      name: 'The Clerk',
      nameEs: 'La secretaría',
      committee: String(committee.id),
      phone: '202-555-0142',
    };
    const made = addTarget(database, pen(), petition, input);
    expect(made).toMatchObject({
      name: { en: 'The Clerk', es: 'La secretaría' },
      committee: 'Foreign Affairs',
      phone: '(202) 555-0142',
      kind: 'other',
    });
    expect(addTarget(database, pen(), petition, { name: 'Embassy', committee: 'Díplomacy' }).committee).toBe(
      'Díplomacy',
    );
    expect(everyRow(database).audit).toMatchObject([{ deed: 'target.add' }, { deed: 'target.add' }]);
  });

  it('refuses a name that one has, in any language, and whoever is not of the host server', () => {
    for (const name of ['rosa vidal', 'Comite de asuntos exteriores'])
      expect(failureOf(() => addTarget(database, pen(), petition, { name }))).toBe('targetThere');
    const pressed = () => addTarget(database, pen({ serverId: partnerServer }), petition, { name: 'New' });
    expect(failureOf(pressed)).toBe('hostOnly');
  });
});

it('notes where one stands, from partner servers too; the latest holds and all are kept', () => {
  const note = (value: 'leaning' | 'opposed', serverId: string, note?: string) =>
    notePosition(database, pen({ serverId }), petition, { target: 'Rosa Vidal', value, note });
  note('opposed', hostServer, 'Said so on the phone');
  note('leaning', partnerServer);
  expect(positionsOf(database, petition.id).get(chair.id)).toMatchObject({ value: 'leaning', note: null });
  expect(everyRow(database).positions).toHaveLength(2);
  expect(known().map(({ position }) => position?.value)).toEqual([undefined, undefined, 'leaning']);
});
