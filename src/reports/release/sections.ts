// The sections of a press release, each from its facts; one about which nothing is known is empty.
import type { Localized } from '../../../db/schema.js';
import { splitStatement } from '../../coalition/statement-split.js';
import { totalOf } from '../../coalition/tally.js';
import type { Values, Words } from '../../i18n/words.js';
import { handedTo } from './article.js';
import type { Facts, Gathering, Handing } from './facts.js';
import { asPeopleSay } from './figure.js';
import type { Gap } from './gap.js';

/** A statement up to so many characters stands in the text whole. */
export const shortStatement = 700;

/** What the sections are written with. */
export interface Writer {
  facts: Facts;
  words: Words;
  say: Words['say'];
  number(value: number): string;
  /** A text in the language of the release; never one of the other language. */
  own(text: Localized): string | undefined;
  /** The mark of what is missing; the release is not complete with it. */
  gap(gap: Gap): string;
}

export function contact({ facts: { filled }, say, gap }: Writer): string {
  const name = Object.values(filled.contact ?? {})[0] ?? gap('contact');
  const reach = Object.values(filled.reach ?? {})[0] ?? gap('reach');
  return say('release.contact', { name, reach });
}

/** «cerca de 2.000 personas y organizaciones»; few of both are told apart. */
function signers({ facts: { figures }, say, number, words, gap }: Writer): string {
  const { people, organizations } = figures;
  const total = totalOf(figures);
  if (total === 0) return gap('count');
  const part = (key: `release.${'people' | 'organizations' | 'both'}`, value: number) => {
    const figure = asPeopleSay(value);
    const said = say(key, { count: figure.number, number: number(figure.number) });
    if (figure.how === 'exactly') return said;
    return say(figure.how === 'nearly' ? 'release.nearly' : 'release.moreThan', { said });
  };
  if (organizations === 0) return part('release.people', people);
  if (people === 0) return part('release.organizations', organizations);
  if (total >= 100) return part('release.both', total);
  return words.list([part('release.people', people), part('release.organizations', organizations)]);
}

const titleOf = ({ facts: { title }, own, gap }: Writer) => own(title) ?? gap('title');

export function headline(writer: Writer): string {
  const [first] = writer.facts.handings;
  const how = first ? (first.done ? 'done' : 'planned') : 'open';
  return writer.say(`release.headline.${how}`, { signers: signers(writer), title: titleOf(writer) });
}

/** Who did what, when, where and to whom. */
export function lead(writer: Writer): string {
  const { facts, say, gap } = writer;
  const [first, ...more] = facts.handings;
  const values = { title: titleOf(writer), signers: signers(writer) };
  if (!first) {
    const sentence = say('release.lead.open', { ...values, delivery: gap('delivery') });
    return say('release.dateline', { place: gap('place'), day: { day: facts.day }, sentence });
  }
  const sentence = say(first.done ? 'release.lead.done' : 'release.lead.planned', {
    ...values,
    ...handed(writer, first),
  });
  const rest = more.map((handing) =>
    say(handing.done ? 'release.also.done' : 'release.also.planned', {
      ...handed(writer, handing),
      place: handing.place ?? gap('place'),
    }),
  );
  const place = first.place ?? gap('place');
  return [say('release.dateline', { place, day: { day: facts.day }, sentence }), ...rest].join(' ');
}

function handed({ words }: Writer, { day, targets }: Handing): Values {
  const names = targets.map((name) => handedTo(words.localized(name), words.language));
  return { day: { day }, targets: words.list(names) };
}

export function ask({ facts, say, own, gap }: Writer): string {
  return say('release.ask', { ask: own(facts.ask) ?? gap('ask') });
}

/** The exact figures, as of their day, and where to sign. */
export function figures({ facts, words, say, number }: Writer): string {
  const total = totalOf(facts.figures);
  const parts = (['people', 'organizations'] as const)
    .filter((kind) => facts.figures[kind] > 0)
    .map((kind) => {
      const count = facts.figures[kind];
      return say(`release.signaturesOf.${kind}`, { count, number: number(count) });
    });
  const counted = say('release.counted', {
    count: total,
    number: number(total),
    day: { day: facts.day },
    parts: words.list(parts),
  });
  return [
    ...(total > 0 ? [counted] : []),
    ...(total > 0 && facts.overlap ? [say('release.overlap')] : []),
    say(facts.open ? 'release.sign' : 'release.page', { link: facts.link }),
  ].join(' ');
}

export function gatherings(writer: Writer): string {
  const { facts, say } = writer;
  if (facts.gatherings.length === 0) return '';
  const days = [...new Set(facts.gatherings.map(({ day }) => day))];
  return days
    .flatMap((day) => [
      say('release.gatherings', { day: { day } }),
      ...facts.gatherings.filter((one) => one.day === day).map((one) => gathering(writer, one)),
    ])
    .join('\n');
}

function gathering({ words, say, number }: Writer, { name, place, turnout }: Gathering): string {
  const values = { name: words.localized(name), place };
  if (!turnout) return `- ${say('release.gathering', values)}`;
  const { low, high, method } = turnout;
  const people =
    low === high
      ? say('release.people', { count: high, number: number(high) })
      : say('release.between', { count: high, low: number(low), high: number(high) });
  const how = method === null ? say('release.countedByUs') : say('release.countedBy', { method });
  return `- ${say('release.turnout', { ...values, people, how })}`;
}

/** Left out in a language that nobody gave it in. */
export function quote({ facts: { filled }, say, own }: Writer): string {
  const said = own(filled.quote ?? {});
  const speaker = own(filled.speaker ?? {});
  return said === undefined || speaker === undefined ? '' : say('release.quote', { quote: said, speaker });
}

/** The statement's first paragraph, or all of it where it is short. */
export function opening({ facts, say, own }: Writer): string {
  const statement = own(facts.statement);
  if (statement === undefined) return '';
  if (statement.length <= shortStatement) return `${say('release.statement')}:\n\n${statement}`;
  const paragraph = statement.split(/\n\s*\n/).find((part) => !/^\s*(?:#|[-*] |>)/.test(part)) ?? statement;
  const [first] = splitStatement(paragraph, shortStatement);
  return say('release.opening', { paragraph: `${first?.content ?? ''}${first?.separator ? ' …' : ''}` });
}

export function organizations({ facts, words, say }: Writer): string {
  if (facts.organizations.length === 0) return '';
  return [
    say('release.organizationsBack', { count: facts.organizations.length }),
    ...facts.organizations.map(({ name, url }) =>
      url === null ? `- ${words.localized(name)}` : `- ${words.localized(name)}: ${url}`,
    ),
  ].join('\n');
}
