// The count in product.md's words, as plainly as can be: what the real one, kept by sums, is measured against.
import type { SignatureKind } from '../../db/signatures.js';
import type { TallyLine } from '../../src/coalition/tally.js';

interface Entered {
  /** As `/signatures void` takes it. */
  code: string;
  source: string;
  day: string;
  voided: boolean;
}

export type PlainEntry = Entered &
  (
    | { is: 'observation'; people: number; organizations: number | undefined }
    | { is: 'batch'; people: number; organizations: number }
    | { is: 'name'; kind: SignatureKind; country: string }
  );

interface Figures {
  people: number;
  organizations: number;
}

const nothing: Figures = { people: 0, organizations: 0 };
const plus = (a: Figures, b: Figures): Figures => ({
  people: a.people + b.people,
  organizations: a.organizations + b.organizations,
});

const isName = (entry: PlainEntry) => entry.is === 'name';

/** "A source's figure is its count if it has one, else its active names." */
function counts(entries: PlainEntry[]): PlainEntry[] {
  const active = entries.filter(({ voided }) => !voided);
  const hasCount = (source: string) => active.some((entry) => entry.source === source && !isName(entry));
  return active.filter((entry) => isName(entry) !== hasCount(entry.source));
}

/** The figure of one source from the entries that count, in the order they were entered. */
function figureOf(counting: PlainEntry[]): Figures {
  const sum = counting.reduce<Figures>((figures, entry) => {
    if (entry.is === 'observation') return figures;
    if (entry.is === 'batch') return plus(figures, entry);
    return plus(figures, {
      people: Number(entry.kind === 'person'),
      organizations: Number(entry.kind !== 'person'),
    });
  }, nothing);
  // "The latest observation that is not void, by as_of, then by entry; organizations left out means unchanged."
  const observations = counting.filter((entry) => entry.is === 'observation');
  const latest = observations.toSorted((a, b) => a.day.localeCompare(b.day)).reverse();
  const stated = latest.find(({ organizations }) => organizations !== undefined);
  return plus(sum, { people: latest[0]?.people ?? 0, organizations: stated?.organizations ?? 0 });
}

function total(counting: PlainEntry[]): Figures {
  const sources = [...new Set(counting.map(({ source }) => source))];
  return sources
    .map((source) => figureOf(counting.filter((entry) => entry.source === source)))
    .reduce(plus, nothing);
}

function lines(figures: [string, Figures][]): TallyLine[] {
  return figures
    .map(([key, figure]) => ({ key, ...figure }))
    .filter(({ people, organizations }) => people !== 0 || organizations !== 0)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The tally of these entries: the total, and its lines by each grouping that are not 0, sorted by key. */
export function plainTally(entries: PlainEntry[]) {
  const counting = counts(entries);
  const by = (keyOf: (entry: PlainEntry) => string) => {
    const keys = [...new Set(counting.map(keyOf))];
    return lines(keys.map((key) => [key, total(counting.filter((entry) => keyOf(entry) === key))]));
  };
  // "Counted sources by the change of each observation": what the total gained from one day to the next.
  const days = [...new Set(counting.map(({ day }) => day))].sort();
  const upTo = (day = '') => total(counting.filter((entry) => entry.day <= day));
  const gains = days.map((day, index): [string, Figures] => {
    const before = upTo(days[index - 1]);
    return [day, plus(upTo(day), { people: -before.people, organizations: -before.organizations })];
  });
  const { people, organizations } = total(counting);
  return {
    people,
    organizations,
    source: by(({ source }) => source),
    // Counted sources say nothing of countries: "not stated".
    country: by((entry) => (entry.is === 'name' ? entry.country : '')),
    day: lines(gains),
    kind: lines([
      ['person', { people, organizations: 0 }],
      ['organization', { people: 0, organizations }],
    ]),
  };
}
