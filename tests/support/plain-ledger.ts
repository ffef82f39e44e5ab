// Who counts, in product.md's words and as plainly as can be: what the ledger, kept row by row, is measured against.
import type { SignatureKind } from '../../db/signatures.js';
import { type PlainEntry, plainTally } from './plain-count.js';

/** A signature with a name, as it was entered. */
export interface PlainName {
  /** The order in which they came. */
  id: number;
  source: string;
  day: string;
  kind: SignatureKind;
  name: string;
  /** Empty where it is not stated. */
  country: string;
  /** Whose it is, where that is known for certain. */
  identity: string | undefined;
  voided: boolean;
  /** An organizer said that it is somebody else. */
  settled: boolean;
  /** What it said is erased. */
  erased: boolean;
}

/** A row as a file may have it: whose it is where it says so, and what makes it like others. */
export type Row = Pick<PlainName, 'identity' | 'kind' | 'name' | 'country'>;

export interface PlainLedger {
  names: PlainName[];
  /** Which an organizer found to be one person. */
  merged: [number, number][];
  /** What counted sources say. */
  counts: PlainEntry[];
}

/** All signatures of the person of one: the same identity, or merged, or either of one that is. */
export function personOf({ names, merged }: PlainLedger, one: PlainName): PlainName[] {
  const person = new Set([one]);
  for (let size = 0; size < person.size; ) {
    size = person.size;
    for (const known of [...person]) {
      for (const other of names) {
        const same = known.identity !== undefined && known.identity === other.identity;
        const merge = merged.some((pair) => pair.includes(known.id) && pair.includes(other.id));
        if (same || merge) person.add(other);
      }
    }
  }
  return [...person].sort((a, b) => a.id - b.id);
}

/** "Counts once, in its first source, and if that row goes the next one counts." */
export function counting(ledger: PlainLedger): PlainName[] {
  return ledger.names.filter((one) => personOf(ledger, one).find(({ voided }) => !voided) === one);
}

/** "Likely ones (same folded name and country)": each that counts, with the first that does. */
export function likelyPairs(ledger: PlainLedger): { earlier: PlainName; later: PlainName }[] {
  const all = counting(ledger);
  return all.flatMap((later) => {
    const [earlier] = all.filter(
      (one) =>
        one.kind === later.kind &&
        one.name.toLowerCase() === later.name.toLowerCase() &&
        one.country === later.country,
    );
    return earlier && earlier !== later && !later.settled ? [{ earlier, later }] : [];
  });
}

/** The tally of the ledger, each grouping, and how many likely duplicates there are. */
export function plainFigures(ledger: PlainLedger) {
  const those = counting(ledger);
  const entries = ledger.names.map(
    (one): PlainEntry => ({
      is: 'name',
      code: `signature:${one.id}`,
      source: one.source,
      day: one.day,
      voided: !those.includes(one),
      kind: one.kind,
      country: one.country,
    }),
  );
  return { ...plainTally([...entries, ...ledger.counts]), likely: likelyPairs(ledger).length };
}
