// The parts of a modal: fields of text, a choice among a few, and boxes to tick.
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';

/** One field that is typed into. */
export function textField(
  id: string,
  label: string,
  {
    most,
    value,
    required = true,
    long = false,
    hint,
  }: { most: number; value?: string | undefined; required?: boolean; long?: boolean; hint?: string },
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    ...(hint === undefined ? {} : { description: hint }),
    component: {
      type: ComponentType.TextInput,
      custom_id: id,
      style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
      max_length: most,
      required,
      ...(value ? { value } : {}),
    },
  };
}

/** One field in which one of up to 25 rows is chosen. */
export function choiceField(
  id: string,
  label: string,
  rows: { label: string; value: string; default?: boolean }[],
  { required = true, placeholder }: { required?: boolean; placeholder?: string } = {},
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    component: {
      type: ComponentType.StringSelect,
      custom_id: id,
      options: rows.slice(0, 25),
      required,
      ...(placeholder === undefined ? {} : { placeholder }),
      ...(required ? {} : { min_values: 0 }),
    },
  };
}

/** One field with up to ten boxes to tick. */
export function boxesField(
  id: string,
  label: string,
  rows: { label: string; value: string; description?: string; default?: boolean }[],
  { required = true, hint }: { required?: boolean; hint?: string } = {},
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    ...(hint === undefined ? {} : { description: hint }),
    component: { type: ComponentType.CheckboxGroup, custom_id: id, options: rows, required },
  };
}

/** A modal of up to five fields. */
export function modal(
  id: string,
  title: string,
  components: APILabelComponent[],
): { modal: APIModalInteractionResponseCallbackData } {
  return { modal: { custom_id: id, title, components } };
}
