// The form for what a target answered, and what was filled in.
import type { ModalSubmitFields } from 'discord.js';
import type { Target } from '../../db/targets.js';
import type { ResponseInput } from '../coalition/delivery.js';
import { cutTo } from '../coalition/plain-text.js';
import type { Words } from '../i18n/words.js';
import { modal, textField } from './modal.js';
import { day, lineSchema, textSchema, typedInto } from './options.js';

const fieldsOf = ['text', 'answeredBy', 'day', 'followUpOn'] as const;

/** What was typed into the form, as it was. */
export type TypedResponse = Record<(typeof fieldsOf)[number], string>;

const longest: Record<keyof TypedResponse, number> = { text: 1000, answeredBy: 100, day: 20, followUpOn: 20 };

/** @param typed - what the form begins with */
export function responseModal(id: string, target: Target, typed: Partial<TypedResponse>, words: Words) {
  const title = words.say('delivery.responseTitle', { name: words.localized(target.name) });
  return modal(
    id,
    cutTo(title, 45),
    fieldsOf.map((name) =>
      textField(name, words.say(`delivery.fields.${name}`), {
        most: longest[name],
        value: typed[name],
        long: name === 'text',
        required: name === 'text' || name === 'day',
        ...((name === 'followUpOn' || name === 'answeredBy') && {
          hint: words.say(`delivery.hints.${name}`),
        }),
      }),
    ),
  );
}

export function typedResponse(fields: ModalSubmitFields): TypedResponse {
  const value = (name: keyof TypedResponse) => fields.getTextInputValue(name);
  return {
    text: value('text'),
    answeredBy: value('answeredBy'),
    day: value('day'),
    followUpOn: value('followUpOn'),
  };
}

/** @throws {@link Failure} that names the field that can't be read */
export function responseFrom(typed: TypedResponse): ResponseInput {
  const fields = { getTextInputValue: (name: string) => typed[name as keyof TypedResponse] };
  const aDay = day({ required: true }).schema;
  const optional = <Value>(name: keyof TypedResponse, read: () => Value) =>
    typed[name].trim() === '' ? null : read();
  return {
    text: typedInto(fields, 'text', 'delivery.fields.text', textSchema(longest.text)),
    answeredBy: optional('answeredBy', () =>
      typedInto(fields, 'answeredBy', 'delivery.fields.answeredBy', lineSchema(longest.answeredBy)),
    ),
    day: typedInto(fields, 'day', 'delivery.fields.day', aDay),
    followUpOn: optional('followUpOn', () =>
      typedInto(fields, 'followUpOn', 'delivery.fields.followUpOn', aDay),
    ),
  };
}
