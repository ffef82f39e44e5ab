// What becomes of an interaction: answered once, in time, then followed up for a quarter of an hour.
import type {
  APIApplicationCommandOptionChoice,
  APIInteraction,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { GatewayDispatchEvents, InteractionResponseType } from 'discord-api-types/v10';
import type { StoredMessage, World } from './world.js';

/** An interaction token is good for 15 minutes. */
export const tokenLifetime = 15 * 60_000;

export interface Interaction {
  payload: APIInteraction;
  /** Who acts. */
  userId: string;
  /** The name of the command, where one was used. */
  commandName?: string;
  /** The message whose button was pressed; a modal inherits it. */
  source?: StoredMessage;
  /** The interaction that showed the modal which this one submits. */
  openedBy?: Interaction;
  /** Real time, in milliseconds: the deadline for the first answer runs from here. */
  startedAt: number;
  /** The stand-in's time: the token's life runs from here. */
  createdAt: number;
  /** The kind of the first answer. */
  answer?: InteractionResponseType;
  /** What `@original` stands for. */
  original?: StoredMessage;
  /** The original is still Discord's own "is thinking…". */
  loading: boolean;
  /** The original, or what it stands for, was written to or deleted. */
  touched: boolean;
  followUps: StoredMessage[];
  modal?: APIModalInteractionResponseCallbackData;
  choices?: APIApplicationCommandOptionChoice[];
}

/** Only the installation by this person lets the interaction through, not one in a server. */
export function isUserInstalled({ payload }: Interaction): boolean {
  return payload.authorizing_integration_owners[0] === undefined;
}

/** Whether the person has something to look at: a "thinking…" does not count. */
export function isSettled({ answer, touched, followUps }: Interaction): boolean {
  if (answer === undefined) return false;
  const deferred =
    answer === InteractionResponseType.DeferredChannelMessageWithSource ||
    answer === InteractionResponseType.DeferredMessageUpdate;
  return !deferred || touched || followUps.length > 0;
}

/** What the person sees of the answer, oldest first: private or not, as long as it is not deleted. */
export function shownMessages({ original, loading, touched, followUps }: Interaction): StoredMessage[] {
  const first = original && touched && !loading ? [original] : [];
  return [...first, ...followUps].filter((message) => !message.deleted);
}

/** Puts an interaction on record and hands it to the bot. */
export function dispatchInteraction(world: World, interaction: Interaction): void {
  world.interactions.set(interaction.payload.id, interaction);
  deliver(world, interaction.payload);
  world.events.emit('change');
}

/** Hands an interaction to every connected client of the bot. */
export function deliver(world: World, payload: APIInteraction): void {
  world.events.emit('dispatch', { event: GatewayDispatchEvents.InteractionCreate, data: payload });
}
