// The card that thanks the coalition once the petition is delivered.
import type { Petition } from '../../../db/petitions.js';
import type { Localized } from '../../../db/schema.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { ThanksFacts } from '../../coalition/thanks.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { button, card, inEachLanguage, longestCard } from './card.js';
import { nextEventLines } from './event.js';
import { partsOf } from './progress.js';
import { roughly } from './roughly.js';
import { lengthOf, withinRoom } from './tally.js';

/** So many organizations, and targets, are named: the card has to hold them in two languages. */
const mostOrganizations = 10;
const mostTargets = 4;

/** @param key - marks the message as the channel's thanks */
export function thanksCard(
  petition: Petition,
  facts: ThanksFacts,
  speech: readonly Words[],
  key: string,
): Reply {
  const room =
    (longestCard - lengthOf(speech.map((words) => headline(petition, facts, words)))) / speech.length;
  return card([
    ...inEachLanguage(speech, (words) => [
      headline(petition, facts, words),
      ...withinRoom(
        [
          [...backingLines(facts, words), ...handedLines(facts, words)].join('\n'),
          nextLines(facts, words).join('\n'),
        ],
        room,
      ),
    ]),
    {
      buttons: speech.map((words) =>
        button(idOf('petition.language', petition.id, words.language, key), words.say('thanks.petition')),
      ),
    },
  ]);
}

function headline({ title }: Petition, facts: ThanksFacts, words: Words): string {
  return [
    `## ${words.say('thanks.title', { title: asPlain(cutTo(words.localized(title), 120)) })}`,
    `**${roughly(facts.total, words)}** · ${partsOf(facts, words)}`,
    words.say('thanks.said'),
  ].join('\n');
}

function backingLines({ backing }: ThanksFacts, words: Words): string[] {
  if (backing.length === 0) return [];
  const shown = backing.slice(0, mostOrganizations).map((name) => shortly(name, words));
  const more = backing.length - shown.length;
  const names = more > 0 ? [...shown, words.say('nMore', { count: more })] : shown;
  return [words.say('thanks.backing', { names: words.list(names) })];
}

const shortly = (name: Localized, words: Words) => asPlain(cutTo(words.localized(name), 100));

function handedLines({ handed }: ThanksFacts, words: Words): string[] {
  if (handed.length === 0) return [];
  const lines = handed
    .slice(0, mostTargets)
    .map(({ name, day }) => `- ${shortly(name, words)} · ${words.day(day)}`);
  const more = handed.length - lines.length;
  return [
    words.say('thanks.handed'),
    ...lines,
    ...(more > 0 ? [`- ${words.say('andMore', { count: more })}`] : []),
  ];
}

function nextLines({ planned, unanswered, events }: ThanksFacts, words: Words): string[] {
  const lines = [
    ...planned
      .slice(0, mostTargets)
      .map(
        ({ name, day }) => `- ${words.say('thanks.planned', { name: shortly(name, words), day: { day } })}`,
      ),
    ...(unanswered > 0 ? [`- ${words.say('thanks.unanswered', { count: unanswered })}`] : []),
    ...nextEventLines(events, words),
  ];
  return lines.length === 0 ? [] : [words.say('thanks.next'), ...lines];
}
