// The list over the box: moved through by arrows, picked from by Enter, Tab or a click.
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { state, update } from '../store.js';
import { t } from '../words.js';

/** The list, if there is something to pick. */
export function suggestions(): TemplateResult | typeof nothing {
  const { suggested } = state.composing;
  if (!suggested) return nothing;
  const isCommands = suggested.for === 'commands';
  if (suggested.items.length === 0) {
    return html`<p class="suggestions none" role="status">${t(isCommands ? 'noCommands' : 'noSuggestions')}</p>`;
  }
  return html`<ul
    id="suggestions"
    class="suggestions"
    role="listbox"
    aria-label=${t(isCommands ? 'commandsFound' : 'suggestions')}
  >
    ${suggested.items.map(
      ({ label, detail, pick }, index) =>
        html`<li
          id="suggestion-${index}"
          role="option"
          aria-selected=${index === suggested.active}
          @pointerdown=${(event: Event) => event.preventDefault()}
          @click=${pick}
          ${ref((element) => {
            if (index === suggested.active) element?.scrollIntoView({ block: 'nearest' });
          })}
        >
          <span class="label">${label}</span>${detail ? html`<small>${detail}</small>` : nothing}
        </li>`,
    )}
  </ul>`;
}

/** What a key does to the open list; false where it does nothing. */
export function listMoves(event: KeyboardEvent): boolean {
  const { suggested } = state.composing;
  if (!suggested) return false;
  const { items } = suggested;
  const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
  if (move !== undefined && items.length > 0) {
    event.preventDefault();
    update(() => {
      suggested.active = (Math.max(suggested.active, move > 0 ? -1 : 0) + move + items.length) % items.length;
    });
    return true;
  }
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    closeList();
    return true;
  }
  const item = items[suggested.active];
  if (
    !item ||
    !(event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey && suggested.for === 'commands'))
  )
    return false;
  event.preventDefault();
  item.pick();
  return true;
}

export function closeList(): void {
  update(({ composing }) => {
    delete composing.suggested;
  });
}
