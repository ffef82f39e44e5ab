// The checks that every body passes before anything is done with it.
import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import { type BodyKind, refusalsOf } from '../rules/index.js';
import { failures, invalidBody, invalidField } from './failure.js';
import { filesOf } from './uploads.js';

/**
 * The body of a request that Discord would take.
 *
 * @throws Failure with every fault and its place
 */
export function accepted(kind: BodyKind, request: FastifyRequest): unknown {
  const refusals = refusalsOf(kind, request.body, filesOf(request));
  if (refusals.length > 0) throw invalidBody(refusals);
  return request.body;
}

/** The message that an edit would leave behind, if it is one that Discord keeps. */
export function keepable(edited: APIMessage): APIMessage {
  const { content, embeds, components, attachments, poll } = edited;
  const parts = [embeds, components ?? [], attachments];
  if (!content && !poll && parts.every((part) => part.length === 0)) throw failures.emptyMessage();
  const isV2 = ((edited.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  if (isV2 && (content || embeds.length > 0)) {
    throw invalidField(
      [content ? 'content' : 'embeds'],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      'What the message had before cannot stay when using MessageFlags.IS_COMPONENTS_V2',
    );
  }
  return edited;
}
