// A petition's targets by where they stand, page by page.
import type { Petition } from '../../../db/petitions.js';
import type { Committee } from '../../coalition/committee.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import { bySeniority, type Known } from '../../coalition/target.js';
import type { MessageKey, Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { button, card } from './card.js';
import { dayOf, nameOf, titleOf } from './target.js';

/** How many targets a page of the list shows: what a phone does, and a card's 4000 characters hold. */
const perPage = 15;

/** The groups of the list in their order: where targets stand, then those of whom nobody knows it, then former ones. */
const groups = ['supports', 'leaning', 'undecided', 'opposed', 'unknown', 'former'] as const;
type Group = (typeof groups)[number];

const headings = {
  supports: 'target.in.supports',
  leaning: 'target.in.leaning',
  undecided: 'target.in.undecided',
  opposed: 'target.in.opposed',
  unknown: 'target.in.unknown',
  former: 'target.in.former',
} as const satisfies Record<Group, MessageKey>;

const groupOf = ({ target, position }: Known): Group =>
  target.former ? 'former' : (position?.value ?? 'unknown');

/** A page of targets, grouped by where they stand; of one committee, or of all. */
export function targetList(
  petition: Petition,
  known: readonly Known[],
  committee: Committee | undefined,
  page: number,
  words: Words,
): Reply {
  const about = committee ? words.localized(committee.name) : words.localized(petition.title);
  const head = `## ${words.say('target.title')}\n${asPlain(cutTo(about, 200))}`;
  const listed = (committee?.targets ?? known).toSorted(
    (one, other) => groups.indexOf(groupOf(one)) - groups.indexOf(groupOf(other)) || bySeniority(one, other),
  );
  if (listed.length === 0) return card([head, words.say('target.none')]);
  const pages = Math.ceil(listed.length / perPage);
  const shown = Math.min(Math.max(page, 1), pages);
  const rows = listed.slice((shown - 1) * perPage, shown * perPage);
  const blocks = groups.flatMap((group) => {
    const lines = rows
      .filter((one) => groupOf(one) === group)
      .map((one) => line(one, committee?.id, petition, words));
    const count = listed.filter((one) => groupOf(one) === group).length;
    return lines.length > 0 ? [[words.say(headings[group], { count }), ...lines].join('\n')] : [];
  });
  const turnTo = (to: number, label: MessageKey) =>
    to < 1 || to > pages
      ? []
      : [button(idOf('target.page', petition.id, committee?.id ?? 0, to), words.say(label))];
  return card([
    head,
    ...blocks,
    footLines(listed, shown, pages, words),
    { buttons: [...turnTo(shown - 1, 'target.previous'), ...turnTo(shown + 1, 'target.next')] },
  ]);
}

/** Which page it is, and of when the newest data is. */
function footLines(listed: readonly Known[], page: number, pages: number, words: Words): string {
  const [day = ''] = listed
    .map(({ target }) => target.asOf ?? '')
    .toSorted()
    .reverse();
  return [
    ...(pages > 1 ? [`-# ${words.say('target.page', { page, pages })}`] : []),
    ...(day === '' ? [] : [`-# ${words.say('target.asOf', { day: { day } })}`]),
  ].join('\n');
}

function line(
  { target, seats, position }: Known,
  committeeId: number | undefined,
  petition: Petition,
  words: Words,
): string {
  const here = seats.filter(({ committee }) => committeeId === undefined || committee.id === committeeId);
  const parts = [
    `**${nameOf(target, words, 60)}**`,
    ...here.flatMap(({ seat }) => (seat.title === null ? [] : [titleOf(seat.title, words)])).slice(0, 1),
    ...(position ? [words.say('target.notedOn', { day: dayOf(position, petition, words) })] : []),
  ];
  return `- ${parts.join(' · ')}`;
}
