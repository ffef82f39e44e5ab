// A row of an export: a signature opened, in columns whose names and order never change.
import type { CountedSignature } from '../../../db/exports.js';
import type { SignatureKind } from '../../../db/signatures.js';
import type { SignedName } from '../../coalition/count.js';
import { countryName } from '../../coalition/country.js';
import { Failure } from '../../coalition/failure.js';
import { cleanLine, cleanText } from '../../coalition/plain-text.js';
import type { Seal } from '../../coalition/seal.js';

/** One signature as it leaves; what is not stated is null, and so is a name that was erased. */
export interface ExportedRow {
  kind: SignatureKind;
  /** The person's, or the organization's that signs itself. */
  name: string | null;
  /** Which a person signs for. */
  organization: string | null;
  /** Alpha-2. */
  country: string | null;
  country_en: string | null;
  country_es: string | null;
  /** 'YYYY-MM-DD' in the petition's time zone. */
  date: string;
  comment: string | null;
  /** The name may be handed over with the petition. */
  consent: boolean;
  source: string;
}

export const columns = [
  'kind',
  'name',
  'organization',
  'country',
  'country_en',
  'country_es',
  'date',
  'comment',
  'consent',
  'source',
] as const satisfies readonly (keyof ExportedRow)[];

/**
 * Makes rows of signatures.
 *
 * @param sourceNames - by id
 */
export function rowMaker(seal: Seal, sourceNames: ReadonlyMap<number, string>) {
  const english = namesIn('en');
  const spanish = namesIn('es');
  return ({ sourceId, kind, sealed, country, day, consent }: CountedSignature): ExportedRow => {
    const { name, organization, comment } = opened(seal, sealed);
    return {
      kind,
      name: shown(name, cleanLine),
      organization: shown(organization, cleanLine),
      country,
      country_en: country && english(country),
      country_es: country && spanish(country),
      date: day,
      comment: shown(comment, cleanText),
      consent,
      source: cleanLine(sourceNames.get(sourceId) ?? ''),
    };
  };
}

/** @throws {@link Failure} where the key does not open it: an export is complete or none */
function opened(seal: Seal, sealed: Buffer | null): Partial<SignedName> {
  if (!sealed) return {};
  try {
    return seal.open(sealed) as SignedName;
  } catch {
    throw new Failure('nameNotOpened');
  }
}

/** Cleaned once more: however a text came in, no control character leaves. */
const shown = (text: string | undefined, clean: (text: string) => string) =>
  text === undefined ? null : clean(text) || null;

/** Each country is looked up once: a million times would take longer than all the rest. */
function namesIn(language: 'en' | 'es'): (code: string) => string {
  const names = new Map<string, string>();
  return (code) => {
    const name = names.get(code) ?? countryName(code, language);
    names.set(code, name);
    return name;
  };
}
