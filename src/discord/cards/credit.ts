// Under the board: who is credited with the signatures that came by shared links.
import { type CreditLine, type Credits, sharedLinks } from '../../coalition/credit.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import type { Block } from './card.js';

/** The most lines of credits on a board. */
export const mostCredits = 5;

/** The section; nothing where no signature came by a link. */
export function creditBlocks(credits: Credits, longest: number, words: Words): Block[] {
  const { by, count, lines, rest } = credits;
  if (count === 0) return [];
  const grouping = words.say(by === 'type' ? 'credit.byKind' : `action.by.${by}`);
  const line = (one: CreditLine) => `- ${nameOf(credits, one, longest, words)}: ${words.number(one.count)}`;
  return [
    [
      words.say('credit.title', { count, by: grouping }),
      ...lines.filter(({ key }) => key !== '').map(line),
      ...(rest ? [`- ${othersOf(credits, rest.groups, words)}: ${words.number(rest.count)}`] : []),
      ...lines.filter(({ key }) => key === '').map(line),
      `-# ${words.say('credit.note')}`,
    ].join('\n'),
  ];
}

const othersOf = ({ by }: Credits, count: number, words: Words) =>
  words.say(by === 'member' ? 'action.moreMembers' : 'nMore', { count });

function nameOf({ by }: Credits, { key, name }: CreditLine, longest: number, words: Words): string {
  if (by === 'type') return words.say(`credit.kinds.${key as 'member' | 'organization' | 'server'}`);
  if (key === sharedLinks) return `*${words.say('credit.shared')}*`;
  if (key === '') return `*${words.say(by === 'member' ? 'action.forgotten' : `credit.nobody.${by}`)}*`;
  const text = typeof name === 'object' ? words.localized(name) : name;
  return text ? `**${asPlain(cutTo(text, longest))}**` : `*${words.say('action.unnamedServer')}*`;
}
