// The names that may be handed over, in the order of a language, beside those that are only counted.
import type { Database } from '../../../db/connect.js';
import { countedSignatures } from '../../../db/exports.js';
import type { SignatureKind } from '../../../db/signatures.js';
import type { Language } from '../../../db/statements.js';
import type { Seal } from '../../coalition/seal.js';
import type { Tally } from '../../coalition/tally.js';
import { reckoning } from '../export/reckoning.js';
import { rowMaker } from '../export/row.js';

/** One line of the list: what may be handed over of a signature, and nothing else. */
export interface ListedName {
  name: string;
  /** Which a person signs for. */
  organization: string;
  /** Alpha-2; empty where it is not stated. */
  country: string;
}

/** The names, and how they add up: people + organizations + unnamed + unwilling + erased − beyond = the tally's total. */
export interface NameList {
  people: ListedName[];
  organizations: ListedName[];
  /** Counted by their source without a name. */
  unnamed: number;
  /** With a name that may not be handed over. */
  unwilling: number;
  /** Whose name was removed. */
  erased: number;
  /** Names that their source's own count has no room for. */
  beyond: number;
}

/** Reads all that count; those who did not agree to be handed over are opened by nobody. */
export function readNames(
  database: Database,
  seal: Seal,
  tally: Tally,
  petitionId: number,
  languages: readonly Language[],
): NameList {
  const reckoned = reckoning(tally);
  const rowOf = rowMaker(seal, new Map());
  const names: Record<SignatureKind, ListedName[]> = { person: [], organization: [] };
  let unwilling = 0;
  let erased = 0;
  for (const signature of countedSignatures(database, petitionId)) {
    reckoned.add(signature);
    if (!signature.sealed) erased += 1;
    else if (!signature.consent) unwilling += 1;
    else {
      const { name, organization, country } = rowOf(signature);
      // Blank names are no names: such a signature is counted and that is all.
      if (name === null) erased += 1;
      else
        names[signature.kind].push({
          name,
          organization: (signature.kind === 'person' && organization) || '',
          country: country ?? '',
        });
    }
  }
  const { unnamed, beyond } = reckoned.sum();
  return {
    people: sorted(names.person, languages),
    organizations: sorted(names.organization, languages),
    unnamed,
    unwilling,
    erased,
    beyond,
  };
}

/** As the language sorts, and Spanish where there are both: it parts ñ from n, and all else is as in English. */
function sorted(names: ListedName[], languages: readonly Language[]): ListedName[] {
  const { compare } = new Intl.Collator(languages.includes('es') ? 'es' : 'en');
  return names.sort((one, other) => compare(one.name, other.name));
}
