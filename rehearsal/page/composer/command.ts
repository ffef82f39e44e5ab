// A command being typed: its options as fields in a row, each with what can be picked for it.
import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { sendCommand } from '../acts.js';
import { icon } from '../icons.js';
import { state, update } from '../store.js';
import { t } from '../words.js';
import type { Given } from '../../page-server/protocol.js';
import { describe, type Leaf, nameIn, plain } from './catalog.js';
import { checked } from './check.js';
import type { Composing, Typed } from './composing.js';
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

/** The fields of a command. */
export function commandForm(leaf: Leaf): TemplateResult {
  const { typed = {}, wrong } = state.composing;
  const shown = leaf.options.filter(({ name }) => typed[name]);
  const hidden = leaf.options.filter(({ name }) => !typed[name]);
  return html`<form class="box command" novalidate @submit=${send} @keydown=${leaveOnEscape}>
    <p id="command-hint" class="hint ${wrong ? 'wrong' : ''}" role=${wrong ? 'alert' : nothing}>
      ${wrong?.text ?? leaf.description}
    </p>
    <div class="line">
      <div class="fields">
        <strong class="command-name">/${leaf.shown}</strong>
        ${shown.map((option) => field(option, typed[option.name] ?? { text: '' }))}
        ${hidden.map(
          (option) =>
            html`<button
              type="button"
              class="add-option"
              title=${describe(option)}
              aria-label=${t('addOption', { name: nameIn(option) })}
              @click=${() => add(option)}
            >
              + ${nameIn(option)}
            </button>`,
        )}
      </div>
      <button type="button" class="icon-button" aria-label=${t('leaveCommand')} @click=${leave}>
        ${icon('close')}
      </button>
      <button id="send-command" class="icon-button" aria-label=${t('send')}>${icon('send')}</button>
    </div>
  </form>`;
}

function field(option: Option, typed: Typed): TemplateResult {
  const { composing } = state;
  const isWrong = composing.wrong?.option === option.name;
  const isOpen = composing.suggested?.for === option.name;
  const id = `option-${option.name}`;
  if (option.type === ApplicationCommandOptionType.Attachment) {
    return html`<div class="field ${isWrong ? 'wrong' : ''}">
      <label for=${id}>${nameIn(option)}<span class="file-face">${typed.file?.name ?? t('chooseFile')}</span></label>
      <input
        id=${id}
        class="unseen"
        type="file"
        aria-describedby="${id}-hint"
        accept=${option.file_types?.map((type) => (type.startsWith('.') ? type : `${type}/*`)).join(',') ?? nothing}
        @change=${(event: Event) => event.target instanceof HTMLInputElement && attach(option, event.target.files?.[0])}
      /><span class="unseen" id="${id}-hint">${describe(option)}</span>
    </div>`;
  }
  const isNumber =
    option.type === ApplicationCommandOptionType.Integer || option.type === ApplicationCommandOptionType.Number;
  return html`<div class="field ${isWrong ? 'wrong' : ''} ${typed.value === undefined ? '' : 'picked'}">
    <label for=${id}>${nameIn(option)}</label
    ><input
      id=${id}
      role="combobox"
      aria-autocomplete="list"
      aria-expanded=${isOpen}
      aria-controls="suggestions"
      aria-activedescendant=${isOpen ? `suggestion-${composing.suggested?.active}` : nothing}
      aria-required=${option.required ?? false}
      aria-invalid=${isWrong}
      aria-describedby="${id}-hint"
      autocomplete="off"
      inputmode=${isNumber ? 'numeric' : 'text'}
      placeholder=${describe(option)}
      .value=${live(typed.text)}
      @focus=${() => suggest(option)}
      @blur=${() => state.composing.suggested?.for === option.name && closeList()}
      @input=${(event: Event) => event.target instanceof HTMLInputElement && type(option, event.target.value)}
      @keydown=${(event: KeyboardEvent) => key(event, option, typed)}
    /><span class="unseen" id="${id}-hint">${describe(option)}</span>
  </div>`;
}

function type(option: Option, text: string): void {
  set(option, { text });
  suggest(option);
}

function key(event: KeyboardEvent, option: Option, typed: Typed): void {
  if (listMoves(event)) return;
  if (event.key !== 'Backspace' || typed.text !== '') return;
  event.preventDefault();
  if (option.required) leave();
  else remove(option);
}

let asked = 0;

/** Offers what goes into an option; what Minga suggests comes a little later. */
async function suggest(option: Option): Promise<void> {
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

function add(option: Option): void {
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

function attach(option: Option, file: File | undefined): void {
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

function leave(): void {
  update((known) => {
    known.composing = { text: '', files: [] };
  });
  focusOn(undefined, 'write');
}

function leaveOnEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && !event.defaultPrevented) leave();
}

async function send(event: Event): Promise<void> {
  event.preventDefault();
  const { leaf, typed = {} } = state.composing;
  if (!leaf) return;
  const options: Record<string, Given> = {};
  for (const option of leaf.options) {
    const result = await checked(option, typed[option.name]);
    if ('wrong' in result) {
      update(({ composing }) => {
        composing.wrong = { option: option.name, text: result.wrong };
      });
      return focusOn(option.name);
    }
    if (result.value !== undefined) options[option.name] = result.value;
  }
  const kept: Composing = { ...state.composing };
  leave();
  const error = await sendCommand(`/${leaf.shown}`, { do: 'command', name: leaf.name, options });
  if (error === undefined) return;
  update((known) => {
    known.composing = { ...kept, wrong: { text: error } };
  });
}

/** Sets the focus once the page is drawn: on an option, or where there is none on what sends. */
function focusOn(option: string | undefined, otherwise = 'send-command'): void {
  setTimeout(() => document.getElementById(option === undefined ? otherwise : `option-${option}`)?.focus());
}
