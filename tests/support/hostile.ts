// What nobody should type and somebody does: hostile values for each kind of option and field.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import fc from 'fast-check';
import type { OptionValue, SentFile } from '../../rehearsal/stand-in/index.js';
import type { Option } from '../../src/discord/command.js';

/** A value, and whether it has to be refused wherever it is given for this option. */
export interface Hostile {
  value: OptionValue;
  refused?: boolean;
}

/** Ids that are none of this server's: made up, of another server, of what was deleted. */
export type ForeignIds = readonly string[];

/** What would act in a message, and how it looks when it does: each is in nothing that Minga says by itself. */
const active: { typed: string; alive: RegExp }[] = [
  { typed: '<@900000000000000001>', alive: /<@!?900000000000000001>/ },
  { typed: '<@&900000000000000002>', alive: /<@&900000000000000002>/ },
  { typed: '<#900000000000000003>', alive: /<#900000000000000003>/ },
  { typed: '</cmd:900000000000000004>', alive: /(?<!\\)<\/cmd:900000000000000004>/ },
  { typed: '<t:1>', alive: /(?<!\\)<t:1>/ },
  { typed: '<:emoji:900000000000000005>', alive: /(?<!\\)<:emoji:9/ },
  { typed: '@everyone', alive: /@everyone/ },
  { typed: '@here', alive: /@here/ },
  { typed: '# heading-marker', alive: /^[ \t]*(?:[->*#]+ +)*#+ heading-marker/m },
  { typed: '-# subtext-marker', alive: /^[ \t]*(?:[->*#]+ +)*-# subtext-marker/m },
  { typed: '> quote-marker', alive: /^[ \t]*(?:[->*#]+ +)*> quote-marker/m },
  { typed: '- list-marker', alive: /^[ \t]*(?:[->*#]+ +)*- list-marker/m },
  { typed: '1. numbered-marker', alive: /^[ \t]*(?:[->*#]+ +)*1\. numbered-marker/m },
  { typed: '**bold-marker**', alive: /\*\*bold-marker/ },
  { typed: '__under-marker__', alive: /__under-marker/ },
  { typed: '~~struck-marker~~', alive: /~~struck-marker/ },
  { typed: '||spoiler-marker||', alive: /\|\|spoiler-marker/ },
  { typed: '`code-marker`', alive: /(?<!\\)`code-marker/ },
  { typed: '```fence-marker```', alive: /(?<!\\)`fence-marker/ },
  { typed: '[link-marker](https://evil.example/x)', alive: /(?<!\\)\[link-marker\]\(/ },
  { typed: 'https://bare-marker.example/x', alive: /(?<!<)https:\/\/bare-marker/ },
];

/** Which of the above act in a message; what stands in a block of code is text. */
export function aliveIn(raw: string): string[] {
  const outside = raw.replace(/```\n[\s\S]*?\n```/g, '');
  return active.filter(({ alive }) => alive.test(outside)).map(({ typed }) => typed);
}

/** What means something to a database, a spreadsheet, a template, a parser or a screen. */
const meaningful = [
  "'; drop table petitions; --",
  '{"$ne": null}',
  '{{count}}',
  '{{named}} {{typed}} {{option}} {{problem}} {{title}}',
  '$t(unexpected)',
  '$t(andMore, {"count": 2})',
  '$& $1 $$ %s',
  '=HYPERLINK("http://x")',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'مرحبا بالعالم',
  '\u202Eevil\u202C',
  '\u2066isolated\u2069',
  'half \uD83D a pair',
  '\uDC00',
  'a\u0000b',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿🇵🇪',
  `Z${'\u0300'.repeat(80)}`,
  'i̇İıß',
  '\u200Bwithin\u200B',
];

const nothing = [
  '',
  ' ',
  '\n\n',
  '\u200B',
  '\u200B\u2060\uFEFF',
  '\u3164',
  '\u2800',
  '\u0000',
  '\uD800',
  '\u202E\u202C',
];

const tooLong = [
  'palabra '.repeat(250),
  'ñ'.repeat(2000),
  'w'.repeat(6000),
  '👩‍👩‍👧‍👦'.repeat(700),
  '*'.repeat(4000),
];

const daysThatAreNone = ['2023-02-30', '2023-13-01', '0000-00-00', '31/2/2023', '99999-01-01', '2023-07'];
const oddDays = ['0001-01-01', '9999-12-31', '1/1/1', '٢٠٢٣-٠٧-١٠', '2023-07-10T00:00', '-2023-07-10'];
const oddTimes = ['24:00', '25:61', '-1:00', '٢٠:٠٠', '7'];
const oddLinks = [
  'javascript:alert(1)',
  'https://',
  'https://user:secret@example.org/',
  'http://localhost/',
  `https://example.org/${'x'.repeat(600)}`,
  'https://example.org/<@900000000000000001>?q={{count}}',
];
const oddNumbers = ['0', '-1', '1e9', '999999999999999999999', '1.5', 'Infinity', '٣'];

const among = (values: readonly OptionValue[], refused?: boolean): fc.Arbitrary<Hostile> =>
  fc.constantFrom(...values).map((value) => ({ value, ...(refused && { refused }) }));

/** One or several of the above, side by side or in lines of their own, among ordinary words. */
const mixed = fc
  .array(
    fc.oneof(fc.constantFrom(...active.map(({ typed }) => typed)), fc.constantFrom(...meaningful, 'palabra')),
    { minLength: 1, maxLength: 3 },
  )
  .chain((parts) => fc.constantFrom(' ', '\n', '').map((between) => parts.join(between)));

/** Any text that a person can type. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: mixed, weight: 6 },
  { arbitrary: fc.constantFrom(...nothing), weight: 2 },
  { arbitrary: fc.constantFrom(...tooLong), weight: 2 },
  { arbitrary: fc.constantFrom(...oddDays, ...daysThatAreNone, ...oddNumbers, ...oddLinks), weight: 2 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 1 },
);

const wrongTypes = (...fitting: string[]) =>
  among(
    [true, false, 0, -1, 1.5, 1e308, Number.NaN, '5', 'texto'].filter(
      (value) => !fitting.includes(typeof value),
    ),
    true,
  );

const takes = (option: Option, typed: string) => option.schema.safeParse(typed).success;

function hostileString(name: string, option: Option, foreign: ForeignIds): fc.Arbitrary<Hostile> {
  if (option.choices) {
    const { values } = option.choices;
    const near = values.flatMap((value) => [value.toUpperCase(), ` ${value}`, `${value}\u200B`]);
    return fc.oneof(
      among([...nothing, ...near, 'unknown', '__proto__', ...foreign], true),
      wrongTypes('string'),
      mixed.map((value) => ({ value, refused: true })),
    );
  }
  const takesDays = takes(option, '2023-07-10') && !takes(option, 'palabra');
  return fc.oneof(
    { arbitrary: mixed.map((value) => ({ value })), weight: 5 },
    { arbitrary: among(nothing, true), weight: 2 },
    { arbitrary: among(tooLong, true), weight: 2 },
    { arbitrary: wrongTypes('string'), weight: 1 },
    { arbitrary: among(foreign, ['petition', 'action', 'entry', 'target'].includes(name)), weight: 2 },
    { arbitrary: among(takesDays ? daysThatAreNone : oddDays, takesDays), weight: 1 },
    { arbitrary: among([...oddDays, ...oddTimes, ...oddLinks, ...oddNumbers]), weight: 2 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }).map((value) => ({ value })), weight: 1 },
  );
}

function hostileInteger({ limits = {} }: Option): fc.Arbitrary<Hostile> {
  const { min_value: min, max_value: max } = limits as { min_value: number; max_value: number };
  return fc.oneof(
    among(
      [min - 1, max + 1, -(2 ** 53), 2 ** 53, 1e21, min + 0.5, Number.NaN, Number.POSITIVE_INFINITY],
      true,
    ),
    wrongTypes('number'),
    among([min, max, -0].filter((value) => value >= min)),
  );
}

const file = (name: string, bytes: Buffer, contentType = 'text/plain'): SentFile => ({
  kind: 'file',
  name,
  contentType,
  bytes,
});

/** Files that are none, that lie about themselves, or hold what a text would. */
export const hostileFile: fc.Arbitrary<SentFile> = fc.oneof(
  fc.constantFrom(
    file('empty.md', Buffer.alloc(0)),
    file('blank.md', Buffer.from(' \n\u200B')),
    file('binary.md', Buffer.from([0, 255, 254, 0, 1, 2, 3])),
    file('picture.md', Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png'),
    file('wide.txt', Buffer.from('\uFEFFancho', 'utf16le')),
    file('long.md', Buffer.alloc(300_000, 'a ')),
    file('latin.txt', Buffer.from('ni\xF1o', 'latin1')),
  ),
  fc
    .tuple(mixed, mixed)
    .map(([name, text]) =>
      file(name.replace(/[\p{Cs}\p{Cc}/]/gu, '-').slice(0, 200), Buffer.from(text), 'x/{{count}}'),
    ),
);

/** Hostile values for an option, of its own JSON type and of others. */
export function hostileFor(name: string, option: Option, foreign: ForeignIds): fc.Arbitrary<Hostile> {
  const Type = ApplicationCommandOptionType;
  switch (option.type) {
    case Type.String:
      return hostileString(name, option, foreign);
    case Type.Integer:
    case Type.Number:
      return hostileInteger(option);
    case Type.Boolean:
      return fc.oneof(among([true, false]), wrongTypes('boolean'));
    case Type.Attachment:
      return fc.oneof(
        hostileFile.map((value) => ({ value })),
        wrongTypes(),
      );
    default:
      // Somebody or something picked: what the client did not resolve is none of this server's.
      return fc.oneof(wrongTypes(), among([...foreign, ...nothing, '1'], true));
  }
}
