// A link to share: its address, what came by it, and a text for one network at a time, ready to be copied.
import { type APIButtonComponent, ComponentType } from 'discord.js';
import { asPlain, characters, cutTo } from '../../coalition/plain-text.js';
import { type Network, networks, type Sharing, shareTexts } from '../../coalition/share-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { button, buttonRow } from './card.js';

/** A link, whose it is, and what came by it. */
export interface ShownLink extends Sharing {
  petitionId: number;
  /** As the handlers of its buttons read it: see `commands/petition-link.ts`. */
  owner: string;
  /** What the organization or the server is called; a member's own has no name. */
  name?: string;
  signatures: number;
}

/** Another link that can be asked for. */
export interface OtherLink {
  owner: string;
  label: string;
}

/** A message's content, by Discord's rule. */
const longestMessage = 2000;

/**
 * The private answer.
 *
 * @param spoken - the words of the text that is to be pasted; `words` are the reader's
 */
export function linkCard(
  link: ShownLink,
  network: Network,
  others: readonly OtherLink[],
  spoken: Words,
  words: Words,
): Reply {
  const compose = (spare: number) =>
    [
      ...headLines(link, words),
      ...shareTexts(network, link, spoken, spare).map(
        (text) => `${label(network, spoken, words)}\n${fenced(text)}`,
      ),
    ].join('\n');
  const whole = compose(0);
  const over = characters(whole) - longestMessage;
  return {
    content: over > 0 ? compose(over) : whole,
    components: [
      networkMenu(link, network, spoken, words),
      ...(others.length > 0 ? [buttonRow(...otherButtons(link, others, spoken))] : []),
    ],
  };
}

function headLines({ url, name, signatures }: ShownLink, words: Words): string[] {
  return [
    name === undefined
      ? words.say('share.yourLink')
      : words.say('share.linkOf', { name: asPlain(cutTo(name, 100)) }),
    `<${url}>`,
    signatures === 0 ? words.say('share.noneYet') : words.say('share.signatures', { count: signatures }),
    '',
  ];
}

function label(network: Network, spoken: Words, words: Words): string {
  return `**${words.say(`share.networks.${network}`)}** (${words.say(`languages.${spoken.language}`)})`;
}

/** A text to be copied as it stands; a fence inside would end it. */
const fenced = (text: string) => `\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``;

function networkMenu({ petitionId, owner }: ShownLink, chosen: Network, spoken: Words, words: Words) {
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.StringSelect as const,
        custom_id: idOf('petition.linkText', petitionId, owner, spoken.language),
        placeholder: words.say('share.whichNetwork'),
        options: networks.map((network) => ({
          label: words.say(`share.networks.${network}`),
          value: network,
          default: network === chosen,
        })),
      },
    ],
  };
}

function otherButtons(
  { petitionId }: ShownLink,
  others: readonly OtherLink[],
  { language }: Words,
): APIButtonComponent[] {
  return others.map(({ owner, label }) =>
    button(idOf('petition.linkOf', petitionId, owner, language), cutTo(label, 80)),
  );
}
