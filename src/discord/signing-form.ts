// The form by which a person signs, and what was filled in.
import type { ModalSubmitInteraction } from 'discord.js';
import type { Petition } from '../../db/petitions.js';
import { Failure } from '../coalition/failure.js';
import { cutTo, fitting } from '../coalition/plain-text.js';
import type { Signing } from '../coalition/signing.js';
import type { MessageKey, Words } from '../i18n/words.js';
import { countryCode } from './country.js';
import { boxesField, modal, textField } from './modal.js';
import { lineSchema, textSchema, typedInto } from './options.js';

const longest = { name: 120, country: 80, organization: 120, comment: 500 } as const;

/** The boxes to tick: without the first nothing is kept. */
const boxes = ['keep', 'handOver'] as const;

/** The form as it was filled in, whether it can be taken or not. */
export interface Typed {
  name: string;
  country: string;
  organization: string;
  comment: string;
  /** The boxes that are ticked. */
  consent: string[];
}

const nothingTyped: Typed = { name: '', country: '', organization: '', comment: '', consent: [] };

/** The form for a petition, whose title it bears. */
export function signingForm(id: string, { title }: Petition, words: Words, typed: Typed = nothingTyped) {
  const field = (name: keyof typeof longest, required: boolean, hint?: MessageKey) =>
    textField(name, words.say(`signing.fields.${name}`), {
      most: longest[name],
      value: inField(typed[name], longest[name]),
      required,
      long: name === 'comment',
      ...(hint === undefined ? {} : { hint: words.say(hint) }),
    });
  return modal(id, cutTo(words.localized(title), 45), [
    field('name', true),
    field('country', true, 'signing.hints.country'),
    field('organization', false, 'signing.hints.organization'),
    field('comment', false, 'signing.hints.comment'),
    boxesField(
      'consent',
      words.say('signing.fields.consent'),
      boxes.map((value) => ({
        value,
        label: words.say(`signing.consent.${value}`),
        description: words.say(`signing.consent.${value}Hint`),
        default: typed.consent.includes(value),
      })),
      { hint: words.say('signing.hints.consent') },
    ),
  ]);
}

/** As much of a text as a field takes, which counts in UTF-16: what Discord's own forms send always fits. */
const inField = (text: string, most: number) => (text.length > most ? fitting(text, most / 2) : text);

/** What was filled in, as it was. */
export function typedIn(fields: ModalSubmitInteraction['fields']): Typed {
  return {
    name: fields.getTextInputValue('name'),
    country: fields.getTextInputValue('country'),
    organization: fields.getTextInputValue('organization'),
    comment: fields.getTextInputValue('comment'),
    consent: [...fields.getCheckboxGroup('consent')],
  };
}

/** @throws {@link Failure} for the first thing that can't be taken */
export function signingFrom(typed: Typed, words: Words): Signing {
  const fields = { getTextInputValue: (name: string) => typed[name as keyof typeof longest] };
  const optional = (name: 'organization' | 'comment', schema: ReturnType<typeof lineSchema>) =>
    typed[name] === '' ? undefined : typedInto(fields, name, `signing.fields.${name}`, schema);
  const signing = {
    name: typedInto(fields, 'name', 'signing.fields.name', lineSchema(longest.name)),
    country: countryCode(
      typedInto(fields, 'country', 'signing.fields.country', lineSchema(longest.country)),
      words,
    ),
    organization: optional('organization', lineSchema(longest.organization)),
    comment: optional('comment', textSchema(longest.comment)),
    consent: typed.consent.includes('handOver'),
  };
  if (!typed.consent.includes('keep')) throw new Failure('consentNeeded');
  return signing;
}

/** The form of a signature given before. */
export function typedOf(signing: Partial<Omit<Signing, 'consent'>>, consent: boolean): Typed {
  const { name = '', country = '', organization = '', comment = '' } = signing;
  return { name, country, organization, comment, consent: consent ? [...boxes] : ['keep'] };
}
