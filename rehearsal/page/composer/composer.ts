// The box at the bottom: messages, and commands once a slash is typed.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { upload } from '../acts.js';
import { order } from '../connection.js';
import { icon } from '../icons.js';
import { state, update } from '../store.js';
import { t } from '../words.js';
import { leaves, matching } from './catalog.js';
import { commandForm } from './command.js';
import { listMoves, suggestions } from './list.js';
import { begin, dropOnCommand } from './typing.js';

/** The box, for a place that one may write in or not. */
export function composer(place: string): TemplateResult {
  const { view, composing } = state;
  const { leaf } = composing;
  return html`<div
    class="composer"
    @dragover=${(event: DragEvent) => event.preventDefault()}
    @drop=${(event: DragEvent) => {
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!dropOnCommand(files)) add(files);
    }}
  >
    ${suggestions()}
    ${leaf ? commandForm(leaf) : messageForm(place, view?.channel.mayWrite ?? false)}
  </div>`;
}

function messageForm(place: string, mayWrite: boolean): TemplateResult {
  const { composing } = state;
  const { text, files, suggested } = composing;
  return html`<form class="box" @submit=${submit}>
    ${files.length > 0 ? html`<ul class="files">${files.map(attached)}</ul>` : nothing}
    <div class="line">
      ${
        mayWrite
          ? html`<label class="icon-button" title=${t('attach')}
              >${icon('plus')}<span class="unseen">${t('attach')}</span
              ><input class="unseen" type="file" multiple @change=${pickFiles}
            /></label>`
          : nothing
      }
      <textarea
        id="write"
        rows="1"
        role="combobox"
        aria-label=${t('messageBox')}
        aria-autocomplete="list"
        aria-expanded=${suggested?.for === 'commands'}
        aria-controls="suggestions"
        aria-activedescendant=${suggested ? `suggestion-${suggested.active}` : nothing}
        autocomplete="off"
        placeholder=${mayWrite ? t('writeTo', { place }) : t('mayNotWrite')}
        .value=${live(text)}
        @input=${type}
        @keydown=${key}
      ></textarea>
      <button class="icon-button" aria-label=${t('send')}>${icon('send')}</button>
    </div>
  </form>`;
}

function attached(file: File): TemplateResult {
  const drop = () =>
    update(({ composing }) => {
      composing.files = composing.files.filter((one) => one !== file);
    });
  return html`<li>
    ${icon('file')}${file.name}
    <button type="button" class="icon-button" aria-label=${t('remove', { name: file.name })} @click=${drop}>
      ${icon('close')}
    </button>
  </li>`;
}

function type(event: Event): void {
  if (!(event.target instanceof HTMLTextAreaElement)) return;
  const { value } = event.target;
  update(({ composing, commands }) => {
    composing.text = value;
    delete composing.suggested;
    if (!/^\/[^\n]*$/.test(value)) return;
    composing.suggested = {
      for: 'commands',
      active: 0,
      items: matching(leaves(commands), value.slice(1)).map((leaf) => ({
        label: `/${leaf.shown}`,
        detail: leaf.description,
        pick: () => begin(leaf),
      })),
    };
  });
}

function key(event: KeyboardEvent): void {
  if (listMoves(event)) return;
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    submit(event);
  }
}

async function submit(event: Event): Promise<void> {
  event.preventDefault();
  const { text, files, suggested } = state.composing;
  if (suggested?.items[suggested.active]) {
    suggested.items[suggested.active]?.pick();
    return;
  }
  if (text.trim() === '' && files.length === 0) return;
  update((known) => {
    known.composing = { text: '', files: [] };
  });
  await order({ do: 'say', text, files: await Promise.all(files.map(upload)) });
}

function pickFiles(event: Event): void {
  if (!(event.target instanceof HTMLInputElement)) return;
  add([...(event.target.files ?? [])]);
  event.target.value = '';
}

function add(files: File[]): void {
  update(({ composing }) => {
    composing.files.push(...files);
  });
}
