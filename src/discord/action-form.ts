// The form in which an action is logged from a button or a message, and what was filled in.
import type { ModalSubmitInteraction } from 'discord.js';
import { z } from 'zod';
import { actionTypes } from '../../db/schema.js';
import type { Target } from '../../db/targets.js';
import { largestCount } from '../coalition/action.js';
import { cutTo } from '../coalition/plain-text.js';
import { parseWholeNumber } from '../coalition/whole-number.js';
import type { Words } from '../i18n/words.js';
import { choiceField, modal, textField } from './modal.js';
import { lineSchema, refuse } from './options.js';

export const longestOutcome = 200;
export const longestNote = 500;

/** In place of a target's id. */
const nobody = 'none';

/** What is filled in before the form opens, by whom it is opened from. */
export interface Chosen {
  type?: string | undefined;
  /** A target's id. */
  target?: string | undefined;
}

/** Type, how many, target (where the petition has any), outcome and note. */
export function actionModal(id: string, targets: readonly Target[], words: Words, chosen: Chosen = {}) {
  const types = actionTypes.map((type) => ({
    label: words.say(`choices.actionType.${type}`),
    value: type,
    default: type === chosen.type,
  }));
  const isChosen = (target: Target) => String(target.id) === chosen.target;
  // Only the first of many fit into the form.
  const rows = targets
    .toSorted((one, other) => Number(isChosen(other)) - Number(isChosen(one)))
    .map((target) => ({
      label: cutTo(words.localized(target.name), 100),
      value: String(target.id),
      default: isChosen(target),
    }));
  const without = { label: words.say('action.noTarget'), value: nobody };
  const optional = { required: false } as const;
  return modal(id, words.say('action.formTitle'), [
    choiceField('type', words.say('action.fields.type'), types, {
      placeholder: words.say('action.typePlaceholder'),
    }),
    textField('count', words.say('action.fields.count'), {
      most: 12,
      value: '1',
      hint: words.say('action.countHint'),
    }),
    ...(rows.length > 0
      ? [choiceField('target', words.say('action.fields.target'), [without, ...rows], optional)]
      : []),
    textField('outcome', words.say('action.fields.outcome'), { most: longestOutcome, ...optional }),
    textField('note', words.say('action.fields.note'), { most: longestNote, long: true, ...optional }),
  ]);
}

/** A whole number as people type it. */
const typedCount = z.string().transform((typed, refinement) => {
  const count = parseWholeNumber(typed);
  if (count !== undefined && count >= 1 && count <= largestCount) return count;
  return refuse(refinement, 'outOfRange', { min: 1, max: largestCount });
});

const filled = z.object({
  type: z.enum(actionTypes),
  count: typedCount,
  target: lineSchema(200).optional(),
  outcome: lineSchema(longestOutcome).optional(),
  note: lineSchema(longestNote).optional(),
});

/** What was filled in; a problem names its field, as that of an option names the option. */
export function actionFrom(fields: ModalSubmitInteraction['fields']): z.output<typeof filled> {
  const [target] = fields.fields.has('target') ? fields.getStringSelectValues('target') : [];
  return filled.parse({
    type: fields.getStringSelectValues('type')[0],
    count: fields.getTextInputValue('count'),
    target: target === nobody ? undefined : target,
    outcome: fields.getTextInputValue('outcome') || undefined,
    note: fields.getTextInputValue('note') || undefined,
  });
}
