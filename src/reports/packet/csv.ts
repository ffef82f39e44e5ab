// The list of names as CSV: the same names in the same order and columns as on paper, each whole.
import { stringify } from 'csv-stringify/sync';
import { countryName } from '../../coalition/country.js';
import type { Words } from '../../i18n/words.js';
import { csvOptions } from '../export/formats.js';
import type { ListedName, NameList } from './list.js';

/** Rows that are written at once: all of them together would take more memory than the rest of the packet. */
const batch = 500;

/** @returns the bytes of the file, with a heading and one row for each name */
export function listCsv(list: NameList, speech: readonly Words[]): Buffer {
  const [words] = speech;
  if (!words) throw new Error('in no language');
  const kinds = (['person', 'organization'] as const).map((kind) =>
    words.say(`choices.signatureKind.${kind}`),
  );
  const heading = [
    words.say('packet.kindOf'),
    words.say('packet.name'),
    words.say('packet.organization'),
    ...speech.map((spoken) => spoken.say('packet.country')),
  ];
  const rowOf = (kind: string, { name, organization, country }: ListedName) => [
    kind,
    name,
    organization,
    ...speech.map(({ language }) => country && countryName(country, language)),
  ];
  const [person = '', organization = ''] = kinds;
  const chunks = [Buffer.from(stringify([heading], { ...csvOptions, bom: true }))];
  for (const [kind, names] of [
    [person, list.people],
    [organization, list.organizations],
  ] as const) {
    for (let from = 0; from < names.length; from += batch) {
      const rows = names.slice(from, from + batch).map((one) => rowOf(kind, one));
      chunks.push(Buffer.from(stringify(rows, csvOptions)));
    }
  }
  return Buffer.concat(chunks);
}
