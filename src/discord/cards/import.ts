// What an import would do, said so that an organizer can tell whether the file was understood.
import { ComponentType } from 'discord.js';
import { type AskedPlace, type Preview, rejectedBy, type ShownRow } from '../../coalition/import/preview.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { reasonKey } from '../../reports/rejected.js';
import { idOf, type Reply } from '../command.js';
import { button, buttonRow } from './card.js';

/** The file and what was made of it. */
export interface ShownImport {
  /** The draft's key, which the buttons carry. */
  key: string;
  fileName: string;
  /** Ready to be shown. */
  source: string;
  encoding: string;
  separator: ',' | ';' | '\t' | '|';
  quoted: boolean;
  columns: { header: string; field: string | null }[];
}

/** A message's length, by Discord's rule, and the menus that fit under it beside the buttons and the dates. */
const longest = 2000;
const mostMenus = 3;
const mostColumns = 10;
const mostReasons = 3;
const mostSpellings = 3;

/** The preview of an import, with what can be answered and the buttons that end it. */
export function importPreview(file: ShownImport, preview: Preview, words: Words): Reply {
  const asked = preview.fresh > 0 ? askedPlaces(preview) : [];
  const read = [
    `**${words.say('import.title', { file: asPlain(cutTo(file.fileName, 60)), source: file.source })}**`,
    ...shapeLines(file, words),
    ...preview.firstRows.map((row) => rowLine(row, words)),
  ];
  const decided = ['', ...countLines(preview, words), '', ...questionLines(preview, words)];
  return {
    // What was read may be long, and gives way: the figures and the questions are what is confirmed.
    content: [...fitting(read, longest - decided.join('\n').length - 1), ...decided].join('\n'),
    components: [
      ...(preview.ordersOpen ? [datesMenu(file.key, preview, words)] : []),
      ...asked.map((place) => placeMenu(file.key, place, words)),
      buttonRow(
        ...(preview.fresh > 0
          ? [
              button(idOf('signatures.import', file.key, 'names'), words.say('import.names'), 'strong'),
              button(idOf('signatures.import', file.key, 'count'), words.say('import.countOnly')),
            ]
          : []),
        button(idOf('signatures.importCancel', file.key), words.say('import.cancel')),
        ...(rejectedIn(preview) > 0
          ? [button(idOf('signatures.importRejected', file.key), words.say('import.rejectedRows'))]
          : []),
      ),
    ],
  };
}

/** The first lines, whole: one that is cut could end inside of its Markdown. */
function fitting(lines: string[], room: number): string[] {
  let left = room;
  const end = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < -1;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

const mayBeSeveral = ({ places }: Preview) => places.filter(({ candidates }) => candidates.length > 0);

/** The places to ask about: where not all fit, those that are answered make room for the next ones. */
function askedPlaces(preview: Preview): AskedPlace[] {
  const several = mayBeSeveral(preview);
  if (several.length <= mostMenus) return several;
  const isOpen = ({ answer }: AskedPlace) => answer === null;
  return [...several.filter(isOpen), ...several.filter((place) => !isOpen(place))].slice(0, mostMenus);
}

/** How many rows can't be taken. */
export function rejectedIn(preview: Preview): number {
  return Object.values(rejectedBy(preview)).reduce((sum, count) => sum + count, 0);
}

function shapeLines({ encoding, separator, quoted, columns }: ShownImport, words: Words): string[] {
  const names = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
  const shown = columns.slice(0, mostColumns).map(({ header, field }) => {
    const title = `«${asPlain(cutTo(header, 24))}»`;
    if (field === null) return words.say('import.leftOut', { header: title });
    const meaning = words.say(`import.fields.${field}` as 'import.fields.name');
    return header === '' ? meaning : `${title} → ${meaning}`;
  });
  const more = columns.length - shown.length;
  return [
    words.say(quoted ? 'import.readAs' : 'import.readWithPlainQuotes', {
      encoding: encoding.toUpperCase(),
      separator: words.say(`import.separators.${names[separator]}`),
    }),
    `${shown.join(' · ')}${more > 0 ? ` · ${words.say('andMore', { count: more })}` : ''}`,
  ];
}

function rowLine({ line, kind, name, organization, comment, country, day }: ShownRow, words: Words): string {
  const facts = [
    words.say(`choices.signatureKind.${kind}`),
    ...(organization ? [asPlain(cutTo(organization, 60))] : []),
    country === null ? words.say('import.noCountry') : words.country(country),
    ...(day === null ? [] : [words.day(day)]),
  ];
  const quoted = comment ? ` — ${words.say('import.comment', { comment: asPlain(cutTo(comment, 60)) })}` : '';
  return `> ${words.number(line)} · **${asPlain(cutTo(name, 60))}** · ${facts.join(' · ')}${quoted}`;
}

/** What would happen to how many rows; each line only where there are some. */
function countLines(preview: Preview, words: Words): string[] {
  const some = (['known', 'repeated', 'echoes', 'departed', 'credited'] as const)
    .filter((kind) => preview[kind] > 0)
    .map((kind) => `- ${words.say(`import.rows.${kind}`, { count: preview[kind] })}`);
  return [
    `- **${words.say('import.fresh', { count: preview.fresh })}**`,
    ...some,
    ...rejectedLine(preview, words),
  ];
}

/** How many rows can't be taken, with the most frequent reasons: the figures add up. */
function rejectedLine(preview: Preview, words: Words): string[] {
  const all = Object.entries(rejectedBy(preview)).sort(([, one], [, other]) => other - one);
  if (all.length === 0) return [];
  const list = all
    .slice(0, mostReasons)
    .map(([reason, count]) => `${words.say(reasonKey(reason))}: ${words.number(count)}`);
  const others = all.slice(mostReasons).reduce((sum, [, count]) => sum + count, 0);
  if (others > 0) list.push(words.say('import.otherReasons', { count: others }));
  return [`- ${words.say('import.rejected', { count: rejectedIn(preview), list: list.join('; ') })}`];
}

function questionLines(preview: Preview, words: Words): string[] {
  const { facts, places, fresh, order, ordersOpen } = preview;
  const dates = facts.twoReadings > 0 || ordersOpen ? [words.say(`import.readWith.${order}`)] : [];
  if (fresh === 0) return [...dates, words.say('import.nothingNew')];
  const open = mayBeSeveral(preview).filter(({ answer }) => answer === null).length;
  const unknown = places.filter(({ candidates }) => candidates.length === 0);
  const spellings = unknown
    .slice(0, mostSpellings)
    .map(({ typed, rows }) => `«${asPlain(cutTo(typed, 30))}» (${words.number(rows)})`);
  if (unknown.length > mostSpellings) spellings.push('…');
  return [
    ...dates,
    ...(spellings.length > 0
      ? [words.say('import.unknownPlaces', { count: unknown.length, list: spellings.join(', ') })]
      : []),
    ...(open > 0 ? [words.say('import.placesAsked', { count: open })] : []),
    words.say(facts.asksConsent ? 'import.consentInFile' : 'import.consentAsked'),
  ];
}

function datesMenu(key: string, { order }: Preview, words: Words) {
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.StringSelect as const,
        custom_id: idOf('signatures.importDates', key),
        options: (['dayFirst', 'monthFirst'] as const).map((value) => ({
          label: words.say(`import.orders.${value}`),
          value,
          default: value === order,
        })),
      },
    ],
  };
}

function placeMenu(key: string, { id, typed, candidates, answer, rows }: AskedPlace, words: Words) {
  const none = { label: words.say('import.noneOfThese'), value: 'none', default: answer === '' };
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.StringSelect as const,
        custom_id: idOf('signatures.importPlace', key, id),
        placeholder: cutTo(words.say('import.whichCountry', { typed: cutTo(typed, 40), count: rows }), 150),
        options: [
          ...candidates.slice(0, 24).map((code) => ({
            label: cutTo(`${cutTo(typed, 30)} → ${words.country(code)}`, 100),
            value: code,
            default: code === answer,
          })),
          none,
        ],
      },
    ],
  };
}
