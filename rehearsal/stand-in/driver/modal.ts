// Modals as people fill them in, field by field, checked as Discord's own client checks them.
import {
  type APIModalInteractionResponseCallbackComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
} from 'discord-api-types/v10';
import { optionValue } from './components.js';
import { DriverError, type FieldValue, type Picked, type SentFile } from './contract.js';
import type { Place } from './envelope.js';
import { type Resolved, resolve } from './resolved.js';

/** A field of a modal, whatever its kind: only some have each of these. */
interface Field {
  type: ComponentType;
  id?: number;
  custom_id: string;
  label?: string;
  value?: string;
  default?: boolean;
  required?: boolean;
  min_length?: number;
  max_length?: number;
  min_values?: number;
  max_values?: number;
  options?: { label: string; value: string; default?: boolean }[];
}

interface Filling {
  place: Place;
  values: Record<string, FieldValue>;
  unchecked: boolean;
  resolved: Resolved;
}

/**
 * What a filled-in modal sends.
 *
 * @param values - By the label or the custom id of the field
 */
export function filledModal(
  modal: APIModalInteractionResponseCallbackData,
  { place, values, unchecked, resolved }: Filling,
): object[] {
  const names = modal.components.flatMap(namesOf);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new DriverError(`“${modal.title}” has no field “${unknown}”. It has: ${names.join(', ')}`);
  }
  return modal.components.map((component) => filled(component, { place, values, unchecked, resolved }));
}

function fieldsOf(
  component: APIModalInteractionResponseCallbackComponent,
): { label: string; field: Field }[] {
  if (component.type === ComponentType.Label) return [{ label: component.label, field: component.component }];
  if (component.type !== ComponentType.ActionRow) return [];
  return component.components.map((field) => ({ label: field.label ?? '', field }));
}

function namesOf(component: APIModalInteractionResponseCallbackComponent): string[] {
  return fieldsOf(component).flatMap(({ label, field }) => [label, field.custom_id]);
}

function filled(component: APIModalInteractionResponseCallbackComponent, filling: Filling): object {
  const { type, id } = component;
  const [first] = fieldsOf(component).map(({ label, field }) => filledField(label, field, filling));
  if (!first) return { type, id };
  return type === ComponentType.Label ? { type, id, component: first } : { type, id, components: [first] };
}

function filledField(label: string, field: Field, filling: Filling): object {
  const { type, id, custom_id } = field;
  const given = filling.values[label] ?? filling.values[custom_id];
  return { type, id, custom_id, ...fieldValue(label, field, given, filling) };
}

function fieldValue(label: string, field: Field, given: FieldValue | undefined, filling: Filling): object {
  const { unchecked } = filling;
  const preset = (field.options ?? []).filter((option) => option.default).map(({ value }) => value);
  switch (field.type) {
    case ComponentType.TextInput: {
      const value = String(given ?? field.value ?? '');
      if (!unchecked) demandLength(label, field, value);
      return { value };
    }
    case ComponentType.Checkbox:
      return { value: Boolean(given ?? field.default) };
    case ComponentType.RadioGroup: {
      const [value = null] = given === undefined ? preset : picked(label, field, given, unchecked);
      if (!unchecked) demandCount(label, field, value === null ? 0 : 1);
      return { value };
    }
    case ComponentType.StringSelect:
    case ComponentType.CheckboxGroup: {
      const values = given === undefined ? preset : picked(label, field, given, unchecked);
      if (!unchecked) demandCount(label, field, values.length);
      return { values };
    }
    case ComponentType.FileUpload: {
      const files = filesOf(label, given);
      if (!unchecked) demandCount(label, field, files.length);
      return { values: files.map((file) => resolve(filling.place, filling.resolved, file)) };
    }
    default: {
      const things = given === undefined ? [] : pickedThings(label, given);
      if (!unchecked) demandCount(label, field, things.length);
      return { values: things.map((thing) => resolve(filling.place, filling.resolved, thing)) };
    }
  }
}

function picked(label: string, field: Field, given: FieldValue, unchecked: boolean): string[] {
  const choices = [given].flat().map(String);
  return unchecked ? choices : choices.map((choice) => optionValue(field.options ?? [], choice, label));
}

function pickedThings(label: string, given: FieldValue): Picked[] {
  return [given].flat().map((thing) => {
    if (typeof thing !== 'object' || 'bytes' in thing) {
      throw new DriverError(`“${label}” wants somebody or something picked`);
    }
    return thing;
  });
}

function filesOf(label: string, given: FieldValue | undefined): SentFile[] {
  return (given === undefined ? [] : [given]).flat().map((file) => {
    if (typeof file !== 'object' || !('bytes' in file)) throw new DriverError(`“${label}” takes files`);
    return file;
  });
}

function demandLength(label: string, field: Field, { length }: string): void {
  const { required = true, min_length: least = 0, max_length: most = 4000 } = field;
  if (required && length === 0) throw new DriverError(`The field “${label}” is required`);
  if (length > most || (length > 0 && length < least)) {
    throw new DriverError(`The field “${label}” takes from ${least} to ${most} characters, not ${length}`);
  }
}

function demandCount(label: string, field: Field, count: number): void {
  const { required = true, min_values: least = 1 } = field;
  const most =
    field.max_values ?? (field.type === ComponentType.CheckboxGroup ? (field.options?.length ?? 0) : 1);
  if (required && count === 0) throw new DriverError(`The field “${label}” is required`);
  if (count > most || (count > 0 && count < least)) {
    throw new DriverError(`The field “${label}” takes from ${least} to ${most} choices, not ${count}`);
  }
}
