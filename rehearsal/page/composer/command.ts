// A command being typed, as a row of fields; sent once every one is as Discord wants it.
import { html, nothing, type TemplateResult } from 'lit';
import type { Given } from '../../page-server/protocol.js';
import { sendCommand } from '../acts.js';
import { icon } from '../icons.js';
import { state, update } from '../store.js';
import { t } from '../words.js';
import { describe, type Leaf, nameIn } from './catalog.js';
import { checked } from './check.js';
import type { Composing } from './composing.js';
import { field } from './field.js';
import { add, focusOn, leave, leaveOnEscape } from './typing.js';

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
