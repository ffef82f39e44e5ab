// What the page's people do, as the stand-in's driver knows it: typing, pressing, choosing, filling in.
import type { Exchange, FieldValue, OptionValue, SentFile, Speaker } from '../stand-in/index.js';
import type { Answer, Ask, Given, Outcome, Thing, Upload } from './protocol.js';

/** The forms that are open, by the interaction that opened them. */
export type Forms = Map<string, Exchange>;

type Deed = Extract<Ask, { do: 'say' | 'command' | 'complete' | 'menu' | 'press' | 'choose' | 'submit' }>;

/** Whether this is something a person does in a channel. */
export function isDeed(ask: Ask): ask is Deed {
  return ['say', 'command', 'complete', 'menu', 'press', 'choose', 'submit'].includes(ask.do);
}

/** Does it, and resolves when the person has something to look at. @throws DriverError for what Discord would not send */
export async function perform(speaker: Speaker, ask: Deed, forms: Forms): Promise<Omit<Answer, 're'>> {
  switch (ask.do) {
    case 'say':
      speaker.say(ask.text, ask.files.map(sentFile));
      return {};
    case 'complete':
      return { choices: await speaker.complete(ask.name, optionValues(ask.options), ask.focused) };
    case 'command':
      return outcomeOf(await speaker.command(ask.name, optionValues(ask.options)), forms);
    case 'menu':
      return outcomeOf(await speaker.menu(ask.name, { id: ask.message }), forms);
    case 'press':
      return outcomeOf(await speaker.press({ id: ask.message }, ask.button), forms);
    case 'choose': {
      const values = ask.values.map((value) => (typeof value === 'string' ? value : picked(value)));
      return outcomeOf(await speaker.choose({ id: ask.message }, ask.select, values), forms);
    }
    case 'submit': {
      const form = forms.get(ask.form);
      if (!form) throw new Error('formGone');
      const values = Object.entries(ask.values).map(([name, given]) => [name, fieldValue(given)] as const);
      return outcomeOf(await form.submit(Object.fromEntries(values)), forms);
    }
  }
}

function outcomeOf(exchange: Exchange, forms: Forms): { outcome: Outcome } {
  const { kind, modal, interaction } = exchange;
  if (!modal) return { outcome: { kind } };
  forms.set(interaction.id, exchange);
  return { outcome: { kind, modal, form: interaction.id } };
}

function optionValues(given: Record<string, Given>): Record<string, OptionValue> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, optionValue(value)]));
}

function optionValue(given: Given): OptionValue {
  if (typeof given !== 'object') return given;
  return given.kind === 'file' ? sentFile(given) : picked(given);
}

function fieldValue(given: Given | Given[]): FieldValue {
  if (!Array.isArray(given)) return oneValue(given);
  if (given.every((one) => typeof one === 'object' && one.kind === 'file')) return given.map(sentFile);
  return given.map((one) => (typeof one === 'object' && one.kind !== 'file' ? picked(one) : String(one)));
}

function oneValue(given: Given): FieldValue {
  if (typeof given === 'number') return String(given);
  const value = optionValue(given);
  return typeof value === 'number' ? String(value) : value;
}

function picked({ kind, id, name }: Thing) {
  return kind === 'person' ? { kind, id, displayName: name } : { kind, id, name };
}

function sentFile({ name, contentType, base64 }: Upload): SentFile {
  return { kind: 'file', name, contentType, bytes: Buffer.from(base64, 'base64') };
}
