// The first answer to an interaction: once, within three seconds, of a kind that fits.
import {
  type APIInteractionResponse,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  type RESTPatchAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import type { Interaction } from '../interactions.js';
import { editedMessage, keepEdit, numbered } from '../messages.js';
import { postReply } from '../replies.js';
import type { UploadedFile } from '../rules/index.js';
import type { World } from '../world.js';
import { accepted, keepable } from './bodies.js';
import { failures, invalidField } from './failure.js';
import { filesOf } from './uploads.js';

interface Callback {
  Params: { interaction: string; token: string };
  Querystring: { with_response?: string };
}

/** @param limit - How long the bot has, in real milliseconds */
export function callbackRoutes(api: FastifyInstance, world: World, limit: number): void {
  api.post<Callback>('/interactions/:interaction/:token/callback', async (request, reply) => {
    const { params, query } = request;
    const interaction = world.interactions.get(params.interaction);
    if (interaction?.payload.token !== params.token) throw failures.unknownInteraction();
    if (interaction.answer !== undefined) throw failures.alreadyAcknowledged();
    if (performance.now() - interaction.startedAt > limit) throw failures.unknownInteraction();
    const callback = accepted('callback', request) as APIInteractionResponse;
    if (!fits(callback.type, interaction)) {
      throw invalidField(
        ['type'],
        'BASE_TYPE_CHOICES',
        `This interaction cannot be answered with ${callback.type}`,
      );
    }
    answer(world, interaction, callback, filesOf(request));
    if (query.with_response !== 'true') return reply.code(204).send();
    return responseTo(interaction);
  });
}

/** @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-type */
function fits(type: InteractionResponseType, { payload, source }: Interaction): boolean {
  const completes = payload.type === InteractionType.ApplicationCommandAutocomplete;
  switch (type) {
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      return completes;
    case InteractionResponseType.UpdateMessage:
    case InteractionResponseType.DeferredMessageUpdate:
      return source !== undefined && !completes;
    case InteractionResponseType.Modal:
      return payload.type !== InteractionType.ModalSubmit && !completes;
    case InteractionResponseType.ChannelMessageWithSource:
    case InteractionResponseType.DeferredChannelMessageWithSource:
      return !completes;
    default:
      return false;
  }
}

function answer(
  world: World,
  interaction: Interaction,
  callback: APIInteractionResponse,
  files: UploadedFile[],
): void {
  switch (callback.type) {
    case InteractionResponseType.ChannelMessageWithSource:
      interaction.original = postReply(world, interaction, { body: callback.data, files });
      interaction.touched = true;
      break;
    case InteractionResponseType.DeferredChannelMessageWithSource: {
      const flags = MessageFlags.Loading | (callback.data?.flags ?? 0);
      interaction.original = postReply(world, interaction, { body: { flags }, files: [] });
      interaction.loading = true;
      break;
    }
    case InteractionResponseType.UpdateMessage:
      update(world, interaction, (callback.data ?? {}) as RESTPatchAPIChannelMessageJSONBody, files);
      interaction.touched = true;
      break;
    case InteractionResponseType.DeferredMessageUpdate:
      if (interaction.source) interaction.original = interaction.source;
      break;
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      interaction.choices = callback.data.choices ?? [];
      break;
    case InteractionResponseType.Modal:
      interaction.modal = { ...callback.data, components: numbered(callback.data.components) };
      break;
  }
  interaction.answer = callback.type;
}

function update(
  world: World,
  interaction: Interaction,
  body: RESTPatchAPIChannelMessageJSONBody,
  files: UploadedFile[],
): void {
  const { source } = interaction;
  if (!source || source.deleted) throw failures.unknownMessage();
  keepEdit(source, keepable(editedMessage(world, source, { body, files })));
  interaction.original = source;
}

function responseTo({ payload, answer: type, original, loading, source }: Interaction) {
  const message = original === source ? undefined : original?.api;
  return {
    interaction: {
      id: payload.id,
      type: payload.type,
      ...(message && {
        response_message_id: message.id,
        response_message_loading: loading,
        response_message_ephemeral: ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
      }),
    },
    ...(original && { resource: { type, message: original.api } }),
  };
}
