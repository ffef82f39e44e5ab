// What was typed into options becomes what is sent; what Discord would hold back is said.
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import type { Given } from '../../page-server/protocol.js';
import { upload } from '../acts.js';
import { t } from '../words.js';
import { nameIn, plain } from './catalog.js';
import type { Typed } from './composing.js';
import { fixedChoices } from './suggest.js';

export type Checked = { value: Given | undefined } | { wrong: string };

/** The value of an option; undefined where nothing was typed into one that may be left out. */
export async function checked(
  option: APIApplicationCommandBasicOption,
  typed: Typed | undefined,
): Promise<Checked> {
  const name = nameIn(option);
  if (typed?.file) return { value: await upload(typed.file) };
  if (typed?.value !== undefined) return { value: typed.value };
  const text = typed?.text.trim() ?? '';
  if (text === '') return option.required ? { wrong: t('wrong.required', { name }) } : { value: undefined };
  const fixed = fixedChoices(option);
  if (fixed) {
    const choice = fixed.find(
      ({ label }) => plain(label.replace(/^[@#]/, '')) === plain(text.replace(/^[@#]/, '')),
    );
    return choice ? { value: choice.value } : { wrong: t('wrong.pick', { name }) };
  }
  if (option.type === Type.Integer || option.type === Type.Number) return number(option, name, text);
  if (option.type === Type.String) {
    const { min_length: least = 1, max_length: most = 6000 } = option;
    if (text.length < least || text.length > most) return { wrong: t('wrong.length', { name, least, most }) };
  }
  return { value: text };
}

function number(
  option: Extract<APIApplicationCommandBasicOption, { type: Type.Integer | Type.Number }>,
  name: string,
  text: string,
): Checked {
  const value = Number(text);
  if (Number.isNaN(value)) return { wrong: t('wrong.number', { name }) };
  if (option.type === Type.Integer && !Number.isSafeInteger(value))
    return { wrong: t('wrong.whole', { name }) };
  const { min_value: least = -(2 ** 53), max_value: most = 2 ** 53 } = option;
  return value < least || value > most ? { wrong: t('wrong.range', { name, least, most }) } : { value };
}
