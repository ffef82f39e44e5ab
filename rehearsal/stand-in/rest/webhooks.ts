// What follows the first answer: edits of it and further messages, for the quarter of an hour the token lives.
import type {
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { type Interaction, isUserInstalled, tokenLifetime } from '../interactions.js';
import { type Change, deleteMessage, editedMessage, keepEdit } from '../messages.js';
import { postReply } from '../replies.js';
import type { StoredMessage, World } from '../world.js';
import { accepted, keepable } from './bodies.js';
import { failures } from './failure.js';
import { filesOf } from './uploads.js';

interface Hook {
  Params: { application: string; token: string; message: string };
}

/** So many may follow where only a person's own installation lets the bot speak. */
const followUpsOfUserInstall = 5;

export function webhookRoutes(api: FastifyInstance, world: World): void {
  const hook = '/webhooks/:application/:token';

  api.post<Hook>(hook, async (request) => {
    const interaction = answered(world, request.params);
    const body = accepted('follow-up', request) as RESTPostAPIChannelMessageJSONBody;
    if (interaction.loading)
      return editOriginalInstead(world, interaction, { body, files: filesOf(request) });
    if (isUserInstalled(interaction) && interaction.followUps.length >= followUpsOfUserInstall) {
      throw failures.tooManyFollowUps();
    }
    const reference = interaction.original && { message_id: interaction.original.api.id };
    const message = postReply(
      world,
      interaction,
      { body, files: filesOf(request) },
      reference
        ? {
            message_reference: {
              type: 0,
              channel_id: interaction.original?.api.channel_id ?? '',
              ...reference,
            },
          }
        : {},
    );
    interaction.followUps.push(message);
    return message.api;
  });

  api.get<Hook>(`${hook}/messages/:message`, async ({ params }) => ofInteraction(world, params).message.api);

  api.patch<Hook>(`${hook}/messages/:message`, async (request) => {
    const { interaction, message } = ofInteraction(world, request.params);
    const body = accepted('original-edit', request) as RESTPatchAPIChannelMessageJSONBody;
    keepEdit(message, keepable(editedMessage(world, message, { body, files: filesOf(request) })));
    touch(interaction, message);
    return message.api;
  });

  api.delete<Hook>(`${hook}/messages/:message`, async ({ params }, reply) => {
    const { interaction, message } = ofInteraction(world, params);
    deleteMessage(world, message);
    touch(interaction, message);
    return reply.code(204).send();
  });
}

function touch(interaction: Interaction, message: StoredMessage): void {
  if (message !== interaction.original) return;
  interaction.touched = true;
  interaction.loading = false;
}

// Discord's old behaviour: what follows a "thinking…" at once takes its place, as private as that was.
function editOriginalInstead(world: World, interaction: Interaction, change: Change) {
  const { original } = interaction;
  if (!original) throw failures.unknownMessage();
  keepEdit(original, editedMessage(world, original, change));
  touch(interaction, original);
  return original.api;
}

function answered(world: World, { application, token }: Hook['Params']): Interaction {
  const interaction = [...world.interactions.values()].find(({ payload }) => payload.token === token);
  if (application !== world.applicationId || !interaction) throw failures.unknownWebhook();
  if (world.clock.now() - interaction.createdAt > tokenLifetime) throw failures.invalidWebhookToken();
  if (interaction.answer === undefined || interaction.modal) throw failures.unknownWebhook();
  return interaction;
}

function ofInteraction(
  world: World,
  params: Hook['Params'],
): { interaction: Interaction; message: StoredMessage } {
  const interaction = answered(world, params);
  const { original, source, followUps } = interaction;
  const message =
    params.message === '@original'
      ? original
      : [original, source, ...followUps].find((one) => one?.api.id === params.message);
  if (!message || message.deleted) throw failures.unknownMessage();
  return { interaction, message };
}
