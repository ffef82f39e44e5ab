// Messages that answer an interaction, public or for one person's eyes.
import {
  type APIMessage,
  type APIMessageInteractionMetadata,
  InteractionType,
  MessageFlags,
  MessageType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { type Interaction, isUserInstalled } from './interactions.js';
import { type Draft, postMessage } from './messages.js';
import { userPayload } from './payloads.js';
import { may } from './permissions.js';
import { failures } from './rest/failure.js';
import type { ChannelRecord, StoredMessage, User, World } from './world.js';

/** Puts an answer where the interaction came from. */
export function postReply(
  world: World,
  interaction: Interaction,
  draft: Draft,
  more: Partial<APIMessage> = {},
): StoredMessage {
  const { payload, userId } = interaction;
  const channel = world.channels.get(payload.channel?.id ?? '');
  const user = world.users.get(userId);
  if (!channel) throw failures.unknownChannel();
  if (!user) throw failures.unknownInteraction();
  const isPrivate =
    ((draft.body.flags ?? 0) & MessageFlags.Ephemeral) !== 0 || isSilenced(world, interaction, channel);
  const flags = (draft.body.flags ?? 0) | (isPrivate ? MessageFlags.Ephemeral : 0);
  const isCommand = payload.type === InteractionType.ApplicationCommand;
  return postMessage(
    world,
    channel,
    world.bot,
    draft,
    {
      flags: flags as MessageFlags,
      type: isCommand ? MessageType.ChatInputCommand : MessageType.Reply,
      application_id: world.applicationId,
      webhook_id: world.applicationId,
      interaction_metadata: metadataOf(interaction, user),
      ...more,
    },
    isPrivate ? userId : undefined,
  );
}

// What a person installed speaks to them alone where external apps may not speak to all.
function isSilenced(world: World, interaction: Interaction, channel: ChannelRecord): boolean {
  const allowed = may(world, channel, interaction.userId, PermissionFlagsBits.UseExternalApps);
  return isUserInstalled(interaction) && !allowed;
}

function metadataOf(interaction: Interaction, user: User): APIMessageInteractionMetadata {
  const { payload, source, openedBy } = interaction;
  return {
    id: payload.id,
    type: payload.type,
    user: userPayload(user),
    authorizing_integration_owners: payload.authorizing_integration_owners,
    ...(interaction.commandName === undefined ? {} : { name: interaction.commandName }),
    ...(payload.type === InteractionType.MessageComponent && { interacted_message_id: source?.api.id }),
    ...(openedBy && { triggering_interaction_metadata: metadataOf(openedBy, user) }),
  } as APIMessageInteractionMetadata;
}
