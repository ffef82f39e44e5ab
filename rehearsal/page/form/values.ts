// What was filled into a form: what Discord would hold back, and what is sent.
import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
} from 'discord-api-types/v10';
import type { Given } from '../../page-server/protocol.js';
import { upload } from '../acts.js';
import { offersOf } from '../message/controls.js';
import { t } from '../words.js';

export type Field = APIComponentInLabel;

/** The values of a form by the custom ids of its fields, or what is wrong with them. */
export async function checkedForm(
  { components }: APIModalInteractionResponseCallbackData,
  data: FormData,
): Promise<{ values: Record<string, Given | Given[]>; wrong: Record<string, string> }> {
  const values: Record<string, Given | Given[]> = {};
  const wrong: Record<string, string> = {};
  const labelled = components.flatMap((component) => {
    if (component.type === ComponentType.TextDisplay) return [];
    if (component.type === ComponentType.Label)
      return [{ label: component.label, field: component.component }];
    return component.components.map((field) => ({ label: field.label ?? '', field }));
  });
  for (const { label, field } of labelled) {
    const given = data.getAll(field.custom_id).filter(isGiven);
    const problem = problemOf(label, field, given);
    if (problem) wrong[field.custom_id] = problem;
    else values[field.custom_id] = await filledIn(field, given);
  }
  return { values, wrong };
}

/** An empty field of files still holds one, without a name. */
function isGiven(entry: FormDataEntryValue): boolean {
  return entry instanceof File ? entry.name !== '' : entry !== '';
}

/** What Discord would not send. */
function problemOf(name: string, field: Field, given: FormDataEntryValue[]): string | undefined {
  if (field.type === ComponentType.Checkbox) return undefined;
  const { required = true } = field;
  if (given.length === 0) return required ? t('wrong.required', { name }) : undefined;
  if (field.type === ComponentType.TextInput) {
    const { length } = String(given[0]);
    const { min_length: least = 0, max_length: most = 4000 } = field;
    return length < least || length > most ? t('wrong.length', { name, least, most }) : undefined;
  }
  if (field.type === ComponentType.RadioGroup) return undefined;
  const { min_values: least = 1 } = field;
  const most = field.max_values ?? (field.type === ComponentType.CheckboxGroup ? field.options.length : 1);
  return given.length < least || given.length > most ? t('wrong.count', { name, least, most }) : undefined;
}

async function filledIn(field: Field, given: FormDataEntryValue[]): Promise<Given | Given[]> {
  const texts = given.filter((one) => typeof one === 'string');
  switch (field.type) {
    case ComponentType.TextInput:
      return texts[0] ?? '';
    case ComponentType.Checkbox:
      return texts.length > 0;
    case ComponentType.FileUpload:
      return Promise.all(given.filter((one) => one instanceof File).map(upload));
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
    case ComponentType.StringSelect:
      return texts;
    default:
      return offersOf(field).flatMap(({ value, thing }) => (thing && texts.includes(value) ? [thing] : []));
  }
}
