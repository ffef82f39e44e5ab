// Puts what went wrong into words: a known problem says what to do, an unknown one shows a reference that the log has.
import {
  DiscordAPIError,
  DiscordjsErrorCodes,
  DiscordjsTypeError,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from 'discord.js';
import { ZodError } from 'zod';
import { recoverFrom } from '../../db/connect.js';
import { AlreadyWritten } from '../../db/transaction.js';
import { troubleOf } from '../../db/trouble.js';
import { randomCode } from '../coalition/code.js';
import { Failure } from '../coalition/failure.js';
import type { Context } from '../context.js';
import { type Words, wordsFor } from '../i18n/words.js';
import { sayPrivately } from './answer.js';
import { optionFailure } from './options.js';

/** Says an error to the person, privately; never an error's own text. */
export async function explain(
  context: Context,
  interaction: RepliableInteraction,
  error: unknown,
): Promise<void> {
  // Another press, a replay or a second process has done it and answers.
  if (error instanceof AlreadyWritten) return;
  if (isTooLate(error)) {
    context.log.warn({ interaction: interaction.id }, 'answered too late');
    return;
  }
  recoverFrom(error, context.database);
  const words = wordsFor(interaction.locale);
  await sayPrivately(interaction, { content: sentence(context, words, interaction.id, error) }).catch(
    (problem) =>
      context.log.error({ err: problem, interaction: interaction.id }, 'could not say what went wrong'),
  );
}

function sentence({ log }: Context, words: Words, interactionId: string, error: unknown): string {
  const known = error instanceof ZodError ? optionFailure(error) : error;
  if (known instanceof Failure) return words.say(`failures.${known.key}`, known.values);
  if (isOfAnotherForm(error)) return words.say('failures.staleButton');
  const trouble = troubleOf(error);
  if (trouble === 'busy' || trouble === 'full') {
    log.error({ err: error, interaction: interactionId }, `database ${trouble}`);
    return words.say(`failures.${trouble}`);
  }
  const reference = randomCode().toUpperCase();
  log.error({ err: known, reference, interaction: interactionId }, 'unexpected error');
  return words.say('unexpected', { reference });
}

/** A form that an earlier Minga opened, without a field that this one reads. */
function isOfAnotherForm(error: unknown): boolean {
  const codes: unknown[] = [
    DiscordjsErrorCodes.ModalSubmitInteractionFieldNotFound,
    DiscordjsErrorCodes.ModalSubmitInteractionFieldType,
  ];
  return error instanceof DiscordjsTypeError && codes.includes(error.code);
}

/** Discord no longer takes an answer: the 3 seconds, or the 15 minutes, are over. */
function isTooLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownInteraction;
}
