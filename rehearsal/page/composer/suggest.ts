// What is offered while an option is typed: its choices, who and what is here, or what Minga suggests.
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import type { Given } from '../../page-server/protocol.js';
import { shownThing, things } from '../acts.js';
import { ask } from '../connection.js';
import { t } from '../words.js';
import { nameIn } from './catalog.js';
import type { Composing } from './composing.js';

export interface Choice {
  label: string;
  value: Given;
}

/** What an option can only be one of; undefined where anything can be typed. */
export function fixedChoices(option: APIApplicationCommandBasicOption): Choice[] | undefined {
  if ('choices' in option && option.choices && option.choices.length > 0) {
    return option.choices.map((choice) => ({ label: nameIn(choice), value: choice.value }));
  }
  const picked = (kinds: Parameters<typeof things>[0]) =>
    things(kinds).map((thing) => ({ label: shownThing(thing), value: thing }));
  switch (option.type) {
    case Type.Boolean:
      return [
        { label: t('yes'), value: true },
        { label: t('no'), value: false },
      ];
    case Type.User:
      return picked(['person']);
    case Type.Role:
      return picked(['role']);
    case Type.Mentionable:
      return picked(['person', 'role']);
    case Type.Channel:
      return picked(['channel']);
    default:
      return undefined;
  }
}

/** What Minga suggests for an option, given what else was typed. */
export async function askedChoices(
  { leaf, typed = {} }: Composing,
  option: APIApplicationCommandBasicOption,
): Promise<Choice[]> {
  if (!leaf) return [];
  const others = Object.entries(typed).flatMap(([name, { text, value }]) => {
    if (name === option.name) return [];
    if (value !== undefined) return typeof value === 'object' ? [] : [[name, value] as const];
    return text === '' ? [] : [[name, text] as const];
  });
  const options = { ...Object.fromEntries(others), [option.name]: typed[option.name]?.text ?? '' };
  const { choices = [] } = await ask({ do: 'complete', name: leaf.name, options, focused: option.name });
  return choices.map(({ name, value }) => ({ label: name, value }));
}
