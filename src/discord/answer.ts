// How an answer reaches Discord: as the first reply, in place of a thinking state, or after what was said already.
import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, type RepliableInteraction } from 'discord.js';
import type { Answer, Reply } from './command.js';

/** Shows that Minga is thinking; whether the answer is private is settled here. */
export async function think(interaction: RepliableInteraction, isPublic: boolean): Promise<void> {
  await tolerant(() => interaction.deferReply(isPublic ? {} : { flags: MessageFlags.Ephemeral }));
  // Where Discord took it without saying so, discord.js does not know that it did.
  interaction.deferred = true;
  interaction.ephemeral = !isPublic;
}

/** Makes the answer take the place of the message whose button was pressed; what goes wrong is said apart from it. */
export async function answerInPlace(interaction: RepliableInteraction): Promise<void> {
  if (!interaction.isMessageComponent()) return;
  await tolerant(() => interaction.deferUpdate());
  interaction.deferred = true;
  interaction.replied = true;
}

/** Sends an answer. */
export async function give(
  interaction: RepliableInteraction,
  answer: Answer,
  isPublic: boolean,
): Promise<void> {
  if (!answer) return;
  if ('modal' in answer) {
    if (interaction.isModalSubmit()) throw new Error('a modal cannot follow a modal');
    await tolerant(() => interaction.showModal(answer.modal));
    return;
  }
  if (interaction.deferred) {
    await interaction.editReply(answer);
    return;
  }
  await tolerant(() => interaction.reply(isPublic ? answer : secret(answer)));
  interaction.replied = true;
}

/** Says something privately, whatever was said or promised before. */
export async function sayPrivately(interaction: RepliableInteraction, reply: Reply): Promise<void> {
  if (!interaction.deferred && !interaction.replied) {
    await tolerant(() => interaction.reply(secret(reply)));
    return;
  }
  if (interaction.deferred && interaction.ephemeral) {
    await interaction.editReply(reply);
    return;
  }
  // A public thinking state can't become private: it goes, and the person is told apart.
  if (interaction.deferred && !interaction.replied) await interaction.deleteReply();
  await interaction.followUp(secret(reply));
}

/** The same message, for one person's eyes. */
export function secret(reply: Reply) {
  const flags = reply.flags ? MessageFlags.Ephemeral | reply.flags : MessageFlags.Ephemeral;
  return { ...reply, flags } as const;
}

/**
 * Discord may accept a first answer, fail to say so, and refuse discord.js's second attempt with 40060.
 * That answer has arrived.
 */
async function tolerant(answer: () => Promise<unknown>): Promise<void> {
  try {
    await answer();
  } catch (error) {
    const arrived =
      error instanceof DiscordAPIError &&
      error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
    if (!arrived) throw error;
  }
}
