// The first layer: Discord's own OpenAPI, as zod schemas.
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandUpdateRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  ExternalScheduledEventCreateRequestSchema,
  ExternalScheduledEventPatchRequestPartialSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { InteractionResponseType } from 'discord-api-types/v10';
import * as z from 'zod/mini';
import type { BodyKind } from './body.js';
import { isFields } from './coerce.js';
import { refusalsOfIssue, unknownType } from './issues.js';
import { type Path, type Refusal, refusal, refusedIf } from './refusal.js';

const SCHEMAS = {
  message: MessageCreateRequestSchema,
  'message-edit': MessageEditRequestPartialSchema,
  'follow-up': IncomingWebhookRequestPartialSchema,
  'original-edit': IncomingWebhookUpdateRequestPartialSchema,
  commands: z.array(ApplicationCommandUpdateRequestSchema),
  event: ExternalScheduledEventCreateRequestSchema,
  'event-edit': ExternalScheduledEventPatchRequestPartialSchema,
};

const CALLBACK_SCHEMAS: Partial<Record<InteractionResponseType, z.ZodMiniType>> = {
  [InteractionResponseType.Pong]: PongInteractionCallbackRequestSchema,
  [InteractionResponseType.ChannelMessageWithSource]: CreateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.DeferredChannelMessageWithSource]: CreateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.DeferredMessageUpdate]: UpdateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.UpdateMessage]: UpdateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.ApplicationCommandAutocompleteResult]:
    ApplicationCommandAutocompleteCallbackRequestSchema,
  [InteractionResponseType.Modal]: ModalInteractionCallbackRequestSchema,
};

/** What the schema refuses; of a body it takes, also the fields that it knows. */
export function checkedBySchema(kind: BodyKind, body: unknown): { refusals: Refusal[]; known: unknown } {
  const schema = kind === 'callback' ? callbackSchema(body) : SCHEMAS[kind];
  if (!schema) return { refusals: [unknownType([], Object.keys(CALLBACK_SCHEMAS))], known: undefined };
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return { refusals: [], known: result.data };
  return { refusals: result.error.issues.flatMap((issue) => refusalsOfIssue(issue, [])), known: undefined };
}

function callbackSchema(body: unknown): z.ZodMiniType | undefined {
  const type = isFields(body) ? body.type : undefined;
  return Object.entries(CALLBACK_SCHEMAS).find(([known]) => type === Number(known))?.[1];
}

/**
 * Fields that the schema passed over in silence, as Discord does: mostly a typo (`embedz`).
 *
 * @param known - What the schema's parse left of the body
 */
export function unknownFields(sent: unknown, known: unknown, path: Path): Refusal[] {
  if (Array.isArray(sent) && Array.isArray(known)) {
    return sent.flatMap((item, index) => unknownFields(item, known[index], [...path, index]));
  }
  if (!isFields(sent) || !isFields(known)) return [];
  return Object.entries(sent).flatMap(([key, value]) => {
    const at = [...path, key];
    if (Object.hasOwn(known, key)) return unknownFields(value, known[key], at);
    return refusedIf(value !== undefined, refusal(at, 'UNKNOWN_FIELD', 'Discord would ignore this field'));
  });
}
