// The petition's card: what is asked, how far it is, where to sign.
import type { Petition } from '../../../db/petitions.js';
import { asPlain } from '../../coalition/plain-text.js';
import type { Tally } from '../../coalition/tally.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { type Block, button, card, inEachLanguage, linkButton } from './card.js';
import { progressLines } from './progress.js';

/**
 * The card that is shared: in one language with a switch to the other, or in both.
 *
 * @param signing - people may sign in the server where it stands
 */
export function petitionCard(
  petition: Petition,
  tally: Tally,
  speech: readonly Words[],
  signing: boolean,
): Reply {
  const buttons = [
    ...signButtons(petition, speech, signing),
    button(idOf('petition.mine', petition.id), inWords(speech, 'petition.myLink')),
    button(idOf('action.form', petition.id), inWords(speech, 'action.button')),
  ];
  const others = languageSwitch('petition.language', petition.id, speech);
  const rows = buttons.length + others.length > widestRow ? [buttons, others] : [[...buttons, ...others]];
  return card([
    ...inEachLanguage(speech, (words) => petitionBlocks(petition, tally, words)),
    ...rows.map((row) => ({ buttons: row })),
  ]);
}

/** Buttons in a row, by Discord's rule. */
const widestRow = 5;

/** Where to sign: the petition's page, and right here where that is allowed. */
export function signButtons({ id, link, state }: Petition, speech: readonly Words[], signing: boolean) {
  return [
    linkButton(link, inWords(speech, 'petition.sign')),
    ...(signing && state === 'open'
      ? [button(idOf('signature.sign', id), inWords(speech, 'signing.button'), 'strong')]
      : []),
  ];
}

/** A label in each language of a post: «Sign · Firmar». */
export function inWords(speech: readonly Words[], key: Parameters<Words['say']>[0]): string {
  return speech.map((words) => words.say(key)).join(' · ');
}

/** Buttons that show the same privately in a language of the reader's choice. */
export function languageSwitch(handler: string, id: string | number, speech: readonly Words[]) {
  const shown = speech.length === 1 ? speech[0]?.language : undefined;
  return (['en', 'es'] as const)
    .filter((language) => language !== shown)
    .map((language) => button(idOf(handler, id, language), { en: 'English', es: 'Español' }[language]));
}

function petitionBlocks(
  { title, ask, goal, deadline, state }: Petition,
  tally: Tally,
  words: Words,
): Block[] {
  const state_ = state === 'open' ? '' : `*${words.say(`petition.states.${state}`)}*\n`;
  return [
    `## ${asPlain(words.localized(title))}\n${state_}${asPlain(words.localized(ask))}`,
    [
      ...progressLines(tally, goal, words),
      ...(deadline === null ? [] : [words.say('petition.deadline', { day: { day: deadline } })]),
    ].join('\n'),
  ];
}
