// The commands as product.md promises them: names, options and their order, who may, and who sees the answer.
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.js';
import type { Rank } from '../../src/discord/access.js';
import type { Subcommand } from '../../src/discord/command.js';
import { isSingle, payloadsOf } from '../../src/discord/payload.js';

/** A row of the table: the command with its options, those in brackets optional; who may; who sees the answer. */
type Row = [command: string, who: Rank, answer: 'private' | 'public'];

const contract: Row[] = [
  ['petition share [petition] [language]', 'member', 'public'],
  ['petition link [petition] [language]', 'anyone', 'private'],
  ['petition show [petition]', 'anyone', 'private'],
  ['petition list', 'anyone', 'private'],
  ['petition create link goal [deadline] [timezone]', 'organizer', 'private'],
  ['petition edit [petition] [link] [goal] [deadline]', 'organizer', 'private'],
  ['petition status state reason [petition]', 'organizer', 'private'],
  ['petition use petition', 'organizer', 'private'],
  ['statement show [language] [version]', 'anyone', 'private'],
  // What it posts are messages of the channel; the answer itself has the links to them.
  ['statement post [language] [channel]', 'member', 'private'],
  ['statement edit language [file] [reason]', 'organizer', 'private'],
  ['statement history [language]', 'anyone', 'private'],
  ['statement confirm language', 'organizer', 'private'],
  ['action log type [count] [target] [outcome] [date] [organization] [note] [proof]', 'member', 'private'],
  ['action mine [period]', 'member', 'private'],
  ['action undo [action]', 'member', 'private'],
  ['action board [period] [by]', 'anyone', 'public'],
  ['action review', 'organizer', 'private'],
  ['action export [period]', 'organizer', 'private'],
  ['signatures tally [by] [petition]', 'anyone', 'public'],
  ['signatures sign', 'anyone', 'private'],
  ['signatures withdraw', 'anyone', 'private'],
  ['signatures add kind name country [organization] [comment] [source]', 'organizer', 'private'],
  ['signatures count source people [organizations] [as_of]', 'organizer', 'private'],
  ['signatures batch source people [organizations] [note]', 'organizer', 'private'],
  ['signatures sources', 'organizer', 'private'],
  ['signatures connect source url', 'organizer', 'private'],
  ['signatures review', 'organizer', 'private'],
  ['signatures void entry reason', 'organizer', 'private'],
  ['signatures recount', 'organizer', 'private'],
  ['signatures import file [source]', 'organizer', 'private'],
  ['signatures export [format]', 'organizer', 'private'],
  ['target list [committee]', 'anyone', 'private'],
  ['target show target', 'anyone', 'private'],
  ['target script [target] [language]', 'anyone', 'private'],
  ['target add name [name_es] [committee] [phone] [url]', 'organizer', 'private'],
  ['target import file', 'organizer', 'private'],
  ['target position target value [note]', 'organizer', 'private'],
  ['event list', 'anyone', 'private'],
  ['event create name place start end [timezone] [name_es] [description]', 'organizer', 'private'],
  ['event cancel event', 'organizer', 'private'],
  ['event turnout event low high [method]', 'member', 'private'],
  ['comment submit', 'anyone', 'private'],
  ['comment review', 'organizer', 'private'],
  ['delivery packet [language] [format]', 'organizer', 'private'],
  ['delivery record target date [place] [proof]', 'organizer', 'private'],
  ['delivery response target', 'organizer', 'private'],
  ['delivery status', 'organizer', 'private'],
  ['delivery release [language]', 'organizer', 'private'],
  ['coalition list', 'anyone', 'private'],
  ['coalition add name [name_es] [url] [country] [representative]', 'member', 'private'],
  ['coalition approve organization', 'organizer', 'private'],
  // Its representative too, whatever their rank: the rule asks for one or the other.
  ['coalition withdraw organization [reason]', 'anyone', 'private'],
  ['coalition invite [organization]', 'organizer', 'private'],
  ['coalition join code', 'organizer', 'private'],
  ['coalition servers', 'organizer', 'private'],
  ['coalition leave', 'organizer', 'private'],
  ['coalition remove server', 'organizer', 'private'],
  ['tally now', 'organizer', 'public'],
  ['tally preview', 'organizer', 'private'],
  ['tally schedule channel time timezone [language] [when]', 'organizer', 'private'],
  ['tally pause [channel] [until]', 'organizer', 'private'],
  ['tally resume [channel]', 'organizer', 'private'],
  ['tally remove channel', 'organizer', 'private'],
  ['settings show', 'administrator', 'private'],
  ['settings roles [member] [organizer]', 'administrator', 'private'],
  ['settings language language [channel]', 'administrator', 'private'],
  ['settings channels [organizers]', 'administrator', 'private'],
  ['settings signing on', 'administrator', 'private'],
  ['settings limits [review_over] [per_hour] [two_people]', 'administrator', 'private'],
  ['privacy about', 'anyone', 'private'],
  ['privacy data', 'anyone', 'private'],
  ['privacy forget', 'anyone', 'private'],
  ['help [topic]', 'anyone', 'private'],
];

/** Everything that can be typed: its name without the slash, and what it does. */
const built = commands.flatMap(({ name, does }): [string, Subcommand][] =>
  isSingle(does) ? [[name, does]] : Object.entries(does).map(([part, what]) => [`${name} ${part}`, what]),
);

const options = built.flatMap(([name, does]) =>
  Object.entries(does.options).map(([option, what]) => ({ name: `${name} ${option}`, option, ...what })),
);

it('are those of the contract', () => {
  const rows = built.map(([name, does]): Row => {
    const taken = Object.entries(does.options).map(([option, { required }]) =>
      required ? option : `[${option}]`,
    );
    return [[name, ...taken].join(' '), does.rank, does.public ? 'public' : 'private'];
  });
  const sorted = (all: Row[]) => all.toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect(sorted(rows)).toEqual(sorted(contract));
});

it('their choices are the English words of the contract', () => {
  const choices = options.flatMap(({ name, choices }) => (choices ? [[name, choices.values.join(' ')]] : []));
  const types = 'call email letter visit meeting post canvass flyer press translation event other';
  expect(Object.fromEntries(choices)).toEqual({
    'petition share language': 'en es both',
    'petition link language': 'en es both',
    'petition status state': 'draft open paused closed delivered',
    'statement show language': 'en es',
    'statement post language': 'en es both',
    'statement edit language': 'en es',
    'statement history language': 'en es',
    'statement confirm language': 'en es',
    'delivery packet language': 'en es both',
    'delivery packet format': 'pdf csv both',
    'delivery release language': 'en es both',
    'action log type': types,
    'action mine period': 'today week month all',
    'action board period': 'today week month all',
    'action export period': 'today week month all',
    'action board by': 'member organization server type',
    'signatures tally by': 'source day country kind',
    'signatures add kind': 'person organization',
    'signatures export format': 'csv json',
    'target script language': 'en es',
    'target position value': 'supports leaning undecided opposed',
    'tally schedule language': 'en es both',
    'tally schedule when': 'always changed',
    'settings language language': 'en es both',
    'help topic': expect.any(String),
  });
});

it('complete as one types whatever is a petition, a target, an organization, a source, an action or an entry', () => {
  const completes = ['petition', 'target', 'organization', 'source', 'action', 'event', 'entry'];
  const named = options.filter(({ option }) => completes.includes(option));
  expect(named.filter(({ complete }) => !complete).map(({ name }) => name)).toEqual([]);
});

it('an outreach action counts 1 to 100,000', () => {
  const count = options.find(({ name }) => name === 'action log count');
  expect(count?.limits).toMatchObject({ min_value: 1, max_value: 100_000 });
});

describe('as Discord is told', () => {
  const menus = commands.flatMap((command) => command.menus ?? []);

  it('the message menu logs an outreach action, for members, and submits a comment, for anyone', () => {
    expect(menus.map(({ name, rank }) => [name, rank])).toEqual([
      ['Log as outreach action', 'member'],
      ['Submit as comment', 'anyone'],
    ]);
  });

  it('/settings alone is shown by permission, to those who manage the server', () => {
    const restricted = payloadsOf(commands, false).filter(
      (payload) => payload.default_member_permissions != null,
    );
    expect(
      restricted.map(({ name, default_member_permissions }) => [name, default_member_permissions]),
    ).toEqual([['settings', String(1n << 5n)]]);
  });

  it('what shows that somebody signed, or asks for their data, leaves no trace of who used it', () => {
    const discreet = built.filter(([, { discreet }]) => discreet).map(([name]) => name);
    const expected = built
      .map(([name]) => name)
      .filter((name) => /^privacy|^signatures (?:sign|withdraw)$/.test(name));
    expect(discreet).toEqual(expected);
    const handlers = commands.flatMap(({ presses, submits }) => Object.entries({ ...presses, ...submits }));
    const open = handlers.filter(
      ([name, { discreet }]) => /^(?:signature|privacy)\./.test(name) && !discreet,
    );
    expect(open).toEqual([]);
  });

  it('/petition alone can be installed by a person; its link and /privacy alone work outside of servers', () => {
    const installable = payloadsOf(commands, false).filter((payload) =>
      payload.integration_types?.includes(1),
    );
    expect(installable.map(({ name, contexts }) => [name, contexts])).toEqual([['petition', [0, 1, 2]]]);
    const anywhere = ['petition link', 'privacy about', 'privacy data', 'privacy forget'];
    expect(built.filter(([, does]) => does.anywhere).map(([name]) => name)).toEqual(anywhere);
    const direct = payloadsOf(commands, false).filter(({ contexts }) => contexts?.includes(1));
    expect(direct.map(({ name }) => name)).toEqual(['petition', 'privacy']);
  });

  it('nothing is installed by persons where one server is named', () => {
    const told = payloadsOf(commands, true).map(
      ({ integration_types, contexts }) => integration_types ?? contexts,
    );
    expect(told).toEqual(told.map(() => undefined));
  });
});
