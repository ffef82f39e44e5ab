// What one reads of a target: all that is known of it.
import type { Petition } from '../../../db/petitions.js';
import type { Position, Target, TargetOffice } from '../../../db/targets.js';
import { allows, today } from '../../coalition/petition.js';
import { phoneDialed } from '../../coalition/phone.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import { bySeniority, type Known, toldApart } from '../../coalition/target.js';
import type { MessageKey, Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { countedOf } from './action.js';
import { button, card, linkButton } from './card.js';

/** How many of a target's offices are shown. */
const mostOffices = 6;

/** All that is known of one target. */
export function targetCard(
  petition: Petition,
  one: Known,
  known: readonly Known[],
  offices: readonly TargetOffice[],
  words: Words,
): Reply {
  const { target } = one;
  const about = [
    `## ${nameOf(target, words, 200)}`,
    ...(target.former ? [words.say('target.isFormer')] : []),
    ...seatLines(one, known, words),
  ];
  return card([
    about.join('\n'),
    positionLines(one, petition, words),
    officeLines(target, offices, words),
    [
      contactedLine(one, words),
      ...(target.asOf === null ? [] : [`-# ${words.say('target.asOf', { day: { day: target.asOf } })}`]),
    ].join('\n'),
    {
      buttons: [
        ...(target.former
          ? []
          : [button(idOf('target.script', petition.id, target.id), words.say('target.toScript'))]),
        ...(allows(petition, 'log')
          ? [button(idOf('action.form', petition.id, '', target.id), words.say('action.button'))]
          : []),
        ...(target.url === null ? [] : [linkButton(target.url, words.say('target.webPage'))]),
      ],
    },
  ]);
}

/** Of a member, the committees; of a committee, who leads it and how many sit on it. */
function seatLines({ target, seats }: Known, known: readonly Known[], words: Words): string[] {
  if (target.kind !== 'committee') {
    const named = target.committee === null ? [] : [`- ${asPlain(cutTo(target.committee, 100))}`];
    const seated = seats.map(({ seat, committee }) => {
      const name = asPlain(words.localized(committee.name));
      const side = words.say(seat.side === 'majority' ? 'target.majority' : 'target.minority');
      return `- ${[name, ...(seat.title === null ? [] : [titleOf(seat.title, words)]), side].join(' · ')}`;
    });
    return [...named, ...seated];
  }
  const members = known.flatMap((one) => {
    const seat = one.seats.find(({ committee }) => committee.id === target.id)?.seat;
    return seat && !one.target.former ? [{ ...one, seat }] : [];
  });
  if (members.length === 0) return [];
  const leaders = members.filter(({ seat }) => seat.title !== null).sort(bySeniority);
  return [
    words.say('target.members', { count: members.length }),
    ...leaders
      .slice(0, 4)
      .map((one) => `- ${titleOf(one.seat.title ?? '', words)}: ${nameOf(one.target, words, 80)}`),
  ];
}

function positionLines({ position }: Known, petition: Petition, words: Words): string {
  if (!position) return words.say('target.positionUnknown');
  const value = words.say(`choices.targetPosition.${position.value}`);
  return [
    words.say('target.position', { value, day: dayOf(position, petition, words) }),
    ...(position.note === null ? [] : [`> ${asPlain(position.note)}`]),
  ].join('\n');
}

/** The offices, each with what a phone dials. */
function officeLines({ phone }: Target, offices: readonly TargetOffice[], words: Words): string {
  if (offices.length === 0)
    return phone === null ? '' : [words.say('target.offices'), `- ${dialable(phone)}`].join('\n');
  const lines = offices.slice(0, mostOffices).map((office) => {
    const place = office.city === null ? words.say('target.capitol') : asPlain(cutTo(office.city, 40));
    const address = office.address === null ? [] : [asPlain(cutTo(office.address, 120))];
    return `- ${[`**${place}**`, ...(office.phone === null ? [] : [dialable(office.phone)]), ...address].join(' · ')}`;
  });
  const more = offices.length - lines.length;
  return [
    words.say('target.offices'),
    ...lines,
    ...(more > 0 ? [words.say('andMore', { count: more })] : []),
  ].join('\n');
}

/** «Contacted so far: 3 calls and 1 letter». */
export function contactedLine({ contacts }: Known, words: Words): string {
  if (contacts.length === 0) return words.say('target.notContacted');
  return words.say('target.contacted', { what: contactsIn(contacts, words) });
}

export const contactsIn = (contacts: Known['contacts'], words: Words) =>
  words.list(contacts.map((sum) => countedOf(sum, words)));

/** A phone number and, where the country is known, a link that dials it. */
export function dialable(phone: string): string {
  const dialed = phoneDialed(phone);
  return asPlain(phone) + (dialed === undefined ? '' : ` <tel:${dialed}>`);
}

export const nameOf = (target: Target, words: Words, most: number) =>
  asPlain(cutTo(toldApart(words.localized(target.name), target), most));

export const dayOf = ({ at }: Position, petition: Petition, words: Words) => words.day(today(petition, at));

/** A seat's title in the reader's words; the data has several for one. */
export function titleOf(title: string, words: Words): string {
  const known = titles.find(([written]) => written.test(title));
  return known ? words.say(known[1]) : asPlain(cutTo(title, 30));
}

const titles = [
  [/^chair(man|woman|person)?$/i, 'target.titles.chair'],
  [/^ranking member$/i, 'target.titles.ranking'],
  [/^vice chair(man|woman|person)?$/i, 'target.titles.viceChair'],
  [/^co-?chair(man|woman|person)?$/i, 'target.titles.coChair'],
  [/^ex officio$/i, 'target.titles.exOfficio'],
] as const satisfies readonly (readonly [RegExp, MessageKey])[];
