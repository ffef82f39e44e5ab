// Organizations on a real database: who may propose, approve and withdraw them, and from when their name is shown.
import { expect, it } from 'vitest';
import {
  organizationsSince,
  publishedOrganizations,
  standingOrganizations,
  updateOrganization,
} from '../../db/coalition.js';
import type { Write } from '../../db/transaction.js';
import {
  addOrganization,
  agreeToName,
  approveOrganization,
  type OrganizationFacts,
  waitingFor,
  withdrawable,
  withdrawOrganization,
} from '../../src/coalition/organization.js';
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

const rosa = '740000000000000004';
const ben = '750000000000000005';

/** A petition, and short words for what people do about its organizations. */
function aCoalition() {
  const database = aDatabase();
  const petition = aPetition(database);
  const pen = aPen();
  type Given = Partial<OrganizationFacts> &
    Partial<Pick<Write, 'userId' | 'serverId'>> & { organizer?: boolean };
  const add = (name: string, { userId, serverId, organizer = false, ...more }: Given = {}) => {
    const write = pen({ userId: userId ?? ben, ...(serverId !== undefined && { serverId }) });
    const facts = { name: { en: name }, url: null, country: null, representativeId: null, ...more };
    return addOrganization(database, write, petition, facts, organizer);
  };
  return {
    database,
    petition,
    pen,
    add,
    approve: (named: string, write: Partial<Write> = {}) =>
      approveOrganization(database, pen(write), petition, named),
    agree: (id: number, userId = rosa) => agreeToName(database, pen({ userId }), petition, id),
    withdraw: (named: string, userId: string, { organizer = false, serverId = hostServer } = {}) =>
      withdrawOrganization(database, { ...pen({ userId }), serverId }, petition, { named, organizer }),
    named: () => publishedOrganizations(database, petition.id).map(({ name }) => name.en),
    notices: () => everyRow(database).notices?.map((row) => (row as { key: string }).key),
  };
}

it('a member proposes; the host decides; from then on it is named', () => {
  const { add, approve, named, notices, database, petition } = aCoalition();
  const made = add('CODEPINK', { name: { en: 'CODEPINK', es: 'Código Rosa' } });
  expect([made.state, named()]).toEqual(['proposed', []]);
  expect(notices()).toEqual(['notices.organizationProposed']);
  expect(failureOf(() => approve('CODEPINK', { serverId: partnerServer }))).toBe('hostOnly');
  expect(approve('código rosa').publishedAt).not.toBeNull();
  expect(named()).toEqual(['CODEPINK']);
  expect(organizationsSince(database, petition.id, made.at, made.at + 60_000)).toHaveLength(1);
  expect(failureOf(() => approve('CODEPINK'))).toBe('approvedAlready');
  expect(failureOf(() => approve('Nobody'))).toBe('organizationUnknown');
});

it('is approved at once where an organizer of the host adds it, and not where one of a partner does', () => {
  const { add, named } = aCoalition();
  expect(add('Ours', { userId: ana, organizer: true }).state).toBe('approved');
  expect(add('Theirs', { serverId: partnerServer, organizer: true }).state).toBe('proposed');
  expect(named()).toEqual(['Ours']);
});

it.each(['approved first', 'agreed first'])('with a representative it takes both, %s', (order) => {
  const { add, approve, agree, named } = aCoalition();
  const { id } = add('Semillas', { representativeId: rosa });
  const steps = [() => approve('Semillas'), () => agree(id)];
  const [first, second] = order === 'agreed first' ? steps.reverse() : steps;
  expect(waitingFor(first?.() ?? add('x'))).toBe(order === 'agreed first' ? 'approval' : 'agreement');
  expect(named()).toEqual([]);
  second?.();
  expect(named()).toEqual(['Semillas']);
});

it('one whose representative had their data erased waits for the organizers again, who answer for it', () => {
  const { add, approve, named, database } = aCoalition();
  const { id } = add('Semillas', { representativeId: rosa, userId: ana, organizer: true });
  expect(failureOf(() => approve('Semillas'))).toBe('approvedAlready');
  updateOrganization(database, id, { representativeId: null });
  expect(standingOrganizations(database, 1).map(waitingFor)).toEqual(['approval']);
  approve('Semillas');
  expect(named()).toEqual(['Semillas']);
});

it('nobody but the representative agrees, and once', () => {
  const { add, agree, petition, database, pen } = aCoalition();
  const { id } = add('Semillas', { representativeId: rosa, userId: ana, organizer: true });
  expect(failureOf(() => agree(id, ana))).toBe('staleButton');
  expect(failureOf(() => agree(999))).toBe('staleButton');
  const other = aPetition(database);
  expect(failureOf(() => agreeToName(database, pen({ userId: rosa }), other, id))).toBe('staleButton');
  agree(id);
  expect(failureOf(() => agree(id))).toBe('doneAlready');
  expect(petition.id).not.toBe(other.id);
});

it('withdraws by an organizer of the host or its representative, and is named no more', () => {
  const { add, agree, withdraw, named, notices, database, petition } = aCoalition();
  const { id } = add('Semillas', { representativeId: rosa, userId: ana, organizer: true });
  add('Centro', { userId: ana, organizer: true });
  agree(id);
  expect(failureOf(() => withdraw('Semillas', ben))).toBe('rank.organizer');
  expect(failureOf(() => withdraw('Centro', rosa))).toBe('organizationUnknown');
  expect(failureOf(() => withdraw('Centro', ben, { serverId: partnerServer, organizer: true }))).toBe(
    'hostOnly',
  );
  withdraw(String(id), rosa, { serverId: partnerServer });
  expect(named()).toEqual(['Centro']);
  expect(notices()).toEqual(['notices.organizationWithdrew']);
  withdraw('Centro', ana, { organizer: true });
  expect(named()).toEqual([]);
  expect(standingOrganizations(database, petition.id)).toEqual([]);
  expect(failureOf(() => agree(id))).toBe('staleButton');
  // What withdrew may come back, and is asked again.
  expect(add('Semillas', { userId: ana, organizer: true, representativeId: rosa }).publishedAt).toBeNull();
});

it('takes a name once, in either language, whatever its case and accents', () => {
  const { add, database, pen } = aCoalition();
  add('Seeds', { name: { en: 'Seeds of Freedom', es: 'Semillas de Libertad' } });
  for (const again of ['SEEDS of  freedom', 'semíllas de libertad']) {
    expect(failureOf(() => add(again))).toBe('organizationTwice');
  }
  const other = aPetition(database);
  const facts = { name: { en: 'Seeds of Freedom' }, url: null, country: null, representativeId: null };
  expect(addOrganization(database, pen(), other, facts, false).state).toBe('proposed');
});

it('holds so many proposals of one person', () => {
  const { add, approve } = aCoalition();
  for (const name of ['A', 'B', 'C', 'D', 'E']) add(name);
  expect(failureOf(() => add('F'))).toBe('tooManyProposals');
  expect(add('G', { userId: rosa }).state).toBe('proposed');
  approve('A');
  expect(add('F').state).toBe('proposed');
});

it('offers each person what they may take out', () => {
  const { add, database, petition } = aCoalition();
  add('Semillas', { representativeId: rosa });
  add('Centro');
  const offered = (userId: string, serverId: string, organizer: boolean) =>
    withdrawable(database, petition, { userId, serverId, organizer }).map(({ name }) => name.en);
  expect(offered(ana, hostServer, true)).toEqual(['Semillas', 'Centro']);
  expect(offered(ana, partnerServer, true)).toEqual([]);
  expect(offered(rosa, partnerServer, false)).toEqual(['Semillas']);
  expect(offered(ben, hostServer, false)).toEqual([]);
});
