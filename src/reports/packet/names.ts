// The list of names: people and organizations apart, numbered, and never cut short.
import { countryName } from '../../coalition/country.js';
import type { Words } from '../../i18n/words.js';
import { printable } from './fonts.js';
import type { ListedName, NameList } from './list.js';
import type { Paper } from './paper.js';
import { type Column, pagesAfter, type Row, row, table } from './table.js';
import { each, inOne, told } from './words.js';

/** Where the table of a part begins: below its heading, which is as high in one language as in two. */
const tableBegins = 138;

interface Part {
  key: 'packet.peopleNamed' | 'packet.organizationsNamed';
  names: readonly ListedName[];
  columns: Column[];
  rows(): Iterable<Row>;
}

/** The parts of the list that have names, and how many of these the font cannot print whole. */
export function partsOfList(list: NameList, speech: readonly Words[]): { parts: Part[]; lost: number } {
  const heading = (key: 'packet.number' | 'packet.name' | 'packet.organization' | 'packet.country') =>
    each(speech, key);
  const number = { heading: heading('packet.number'), width: 44 };
  const country = { heading: heading('packet.country'), width: 140 };
  const person = [
    number,
    { heading: heading('packet.name'), width: 170 },
    { heading: heading('packet.organization'), width: 114 },
    country,
  ];
  const organization = [number, { heading: heading('packet.name'), width: 284 }, country];
  const countries = new Map<string, string>();
  const countryOf = (code: string) => {
    if (code === '') return '';
    const name = countries.get(code) ?? inOne(speech, ({ language }) => countryName(code, language));
    countries.set(code, name);
    return name;
  };
  const partOf = (key: Part['key'], names: readonly ListedName[], columns: Column[]): Part => ({
    key,
    names,
    columns,
    *rows() {
      for (const [index, one] of names.entries()) {
        const said = [one.name, ...(columns === person ? [one.organization] : [])];
        const cells = said.map((text) => printable(text).text);
        yield row(columns, [counted(index + 1), ...cells, countryOf(one.country)]);
      }
    },
  });
  const parts = [
    partOf('packet.peopleNamed', list.people, person),
    partOf('packet.organizationsNamed', list.organizations, organization),
  ].filter(({ names }) => names.length > 0);
  const lost = [...list.people, ...list.organizations].filter(
    ({ name, organization }) => !printable(name).isWhole || !printable(organization).isWhole,
  ).length;
  return { parts, lost };
}

/**
 * «12 345», as the SI writes it in any language. Not «12,345»: pdfkit lays out each word that it has not seen, and of
 * a hundred thousand numbers each would be one.
 */
const counted = (number: number) => String(number).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ' ');

/** How many pages the list takes. */
export function listPages(paper: Paper, parts: readonly Part[]): number {
  return parts.reduce(
    (sum, { columns, rows }) => sum + 1 + pagesAfter(paper, columns, rows(), tableBegins),
    0,
  );
}

/** Prints the list. */
export function names(paper: Paper, parts: readonly Part[], speech: readonly Words[]): void {
  for (const { key, columns, rows, names: listed } of parts) {
    paper.page();
    paper.heading(1, told(speech, key));
    paper.pdf.y = tableBegins;
    table(paper, columns, rows(), listed.length);
  }
}
