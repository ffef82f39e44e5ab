// What Discord refuses of a modal; its title, custom_id and lengths the schema checks.
import type { APIModalInteractionResponseCallbackData, APITextInputComponent } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import { type Component, everyComponent, type Placed } from './components.js';
import { inputRefusals } from './inputs.js';
import { type Path, type Refusal, refusal, refusedIf, required, tooLong } from './refusal.js';

/** @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
export function modalRefusals(modal: APIModalInteractionResponseCallbackData, under: Path): Refusal[] {
  const path = [...under, 'components'];
  const placed = everyComponent(modal.components, path);
  return [
    ...refusedIf(modal.components.length > 5, tooLong(path, 5)),
    ...placed.flatMap(disabled),
    ...placed.flatMap(noneOfRequired),
    ...placed.flatMap(labelTwice),
    ...placed.flatMap(rowWithoutLabel),
    ...placed.flatMap(textLengths),
    ...inputRefusals(placed),
  ];
}

function disabled({ component, path }: Placed): Refusal[] {
  return refusedIf(
    'disabled' in component && component.disabled,
    refusal([...path, 'disabled'], 'COMPONENT_DISABLED_IN_MODAL', 'Cannot be disabled in a modal'),
  );
}

function noneOfRequired({ component, path }: Placed): Refusal[] {
  const isRequired = !('required' in component && component.required === false);
  return refusedIf(
    isRequired && 'min_values' in component && component.min_values === 0,
    refusal([...path, 'min_values'], 'NUMBER_TYPE_MIN', 'Must be at least 1 unless required is false'),
  );
}

function labelTwice({ component, path }: Placed): Refusal[] {
  return refusedIf(
    component.type === ComponentType.Label &&
      isTextInput(component.component) &&
      component.component.label != null,
    refusal(
      [...path, 'component', 'label'],
      'TEXT_INPUT_LABEL_IN_LABEL',
      'A text input has no label of its own inside a Label',
    ),
  );
}

// In the older action row the text input names itself.
function rowWithoutLabel({ component, path }: Placed): Refusal[] {
  if (component.type !== ComponentType.ActionRow) return [];
  const children: Component[] = component.components;
  return children.flatMap((child, index) =>
    refusedIf(isTextInput(child) && child.label == null, required([...path, 'components', index, 'label'])),
  );
}

function textLengths({ component, path }: Placed): Refusal[] {
  if (!isTextInput(component)) return [];
  const least = component.min_length ?? 0;
  const most = component.max_length ?? 4000;
  return [
    ...refusedIf(
      least > most,
      refusal([...path, 'min_length'], 'NUMBER_TYPE_MAX', `At least ${least}, but at most ${most}`),
    ),
    ...refusedIf((component.value ?? '').length > most, tooLong([...path, 'value'], most)),
  ];
}

function isTextInput(component: Component): component is APITextInputComponent {
  return component.type === ComponentType.TextInput;
}
