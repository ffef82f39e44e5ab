// The count, rule by rule as product.md has them.
import { describe, expect, it } from 'vitest';
import { sourceKinds } from '../../db/schema.js';
import type { SourceKind } from '../../db/sources.js';
import { AlreadyWritten } from '../../db/transaction.js';
import { correctableEntries, entryCode } from '../../src/coalition/count.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { sourceNamed } from '../../src/coalition/source.js';
import { mayOverlap, overfull, tallyOf } from '../../src/coalition/tally.js';
import {
  aCount,
  aDatabase,
  everyRow,
  failureOf,
  hostServer,
  partnerServer,
  seal,
  storyBegins,
} from '../support/stories.js';

describe('a platform', () => {
  it('stands at its latest figure by day, then by entry; it may fall', () => {
    const { count, figures } = aCount();
    count('Page', 100, { day: '2023-07-08' });
    expect(figures()).toEqual([100, 0]);
    expect(count('Page', 140, { day: '2023-07-06' }).held.people).toBe(100);
    expect(figures()).toEqual([100, 0]);
    count('Page', 90, { day: '2023-07-09' });
    expect(figures()).toEqual([90, 0]);
    expect(count('Page', 95, { day: '2023-07-09' }).held.people).toBe(95);
    expect(figures()).toEqual([95, 0]);
  });

  it('keeps its organizations where they are left out, also where the figure that states them comes later', () => {
    const { count, figures } = aCount();
    count('Page', 100, { organizations: 7, day: '2023-07-06' });
    count('Page', 120, { day: '2023-07-09' });
    expect(figures()).toEqual([120, 7]);
    count('Page', 110, { organizations: 5, day: '2023-07-08' });
    expect(figures()).toEqual([120, 5]);
    count('Page', 130, { organizations: 0, day: '2023-07-10' });
    expect(figures()).toEqual([130, 0]);
  });

  it('takes today where no day is given, and no day to come, on the calendar of the petition', () => {
    const inLima = aCount({ timezone: 'America/Lima' });
    expect(inLima.count('Page', 1).entry.day).toBe('2023-07-10');
    expect(failureOf(() => inLima.count('Page', 2, { day: '2023-07-11' }))).toBe('futureDay');
    const inKathmandu = aCount({ timezone: 'Asia/Kathmandu' });
    expect(inKathmandu.count('Page', 1).entry.day).toBe('2023-07-11');
    expect(failureOf(() => inKathmandu.count('Page', 2, { day: '2023-07-11' }))).toBeUndefined();
    expect(failureOf(() => inKathmandu.count('Page', 2, { day: '2023-07-12' }))).toBe('futureDay');
  });

  it('is as of the day of the figure that holds, which a void gives back to the one before', () => {
    const { count, voided } = aCount();
    const dayOf = ({ now }: ReturnType<typeof voided>) => now.sources[0]?.asOf;
    const first = count('Page', 100, { day: '2023-07-06' });
    const last = count('Page', 120, { day: '2023-07-09' });
    expect(dayOf(count('Page', 110, { day: '2023-07-08' }))).toBe('2023-07-09');
    expect(dayOf(voided(`observation:${last.entry.id}`))).toBe('2023-07-08');
    expect(count('Page', 90, { day: '2023-07-05' }).held.people).toBe(110);
    voided(`observation:${first.entry.id + 2}`);
    expect(dayOf(voided(`observation:${first.entry.id}`))).toBe('2023-07-05');
    expect(dayOf(voided(`observation:${first.entry.id + 3}`))).toBeUndefined();
  });

  it('shows by day what each figure changed, a fall as a fall', () => {
    const { count, lines } = aCount();
    count('Page', 100, { organizations: 4, day: '2023-07-06' });
    count('Page', 90, { organizations: 6, day: '2023-07-09' });
    count('Page', 130, { day: '2023-07-08' });
    expect(lines().day).toEqual([
      ['2023-07-06', 100, 4],
      ['2023-07-08', 30, 0],
      ['2023-07-09', -40, 2],
    ]);
    expect(lines().country).toEqual([['', 90, 6]]);
  });
});

it('sums the batches of paper', () => {
  const { batch, figures, lines } = aCount({ timezone: 'Asia/Kathmandu' });
  batch('Sheets', 40, 2);
  batch('Sheets', 0, 1);
  batch('Market', 5);
  expect(figures()).toEqual([45, 3]);
  expect(lines().day).toEqual([['2023-07-11', 45, 3]]);
});

it('refuses a batch of nothing', () => {
  const { batch } = aCount();
  expect(failureOf(() => batch('Sheets', 0, 0))).toBe('emptyBatch');
});

describe('names', () => {
  it('count one by one, people and organizations apart, «Added by hand» where no source is given', () => {
    const { add, figures, sourceNames, lines } = aCount();
    add();
    add({ kind: 'organization', country: 'US' });
    add({ country: 'US', source: 'Assembly' });
    expect(figures()).toEqual([2, 1]);
    expect(sourceNames()).toEqual(['hand Added by hand', 'hand Assembly']);
    expect(lines().country).toEqual([
      ['US', 1, 1],
      ['PE', 1, 0],
    ]);
  });

  it('have their country among the lines, largest first; what is not stated comes last', () => {
    const { count, add, lines } = aCount();
    count('Page', 50);
    for (const country of ['PE', 'US', 'ES', 'US']) add({ country });
    expect(lines().country).toEqual([
      ['US', 2, 0],
      ['ES', 1, 0],
      ['PE', 1, 0],
      ['', 50, 0],
    ]);
  });

  it('are «of which N with names» under a counted source, never summed, and flagged where they are more', () => {
    const { database, petition, count, add, voided, figures } = aCount();
    const { entry } = count('Page', 2);
    add({ source: 'Page' });
    const [page] = add({ source: 'PAGE' }).now.sources;
    expect(page).toMatchObject({ basis: 'count', people: 2, names: { people: 2, organizations: 0 } });
    expect(overfull(tallyOf(database, petition.id))).toEqual([]);
    const { now } = add({ source: 'Page' });
    expect(overfull(now).map(({ source }) => source.name)).toEqual(['Page']);
    expect(figures()).toEqual([2, 0]);
    voided(`observation:${entry.id}`);
    expect(figures()).toEqual([3, 0]);
    expect(overfull(tallyOf(database, petition.id))).toEqual([]);
  });

  it('are flagged by kind: an organization more than counted, though people are fewer', () => {
    const { count, add } = aCount();
    count('Page', 50, { organizations: 0 });
    const { now } = add({ source: 'Page', kind: 'organization' });
    expect(overfull(now)).toHaveLength(1);
  });

  it('are sealed: no row has them in clear, and the key opens them', () => {
    const { database, add } = aCount();
    const { entry } = add({ name: 'Rosa Huamán Quispe' });
    expect(JSON.stringify(everyRow(database))).not.toContain('Huam');
    const sealed = entry.sealed ?? Buffer.alloc(0);
    expect(sealed.includes('Rosa')).toBe(false);
    expect(seal.open(sealed)).toEqual({ name: 'Rosa Huamán Quispe' });
  });
});

describe('a source', () => {
  it.each([
    ['Página de firmas', 'PAGINA  DE FIRMAS'],
    ['Café', 'cafe\u0301'],
    ['Ｐage', 'page'],
    ['Straße', 'STRASSE'],
  ])('is one under %s and %s', (name, other) => {
    const { count, figures, sourceNames } = aCount();
    count(name, 10);
    count(other, 12);
    expect(figures()).toEqual([12, 0]);
    expect(sourceNames()).toEqual([`platform ${name}`]);
  });

  it('is «Added by hand» in either language, whichever is typed first', () => {
    const first = aCount();
    first.add();
    first.add({ source: 'AÑADIDAS A MANO' });
    expect(first.sourceNames()).toEqual(['hand Added by hand']);
    const second = aCount();
    second.add({ source: 'Añadidas a mano' });
    second.add({ source: 'añadidas a mano' });
    second.add();
    expect(second.sourceNames()).toEqual(['hand Added by hand']);
    expect(second.figures()).toEqual([3, 0]);
  });

  it('is another in another petition, and may be of another kind there', () => {
    const database = aDatabase();
    const [one, other] = [aCount({ database }), aCount({ database })];
    one.count('Lima', 10);
    other.batch('Lima', 3);
    expect([one.figures(), other.figures()]).toEqual([
      [10, 0],
      [3, 0],
    ]);
  });

  it('is made of the kind of the first command that names it', () => {
    const { count, batch, add, sourceNames } = aCount();
    count('Page', 1);
    batch('Sheets', 1);
    add({ source: 'Assembly' });
    expect(sourceNames()).toEqual(['platform Page', 'paper Sheets', 'hand Assembly']);
  });

  const others = (kind: SourceKind) => sourceKinds.filter((its) => its !== kind);

  it.each(others('platform'))('that is %s takes no absolute total', (kind) => {
    const { database, petition, count, sourceNames } = aCount();
    sourceNamed(database, petition.id, 'Lima', kind, storyBegins);
    expect(failureOf(() => count('LIMA', 5))).toBe(`otherKind.${kind}`);
    expect(sourceNames()).toEqual([`${kind} Lima`]);
  });

  it.each(others('paper'))('that is %s takes no batch', (kind) => {
    const { database, petition, batch, sourceNames } = aCount();
    sourceNamed(database, petition.id, 'Lima', kind, storyBegins);
    expect(failureOf(() => batch('LIMA', 5))).toBe(`otherKind.${kind}`);
    expect(sourceNames()).toEqual([`${kind} Lima`]);
  });

  it.each(['Added by hand', 'añadidas a mano'])('called %s is for names, before there is one too', (name) => {
    const { count, batch, sourceNames } = aCount();
    expect(failureOf(() => count(name, 5))).toBe('otherKind.hand');
    expect(failureOf(() => batch(name, 5))).toBe('otherKind.hand');
    expect(sourceNames()).toEqual([]);
  });

  it('may overlap with another once both have signatures', () => {
    const { count, batch } = aCount();
    expect(mayOverlap(count('Page', 10).now)).toBe(false);
    expect(mayOverlap(count('Empty', 0).now)).toBe(false);
    expect(mayOverlap(batch('Sheets', 1).now)).toBe(true);
  });
});

describe('a void', () => {
  it('puts everything back as if the entry had not been', () => {
    const { count, batch, add, voided, lines } = aCount();
    count('Page', 100, { organizations: 4, day: '2023-07-04' });
    count('Page', 140, { day: '2023-07-09' });
    batch('Sheets', 30);
    add();
    const before = lines();
    const entries = [
      `observation:${count('Page', 120, { organizations: 9, day: '2023-07-06' }).entry.id}`,
      `observation:${count('Page', 80, { organizations: 1 }).entry.id}`,
      `batch:${batch('Sheets', 9, 9).entry.id}`,
      `signature:${add({ kind: 'organization', country: 'US' }).entry.id}`,
      `batch:${batch('Never named before', 1).entry.id}`,
    ];
    expect(lines()).not.toEqual(before);
    for (const entry of entries) voided(entry);
    expect(lines()).toEqual(before);
  });

  it('says what the count was before and is now', () => {
    const { batch, voided } = aCount();
    const { entry } = batch('Sheets', 30);
    const { before, now, source } = voided(`batch:${entry.id}`);
    expect([before.total, now.total, source.name]).toEqual([30, 0, 'Sheets']);
  });

  it('keeps the entry as it was, and the reason beside it and in the audit', () => {
    const { database, batch, voided } = aCount();
    const { entry } = batch('Sheets', 30);
    const { batches } = everyRow(database);
    voided(`batch:${entry.id}`, 'the same sheets as on Sunday');
    const rows = everyRow(database);
    expect(rows.batches).toEqual(batches);
    expect(rows.voids).toMatchObject([{ entry_kind: 'batch', reason: 'the same sheets as on Sunday' }]);
    expect(String(Object(rows.audit?.at(-1)).detail)).toContain('the same sheets as on Sunday');
  });

  it('is offered for what stands in the petition, the newest first', () => {
    const database = aDatabase();
    const { petition, count, batch, add, voided } = aCount({ database });
    aCount({ database }).batch('Sheets', 9);
    count('Page', 10);
    voided(`batch:${batch('Sheets', 1).entry.id}`);
    add();
    batch('Sheets', 2);
    const offered = correctableEntries(database, petition.id);
    expect(offered.map(({ kind }) => kind)).toEqual(['batch', 'signature', 'observation']);
    for (const entry of offered) voided(entryCode(entry));
    expect(correctableEntries(database, petition.id)).toEqual([]);
  });

  it('counts once', () => {
    const { batch, voided, figures } = aCount();
    batch('Sheets', 5);
    const { entry } = batch('Sheets', 30);
    voided(`batch:${entry.id}`);
    expect(failureOf(() => voided(`batch:${entry.id}`))).toBe('alreadyVoid');
    expect(figures()).toEqual([5, 0]);
  });

  it('is refused for an entry of another petition, and for what is no entry', () => {
    const database = aDatabase();
    const [own, foreign] = [aCount({ database }), aCount({ database })];
    const { entry } = foreign.batch('Sheets', 30);
    const named = [
      `batch:${entry.id}`,
      'batch:999',
      'signature:1',
      'action:1',
      String(entry.id),
      '',
      "batch:1' or 1",
    ];
    expect(named.map((code) => failureOf(() => own.voided(code)))).toEqual(named.map(() => 'unknownEntry'));
    expect(foreign.figures()).toEqual([30, 0]);
  });
});

it('lets a partner server count and batch; adding names and voiding are the host’s', () => {
  const { count, batch, add, voided, figures } = aCount();
  const partner = { serverId: partnerServer };
  count('Page', 10, {}, partner);
  const { entry } = batch('Sheets', 5, 0, partner);
  expect(failureOf(() => add({}, partner))).toBe('hostOnly');
  expect(failureOf(() => voided(`batch:${entry.id}`, 'twice', partner))).toBe('hostOnly');
  expect(figures()).toEqual([15, 0]);
  voided(`batch:${entry.id}`, 'twice', { serverId: hostServer });
  expect(figures()).toEqual([10, 0]);
});

it.each([
  ['draft', ['count', 'batch', 'add', 'void']],
  ['open', ['count', 'batch', 'add', 'void']],
  ['paused', ['count', 'batch', 'add', 'void']],
  ['closed', ['batch', 'void']],
  ['delivered', ['void']],
] as const)('a petition that is %s takes %s', (state, taken) => {
  const { count, batch, add, voided, petition } = aCount();
  const { entry } = count('Page', 10);
  petition.state = state;
  const tried = {
    count: failureOf(() => count('Page', 11)),
    batch: failureOf(() => batch('Sheets', 1)),
    add: failureOf(() => add()),
    void: failureOf(() => voided(`observation:${entry.id}`)),
  };
  const expected = Object.keys(tried).map((deed) => [
    deed,
    taken.some((one) => one === deed) ? undefined : `state.${state}`,
  ]);
  expect(tried).toEqual(Object.fromEntries(expected));
});

describe('once', () => {
  const story = aCount();
  const { database, count, batch, add, voided, pen } = story;
  const { entry } = batch('Sheets', 30);
  it.each([
    ['a count', (key: string) => count('Page', 10, {}, { key })],
    ['a batch', (key: string) => batch('Sheets', 5, 0, { key })],
    ['a name', (key: string) => add({}, { key })],
    ['a void', (key: string) => voided(`batch:${entry.id}`, 'twice', { key })],
  ])('%s of the same interaction changes nothing the second time', (_, enter) => {
    const key = pen().key ?? '';
    enter(key);
    const before = everyRow(database);
    expect(() => enter(key)).toThrow(AlreadyWritten);
    expect(everyRow(database)).toEqual(before);
  });

  it.each([
    ['a count', 'otherKind.paper', (key: string) => count('Sheets', 10, {}, { key })],
    ['a batch', 'otherKind.platform', (key: string) => batch('Page', 5, 0, { key })],
    ['a name', 'hostOnly', (key: string) => add({}, { key, serverId: partnerServer })],
    ['a void', 'alreadyVoid', (key: string) => voided(`batch:${entry.id}`, 'twice', { key })],
  ])('%s that is refused leaves nothing behind, and its interaction may try again', (_, failure, enter) => {
    const before = everyRow(database);
    const key = pen().key ?? '';
    expect(failureOf(() => enter(key))).toBe(failure);
    expect(everyRow(database)).toEqual(before);
    expect(batch('Sheets', 1, 0, { key }).entry.people).toBe(1);
  });

  it('an error of the database midway leaves nothing behind', () => {
    database.$client.exec(
      "create trigger full before insert on audit begin select raise(abort, 'disk full'); end",
    );
    const before = everyRow(database);
    const key = pen().key ?? '';
    expect(() => count('New page', 10, {}, { key })).toThrow('disk full');
    expect(everyRow(database)).toEqual(before);
    database.$client.exec('drop trigger full');
    expect(count('New page', 10, {}, { key }).entry.people).toBe(10);
  });
});

describe('recount', () => {
  it.each([
    [
      'a figure that is off',
      "update summaries set count = count + 5 where dimension = 'all' and kind = 'person'",
      35,
    ],
    [
      'a day that is off',
      "update summaries set count = count + 5 where dimension = 'day' and kind = 'person'",
      30,
    ],
    ['a country that is gone', "delete from summaries where dimension = 'country'", 30],
    ['figures that are gone', 'delete from summaries', 0],
    [
      'a figure from nowhere',
      "insert into summaries select source_id, basis, dimension, '2020-01-01', kind, 5 from summaries where dimension = 'day'",
      30,
    ],
  ])('finds %s, says so and puts it right', (_, tampering, kept) => {
    const { database, petition, batch, lines } = aCount();
    const other = aCount({ database });
    other.count('Page', 7);
    batch('Sheets', 30);
    const before = [lines(), other.lines()];
    const { id } = petition;
    database.$client.exec(`${tampering} ${/ where /.test(tampering) ? 'and' : 'where'} source_id =
      (select id from sources where petition_id = ${id})`);
    expect(recountPetition(database, id)).toMatchObject([{ name: 'Sheets', kept, proven: 30 }]);
    expect([lines(), other.lines()]).toEqual(before);
    expect(recountPetition(database, id)).toEqual([]);
  });
});
