// What comes back for an interaction, and what a person can do with it next.
import { type APIMessage, InteractionType, MessageFlags } from 'discord-api-types/v10';
import { dispatchInteraction, type Interaction, isSettled, shownMessages } from '../interactions.js';
import { waitFor } from '../waiting.js';
import { wordsOf, wordsOfModal } from '../words.js';
import { findButton, findSelect, offered } from './components.js';
import { DriverError, type Exchange, type Speaker } from './contract.js';
import { makeInteraction, type Place } from './envelope.js';
import { filledModal } from './modal.js';
import { type Resolved, resolvedPart } from './resolved.js';

/** Sends an interaction, and waits until the person has something to look at. */
export async function converse(place: Place, speaker: Speaker, interaction: Interaction): Promise<Exchange> {
  const { world, waiting, callbackLimit } = place;
  const inTime = waitFor(
    { ...waiting, limit: callbackLimit },
    'a first answer',
    () => interaction.answer !== undefined,
  );
  dispatchInteraction(world, interaction);
  const answered = await inTime.catch(() => false);
  if (answered) {
    await waitFor(waiting, `the answer to ${nameOf(interaction)}`, () => isSettled(interaction));
  }
  return exchangeOf(place, speaker, interaction);
}

function nameOf({ commandName, payload }: Interaction): string {
  if (commandName !== undefined) return `the command “${commandName}”`;
  const { data } = payload;
  return data && 'custom_id' in data ? `“${data.custom_id}”` : `interaction ${payload.id}`;
}

function exchangeOf(place: Place, speaker: Speaker, interaction: Interaction): Exchange {
  const shown = () => shownMessages(interaction).map(({ api }) => api);
  const exchange: Exchange = {
    get kind() {
      if (interaction.modal) return 'modal';
      return interaction.answer === undefined ? 'none' : 'message';
    },
    get message() {
      return shown()[0];
    },
    get modal() {
      return interaction.modal;
    },
    get messages() {
      return shown();
    },
    get private() {
      return ((shown()[0]?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
    },
    get deleted() {
      return interaction.original?.deleted ?? false;
    },
    get words() {
      return [...(interaction.modal ? [wordsOfModal(interaction.modal)] : []), ...shown().map(wordsOf)].join(
        '\n',
      );
    },
    interaction: interaction.payload,
    press: async (button, who = speaker) => who.press(holding(shown(), button, findButton), button),
    choose: async (select, values, who = speaker) =>
      who.choose(holding(shown(), select, findSelect), select, values),
    submit: async (values, { unchecked = false } = {}) => {
      const { modal, source } = interaction;
      if (!modal) throw new DriverError(`There is no modal to fill in, but: ${exchange.words}`);
      const resolved: Resolved = {};
      const components = filledModal(modal, { place, values, unchecked, resolved });
      const data = { custom_id: modal.custom_id, components, ...resolvedPart(resolved) };
      const owners = interaction.payload.authorizing_integration_owners;
      const more = { openedBy: interaction, ...(source && { source, message: source.api }) };
      const submission = makeInteraction(place, InteractionType.ModalSubmit, data, owners, more);
      return converse(place, speaker, submission);
    },
    until: async (predicate) => {
      await waitFor(place.waiting, `what was to follow ${nameOf(interaction)}`, () => predicate(exchange));
      return exchange;
    },
  };
  return exchange;
}

/** The newest of the messages that has such a button or menu. */
function holding(
  messages: APIMessage[],
  name: string,
  find: (message: APIMessage, name: string) => object | undefined,
): APIMessage {
  const message = messages.findLast((one) => find(one, name));
  if (!message) throw new DriverError(`There is no “${name}” here. There is: ${offered(messages)}`);
  return message;
}
