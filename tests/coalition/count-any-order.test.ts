// The count after whatever is entered and corrected, in any order, against product.md in plain words.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SourceKind } from '../../db/sources.js';
import { addDays, dayIn } from '../../src/coalition/day.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { findSource } from '../../src/coalition/source.js';
import {
  curveOf,
  type Grouping,
  groupings,
  type TallyLine,
  tallyLines,
  tallyOf,
} from '../../src/coalition/tally.js';
import { type PlainEntry, plainTally } from '../support/plain-count.js';
import { aCount, aDatabase, failureOf, storyBegins } from '../support/stories.js';

const hand = 'Added by hand';
const names = ['Página', 'Action Network', 'Hojas', 'Mercado', 'Asamblea', hand];

/** Mostly one of its own kind; sometimes any, which may be refused. */
const sourceAmong = (...own: string[]) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...own), weight: 6 },
    { arbitrary: fc.constantFrom(...names), weight: 1 },
  );
const small = fc.integer({ min: 0, max: 30 });
const step = fc.oneof(
  fc.record({
    does: fc.constant('count' as const),
    source: sourceAmong('Página', 'Action Network'),
    people: small,
    organizations: fc.option(small, { nil: undefined }),
    daysAgo: fc.integer({ min: -1, max: 6 }),
  }),
  fc.record({
    does: fc.constant('batch' as const),
    source: sourceAmong('Hojas', 'Mercado'),
    people: small,
    organizations: small,
  }),
  fc.record({
    does: fc.constant('add' as const),
    source: fc.constantFrom(...names),
    kind: fc.constantFrom('person' as const, 'organization' as const),
    country: fc.constantFrom('PE', 'US', 'ES'),
  }),
  fc.record({ does: fc.constant('void' as const), which: fc.nat() }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Each with the hours since the one before, and a way to spell the source. */
const steps = fc.array(fc.record({ step, hours: fc.nat(40), spelling: fc.nat(2) }), { maxLength: 24 });
const timezones = fc.constantFrom('UTC', 'America/Lima', 'Asia/Kathmandu', 'Pacific/Auckland');
const spelled = (name: string, how: number) =>
  [name, name.toUpperCase(), ` ${name.normalize('NFD')} `][how] ?? name;
const database = aDatabase();

/** Takes the steps for real, notes them plainly, and sees that what should be refused is, without a trace. */
function play(timezone: string, taken: { step: Step; hours: number; spelling: number }[]) {
  const story = aCount({ database, timezone });
  const entries: PlainEntry[] = [];
  const kinds = new Map<string, SourceKind>([[hand, 'hand']]);
  let at = storyBegins;
  for (const { step, hours, spelling } of taken) {
    at += hours * 3_600_000;
    const today = dayIn(timezone, at);
    const before = story.lines();
    const refusal = refusalOf(step);
    expect(failureOf(() => take(step, today, spelling, at))).toBe(refusal);
    if (refusal) expect(story.lines()).toEqual(before);
  }
  return { ...story, entries };

  function refusalOf(step: Step): string | undefined {
    if (step.does === 'void') return chosen(step.which)?.voided ? 'alreadyVoid' : undefined;
    if (step.does === 'add') return undefined;
    if (step.does === 'count' && step.daysAgo < 0) return 'futureDay';
    if (step.does === 'batch' && step.people + step.organizations === 0) return 'emptyBatch';
    const needed = step.does === 'count' ? 'platform' : 'paper';
    const its = kinds.get(step.source) ?? needed;
    return its === needed ? undefined : `otherKind.${its}`;
  }

  function chosen(which: number): PlainEntry | undefined {
    return entries[which % entries.length];
  }

  function take(step: Step, today: string, spelling: number, at: number): void {
    if (step.does === 'void') {
      const entry = chosen(step.which);
      if (!entry) return;
      story.voided(entry.code, 'wrong', { at });
      entry.voided = true;
      return;
    }
    const source = spelled(step.source, spelling);
    const noted = { source: step.source, day: today, voided: false };
    if (step.does === 'count') {
      const { people, organizations } = step;
      const day = addDays(today, -step.daysAgo);
      const { entry } = story.count(source, people, { organizations, day }, { at });
      note('platform', {
        ...noted,
        is: 'observation',
        code: `observation:${entry.id}`,
        day,
        people,
        organizations,
      });
    } else if (step.does === 'batch') {
      const { people, organizations } = step;
      const { entry } = story.batch(source, people, organizations, { at });
      note('paper', { ...noted, is: 'batch', code: `batch:${entry.id}`, people, organizations });
    } else {
      const { kind, country } = step;
      const { entry } = story.add({ source, kind, country }, { at });
      note('hand', { ...noted, is: 'name', code: `signature:${entry.id}`, kind, country });
    }
  }

  /** The first command that names a source makes it. */
  function note(makes: SourceKind, entry: PlainEntry): void {
    entries.push(entry);
    if (!kinds.has(entry.source)) kinds.set(entry.source, makes);
  }
}

/** The lines as the plain tally has them: those that are not 0, sorted by key. */
function realLines(petitionId: number, by: Grouping) {
  return tallyLines(database, petitionId, by)
    .filter(({ people, organizations }) => people !== 0 || organizations !== 0)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Sources by the id of the one that has the name, however it was spelled first. */
function withIds(lines: TallyLine[], petitionId: number): TallyLine[] {
  const ids = lines.map(({ key }) => findSource(database, petitionId, key)?.id);
  return lines
    .map((line, index) => ({ ...line, key: String(ids[index]) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

it('is what product.md says; each grouping adds up to it, and so do the rows', () => {
  fc.assert(
    fc.property(timezones, steps, (timezone, taken) => {
      const { petition, entries } = play(timezone, taken);
      const { people, organizations, total } = tallyOf(database, petition.id);
      const plain = plainTally(entries);
      expect({ people, organizations }).toEqual({ people: plain.people, organizations: plain.organizations });
      expect(total).toBe(people + organizations);
      for (const by of groupings) {
        const expected = by === 'source' ? withIds(plain.source, petition.id) : plain[by];
        expect(realLines(petition.id, by), by).toEqual(expected);
        const lines = tallyLines(database, petition.id, by);
        const sum = (kind: 'people' | 'organizations') => lines.reduce((all, line) => all + line[kind], 0);
        expect([sum('people'), sum('organizations')], by).toEqual([people, organizations]);
      }
      expect(curveOf(tallyLines(database, petition.id, 'day')).at(-1)?.total ?? 0).toBe(total);
      expect(recountPetition(database, petition.id)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('is nothing once all is voided, in any order', () => {
  fc.assert(
    fc.property(steps, fc.infiniteStream(fc.nat()), (taken, order) => {
      const { entries, voided, lines } = play('UTC', taken);
      const left = entries.filter((entry) => !entry.voided);
      while (left.length > 0) {
        const [entry] = left.splice((order.next().value ?? 0) % left.length, 1);
        if (entry) voided(entry.code);
      }
      expect(lines()).toEqual({ source: [], day: [], country: [], kind: [] });
    }),
    { numRuns: 25 },
  );
});
