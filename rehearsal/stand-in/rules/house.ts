// Our own rules, stricter than Discord's: nothing twice, never a ping, no picture without words.
import { isV2, type Message } from './body.js';
import { placesOfV2Parts, shownText } from './components.js';
import { altTextOf } from './files.js';
import { isBlank, type Path, type Refusal, refusal, refusedIf } from './refusal.js';

const HOUSE_RULES = [withoutNonce, mayPing, withoutAltText, withoutV2Flag];

/** What we refuse of a message that Discord would take; each with the code `HOUSE`. */
export function houseRefusals(message: Message): Refusal[] {
  return HOUSE_RULES.flatMap((rule) => rule(message));
}

// discord.js repeats a POST whose answer was lost: only the nonce keeps it from going out twice.
function withoutNonce({ kind, body }: Message): Refusal[] {
  if (kind !== 'message') return [];
  return [
    ...refusedIf(isBlank(String(body.nonce ?? '')), house(['nonce'], 'Messages to channels carry a nonce')),
    ...refusedIf(!body.enforce_nonce, house(['enforce_nonce'], 'A nonce that is not enforced does nothing')),
  ];
}

function mayPing(message: Message): Refusal[] {
  const { body, path } = message;
  const hasText = !isBlank(body.content) || body.embeds?.length || !isBlank(shownText(message));
  const mentions = body.allowed_mentions;
  const pingsNobody = mentions?.parse?.length === 0 && !mentions.users?.length && !mentions.roles?.length;
  return refusedIf(
    hasText && (!pingsNobody || mentions.replied_user),
    house([...path, 'allowed_mentions'], 'Text goes out with allowed_mentions { parse: [] }, naming no one'),
  );
}

function withoutAltText(message: Message): Refusal[] {
  return message.files.flatMap(({ name, contentType }, index) =>
    refusedIf(
      (contentType.startsWith('image/') || /\.(png|jpe?g|webp|gif|svg)$/i.test(name)) &&
        isBlank(altTextOf(message, index)),
      house(['files', index, 'description'], 'A picture carries alt text'),
    ),
  );
}

// Discord needs the flag when the edit fills a deferred reply, and takes it at any other time.
function withoutV2Flag(message: Message): Refusal[] {
  return refusedIf(
    !message.fresh && !isV2(message) && placesOfV2Parts(message).length > 0,
    house([...message.path, 'flags'], 'An edit to V2 components carries their flag'),
  );
}

function house(path: Path, message: string): Refusal {
  return refusal(path, 'HOUSE', message);
}
