// What a person who signs, or signed, is told: privately, and with the ways back.
import type { Petition } from '../../../db/petitions.js';
import type { Signature } from '../../../db/signatures.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Signing } from '../../coalition/signing.js';
import type { Tally } from '../../coalition/tally.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { button, buttonRow, card } from './card.js';

const titleIn = ({ title }: Petition, words: Words) => asPlain(words.localized(title));

const changeButton = (petition: Petition, words: Words) =>
  button(idOf('signature.change', petition.id), words.say('signing.change'));

const withdrawButton = (petition: Petition, label: string) =>
  button(idOf('signature.withdraw', petition.id), label, 'danger');

/** What was recorded, that it counts, and how to change it, take it back, see it or erase it. */
export function receipt(
  petition: Petition,
  signing: Signing,
  signature: Signature,
  { changed, tally }: { changed: boolean; tally: Tally },
  words: Words,
): Reply {
  const { name, country, organization, comment, consent } = signing;
  const { day, counts } = signature;
  const total = words.say('tally.total', { count: tally.total });
  return card([
    `### ${words.say(changed ? 'signing.changed' : 'signing.signed', { title: titleIn(petition, words) })}`,
    [
      `- ${words.say('signing.receipt.name', { name: asPlain(name) })}`,
      `- ${words.say('signing.receipt.country', { country: { country } })}`,
      ...(organization === undefined
        ? []
        : [`- ${words.say('signing.receipt.organization', { organization: asPlain(organization) })}`]),
      ...(comment === undefined
        ? []
        : [`- ${words.say('signing.receipt.comment', { comment: asPlain(comment.replaceAll('\n', ' ')) })}`]),
      `- ${words.say('signing.receipt.day', { day: { day } })}`,
      `- ${words.say(consent ? 'signing.handOver' : 'signing.keepBack')}`,
    ].join('\n'),
    `${words.say(counts ? 'signing.counts' : 'signing.countedBefore')} **${total}**`,
    `-# ${words.say('signing.rights')}`,
    { buttons: [changeButton(petition, words), withdrawButton(petition, words.say('signing.withdraw'))] },
  ]);
}

/** Who signed before is told when, and what can be done about it. */
export function signedAlready(petition: Petition, { day }: Signature, words: Words): Reply {
  return {
    content: words.say('failures.signedAlready', { title: titleIn(petition, words), day: { day } }),
    components: [
      buttonRow(changeButton(petition, words), withdrawButton(petition, words.say('signing.withdraw'))),
    ],
  };
}

/** What could not be taken, and a way back to the form as it was filled in. */
export function fillInAgain(petition: Petition, key: string, problem: string, words: Words): Reply {
  return {
    content: problem,
    components: [
      buttonRow(button(idOf('signature.again', petition.id, key), words.say('signing.again'), 'strong')),
    ],
  };
}

export function withdrawnReply(petition: Petition, { total }: Tally, words: Words): Reply {
  const said = words.say('signing.withdrawn', { title: titleIn(petition, words) });
  return { content: `${said}\n**${words.say('tally.total', { count: total })}**` };
}

/** Which of several petitions, the latest five. */
export function whichToWithdraw(petitions: readonly Petition[], words: Words): Reply {
  const buttons = petitions
    .slice(-5)
    .map((petition) => withdrawButton(petition, cutTo(words.localized(petition.title), 80)));
  return { content: words.say('signing.which'), components: [buttonRow(...buttons)] };
}
