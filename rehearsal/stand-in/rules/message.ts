// What Discord refuses of a message as a whole: its text, its flags, its mentions, its poll.
import { MessageFlags } from 'discord-api-types/v10';
import { isV2, type Message } from './body.js';
import { componentRefusals } from './components.js';
import { embedRefusals } from './embeds.js';
import { fileRefusals } from './files.js';
import { linkRefusals } from './links.js';
import { isBlank, type Refusal, refusal, refusedIf, required, tooLong } from './refusal.js';

const MESSAGE_RULES = [
  contentTooLong,
  empty,
  flagsNotAllowed,
  legacyFieldsWithV2,
  mentionsListedAndParsed,
  pollTexts,
  embedRefusals,
  componentRefusals,
  fileRefusals,
  linkRefusals,
];

/** @see https://docs.discord.com/developers/resources/message#create-message */
export function messageRefusals(message: Message): Refusal[] {
  return MESSAGE_RULES.flatMap((rule) => rule(message));
}

// The schema says 4000: that is for people with Nitro.
function contentTooLong({ body, path }: Message): Refusal[] {
  return refusedIf((body.content ?? '').length > 2000, tooLong([...path, 'content'], 2000));
}

// Of an edit we know only what it names: it empties the message when it says so of every part.
function empty({ body, path, files, fresh }: Message): Refusal[] {
  const lists = [body.embeds, body.components, body.attachments];
  const namesAll = [body.content, ...lists].every((part) => part !== undefined);
  const hasSome = !isBlank(body.content) || lists.some((list) => list?.length) || files.length > 0;
  const hasOther = body.poll || body.shared_client_theme || body.sticker_ids?.length;
  return refusedIf(
    !hasSome && !hasOther && (fresh || namesAll),
    refusal(path, '50006', 'Cannot send an empty message'),
  );
}

const CHANNEL_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

// An edit may hand back whatever flags the message has.
function flagsNotAllowed({ kind, body, path, fresh }: Message): Refusal[] {
  const allowed = kind === 'message' ? CHANNEL_FLAGS : CHANNEL_FLAGS | MessageFlags.Ephemeral;
  const others = (body.flags ?? 0) & ~allowed;
  return refusedIf(
    fresh && others !== 0,
    refusal([...path, 'flags'], 'MESSAGE_FLAGS_INVALID', `Flags ${others} cannot be set here`),
  );
}

function legacyFieldsWithV2(message: Message): Refusal[] {
  const { body, path } = message;
  const legacy = {
    content: body.content,
    embeds: body.embeds?.length,
    poll: body.poll,
    sticker_ids: body.sticker_ids?.length,
  };
  return Object.entries(legacy).flatMap(([field, value]) =>
    refusedIf(
      isV2(message) && value,
      refusal(
        [...path, field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      ),
    ),
  );
}

function mentionsListedAndParsed({ body, path }: Message): Refusal[] {
  const mentions = body.allowed_mentions;
  return (['users', 'roles'] as const).flatMap((kind) =>
    refusedIf(
      mentions?.[kind]?.length && mentions.parse?.some((parsed) => parsed === kind),
      refusal(
        [...path, 'allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      ),
    ),
  );
}

/** @see https://docs.discord.com/developers/resources/poll#poll-create-request-object */
function pollTexts({ body, path }: Message): Refusal[] {
  if (!body.poll) return [];
  const at = [...path, 'poll'];
  const answers = body.poll.answers.flatMap(({ poll_media: { text } }, index) => {
    const place = [...at, 'answers', index, 'poll_media', 'text'];
    return [
      ...refusedIf(isBlank(text), required(place)),
      ...refusedIf((text ?? '').length > 55, tooLong(place, 55)),
    ];
  });
  return [...refusedIf(isBlank(body.poll.question.text), required([...at, 'question', 'text'])), ...answers];
}
