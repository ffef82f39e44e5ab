// Likely duplicates, rule by rule: which pairs there are, and what merging and keeping both do.
import { describe, expect, it } from 'vitest';
import { updatePetition } from '../../db/petitions.js';
import { AlreadyWritten } from '../../db/transaction.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { judgePair, nextPair, type Verdict } from '../../src/coalition/review.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { aCount, aDatabase, everyRow, failureOf, partnerServer } from '../support/stories.js';

/** A count with names in it, and an organizer who looks at what is alike. */
function aReview(database = aDatabase()) {
  const story = aCount({ database });
  const { petition, pen } = story;
  return {
    ...story,
    /** The ids of the pair after a signature; undefined for none. */
    pair(after?: number) {
      const found = nextPair(database, petition.id, after);
      return found && { earlier: found.earlier.id, later: found.later.id };
    },
    judge: (
      ids: { earlier: number; later: number } | undefined,
      verdict: Verdict,
      reason?: string,
      given: Parameters<typeof pen>[0] = {},
    ) => judgePair(database, pen(given), petition, ids ?? { earlier: 0, later: 0 }, verdict, reason),
    likely: () => tallyOf(database, petition.id).likely,
    name: (name: string, country = 'PE', kind: 'person' | 'organization' = 'person', source?: string) =>
      story.add({ name, country, kind, ...(source ? { source } : {}) }).entry.id,
  };
}

describe('a pair', () => {
  it('is two of one kind with one name, however it is spelled, in one country', () => {
    const { name, pair, likely, voided } = aReview();
    const first = name('Rosa Quispe');
    name('Rosa Quispe', 'BO');
    name('Rosa Quispe', 'PE', 'organization');
    name('Rosa Quispe Mamani');
    expect([pair(), likely()]).toEqual([undefined, 0]);
    const second = name('  ROSA   QUÍSPE');
    expect([pair(), likely()]).toEqual([{ earlier: first, later: second }, 1]);
    voided(`signature:${second}`);
    expect([pair(), likely()]).toEqual([undefined, 0]);
  });

  it('comes after the one before it, from the beginning again after the last, and from this petition only', () => {
    const database = aDatabase();
    const other = aReview(database);
    const { name, pair } = aReview(database);
    const [a, x, b, y, c] = ['A', 'X', 'A', 'X', 'A'].map((one) => name(one));
    other.name('A');
    other.name('A');
    expect(pair()).toEqual({ earlier: a, later: b });
    expect(pair(b)).toEqual({ earlier: x, later: y });
    expect(pair(y)).toEqual({ earlier: a, later: c });
    expect(pair(c)).toEqual({ earlier: a, later: b });
  });
});

describe('merging', () => {
  it('counts a person once, by the earlier signature, until that one goes', () => {
    const { database, petition, name, pair, judge, likely, figures, lines, voided } = aReview();
    const first = name('Rosa', 'PE', 'person', 'Plaza');
    name('Rosa', 'PE', 'person', 'Mercado');
    expect(figures()).toEqual([2, 0]);
    expect(judge(pair(), 'merge')).toBe(true);
    expect([figures(), likely(), lines().source]).toEqual([[1, 0], 0, [['1', 1, 0]]]);
    voided(`signature:${first}`);
    expect([figures(), lines().source]).toEqual([[1, 0], [['2', 1, 0]]]);
    expect(recountPetition(database, petition.id)).toEqual([]);
  });

  it('takes along whom the later one was merged with before', () => {
    const { database, petition, name, pair, judge, figures, voided } = aReview();
    const [first = 0, second, third] = ['Rosa', 'Rosa', 'Rosa'].map((one) => name(one));
    expect(judge({ earlier: first, later: third ?? 0 }, 'merge')).toBe(true);
    expect(judge(pair(), 'keep')).toBe(true);
    voided(`signature:${first}`);
    // The third counts again, and is like the second now.
    expect([figures(), pair()]).toEqual([[2, 0], { earlier: second, later: third }]);
    expect(judge(pair(), 'merge')).toBe(true);
    expect([figures(), pair()]).toEqual([[1, 0], undefined]);
    expect(recountPetition(database, petition.id)).toEqual([]);
  });
});

it('keeping both counts both, and does not come up again', () => {
  const { name, pair, judge, likely, figures } = aReview();
  const [first, , third] = ['Rosa', 'Rosa', 'Rosa'].map((one) => name(one));
  expect(judge(pair(), 'keep')).toBe(true);
  expect([figures(), likely(), pair()]).toEqual([[3, 0], 1, { earlier: first, later: third }]);
});

describe('a verdict', () => {
  it.each(['merge', 'keep'] as const)('to %s is in the audit by ids, without a name', (verdict) => {
    const { database, name, pair, judge } = aReview();
    const [earlier, later] = [name('Rosa Quispe'), name('Rosa Quispe')];
    judge(pair(), verdict);
    const audit = Object(everyRow(database).audit?.at(-1));
    expect(audit.deed).toBe(`signatures.${verdict}`);
    expect(JSON.parse(audit.detail)).toEqual({ signature: later, earlier });
  });

  it('changes nothing where another came first, or the pair is another by now', () => {
    const { database, name, pair, judge, voided } = aReview();
    const [first = 0, second = 0, third = 0] = ['Rosa', 'Rosa', 'Rosa'].map((one) => name(one));
    const seen = { earlier: first, later: second };
    judge(seen, 'keep');
    const waiting = pair();
    voided(`signature:${first}`);
    const before = everyRow(database, 'interactions');
    for (const stale of [
      seen,
      waiting,
      { earlier: second, later: first },
      { earlier: third, later: third },
    ]) {
      expect(judge(stale, 'merge')).toBe(false);
    }
    expect(everyRow(database, 'interactions')).toEqual(before);
    expect(pair()).toEqual({ earlier: second, later: third });
  });

  it('is about signatures of this petition', () => {
    const database = aDatabase();
    const [own, foreign] = [aReview(database), aReview(database)];
    foreign.name('Rosa');
    foreign.name('Rosa');
    for (const pair of [foreign.pair(), { earlier: 1, later: 999 }, { earlier: NaN, later: NaN }]) {
      expect(failureOf(() => own.judge(pair, 'merge'))).toBe('staleButton');
    }
    expect(foreign.likely()).toBe(1);
  });

  it('is the host’s, and needs a reason once the petition was delivered', () => {
    const { database, petition, name, pair, judge, figures } = aReview();
    name('Rosa');
    name('Rosa');
    expect(failureOf(() => judge(pair(), 'merge', 'x', { serverId: partnerServer }))).toBe('hostOnly');
    updatePetition(database, petition.id, { state: 'delivered' });
    expect(failureOf(() => judge(pair(), 'merge'))).toBe('state.delivered');
    expect(figures()).toEqual([2, 0]);
    expect(judge(pair(), 'merge', 'signed twice')).toBe(true);
    expect(figures()).toEqual([1, 0]);
    expect(String(Object(everyRow(database).audit?.at(-1)).detail)).toContain('signed twice');
  });

  it('counts once however often its interaction comes', () => {
    const { database, name, pair, judge } = aReview();
    for (const _ of [1, 2, 3]) name('Rosa');
    const waiting = pair();
    judge(waiting, 'merge', undefined, { key: 'pressed' });
    const before = everyRow(database);
    expect(() => judge(pair(), 'merge', undefined, { key: 'pressed' })).toThrow(AlreadyWritten);
    expect(everyRow(database)).toEqual(before);
  });
});
