// Files of signatures taken in: what is new, who counts once, what happens beside it, and what an interruption leaves.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { updateServer } from '../../db/servers.js';
import { signatureById, signaturesOf } from '../../db/signatures.js';
import { insertBatch, sourcesOf } from '../../db/sources.js';
import { inTransaction } from '../../db/transaction.js';
import { troubleOf } from '../../db/trouble.js';
import { keepDraft } from '../../src/coalition/draft.js';
import { rejectedOf } from '../../src/coalition/import/preview.js';
import { signaturesBy, trackedLink } from '../../src/coalition/link.js';
import { byEmail } from '../../src/coalition/mark.js';
import { forget } from '../../src/coalition/privacy.js';
import { judgePair, nextPair } from '../../src/coalition/review.js';
import { sign, withdraw } from '../../src/coalition/signing.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { anImportStory, csv } from '../support/import-story.js';
import {
  aPetition,
  everyRow,
  failureOf,
  hostServer,
  partnerServer,
  seal,
  storyBegins,
} from '../support/stories.js';

type Story = ReturnType<typeof anImportStory>;
const header = 'name,email,country,date';
const rosa = 'Rosa Huamán,rosa@example.org,Peru,2023-07-01';
const luis = 'Luis Quispe,luis@example.org,Peru,2023-07-02';
const kim = 'Kim Lee,,United States,2023-07-03';
const day = 24 * 3_600_000;
/** When nothing of what was done before is of the last minute any more. */
const later = storyBegins + day;

/** The ids of a person's signatures, by an address. */
const idsOf = ({ database, petition }: Story, email: string) =>
  signaturesOf(database, byEmail(seal, petition.id, email)).map(({ id }) => id);

/** The first of them. */
function signatureOf(story: Story, email: string): number {
  const [id] = idsOf(story, email);
  if (id === undefined) throw new Error(`${email} has not signed`);
  return id;
}

const voided = (story: Story, email: string) => story.voided(`signature:${signatureOf(story, email)}`);
const likely = ({ database, petition }: Story) => tallyOf(database, petition.id).likely;

/** Signs in Discord as somebody whom an organizer then merges with the person of this name and country. */
function signedToo(story: Story, userId: string, name: string, country = 'PE'): void {
  const { database, petition, pen } = story;
  updateServer(database, hostServer, { signing: true });
  const earlier = nextPair(database, petition.id)?.later.id ?? 0;
  sign(database, pen({ userId }), petition, { name, country, consent: true }, seal);
  const pair = nextPair(database, petition.id, earlier);
  if (!pair) throw new Error(`nobody is like ${name}`);
  const ids = { earlier: pair.earlier.id, later: pair.later.id };
  expect(judgePair(database, pen(), petition, ids, 'merge')).toBe(true);
}

function forgotten({ database, pen }: Story, userId: string): void {
  const write = pen({ userId });
  forget(
    database,
    write,
    seal,
    inTransaction(database, (connection) => keepDraft(connection, write, {})),
  );
}

describe('a file', () => {
  it('is new the first time, and changes nothing the second time, its columns in any order', async () => {
    const story = anImportStory();
    const first = await story.take(csv(header, rosa, luis, kim, 'CODEPINK,,,'));
    expect(first).toMatchObject({
      rows: 4,
      fresh: 4,
      known: 0,
      repeated: 0,
      echoes: 0,
      departed: 0,
      added: 4,
    });
    expect(story.lines()).toEqual({
      source: [['1', 4, 0]],
      day: [
        ['2023-07-01', 1, 0],
        ['2023-07-02', 1, 0],
        ['2023-07-03', 1, 0],
        ['2023-07-10', 1, 0],
      ],
      country: [
        ['PE', 2, 0],
        ['US', 1, 0],
        ['', 1, 0],
      ],
      kind: [['person', 4, 0]],
    });
    const before = story.ledger();
    for (const again of [
      csv(header, rosa, luis, kim, 'CODEPINK,,,'),
      csv(
        'Fecha;País;Correo electrónico;Nombre',
        '2023-07-03;EE.UU.;;Kim Lee',
        ';;;CODEPINK',
        '02/07/2023;Perú;LUIS@example.org ;Luis Quispe',
        '2023-07-01;PE;rosa@example.org;Rosa Huamán',
      ),
    ]) {
      expect(await story.take(again)).toMatchObject({ rows: 4, fresh: 0, known: 4, added: 0 });
      expect(story.ledger()).toEqual(before);
    }
    expect(story.recount()).toEqual([]);
  });

  it('adds what it grew by', async () => {
    const story = anImportStory();
    await story.take(csv(header, rosa, kim));
    expect(await story.take(csv(header, luis, rosa, kim, kim))).toMatchObject({ fresh: 2, known: 2 });
    expect(story.total()).toBe(4);
  });

  it('brings namesakes without an address, who both count and are to be looked at; re-imported, neither is new', async () => {
    const story = anImportStory();
    expect(await story.take(csv(header, kim, kim, kim))).toMatchObject({ fresh: 3, repeated: 0 });
    expect([story.total(), likely(story)]).toEqual([3, 2]);
    expect(await story.take(csv(header, kim, kim))).toMatchObject({ fresh: 0, known: 2 });
    expect(await story.take(csv(header, kim, kim, kim, kim))).toMatchObject({ fresh: 1, known: 3 });
    expect([story.total(), likely(story), story.recount()]).toEqual([4, 3, []]);
  });

  it('has an address twice: counted once, and said', async () => {
    const story = anImportStory();
    const other = 'Rosita Huamán,ROSA@example.org,Peru,2023-07-09';
    expect(await story.take(csv(header, rosa, other))).toMatchObject({ rows: 2, fresh: 1, repeated: 1 });
    expect([story.total(), likely(story)]).toEqual([1, 0]);
  });

  it('tells rows apart by a country that nobody knows, too', async () => {
    const story = anImportStory();
    await story.take(csv('name,country', 'Kim,Narnia'));
    expect(await story.take(csv('name,country', 'Kim,Georgia', 'Kim,narnia'))).toMatchObject({ fresh: 2 });
  });

  it('is the same file on another day, whatever its dates could be by then', async () => {
    const story = anImportStory();
    const file = csv('name,date', 'Kim Lee,03/12/2023', 'Bo Diaz,05/06/2023');
    const read = { source: 'Plaza', at: Date.parse('2023-12-01T12:00:00Z') };
    await story.take(file, read);
    const before = story.ledger();
    expect(await story.take(file, { ...read, at: read.at + 5 * day })).toMatchObject({ fresh: 0, known: 2 });
    expect(story.ledger()).toEqual(before);
  });

  it('keeps organizations and people apart', async () => {
    const story = anImportStory();
    await story.take(csv('name,organization,email', 'Ana,CODEPINK,a@example.org', ',CODEPINK,b@example.org'));
    expect(story.figures()).toEqual([1, 1]);
  });

  it('says which rows cannot be taken, and why, in the order of the file', async () => {
    const story = anImportStory();
    const staged = await story.stage(
      csv(
        header,
        ',nobody@example.org,,',
        rosa,
        'Kim,not an address,,',
        'Bo,,,2099-01-01',
        'Al,,,13/05/2023',
        'Em,,,05/13/2023',
      ),
    );
    const found = story.preview(staged);
    expect(found).toMatchObject({ rows: 2, fresh: 2, unreadable: 1, ordersOpen: true });
    expect(found.facts.rejected).toEqual({ noName: 1, badEmail: 1, futureDay: 1 });
    expect(rejectedOf(staged, seal).map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'noName'],
      [4, 'badEmail'],
      [5, 'futureDay'],
      [7, 'wrongOrder'],
    ]);
    expect(await story.publish(story.begin(staged))).toBe(2);
    expect(story.total()).toBe(2);
  });
});

describe('a person who signed elsewhere', () => {
  it('counts once, in the first source; if that goes, the next one counts', async () => {
    const story = anImportStory();
    await story.take(csv(header, rosa), { source: 'Plaza' });
    const second = await story.take(csv(header, 'Rosa H.,rosa@example.org,Spain,'), { source: 'Mercado' });
    expect(second).toMatchObject({ fresh: 1, echoes: 1, known: 0 });
    expect(await story.take(csv(header, rosa, luis), { source: 'Feria' })).toMatchObject({
      fresh: 2,
      echoes: 1,
    });
    expect(story.total()).toBe(2);
    voided(story, 'rosa@example.org');
    expect([story.total(), story.lines().country]).toEqual([
      2,
      [
        ['ES', 1, 0],
        ['PE', 1, 0],
      ],
    ]);
    expect(story.recount()).toEqual([]);
  });

  it('counts from the file where nothing of theirs stands any more', async () => {
    const story = anImportStory();
    await story.take(csv(header, rosa));
    voided(story, 'rosa@example.org');
    expect(await story.take(csv(header, rosa), { source: 'Plaza' })).toMatchObject({ fresh: 0, known: 1 });
    expect(story.total()).toBe(0);
    expect(await story.take(csv(header, rosa), { source: 'Mercado' })).toMatchObject({ fresh: 1, echoes: 0 });
    expect([story.total(), story.recount()]).toEqual([1, []]);
  });

  it('does not count where an organizer found another signature to be theirs, and that one stands', async () => {
    const story = anImportStory();
    const { database, petition } = story;
    await story.take(csv(header, 'Rosa,r@example.org,Peru,', 'Rosa,s@example.org,Peru,'));
    const pair = nextPair(database, petition.id);
    const ids = { earlier: pair?.earlier.id ?? 0, later: pair?.later.id ?? 0 };
    judgePair(database, story.pen(), petition, ids, 'merge');
    voided(story, 's@example.org');
    await story.take(csv(header, 'Rosa,s@example.org,Peru,'), { source: 'Mercado', at: later });
    expect([story.total(), likely(story), story.recount()]).toEqual([1, 0, []]);
  });

  it.each(['withdraw', 'forget'] as const)('stays out of every file after a %s', async (how) => {
    const story = anImportStory();
    const bo = '740000000000000001';
    await story.take(csv(header, rosa, luis));
    signedToo(story, bo, 'Rosa Huamán');
    if (how === 'withdraw') withdraw(story.database, story.pen({ userId: bo }), story.petition.id, seal);
    else forgotten(story, bo);
    const [total, before] = [story.total(), story.ledger()];
    expect(total).toBe(how === 'withdraw' ? 1 : 2);
    const found = await story.take(csv(header, rosa), { source: 'Mercado' });
    expect(found).toMatchObject({ rows: 1, fresh: 0, departed: 1, added: 0 });
    expect({ ...story.ledger(), sources: before.sources }).toEqual(before);
    expect([story.total(), story.recount()]).toEqual([total, []]);
  });
});

describe('the code of a link', () => {
  /** A link to the story's petition, or to another one, and how many signatures are credited to it. */
  function aLink({ database, petition, pen }: Story, subjectId: string, of = petition) {
    const link = trackedLink(database, pen(), of, { kind: 'member', subjectId, serverId: null });
    return { code: link.code, credited: () => signaturesBy(database, link) };
  }
  const coded = 'name,email,source';

  it('credits those who came by it, and says how many before', async () => {
    const story = anImportStory();
    const [ana, ben] = [aLink(story, 'ana'), aLink(story, 'ben')];
    const file = csv(
      coded,
      `Rosa,rosa@example.org,${ana.code.toUpperCase()}`,
      `Luis,luis@example.org,${ana.code}`,
      `Kim,kim@example.org,${ben.code}`,
      'Bo,bo@example.org,facebook',
      'Al,al@example.org,',
    );
    expect(await story.take(file)).toMatchObject({ fresh: 5, coded: 3, credited: 3, added: 5 });
    expect([ana.credited(), ben.credited()]).toEqual([2, 1]);
    // Once is enough: the same file again, or with other codes, credits nobody.
    const again = file.replaceAll(ana.code, ben.code);
    expect(await story.take(again)).toMatchObject({ fresh: 0, coded: 3, credited: 0 });
    expect([ana.credited(), ben.credited(), story.recount()]).toEqual([2, 1, []]);
  });

  it('is that of this petition, and of a link that there is', async () => {
    const story = anImportStory();
    const other = aLink(story, 'ana', aPetition(story.database));
    const file = csv(coded, `Rosa,rosa@example.org,${other.code}`, 'Luis,luis@example.org,bcdfg23456');
    expect(await story.take(file)).toMatchObject({ fresh: 2, coded: 0, credited: 0, added: 2 });
    expect(other.credited()).toBe(0);
  });

  it('credits nobody for who counts elsewhere already, until that one goes', async () => {
    const story = anImportStory();
    const ana = aLink(story, 'ana');
    await story.take(csv(header, rosa));
    const echo = csv(coded, `Rosa,rosa@example.org,${ana.code}`);
    expect(await story.take(echo, { source: 'Web' })).toMatchObject({ coded: 1, credited: 0, added: 1 });
    expect(ana.credited()).toBe(0);
    voided(story, 'rosa@example.org');
    expect(ana.credited()).toBe(1);
  });

  it('makes no other row of a row without an address', async () => {
    const story = anImportStory();
    const ana = aLink(story, 'ana');
    await story.take(csv('name', 'Kim Lee', 'Bo Diaz'));
    expect(await story.take(csv('name,source', `Kim Lee,${ana.code}`))).toMatchObject({ fresh: 0, known: 1 });
  });

  it('is kept where the import was cut off, and leaves nothing where it is undone', async () => {
    const story = anImportStory();
    const ana = aLink(story, 'ana');
    const lines = Array.from({ length: 2500 }, (_, n) => `Name ${n},n${n}@example.org,${ana.code}`);
    const begun = story.begin(await story.stage(csv(coded, ...lines)));
    const cut = story.publish(begun, () => {
      throw new Error('the machine lost power');
    });
    await expect(cut).rejects.toThrow();
    expect(ana.credited()).toBe(0);
    await story.publish(begun);
    expect(ana.credited()).toBe(2500);
    const undone = story.begin(await story.stage(csv(coded, `Zoe,zoe@example.org,${ana.code}`)));
    await story.undo(undone);
    expect(ana.credited()).toBe(2500);
  });
});

describe('what is asked', () => {
  it('may be handed over, is only counted, or is as the file says', async () => {
    const file = csv('name,consent', 'Ana,yes', 'Bo,no');
    const plain = csv('name', 'Ana', 'Bo');
    const consents = async (content: string, consent: 'names' | 'file' | 'count') => {
      const story = anImportStory();
      const { facts } = await story.take(content, { consent });
      const rows = everyRow(story.database).signatures as { consent: number }[];
      return [facts.asksConsent, ...rows.map(({ consent }) => consent)];
    };
    expect(await consents(file, 'names')).toEqual([true, 1, 0]);
    expect(await consents(file, 'file')).toEqual([true, 1, 0]);
    expect(await consents(file, 'count')).toEqual([true, 0, 0]);
    expect(await consents(plain, 'names')).toEqual([false, 1, 1]);
    expect(await consents(plain, 'file')).toEqual([false, 0, 0]);
    expect(await consents(plain, 'count')).toEqual([false, 0, 0]);
  });

  it('is the order of dates, where no date of the column tells it', async () => {
    const story = anImportStory();
    const told = story.preview(await story.stage(csv('name,date', 'Ana,03/05/2023', 'Bo,05/13/2023')));
    expect(told).toMatchObject({ order: 'monthFirst', ordersOpen: false, unreadable: 0 });
    const staged = await story.stage(csv('name,date', 'Ana,03/05/2023', 'Bo,04/05/2023'));
    expect(story.preview(staged)).toMatchObject({ order: 'dayFirst', ordersOpen: true });
    const flipped = story.preview(staged, { answers: { order: 'monthFirst' } });
    expect(flipped.firstRows.map(({ day }) => day)).toEqual(['2023-03-05', '2023-04-05']);
    // What was said once stays said.
    expect(story.preview(staged).order).toBe('monthFirst');
    await story.publish(story.begin(staged));
    expect(story.lines().day.map(([key]) => key)).toEqual(['2023-03-05', '2023-04-05']);
  });

  it.each([
    [['GE'], 'GE'],
    [['US', 'GE'], 'GE'],
    [['GE', ''], null],
    [[''], null],
  ])('is which country is meant: answered %j, a row is like those of %s', async (answers, kept) => {
    const story = anImportStory();
    await story.take(csv(header, 'Ana,,Republic of Georgia,', 'Ana,,USA,', 'Ana,,,'), { source: 'Mercado' });
    const staged = await story.stage(csv(header, 'Ana,ana@example.org,Georgia,'));
    const [place] = story.preview(staged).places;
    for (const country of answers)
      story.preview(staged, { answers: { places: [{ id: place?.id ?? 0, country }] } });
    await story.publish(story.begin(staged));
    const pair = nextPair(story.database, story.petition.id);
    expect([pair?.earlier.country, pair?.later.country]).toEqual([kept, kept]);
    expect(story.recount()).toEqual([]);
  });
});

describe('people who are alike', () => {
  const file = csv(header, 'Rosa,a@example.org,Peru,', 'ROSA,b@example.org,Perú,', 'rosa,c@example.org,PE,');

  it('are to be reviewed but for the first: within a file and against what is there', async () => {
    const story = anImportStory();
    await story.take(file);
    expect(likely(story)).toBe(2);
    await story.take(csv(header, 'Rosa,d@example.org,Peru,', 'Rosa,,Spain,'), { source: 'Mercado' });
    expect([story.total(), likely(story), story.recount()]).toEqual([5, 3, []]);
  });

  it('are nobody like one that does not count', async () => {
    const story = anImportStory();
    await story.take(csv(header, 'Rosa,a@example.org,Peru,'));
    voided(story, 'a@example.org');
    await story.take(csv(header, 'Rosa,b@example.org,Peru,'), { source: 'Mercado', at: later });
    expect([story.total(), likely(story), story.recount()]).toEqual([1, 0, []]);
  });

  it('are looked at anew when the first of them goes', async () => {
    const story = anImportStory();
    await story.take(file);
    voided(story, 'a@example.org');
    expect([story.total(), likely(story)]).toEqual([2, 1]);
    await story.take(csv(header, 'Rosa,d@example.org,Peru,'), { source: 'Mercado' });
    expect(likely(story)).toBe(2);
    voided(story, 'b@example.org');
    voided(story, 'c@example.org');
    expect([story.total(), likely(story), story.recount()]).toEqual([1, 0, []]);
  });
});

it("gives names to a counted source, which says how many they are, and doesn't count them twice", async () => {
  const story = anImportStory();
  story.count('Action Network', 1984);
  await story.take(csv(header, rosa, luis), { source: 'action network' });
  const { total, sources } = tallyOf(story.database, story.petition.id);
  expect([total, sources[0]?.names]).toEqual([1984, { people: 2, organizations: 0 }]);
});

describe('nothing begins', () => {
  it('beside another import, in a partner server, or in a petition that takes no names', async () => {
    const story = anImportStory();
    const [one, other] = [await story.stage(csv(header, rosa)), await story.stage(csv(header, luis))];
    const begun = story.begin(one);
    expect(failureOf(() => story.begin(other))).toBe('importUnderWay');
    await story.publish(begun);
    story.petition.state = 'closed';
    expect(failureOf(() => story.begin(other))).toBe('state.closed');
    story.petition.state = 'open';
    story.petition.serverId = partnerServer;
    expect(failureOf(() => story.begin(other))).toBe('hostOnly');
  });
});

describe('while rows are written that nobody sees', () => {
  /** Enough rows for several parts. */
  const many = Array.from({ length: 2500 }, (_, n) => `Name ${n},n${n}@example.org,Peru,`);

  /** Publishes, and does something after each part; what was seen meanwhile is the figures from before. */
  async function published(story: Story, file: string, ...things: (() => void)[]): Promise<number> {
    const begun = story.begin(await story.stage(file, { source: 'Mercado' }), { source: 'Mercado' });
    const left = [...things];
    const added = await story.publish(begun, () => left.shift()?.());
    expect(left).toEqual([]);
    expect(story.recount()).toEqual([]);
    return added;
  }

  it('the total is the one from before, then the whole one', async () => {
    const story = anImportStory();
    await story.take(csv(header, rosa));
    const seen = new Set<number>();
    const begun = story.begin(await story.stage(csv(header, rosa, ...many)));
    await story.publish(begun, () => seen.add(story.total()));
    expect([[...seen], story.total()]).toEqual([[1], 2501]);
  });

  it('somebody is voided elsewhere: the row of the file counts', async () => {
    const story = anImportStory();
    await story.take(csv(header, rosa));
    await published(story, csv(header, ...many, rosa), () => voided(story, 'rosa@example.org'));
    expect(story.total()).toBe(2501);
  });

  it('somebody is voided by a command that was given just before: the row of the file counts', async () => {
    const story = anImportStory();
    await story.take(csv(header, rosa));
    const at = story.pen().at;
    const entry = `signature:${signatureOf(story, 'rosa@example.org')}`;
    await published(story, csv(header, ...many, rosa), () => story.voided(entry, 'typed twice', { at }));
    expect(story.total()).toBe(2501);
  });

  it('the first of people who are alike is voided: the row of the file is taken as it is', async () => {
    const story = anImportStory();
    await story.take(csv(header, 'Rosa,r@example.org,Peru,'));
    const more = csv(header, ...many, 'Rosa,s@example.org,Peru,');
    await published(story, more, () => voided(story, 'r@example.org'));
    expect([story.total(), likely(story)]).toEqual([2501, 0]);
  });

  it('somebody else of a person counts from now on, whom a row of the file is like', async () => {
    const story = anImportStory();
    await story.take(csv(header, 'Rosa,r@example.org,Peru,'), { source: 'Plaza' });
    await story.take(csv(header, 'Rosita,r@example.org,Peru,'), { source: 'Feria' });
    const more = csv(header, ...many, 'Rosita,s@example.org,Peru,');
    await published(story, more, () => voided(story, 'r@example.org'));
    expect([story.total(), likely(story)]).toEqual([2502, 1]);
  });

  it('somebody who is alike is typed in: that one is to be reviewed', async () => {
    const story = anImportStory();
    const added = await published(story, csv(header, ...many, 'Rosa,s@example.org,Peru,'), () => {
      story.add({ name: 'Rosa' });
    });
    const pair = nextPair(story.database, story.petition.id);
    expect([added, story.total(), likely(story)]).toEqual([2501, 2502, 1]);
    expect(pair?.earlier.importId).not.toBeNull();
    expect(pair?.later.importId).toBeNull();
  });

  it('two who are alike are merged: the later one is a person of the file too', async () => {
    const story = anImportStory();
    const { database, petition } = story;
    await story.take(csv(header, 'Rosa,r@example.org,Peru,', 'Rosa,s@example.org,Peru,'));
    await published(story, csv(header, ...many, 'Rosa,s@example.org,Peru,'), () => {
      const pair = nextPair(database, petition.id);
      const ids = { earlier: pair?.earlier.id ?? 0, later: pair?.later.id ?? 0 };
      expect(judgePair(database, story.pen(), petition, ids, 'merge')).toBe(true);
    });
    expect([story.total(), likely(story)]).toEqual([2501, 0]);
  });

  it.each(['withdraw', 'forget'] as const)(
    'the row of somebody who came to %s is erased too',
    async (how) => {
      const story = anImportStory();
      const bo = '740000000000000001';
      await story.take(csv(header, rosa));
      signedToo(story, bo, 'Rosa Huamán');
      await published(story, csv(header, ...many, rosa), () => {
        if (how === 'withdraw') withdraw(story.database, story.pen({ userId: bo }), story.petition.id, seal);
        else forgotten(story, bo);
      });
      expect(story.total()).toBe(how === 'withdraw' ? 2500 : 2501);
      const rows = idsOf(story, 'rosa@example.org').map((id) => signatureById(story.database, id));
      expect(rows.map((row) => [row?.sealed, row?.consent])).toEqual([
        [null, false],
        [null, false],
      ]);
    },
  );

  it('all of it at once, in any part', async () => {
    const story = anImportStory();
    const { database, petition } = story;
    const alike = Array.from({ length: 40 }, (_, n) => `Rosa,a${n}@example.org,Peru,`);
    await story.take(csv(header, ...alike));
    let void_ = 0;
    const things = () => {
      voided(story, `a${void_++}@example.org`);
      story.add({ name: 'Rosa' });
      const pair = nextPair(database, petition.id);
      const ids = { earlier: pair?.earlier.id ?? 0, later: pair?.later.id ?? 0 };
      judgePair(database, story.pen(), petition, ids, void_ % 2 ? 'merge' : 'keep');
    };
    const file = csv(header, ...many, ...alike.slice(0, 20), ...alike.map((one) => one.replace('@', '@b.')));
    await published(story, file, things, things, things, things);
    expect(story.total()).toBeGreaterThan(2500);
  });
});

describe('cut off', () => {
  const file = csv(
    header,
    rosa,
    ...Array.from({ length: 2500 }, (_, n) => `Name ${n % 900},n${n}@example.org,Peru,`),
    kim,
    kim,
  );

  /** Publishes until so many parts are written, and no further; false where it was complete before. */
  async function cutAfter(story: Story, begun: ReturnType<Story['begin']>, parts: number): Promise<boolean> {
    let left = parts;
    const published = story.publish(begun, () => {
      left -= 1;
      if (left === 0) throw new Error('cut');
    });
    const end = await published.catch((error: Error) => error.message);
    expect(['cut', 2503]).toContain(end);
    return end === 'cut';
  }

  it('after any part, it is complete once it was gone on with', async () => {
    for (let part = 1; ; part += 1) {
      const story = anImportStory();
      await story.take(csv(header, luis));
      const begun = story.begin(await story.stage(file));
      const cut = await cutAfter(story, begun, part);
      expect(story.total()).toBe(cut ? 1 : 2504);
      expect(await story.publish(begun)).toBe(2503);
      expect([story.total(), likely(story), story.recount()]).toEqual([2504, 1601, []]);
      if (!cut) return expect(part).toBeGreaterThan(4);
    }
  });

  it('again and again, with others writing in between, it is complete once', async () => {
    const story = anImportStory();
    await story.take(csv(header, rosa));
    const begun = story.begin(await story.stage(file, { source: 'Mercado' }), { source: 'Mercado' });
    await cutAfter(story, begun, 1);
    voided(story, 'rosa@example.org');
    await cutAfter(story, begun, 2);
    story.add({ name: 'Name 1' });
    await cutAfter(story, begun, 3);
    expect(await story.publish(begun)).toBe(2503);
    expect([story.total(), story.recount()]).toEqual([2504, []]);
  });

  it('after any part, it leaves nothing where it is undone', async () => {
    for (let part = 1; ; part += 1) {
      const story = anImportStory();
      await story.take(csv(header, luis, 'Name 1,,Peru,'));
      const begun = story.begin(await story.stage(file));
      const before = story.ledger();
      if (!(await cutAfter(story, begun, part))) return expect(part).toBeGreaterThan(4);
      await story.undo(begun);
      expect(story.ledger()).toEqual(before);
      expect(story.current(begun).state).toBe('undone');
      expect((await story.take(file)).added).toBe(2503);
      expect([story.total(), story.recount()]).toEqual([2505, []]);
    }
  });

  it('while undoing, it is undone the next time', async () => {
    const story = anImportStory();
    const before = story.ledger();
    const begun = story.begin(await story.stage(file));
    expect(await cutAfter(story, begun, 4)).toBe(true);
    const writes = story.database.$client;
    // As a full disk would: the last of its rows can't go yet.
    writes.exec(
      "create temp trigger held before delete on main.signatures when old.id = (select max(id) from main.signatures) begin select raise(abort, 'held'); end",
    );
    await expect(story.undoHere(begun)).rejects.toThrow('held');
    writes.exec('drop trigger held');
    await story.undo(begun);
    expect(story.ledger()).toEqual(before);
  });

  it('undone, its source stays where something else is of it, or it was there before', async () => {
    const story = anImportStory();
    const { database, petition } = story;
    const names = () => sourcesOf(database, petition.id).map(({ name }) => name);
    const begun = story.begin(await story.stage(file, { source: 'Feria' }), { source: 'Feria' });
    const sheets = { day: '2023-07-01', people: 1, organizations: 0, serverId: '1', at: 0 };
    insertBatch(database, { sourceId: begun.sourceId, ...sheets });
    await story.undo(begun);
    expect([names(), story.current(begun).state]).toEqual([['Feria'], 'undone']);
    await story.take(csv(header, rosa), { at: storyBegins + 1 });
    const next = { at: storyBegins + 2 };
    const again = story.begin(await story.stage(csv(header, luis), next), next);
    await story.undo(again);
    expect([names(), story.current(again).state]).toEqual([['Feria', 'Plaza'], 'undone']);
  });

  it('counts once where two processes are at it', async () => {
    const story = anImportStory();
    const begun = story.begin(await story.stage(file));
    let other: Promise<number | undefined> | undefined;
    await story.publish(begun, () => {
      other ??= story.publish(begun);
    });
    await other;
    expect([story.total(), story.recount()]).toEqual([2503, []]);
  });
});

describe('a staging file', () => {
  it.each<[string, (file: string) => void]>([
    ['empty', (file) => writeFileSync(file, '')],
    ['not a database', (file) => writeFileSync(file, Buffer.alloc(20_000, 7))],
    ['cut', (file) => writeFileSync(file, readFileSync(file).subarray(0, 6000))],
    ['full of zeros further on', (file) => writeFileSync(file, readFileSync(file).fill(0, 8192))],
  ])('that is %s is said to be damaged, and nothing of it counts', async (_how, damage) => {
    const story = anImportStory();
    await story.take(csv(header, luis));
    const lines = Array.from({ length: 2500 }, (_, n) => `Name ${n},n${n}@example.org,Peru,`);
    const begun = story.begin(await story.stage(csv(header, ...lines)));
    damage(begun.staged);
    const error = await story.publish(begun).catch((error: unknown) => error);
    expect(troubleOf(error)).toBe('damaged');
    const before = story.total();
    await story.undo(begun);
    expect([before, story.total(), story.recount()]).toEqual([1, 1, []]);
  });

  it('that lost what was found out, after rows were written by it, is damaged: the rows are not taken for known', async () => {
    const story = anImportStory();
    const lines = Array.from({ length: 2500 }, (_, n) => `Name ${n},n${n}@example.org,Peru,`);
    const begun = story.begin(await story.stage(csv(header, ...lines)));
    const asItWas = readFileSync(begun.staged);
    let parts = 0;
    const cut = story.publish(begun, () => {
      parts += 1;
      if (parts === 3) throw new Error('the machine lost power');
    });
    await expect(cut).rejects.toThrow();
    writeFileSync(begun.staged, asItWas);
    const error = await story.publish(begun).catch((error: unknown) => error);
    expect(troubleOf(error)).toBe('damaged');
    await story.undo(begun);
    expect([story.total(), story.recount()]).toEqual([0, []]);
  });

  it('holds nothing of the file in clear, neither do the database and the files beside them', async () => {
    const story = anImportStory();
    const staged = await story.stage(
      csv(
        'name,email,organization,comment,country',
        'Rosalinda,rosalinda@tejido.example,Tejedoras,Fuera,Georgia',
        'x'.repeat(130),
        ',,,Vacía,',
      ),
    );
    story.preview(staged, { answers: { places: [{ id: 1, country: 'GE' }] } });
    const begun = story.begin(staged);
    const files: string[] = [];
    await story.publish(begun, () => files.push(...story.bytesThere()));
    files.push(...story.bytesThere());
    for (const clear of ['Rosalinda', 'rosalinda', 'tejido', 'Tejedoras', 'Fuera', 'Georgia', 'Vac', 'xxxxx'])
      expect(files.filter((bytes) => bytes.includes(clear))).toEqual([]);
    expect(files.join().includes('Mercado')).toBe(false);
    expect(files.join().includes('Plaza')).toBe(true);
  });
});
