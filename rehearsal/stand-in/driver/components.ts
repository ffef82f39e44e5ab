// Buttons and select menus of a message: found by what they show, used as far as they can be.
import {
  type APIAuthorizingIntegrationOwnersMap,
  type APIButtonComponent,
  type APIMessage,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { may } from '../permissions.js';
import { guildOf, type StoredMessage } from '../world.js';
import { type Chosen, DriverError } from './contract.js';
import type { Place } from './envelope.js';
import { type Resolved, resolve } from './resolved.js';

/** Every component of a message, however deep. */
export function componentsOf(message: APIMessage): { type: ComponentType }[] {
  const found: { type: ComponentType }[] = [];
  JSON.stringify(message.components ?? [], (_key, value) => {
    if (typeof value?.type === 'number') found.push(value);
    return value;
  });
  return found;
}

/** A button by its label or custom id; undefined when the message has none such. */
export function findButton(message: APIMessage, name: string): APIButtonComponent | undefined {
  return componentsOf(message)
    .filter(isButton)
    .find((button) => ('label' in button && button.label === name) || customIdOf(button) === name);
}

/** A select menu by its placeholder or custom id; undefined when the message has none such. */
export function findSelect(message: APIMessage, name: string): APISelectMenuComponent | undefined {
  return componentsOf(message)
    .filter(isSelect)
    .find(({ placeholder, custom_id }) => placeholder === name || custom_id === name);
}

/** What can be pressed and chosen in messages, for an error's text. */
export function offered(messages: readonly APIMessage[]): string {
  const components = messages.flatMap(componentsOf);
  const buttons = components.filter(isButton).map((one) => ('label' in one && one.label) || customIdOf(one));
  const selects = components.filter(isSelect).map((one) => one.placeholder ?? one.custom_id);
  return [...buttons, ...selects].join(', ') || 'nothing';
}

/** The custom id of a button that can be pressed and tells the bot. */
export function pressable(button: APIButtonComponent, name: string): string {
  if (button.disabled) throw new DriverError(`The button “${name}” is disabled`);
  if (button.style === ButtonStyle.Link) throw new DriverError(`“${name}” only opens ${button.url}`);
  if (button.style === ButtonStyle.Premium) throw new DriverError(`“${name}” is for buying something`);
  return button.custom_id;
}

/** The values of a choice as the interaction carries them. */
export function chosenValues(
  place: Place,
  select: APISelectMenuComponent,
  choices: Chosen[],
  resolved: Resolved,
): string[] {
  const name = select.placeholder ?? select.custom_id;
  if (select.disabled) throw new DriverError(`The menu “${name}” is disabled`);
  const { min_values: least = 1, max_values: most = 1 } = select;
  if (choices.length < least || choices.length > most) {
    throw new DriverError(`“${name}” takes from ${least} to ${most} choices, not ${choices.length}`);
  }
  return choices.map((choice) => {
    if (typeof choice !== 'string') return resolve(place, resolved, choice);
    if (select.type !== ComponentType.StringSelect) {
      throw new DriverError(`“${name}” wants somebody or something picked, not the text ${choice}`);
    }
    return optionValue(select.options, choice, name);
  });
}

/** The value of the option that shows this label or has this value. */
export function optionValue(
  options: { label: string; value: string }[],
  choice: string,
  name: string,
): string {
  const option =
    options.find(({ label }) => label === choice) ?? options.find(({ value }) => value === choice);
  if (option) return option.value;
  const labels = options.map(({ label }) => label).join(', ');
  throw new DriverError(`“${name}” does not offer “${choice}”. It offers: ${labels}`);
}

/** A message that this person sees, as it is kept. */
export function seenMessage({ world, user, channel }: Place, message: Pick<APIMessage, 'id'>): StoredMessage {
  const stored = world.messages.get(message.id);
  if (!may(world, channel, user.id, 0n)) throw new DriverError(`${user.displayName} cannot see this channel`);
  if (!stored || stored.deleted) throw new DriverError('This message is no longer there');
  if (stored.onlyFor !== undefined && stored.onlyFor !== user.id) {
    throw new DriverError(`Only ${world.users.get(stored.onlyFor)?.displayName} sees this message`);
  }
  if (stored.api.channel_id !== channel.id) {
    throw new DriverError(`${user.displayName} is in another channel than this message`);
  }
  return stored;
}

/** By whose installation the bot hears of a press: the one by which the message came. */
export function ownersOfMessage(
  { world, channel }: Place,
  message: APIMessage,
): APIAuthorizingIntegrationOwnersMap {
  return (
    message.interaction_metadata?.authorizing_integration_owners ?? { 0: guildOf(world, channel)?.id ?? '0' }
  );
}

function customIdOf(button: APIButtonComponent): string | undefined {
  return 'custom_id' in button ? button.custom_id : undefined;
}

function isButton(component: { type: ComponentType }): component is APIButtonComponent {
  return component.type === ComponentType.Button;
}

const selects = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

function isSelect(component: { type: ComponentType }): component is APISelectMenuComponent {
  return selects.includes(component.type);
}
