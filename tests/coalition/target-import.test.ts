// Taking public data in on a real database: what is new, changed, gone and back, and that twice is as once.
import { beforeEach, expect, it } from 'vitest';
import { actionsWhere, insertAction } from '../../db/actions.js';
import type { Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import { insertTarget, officesOf, seatsOf, targetsOf, updateTarget } from '../../db/targets.js';
import { importTargets, previewTargets } from '../../src/coalition/target-import.js';
import { targetsFrom, usualCommittees } from '../../src/connectors/congress-legislators/data.js';
import { selectCommittees } from '../../src/connectors/congress-legislators/select.js';
import { type CongressFiles, congressFiles } from '../support/congress.js';
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

beforeEach(() => {
  database = aDatabase();
  petition = aPetition(database);
  pen = aPen();
});

function dataOf(files: CongressFiles, asOf = '2023-06-15', codes: readonly string[] = usualCommittees) {
  const { 'committees-current': committees, 'committee-membership-current': membership } = files;
  const { 'legislators-current': legislators, 'legislators-district-offices': districts } = files;
  return targetsFrom(selectCommittees({ committees, membership, legislators, districts }, codes), asOf);
}

const take = (files = congressFiles(), asOf?: string, codes?: readonly string[]) =>
  importTargets(database, pen(), petition, dataOf(files, asOf, codes));
const all = () => targetsOf(database, petition.id);
const named = (code: string) => {
  const found = all().find(({ externalId }) => externalId === code);
  if (!found) throw new Error(`${code} is not there`);
  return found;
};
const membership = (files: CongressFiles) => files['committee-membership-current'];

it('takes in committees, members, seats and offices, and says so in the audit', () => {
  expect(take()).toMatchObject({ asOf: '2023-06-15', fresh: 7, changed: 0, former: 0, back: 0, same: 0 });
  expect(named('V000001')).toMatchObject({
    kind: 'legislator',
    party: 'R',
    district: 'NY-5',
    asOf: '2023-06-15',
  });
  expect(officesOf(database, named('V000001').id).map(({ city }) => city)).toEqual([null, 'Queens']);
  const both = seatsOf(database, petition.id).filter(({ memberId }) => memberId === named('B000003').id);
  expect(both.map(({ side, rank }) => [side, rank])).toEqual([
    ['minority', 2],
    ['minority', 4],
  ]);
  expect(everyRow(database).audit).toMatchObject([{ deed: 'target.import', user_id: ana }]);
});

it('keeps somebody whose term is over as a former one', () => {
  take();
  expect(
    all()
      .filter(({ former }) => former)
      .map(({ externalId }) => externalId),
  ).toEqual(['E000005']);
  expect(seatsOf(database, petition.id).map(({ memberId }) => memberId)).not.toContain(named('E000005').id);
});

it('changes nothing the second time, but for the day where that is later', () => {
  take();
  const before = everyRow(database, 'interactions');
  expect(take()).toMatchObject({ fresh: 0, changed: 0, former: 0, back: 0, same: 7 });
  expect(everyRow(database, 'interactions')).toEqual(before);
  expect(take(congressFiles(), '2023-06-20')).toMatchObject({ fresh: 0, changed: 0, same: 7 });
  expect(named('V000001').asOf).toBe('2023-06-20');
});

it('tells what changed: a phone, an office, a title', () => {
  take();
  const files = congressFiles();
  Object.assign(files['legislators-current'][2]?.terms.at(-1) ?? {}, { phone: '(202) 225-0199' });
  files['legislators-district-offices'].splice(0, 1);
  Object.assign(membership(files).HSFA?.[3] ?? {}, { title: 'Chairman' });
  expect(take(files)).toMatchObject({ fresh: 0, changed: 3, former: 0, same: 4 });
  expect(named('N000002').phone).toBe('(202) 225-0199');
  expect(officesOf(database, named('V000001').id)).toHaveLength(1);
});

it('makes a member who left former, keeps what was logged, and takes them back', () => {
  take();
  const { id } = named('N000002');
  const logged = {
    petitionId: petition.id,
    serverId: hostServer,
    userId: ana,
    type: 'call',
    count: 2,
  } as const;
  insertAction(database, { ...logged, targetId: id, day: '2023-07-01', state: 'counted', at: 0 });
  const files = congressFiles();
  membership(files).HSFA?.splice(1, 1);
  expect(take(files)).toMatchObject({ former: 1, changed: 0, same: 6 });
  expect(named('N000002')).toMatchObject({ id, former: true });
  expect(all().at(-1)?.former).toBe(true);
  expect(actionsWhere(database, {})[0]?.targetId).toBe(id);
  expect(take(files)).toMatchObject({ former: 0, changed: 0, same: 6 });
  expect(take()).toMatchObject({ back: 1, former: 0, changed: 0, same: 6 });
  expect(named('N000002')).toMatchObject({ id, former: false });
});

it('has somebody who left one of two committees stay', () => {
  take();
  const files = congressFiles();
  membership(files).HSAP?.shift();
  expect(take(files)).toMatchObject({ former: 0, changed: 1, same: 6 });
  expect(named('B000003').former).toBe(false);
});

it('leaves committees alone that a load is not about', () => {
  take();
  expect(take(congressFiles(), undefined, ['HSFA'])).toMatchObject({
    fresh: 0,
    changed: 0,
    former: 0,
    same: 5,
  });
  const files = congressFiles();
  membership(files).HSFA?.splice(2, 1);
  expect(take(files, undefined, ['HSFA'])).toMatchObject({ former: 0, changed: 1 });
  expect(named('B000003').former).toBe(false);
});

it("joins the committee that a campaign folder made, and keeps the folder's words", () => {
  const name = { en: 'House committee on FOREIGN affairs', es: 'Comité de Relaciones' };
  const { id } = insertTarget(database, {
    petitionId: petition.id,
    slug: 'foreign',
    name,
    committee: 'Foreign Affairs',
  });
  insertTarget(database, {
    petitionId: petition.id,
    name: { en: 'House Committee on Appropriations', es: 'El de dinero' },
  });
  expect(take()).toMatchObject({ fresh: 5, changed: 2 });
  expect(all()).toHaveLength(7);
  expect(named('HSFA')).toMatchObject({
    id,
    name,
    kind: 'committee',
    phone: '(202) 555-0167',
    former: false,
  });
  expect(named('HSAP').name).toEqual({ en: 'House Committee on Appropriations', es: 'El de dinero' });
  expect(take()).toMatchObject({ fresh: 0, changed: 0, same: 7 });
});

it('touches nothing of another petition, and nothing typed in', () => {
  const other = aPetition(database);
  const typed = { petitionId: petition.id, name: { en: 'Embassy' } };
  const { id } = insertTarget(database, typed);
  importTargets(database, pen(), other, dataOf(congressFiles()));
  expect(take()).toMatchObject({ fresh: 7 });
  expect(all().find((target) => target.id === id)).toMatchObject({ ...typed, former: false, asOf: null });
  updateTarget(database, id, { kind: 'legislator' });
  expect(take()).toMatchObject({ former: 0 });
});

it('is for the host, and refuses data of tomorrow and data that is older than what is known', () => {
  const data = dataOf(congressFiles());
  expect(failureOf(() => importTargets(database, pen({ serverId: partnerServer }), petition, data))).toBe(
    'hostOnly',
  );
  expect(failureOf(() => take(congressFiles(), '2023-08-01'))).toBe('futureDay');
  take();
  expect(failureOf(() => take(congressFiles(), '2023-06-14'))).toBe('olderTargets');
});

it('can be tried first: the same figures, and nothing is written', () => {
  const before = everyRow(database);
  const data = dataOf(congressFiles());
  expect(previewTargets(database, pen(), petition, data)).toMatchObject({ fresh: 7 });
  expect(everyRow(database)).toEqual(before);
});
