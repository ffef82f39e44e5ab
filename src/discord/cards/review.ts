// Two signatures that are alike, side by side for an organizer of the host: are they of one person?
import type { Signature } from '../../../db/signatures.js';
import type { Source } from '../../../db/sources.js';
import type { SignedName } from '../../coalition/count.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { button, card } from './card.js';
import { shownName } from './sources.js';

/** One of the two, opened for the organizer's eyes. */
export interface Opened {
  signature: Signature;
  source: Source;
  /** Undefined once it was erased. */
  signed: SignedName | undefined;
}

export interface Reviewed {
  petitionId: number;
  earlier: Opened;
  later: Opened;
  /** How many wait, this pair among them. */
  count: number;
  /** What was decided just before. */
  decided: string | undefined;
}

export function pairCard({ petitionId, earlier, later, count, decided }: Reviewed, words: Words): Reply {
  const pair = [petitionId, later.signature.id, earlier.signature.id];
  const kind = words.say(`choices.signatureKind.${later.signature.kind}`);
  return card([
    [...(decided === undefined ? [] : [decided]), `### ${words.say('tally.likely', { count })}`].join('\n'),
    [`**${words.say('review.earlier')}** · ${kind}`, ...linesOf(earlier, words)].join('\n'),
    [`**${words.say('review.later')}** · ${kind}`, ...linesOf(later, words)].join('\n'),
    `-# ${words.say('review.hint')}`,
    {
      buttons: [
        button(idOf('signatures.merge', ...pair), words.say('review.merge'), 'strong'),
        button(idOf('signatures.keep', ...pair), words.say('review.keep')),
        ...(count > 1 ? [button(idOf('signatures.next', ...pair), words.say('review.next'))] : []),
      ],
    },
  ]);
}

function linesOf({ signature, source, signed }: Opened, words: Words): string[] {
  const country =
    signature.country === null ? words.say('tally.notStated') : words.country(signature.country);
  return [
    signed ? `**${shortly(signed.name)}**` : `*${words.say('review.erased')}*`,
    ...(signed?.organization ? [shortly(signed.organization)] : []),
    `${country} · ${words.day(signature.day)} · ${shownName(source, words)}`,
    ...(signed?.comment ? [`> ${asPlain(cutTo(signed.comment, 300)).replaceAll('\n', '\n> ')}`] : []),
  ];
}

const shortly = (name: string) => asPlain(cutTo(name, 120));
