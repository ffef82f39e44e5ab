// What Discord refuses of the things a person can press or choose, in messages and modals alike.
import { ComponentType } from 'discord-api-types/v10';
import type { Component, Placed } from './components.js';
import { type Refusal, refusal, refusedIf, repeatedAt } from './refusal.js';

export function inputRefusals(placed: Placed[]): Refusal[] {
  return [
    ...repeatedCustomIds(placed),
    ...placed.flatMap(repeatedOptions),
    ...placed.flatMap(impossibleRange),
  ];
}

function repeatedCustomIds(placed: Placed[]): Refusal[] {
  const ids = placed.map(({ component }) => ('custom_id' in component ? component.custom_id : undefined));
  return repeatedAt(ids).map((index) =>
    refusal(
      [...(placed[index]?.path ?? []), 'custom_id'],
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      'Component custom id cannot be duplicated',
    ),
  );
}

function repeatedOptions({ component, path }: Placed): Refusal[] {
  if (!('options' in component)) return [];
  return repeatedAt(component.options.map((option) => option.value)).map((index) =>
    refusal(
      [...path, 'options', index],
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      'The specified option value is already used',
    ),
  );
}

// How many may be chosen: at least no more than at most, and at most no more than there are.
function impossibleRange({ component, path }: Placed): Refusal[] {
  const { least, most, offered } = choosable(component);
  return [
    ...refusedIf(
      least > most,
      refusal([...path, 'min_values'], 'NUMBER_TYPE_MAX', `At least ${least}, but at most ${most}`),
    ),
    ...refusedIf(
      most > offered,
      refusal([...path, 'max_values'], 'NUMBER_TYPE_MAX', `At most ${most}, but only ${offered} options`),
    ),
  ];
}

// When nothing is said, one; of a group of checkboxes, any.
function choosable(component: Component): { least: number; most: number; offered: number } {
  const offered = 'options' in component ? component.options.length : Number.POSITIVE_INFINITY;
  const unsaid = component.type === ComponentType.CheckboxGroup ? offered : 1;
  const most = ('max_values' in component ? component.max_values : undefined) ?? unsaid;
  const least = ('min_values' in component ? component.min_values : undefined) ?? 1;
  return { least, most, offered };
}
