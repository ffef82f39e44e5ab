// Signing in Discord: once per account in the whole coalition, taken back at once, and nothing that leads to who it was.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { updatePetition } from '../../db/petitions.js';
import { petitionServers } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import { insertMerge, mergedInto, type Signature, signatureById } from '../../db/signatures.js';
import { AlreadyWritten, type Write } from '../../db/transaction.js';
import { keepDraft } from '../../src/coalition/draft.js';
import { settlePerson } from '../../src/coalition/person.js';
import { forget } from '../../src/coalition/privacy.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { sealWith } from '../../src/coalition/seal.js';
import {
  keepTyped,
  ownSignature,
  type Signing,
  sign,
  signedPetitions,
  typedBefore,
  withdraw,
} from '../../src/coalition/signing.js';
import { sourceNamed } from '../../src/coalition/source.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { aCount, everyRow, failureOf, hostServer, partnerServer, seal } from '../support/stories.js';

const rosa = '740000000000000004';
const luis = '750000000000000005';

/** A petition of two servers in which people may sign. */
function aSigning({ timezone = 'UTC' } = {}) {
  const story = aCount({ timezone });
  const { database, petition, pen } = story;
  updateServer(database, hostServer, { signing: true, name: 'Semillas de Libertad' });
  updateServer(database, partnerServer, { signing: true, name: 'CODEPINK' });
  const partner = { petitionId: petition.id, serverId: partnerServer, role: 'partner', joinedAt: 0 } as const;
  database.insert(petitionServers).values(partner).run();
  const by = (userId: string, given: Partial<Write> = {}) => pen({ ...given, userId });
  return {
    ...story,
    by,
    sign: (userId: string, more: Partial<Signing> = {}, given: Partial<Write> = {}, replaces?: number) =>
      sign(
        database,
        by(userId, given),
        petition,
        { name: 'Rosa Huamán', country: 'PE', consent: false, ...more },
        seal,
        replaces,
      ),
    withdraw: (userId: string, given: Partial<Write> = {}) =>
      withdraw(database, by(userId, given), petition.id, seal),
    own: (userId: string) => ownSignature(database, seal, petition.id, userId),
    forget(userId: string) {
      const write = by(userId);
      forget(database, write, seal, keepDraft(database, write, 'x'));
    },
    total: () => tallyOf(database, petition.id).total,
  };
}

let story: ReturnType<typeof aSigning>;
beforeEach(() => {
  story = aSigning();
});

describe('a signature', () => {
  it('counts in a source of its server, which keeps it when it is renamed', () => {
    story.sign(rosa);
    updateServer(story.database, hostServer, { name: 'Otro nombre' });
    story.sign(luis);
    story.sign('760000000000000006', {}, { serverId: partnerServer });
    expect(story.sourceNames()).toEqual(['discord Semillas de Libertad', 'discord CODEPINK']);
    expect(story.figures()).toEqual([3, 0]);
    const [{ source } = {}] = tallyOf(story.database, story.petition.id).sources;
    expect(source?.url).toBe(`https://discord.com/channels/${hostServer}`);
  });

  it.each([
    ['Semillas de Libertad', 'Semillas de Libertad (Discord)'],
    ['Added by hand', 'Added by hand (Discord)'],
    ['', 'Discord'],
  ])('of a server that is called %j, which may be taken, has a source called %j', (name, source) => {
    const { database, petition } = story;
    sourceNamed(database, petition.id, 'Semillas de Libertad', 'platform', 1);
    updateServer(database, hostServer, { name });
    story.sign(rosa);
    expect(story.sourceNames()).toContain(`discord ${source}`);
  });

  it('is on the petition’s day, and its words are sealed', () => {
    const inKathmandu = aSigning({ timezone: 'Asia/Kathmandu' });
    const { day, sealed } = inKathmandu.sign(rosa, { comment: 'Por mi tierra', organization: 'Club' });
    expect(day).toBe('2023-07-11');
    expect(seal.open(sealed ?? Buffer.alloc(0))).toEqual({
      name: 'Rosa Huamán',
      comment: 'Por mi tierra',
      organization: 'Club',
    });
  });

  it('is one per account, in whichever server', () => {
    story.sign(rosa);
    expect(failureOf(() => story.sign(rosa))).toBe('signedAlready');
    expect(failureOf(() => story.sign(rosa, {}, { serverId: partnerServer }))).toBe('signedAlready');
    expect(story.total()).toBe(1);
  });

  it('of one interaction is written once', () => {
    story.sign(rosa, {}, { key: 'once' });
    story.withdraw(rosa);
    expect(() => story.sign(rosa, {}, { key: 'once' })).toThrow(AlreadyWritten);
    expect(story.total()).toBe(0);
  });

  it.each(['draft', 'paused', 'closed', 'delivered'] as const)('is not taken while it is %s', (state) => {
    updatePetition(story.database, story.petition.id, { state });
    const before = everyRow(story.database);
    expect(failureOf(() => story.sign(rosa))).toBe(`state.${state}`);
    expect(everyRow(story.database)).toEqual(before);
  });

  it('is not taken where signing is off, nor for a petition that the server has left', () => {
    const { database } = story;
    updateServer(database, hostServer, { signing: false });
    expect(failureOf(() => story.sign(rosa))).toBe('signingOff');
    database.delete(petitionServers).run();
    expect(failureOf(() => story.sign(rosa))).toBe('staleButton');
  });

  it('is a likely duplicate of one with the same name and country, and counts', () => {
    story.add({ name: 'rosa huaman', country: 'PE' });
    story.sign(rosa);
    expect(tallyOf(story.database, story.petition.id)).toMatchObject({ total: 2, likely: 1 });
  });
});

describe('a changed signature', () => {
  it('says something else, on its first day, and is still one', () => {
    const first = story.sign(rosa);
    const day = 86_400_000;
    const second = story.sign(
      rosa,
      { name: 'R. Quispe', country: 'BO', consent: true },
      { at: first.at + day },
      first.id,
    );
    expect(second).toMatchObject({ day: first.day, country: 'BO', consent: true, counts: true });
    expect(signatureById(story.database, first.id)).toMatchObject({ sealed: null, counts: false });
    expect(story.lines()).toMatchObject({ country: [['BO', 1, 0]], day: [[first.day, 1, 0]] });
  });

  it('stays in the source in which it was given', () => {
    const first = story.sign(rosa);
    story.sign(rosa, {}, { serverId: partnerServer }, first.id);
    expect(story.sourceNames()).toEqual(['discord Semillas de Libertad']);
  });

  it('is one’s own that stands', () => {
    const first = story.sign(rosa);
    expect(failureOf(() => story.sign(luis, {}, {}, first.id))).toBe('staleButton');
    story.withdraw(rosa);
    expect(failureOf(() => story.sign(rosa, {}, {}, first.id))).toBe('staleButton');
  });

  it('is still of one person with what it was merged with', () => {
    const { database, petition } = story;
    const byHand = story.add({ name: 'Rosa H.' }).entry as Signature;
    const first = story.sign(rosa);
    insertMerge(database, { signatureId: first.id, intoId: byHand.id, at: 1 });
    settlePerson(database, first);
    expect(story.total()).toBe(1);
    const second = story.sign(rosa, { name: 'Rosa Q.' }, {}, first.id);
    const third = story.sign(rosa, { name: 'Rosa Q.' }, {}, second.id);
    expect([story.total(), third.counts]).toEqual([1, false]);
    expect(recountPetition(database, petition.id)).toEqual([]);
    story.withdraw(rosa);
    expect(story.total()).toBe(0);
  });
});

describe('withdrawing', () => {
  it('takes the signature out at once, with its words, and it can be given again', () => {
    const first = story.sign(rosa, { consent: true });
    story.withdraw(rosa, { serverId: partnerServer });
    expect(story.total()).toBe(0);
    expect(signatureById(story.database, first.id)).toMatchObject({ sealed: null, consent: false });
    expect(everyRow(story.database).departures).toMatchObject([{ how: 'withdrawn' }]);
    const again = story.sign(rosa);
    expect([story.total(), story.own(rosa)?.id]).toEqual([1, again.id]);
    expect(everyRow(story.database).departures).toEqual([]);
  });

  it('works where signing has been turned off, and while it is paused or closed', () => {
    story.sign(rosa);
    story.sign(luis);
    updateServer(story.database, hostServer, { signing: false });
    updatePetition(story.database, story.petition.id, { state: 'paused' });
    story.withdraw(rosa);
    updatePetition(story.database, story.petition.id, { state: 'closed' });
    story.withdraw(luis);
    expect(story.total()).toBe(0);
  });

  it('is over once the petition is delivered', () => {
    story.sign(rosa);
    updatePetition(story.database, story.petition.id, { state: 'delivered' });
    expect(failureOf(() => story.withdraw(rosa))).toBe('withdrawnLate');
    expect(story.total()).toBe(1);
  });

  it('is of one’s own signature', () => {
    story.sign(rosa);
    expect(failureOf(() => story.withdraw(luis))).toBe('notSigned');
    story.withdraw(rosa);
    expect(failureOf(() => story.withdraw(rosa))).toBe('notSigned');
    expect(signedPetitions(story.database, seal, rosa)).toEqual([]);
  });

  it('after erasing one’s data still takes it out', () => {
    story.sign(rosa);
    story.forget(rosa);
    expect(story.total()).toBe(1);
    story.withdraw(rosa);
    expect(story.total()).toBe(0);
    expect(everyRow(story.database).departures).toMatchObject([{ how: 'withdrawn' }]);
  });
});

describe('what was typed and could not be taken', () => {
  const typed = { name: 'Rosa Huamán', country: 'Georgia' };

  it('comes back to its person alone', () => {
    const { database, by } = story;
    const key = keepTyped(database, by(rosa), seal, typed);
    expect(typedBefore(database, by(rosa), seal, key)).toEqual(typed);
    expect(failureOf(() => typedBefore(database, by(luis), seal, key))).toBe('staleButton');
    const elsewhere = by(rosa, { serverId: partnerServer });
    expect(failureOf(() => typedBefore(database, elsewhere, seal, key))).toBe('staleButton');
  });

  it('is sealed, replaced by what is typed next, and gone once it is signed', () => {
    const { database, by } = story;
    const first = keepTyped(database, by(rosa), seal, typed);
    keepTyped(database, by(rosa), seal, typed);
    expect(failureOf(() => typedBefore(database, by(rosa), seal, first))).toBe('staleButton');
    const { drafts } = everyRow(database);
    expect(drafts).toHaveLength(1);
    expect(JSON.stringify(drafts)).not.toMatch(/Huam|Georgia/);
    story.sign(rosa);
    expect(everyRow(database).drafts).toEqual([]);
  });
});

describe('who it was', () => {
  const key = '1127000000000000123';

  it('is in no row: neither the account nor the interaction, whatever is done', () => {
    const { database, by } = story;
    keepTyped(database, by(rosa, { key: `${key}1` }), seal, { name: 'Rosa' });
    const first = story.sign(rosa, {}, { key: `${key}2` });
    story.sign(rosa, { name: 'Otra' }, { key: `${key}3` }, first.id);
    story.withdraw(rosa, { key: `${key}4` });
    story.sign(rosa, {}, { key: `${key}5` });
    const bytes = database.$client.serialize();
    expect([bytes.includes(rosa), bytes.includes(key)]).toEqual([false, false]);
    expect(database.$client.prepare('select distinct user_id from audit').all()).toEqual([{ user_id: null }]);
  });

  it('cannot be found without the key', () => {
    const first = story.sign(rosa);
    const other = sealWith(Buffer.alloc(32, 8));
    expect(ownSignature(story.database, other, story.petition.id, rosa)).toBeUndefined();
    expect(story.own(rosa)?.id).toBe(first.id);
  });
});

const accounts = ['1', '2', '3'].map((end) => `77000000000000000${end}`);
const who = fc.constantFrom(...accounts);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('sign' as const),
      who,
      name: fc.constantFrom('Rosa', 'ROSA', 'Luis'),
      country: fc.constantFrom('PE', 'BO'),
      serverId: fc.constantFrom(hostServer, partnerServer),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('withdraw' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('forget' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('add' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('void' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('merge' as const), one: fc.nat(), other: fc.nat() }),
  },
);

/** A signature as plainly as can be: whose it is, and whether it stands. */
interface Plain {
  id: number;
  account?: string;
  stands: boolean;
  person: number;
}

it('adds up after signing, changing, withdrawing, forgetting, voiding and merging, in any order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { database, petition, ...told } = aSigning();
      let rows: Plain[] = [];
      const unite = (one: Plain, other: Plain) => {
        rows = rows.map((row) => (row.person === other.person ? { ...row, person: one.person } : row));
      };
      const set = (ids: number[], stands: boolean) => {
        rows = rows.map((row) => (ids.includes(row.id) ? { ...row, stands } : row));
      };
      const of = (account: string) => rows.filter((row) => row.account === account);
      const personOf = (account: string) => {
        const persons = of(account).map(({ person }) => person);
        return rows.filter(({ person }) => persons.includes(person));
      };
      for (const taken of steps) {
        if (taken.does === 'sign') {
          const standing = of(taken.who).find(({ stands }) => stands);
          const { name, country, serverId } = taken;
          const { id } = told.sign(taken.who, { name, country }, { serverId }, standing?.id);
          if (standing) set([standing.id], false);
          const before = of(taken.who)[0];
          rows.push({ id, account: taken.who, stands: true, person: before?.person ?? id });
        } else if (taken.does === 'withdraw') {
          const standing = personOf(taken.who).filter(({ stands }) => stands);
          expect(failureOf(() => told.withdraw(taken.who))).toBe(
            standing.length > 0 ? undefined : 'notSigned',
          );
          set(
            standing.map(({ id }) => id),
            false,
          );
        } else if (taken.does === 'forget') {
          told.forget(taken.who);
        } else if (taken.does === 'add') {
          const { id } = told.add({ name: 'Rosa', country: 'PE' }).entry;
          rows.push({ id, stands: true, person: id });
        } else if (taken.does === 'void') {
          const row = rows[taken.which % rows.length];
          if (!row?.stands) continue;
          told.voided(`signature:${row.id}`);
          set([row.id], false);
        } else {
          const standing = rows.filter(({ stands }) => stands);
          const [one, other] = [taken.one, taken.other].map((which) => standing[which % standing.length]);
          if (!one || !other || one.person === other.person) continue;
          const [into, later] = one.id < other.id ? [one, other] : [other, one];
          let root = later.id;
          for (let next = mergedInto(database, root); next; next = mergedInto(database, root)) root = next;
          insertMerge(database, { signatureId: root, intoId: into.id, at: 1 });
          settlePerson(database, signatureById(database, later.id) as Signature);
          unite(into, later);
        }
        const people = new Set(rows.filter(({ stands }) => stands).map(({ person }) => person));
        expect(told.total()).toBe(people.size);
      }
      expect(recountPetition(database, petition.id)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
