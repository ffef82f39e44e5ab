// The organizations that back the petition, as far as their names may be shown.
import { countryName } from '../../coalition/country.js';
import { cleanLine } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import type { PacketFacts } from './facts.js';
import type { Paper } from './paper.js';
import { row, table } from './table.js';
import { each, inOne, told } from './words.js';

export function organizations(paper: Paper, facts: PacketFacts, speech: readonly Words[]): void {
  const backing = facts.organizations;
  if (backing.length === 0) return;
  paper.section(told(speech, 'packet.organizations'));
  for (const line of told(speech, 'packet.backed', { count: backing.length })) paper.say(line);
  paper.gap(8);
  const columns = [
    { heading: each(speech, 'packet.name'), width: 330 },
    { heading: each(speech, 'packet.country'), width: 138 },
  ];
  const rows = backing.map(({ name, country }) =>
    row(columns, [
      paper.print(inOne(speech, (words) => cleanLine(words.localized(name)))),
      country === null ? '' : inOne(speech, ({ language }) => countryName(country, language)),
    ]),
  );
  table(paper, columns, rows, rows.length);
}
