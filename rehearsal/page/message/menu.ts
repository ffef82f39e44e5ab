// The menu of a message: the apps' commands on it.
import { ApplicationCommandType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { useMenu } from '../acts.js';
import { nameIn } from '../composer/catalog.js';
import { onceThere } from '../once-there.js';
import { type State, state, update } from '../store.js';
import { t } from '../words.js';

/** The open menu, if one is. */
export function messageMenu(): TemplateResult | typeof nothing {
  const { menu, commands } = state;
  if (!menu) return nothing;
  const offered = commands.filter(({ type }) => type === ApplicationCommandType.Message);
  const content = html`<div
    id="message-menu"
    popover="auto"
    role="menu"
    aria-label=${t('apps')}
    @toggle=${(event: ToggleEvent) => {
      if (event.newState === 'closed') closed(menu);
    }}
    @keydown=${move}
    ${onceThere((element) => place(element, menu))}
  >
    <p class="caption" role="presentation">${t('apps')}</p>
    ${offered.map(
      (command) =>
        html`<button
          type="button"
          role="menuitem"
          @click=${() => useMenu(command.name, menu.message, nameIn(command))}
        >
          ${nameIn(command)}
        </button>`,
    )}
    ${offered.length === 0 ? html`<p role="presentation">${t('noApps')}</p>` : nothing}
  </div>`;
  // Another message's menu is another element, with a place and a focus of its own.
  return html`${keyed(menu, content)}`;
}

function closed(menu: State['menu']): void {
  update((known) => {
    if (known.menu === menu) delete known.menu;
  });
}

function place(element: HTMLElement, { right, top }: { right: number; top: number }): void {
  element.showPopover();
  const { width, height } = element.getBoundingClientRect();
  element.style.left = `${Math.max(8, Math.min(right - width / 2, innerWidth - width - 8))}px`;
  element.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  element.querySelector('button')?.focus();
}

function move(event: KeyboardEvent): void {
  if (!['ArrowDown', 'ArrowUp'].includes(event.key) || !(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('button')];
  const at = items.findIndex((item) => item.matches(':focus'));
  items.at((at + (event.key === 'ArrowDown' ? 1 : -1)) % items.length)?.focus();
}
