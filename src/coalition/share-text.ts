// What people paste when they share a link: a text for each network, within what it takes.
import type { Petition } from '../../db/petitions.js';
import type { Words } from '../i18n/words.js';
import { characters, cutTo } from './plain-text.js';

/** By what they take: any length, 280 characters, a page that is read in peace, 500 characters, subject and body. */
export const networks = ['chat', 'short', 'facebook', 'mastodon', 'email'] as const;
export type Network = (typeof networks)[number];

/** The longest post on X, which Bluesky takes too, and on Mastodon; the address is counted as it is written. */
const longest = { short: 280, mastodon: 500 };

/** Less than this of a title or an ask says nothing. */
const leastOfIt = 20;

/** What a text says. */
export interface Sharing {
  petition: Pick<Petition, 'title' | 'ask'>;
  url: string;
  /** One person speaks, who signed; an organization or a server otherwise. */
  own: boolean;
}

/**
 * The texts for a network, each to be copied by itself: an e-mail has a subject and a body.
 *
 * @param spare - how many characters less than all the ask has to have
 */
export function shareTexts(network: Network, sharing: Sharing, words: Words, spare = 0): string[] {
  const { petition, url, own } = sharing;
  const title = words.localized(petition.title);
  const whole = words.localized(petition.ask);
  const ask = cutTo(whole, Math.max(0, characters(whole) - spare));
  const whose = own ? 'own' : 'shared';
  const closing = words.say(`share.closing.${whose}`, { url });
  const long = (part: string) => words.say('share.long', { title, ask: part, closing });
  const short = (most: number) =>
    fitted(most, title, (part) => words.say('share.short', { title: part, url })) ?? url;
  switch (network) {
    case 'chat':
      return [long(ask)];
    case 'short':
      return [short(longest.short)];
    case 'facebook':
      return [words.say('share.facebook', { text: long(ask) })];
    case 'mastodon':
      return [fitted(longest.mastodon, ask, long) ?? short(longest.mastodon)];
    case 'email':
      return [words.say('share.subject', { title }), words.say(`share.body.${whose}`, { title, ask, url })];
  }
}

/** A sentence around as much of a part as there is room for; undefined where that is next to nothing. */
function fitted(most: number, part: string, sentence: (part: string) => string): string | undefined {
  const room = most - characters(sentence(''));
  return room < Math.min(leastOfIt, characters(part)) ? undefined : sentence(cutTo(part, room));
}
