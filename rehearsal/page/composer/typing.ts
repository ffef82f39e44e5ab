// What happens while a command is typed: options are shown, suggested for, filled and left out.
import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord-api-types/v10';
import { state, update } from '../store.js';
import { type Leaf, plain } from './catalog.js';
import type { Typed } from './composing.js';
import { closeList, listMoves } from './list.js';
import { askedChoices, type Choice, fixedChoices } from './suggest.js';

type Option = APIApplicationCommandBasicOption;

/** Goes on from the list of commands to the fields of one. */
export function begin(leaf: Leaf): void {
  const required = leaf.options.filter((option) => option.required);
  update((known) => {
    known.composing = {
      text: '',
      files: [],
      leaf,
      typed: Object.fromEntries(required.map(({ name }) => [name, { text: '' }])),
    };
  });
  focusOn(required[0]?.name);
}

/** Puts text into an option. */
export function type(option: Option, text: string): void {
  set(option, { text });
  suggest(option);
}

/** What a key does in the field of an option. */
export function key(event: KeyboardEvent, option: Option, typed: Typed): void {
  if (listMoves(event)) return;
  if (event.key !== 'Backspace' || typed.text !== '') return;
  event.preventDefault();
  if (option.required) leave();
  else remove(option);
}

let asked = 0;

/** Offers what goes into an option; what Minga suggests comes a little later. */
export async function suggest(option: Option): Promise<void> {
  asked += 1;
  const turn = asked;
  const { composing } = state;
  const typed = composing.typed?.[option.name];
  if (!typed || typed.value !== undefined) return closeList();
  const fixed = fixedChoices(option)?.filter(({ label }) => plain(label).includes(plain(typed.text)));
  if (!fixed && !('autocomplete' in option && option.autocomplete)) return closeList();
  const choices = fixed ?? (await askedChoices(composing, option));
  if (turn !== asked || state.composing.leaf !== composing.leaf) return;
  update((known) => {
    known.composing.suggested = {
      for: option.name,
      // What was typed counts too where Minga only suggests: nothing is picked unasked.
      active: fixed ? 0 : -1,
      items: choices.map(({ label, value }) => ({ label, pick: () => pick(option, { label, value }) })),
    };
  });
}

function pick(option: Option, { label, value }: Choice): void {
  set(option, { text: label, value });
  closeList();
  const { leaf, typed = {} } = state.composing;
  const next = leaf?.options.find(({ name }) => typed[name]?.text === '' && !typed[name].file);
  focusOn(next?.name ?? option.name);
}

/** Shows an option that was left out so far. */
export function add(option: Option): void {
  set(option, { text: '' });
  focusOn(option.name);
}

function set(option: Option, typed: Typed): void {
  update(({ composing }) => {
    composing.typed = { ...composing.typed, [option.name]: typed };
    delete composing.wrong;
  });
}

function remove(option: Option): void {
  update(({ composing }) => {
    delete composing.typed?.[option.name];
    delete composing.suggested;
  });
  focusOn(Object.keys(state.composing.typed ?? {}).at(-1));
}

/** Puts a file into an option. */
export function attach(option: Option, file: File | undefined): void {
  if (file) set(option, { text: '', file });
}

/** Puts dropped files into the command's options for files; false where it has none. */
export function dropOnCommand(files: File[]): boolean {
  const { leaf, typed = {} } = state.composing;
  const takers = leaf?.options.filter(
    ({ type: kind, name }) => kind === ApplicationCommandOptionType.Attachment && !typed[name]?.file,
  );
  takers?.slice(0, files.length).forEach((option, index) => {
    attach(option, files[index]);
  });
  return leaf !== undefined;
}

/** Back to writing messages. */
export function leave(): void {
  update((known) => {
    known.composing = { text: '', files: [] };
  });
  focusOn(undefined, 'write');
}

export function leaveOnEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && !event.defaultPrevented) leave();
}

/** Sets the focus once the page is drawn: on an option, or where there is none on what sends. */
export function focusOn(option: string | undefined, otherwise = 'send-command'): void {
  setTimeout(() => document.getElementById(option === undefined ? otherwise : `option-${option}`)?.focus());
}
