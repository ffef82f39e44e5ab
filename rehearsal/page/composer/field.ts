// One option of a command as a field: its name, what stands in it, and the list that belongs to it.
import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { state } from '../store.js';
import { t } from '../words.js';
import { describe, nameIn } from './catalog.js';
import type { Typed } from './composing.js';
import { closeList } from './list.js';
import { attach, key, suggest, type } from './typing.js';

type Option = APIApplicationCommandBasicOption;

/** The field of an option. */
export function field(option: Option, typed: Typed): TemplateResult {
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
    option.type === ApplicationCommandOptionType.Integer ||
    option.type === ApplicationCommandOptionType.Number;
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
