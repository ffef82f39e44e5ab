// How the rows of an export add up to the tally: what has a row, and what was counted without a name.
import type { CountedSignature } from '../../../db/exports.js';
import type { Figures, Tally } from '../../coalition/tally.js';

/** The rows of an export beside the tally of the same moment: rows + unnamed − beyond = total. */
export interface Reckoning extends Figures {
  rows: number;
  /** Of the rows, those whose name was erased. */
  erased: number;
  total: number;
  /** Signatures that were counted without a name, and so have no row. */
  unnamed: number;
  /** Rows that their source's own count has no room for: something is wrong there. */
  beyond: number;
  /** Of the rows, those that may be of someone who is counted already. */
  likely: number;
}

/** Counts rows as they go by. */
export function reckoning(tally: Tally) {
  const named = new Map<number, Figures>();
  let erased = 0;
  return {
    /** How many rows there should be. */
    expected: tally.sources.reduce((sum, { names }) => sum + names.people + names.organizations, 0),
    add({ sourceId, kind, sealed }: Pick<CountedSignature, 'sourceId' | 'kind' | 'sealed'>) {
      const figures = named.get(sourceId) ?? { people: 0, organizations: 0 };
      figures[kind === 'person' ? 'people' : 'organizations'] += 1;
      named.set(sourceId, figures);
      if (!sealed) erased += 1;
    },
    sum(): Reckoning {
      const figures = [...named.values()];
      const people = figures.reduce((sum, figure) => sum + figure.people, 0);
      const organizations = figures.reduce((sum, figure) => sum + figure.organizations, 0);
      // People and organizations apart: too many of one are not made up for by too few of the other.
      const missing = tally.sources.flatMap((figure) => {
        const names = named.get(figure.source.id) ?? { people: 0, organizations: 0 };
        return [figure.people - names.people, figure.organizations - names.organizations];
      });
      return {
        rows: people + organizations,
        people,
        organizations,
        erased,
        total: tally.total,
        unnamed: missing.reduce((sum, gap) => sum + Math.max(0, gap), 0),
        beyond: missing.reduce((sum, gap) => sum + Math.max(0, -gap), 0),
        likely: tally.likely,
      };
    },
  };
}
