// What to say on the phone and what to write, to one target; readable while calling, with a Log button under each.
import type { Petition } from '../../../db/petitions.js';
import type { TargetOffice } from '../../../db/targets.js';
import { allows } from '../../coalition/petition.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Known } from '../../coalition/target.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { type Block, button, card } from './card.js';
import { contactedLine, contactsIn, dialable, nameOf } from './target.js';

/** How many of a target's numbers are shown above what to say. */
const mostNumbers = 4;

/**
 * The script for a call and a letter.
 *
 * @param picked - nobody was named, and this target was chosen: why is said
 * @param spoken - the words that are said to the target, in either language
 */
export function scriptCard(
  petition: Petition,
  one: Known,
  offices: readonly TargetOffice[],
  picked: boolean,
  spoken: Words,
  words: Words,
): Reply {
  const { target } = one;
  const values = {
    name: spoken.localized(target.name),
    title: spoken.localized(petition.title),
    ask: spoken.localized(petition.ask),
    url: petition.link,
  };
  const other = spoken.language === 'en' ? 'es' : 'en';
  return card([
    [`## ${nameOf(target, words, 150)}`, whyLine(one, picked, words), ...numbers(one, offices, words)].join(
      '\n',
    ),
    [`### ${words.say('target.callTitle')}`, quoted(spoken.say('target.callScript', values))].join('\n'),
    ...log(petition, one, 'call', words),
    { line: true },
    [`### ${words.say('target.letterTitle')}`, block(spoken.say('target.letterScript', values))].join('\n'),
    ...log(petition, one, 'letter', words),
    {
      buttons: [
        button(idOf('target.script', petition.id, target.id, other), { en: 'English', es: 'Español' }[other]),
        button(idOf('target.show', petition.id, target.id), words.say('target.toCard')),
      ],
    },
  ]);
}

function whyLine(one: Known, picked: boolean, words: Words): string {
  if (!picked) return contactedLine(one, words);
  if (one.contacts.length === 0) return words.say('target.pickedFirst');
  return words.say('target.picked', { what: contactsIn(one.contacts, words) });
}

/** Where to call; and where the target is elected, as offices listen first to who lives there. */
function numbers({ target }: Known, offices: readonly TargetOffice[], words: Words): string[] {
  const reachable = offices.filter(({ phone }) => phone !== null).slice(0, mostNumbers);
  const lines = reachable.map(({ city, phone }) => {
    const place = city === null ? words.say('target.capitol') : asPlain(cutTo(city, 40));
    return `- ${place}: ${dialable(phone ?? '')}`;
  });
  const own = lines.length > 0 || target.phone === null ? [] : [`- ${dialable(target.phone)}`];
  const none = lines.length + own.length === 0 ? [words.say('target.noPhone')] : [];
  const district = target.district;
  const living = district === null ? [] : [words.say('target.livingThere', { district: asPlain(district) })];
  return [...lines, ...own, ...none, ...living];
}

function log(petition: Petition, { target }: Known, type: 'call' | 'letter', words: Words): Block[] {
  if (!allows(petition, 'log')) return [];
  const label = words.say(type === 'call' ? 'target.logCall' : 'target.logLetter');
  return [{ buttons: [button(idOf('action.form', petition.id, type, target.id), label, 'strong')] }];
}

/** A text to be read aloud: it wraps on a phone, where a block of code would not. */
const quoted = (text: string) =>
  asPlain(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** A text to be copied as it stands; a fence inside would end it. */
const block = (text: string) => `\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``;
