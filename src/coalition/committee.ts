// The committees that a petition's targets are grouped by.
import type { Localized } from '../../db/schema.js';
import { Failure } from './failure.js';
import { asPlain, cutTo, fold } from './plain-text.js';
import { callsOf, type Known } from './target.js';

/** A committee: one that is a target itself, or is only named with others. */
export interface Committee {
  /** The id of a target: the committee's own, or of the first that is said to be of it. */
  id: number;
  name: Localized;
  /** What it is called in a word or two: 'Foreign Affairs'. */
  short: string;
  /** By what it may be called, folded. */
  calls: string[];
  /** The committee itself, and who is of it now. */
  targets: Known[];
}

/** The committees of a petition's targets, in the order they were added. */
export function committeesOf(known: readonly Known[]): Committee[] {
  const committees: Committee[] = known
    .filter(({ target }) => target.kind === 'committee')
    .map(({ target }) => {
      const short = target.committee ?? Object.values(target.name)[0] ?? '';
      return {
        id: target.id,
        name: target.name,
        short,
        calls: [...callsOf(target), fold(short)],
        targets: [],
      };
    });
  for (const one of known) {
    const { target, seats } = one;
    const short = target.committee;
    const isOf = ({ id, calls }: Committee) =>
      id === target.id ||
      (short !== null && calls.includes(fold(short))) ||
      seats.some(({ committee }) => committee.id === id);
    if (short !== null && !committees.some(isOf))
      committees.push({ id: target.id, name: { en: short }, short, calls: [fold(short)], targets: [] });
    for (const committee of committees.filter(isOf)) committee.targets.push(one);
  }
  return committees;
}

/**
 * The committee of this id, name or code.
 *
 * @throws {@link Failure} where there is none
 */
export function findCommittee(known: readonly Known[], named: string): Committee {
  const found = called(known, named);
  if (!found) throw new Failure('unknownCommittee', { named: asPlain(cutTo(named, 60)) });
  return found;
}

/** A committee as the targets have it that it is picked from; as it is typed where it is new. */
export function committeeAsKnown(known: readonly Known[], typed: string): string {
  return called(known, typed)?.short ?? typed;
}

function called(known: readonly Known[], named: string): Committee | undefined {
  const wanted = fold(named);
  return committeesOf(known).find(({ id, calls }) => String(id) === wanted || calls.includes(wanted));
}
