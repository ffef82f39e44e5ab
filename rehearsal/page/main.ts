// The page as a whole: what it draws, and when.
import './styles/theme.css';
import './styles/type.css';
import './styles/frame.css';
import './styles/panel.css';
import './styles/message.css';
import './styles/controls.css';
import { html, nothing, render, type TemplateResult } from 'lit';
import type { View } from '../page-server/protocol.js';
import { composer } from './composer/composer.js';
import { ask, connect } from './connection.js';
import { events } from './events.js';
import { feed, isAtEnd, toEnd } from './feed.js';
import { openForm } from './form/form.js';
import { type Icon, icon } from './icons.js';
import { messageMenu } from './message/menu.js';
import { clock, shownMoment } from './panels/clock.js';
import { people } from './panels/people.js';
import { scenes } from './panels/scenes.js';
import { trouble } from './panels/trouble.js';
import { sidebar } from './sidebar.js';
import { drawnBy, isLight, type Panel, state, update } from './store.js';
import { t } from './words.js';

const panels = { people, clock, trouble, scenes } satisfies Record<Panel, (view: View) => TemplateResult>;
const shown = Object.keys(panels) as Panel[];

function page(view: View): TemplateResult {
  const { panel, notice } = state;
  const isDirect = view.channel.serverId === undefined;
  const place = isDirect ? `@${t('directWithMinga')}` : `#${view.channel.name}`;
  return html`
    <a class="skip" href="#write">${t('skip')}</a>
    ${sidebar(view)}
    <div class="veil" @click=${closeDrawer}></div>
    <main aria-label=${place}>
      <header class="bar">
        <button type="button" class="icon-button only-small" aria-label=${t('openMenu')} aria-expanded=${state.isDrawerOpen} @click=${openDrawer}>
          ${icon('menu')}
        </button>
        <h1>${place}</h1>
        <time class="moment-now">${shownMoment()}</time>
        <div class="tools" role="group" aria-label=${t('title')}>${shown.map(tool)}</div>
      </header>
      ${feed(place)} ${composer(place)}
    </main>
    ${
      panel
        ? html`<aside class="panel" aria-label=${t(panel)}>
            <header>
              <h2>${t(panel)}</h2>
              <button type="button" class="icon-button" aria-label=${t('close')} @click=${() => toggle(panel)}>
                ${icon('close')}
              </button>
            </header>
            <div class="panel-body">${panels[panel](view)}</div>
          </aside>`
        : nothing
    }
    ${openForm()} ${events(view)} ${messageMenu()}
    <div class="notice" role="status">
      ${
        notice
          ? html`<p>
              ${notice}
              <button type="button" class="icon-button" aria-label=${t('close')} @click=${dropNotice}>${icon('close')}</button>
            </p>`
          : nothing
      }
    </div>
    ${state.isConnected ? nothing : html`<p class="gone" role="alert">${t('gone')}</p>`}
  `;
}

function tool(name: Panel): TemplateResult {
  const isOpen = state.panel === name;
  return html`<button
    type="button"
    class="tool ${isOpen ? 'here' : ''}"
    aria-pressed=${isOpen}
    title=${t(name)}
    @click=${() => toggle(name)}
  >
    ${icon(name satisfies Icon)}<span>${t(name)}</span>
  </button>`;
}

function toggle(name: Panel): void {
  update((known) => {
    if (known.panel === name) delete known.panel;
    else known.panel = name;
  });
}

function openDrawer(): void {
  update((known) => {
    known.isDrawerOpen = true;
  });
}

function closeDrawer(): void {
  update((known) => {
    known.isDrawerOpen = false;
  });
  document.querySelector<HTMLElement>('.bar .only-small')?.focus();
}

function closeOnEscape({ key }: KeyboardEvent): void {
  if (key === 'Escape' && state.isDrawerOpen) closeDrawer();
}

function dropNotice(): void {
  update((known) => {
    delete known.notice;
  });
}

let channel = '';

function draw(): void {
  const { view } = state;
  document.documentElement.dataset.theme = isLight() ? 'light' : 'dark';
  const follows = isAtEnd() || channel !== view?.channel.id;
  channel = view?.channel.id ?? '';
  document.title = view ? `${t('title')} · Minga` : 'Minga';
  render(view ? page(view) : html`<p class="curtain" role="status">${t('connecting')}</p>`, document.body);
  if (follows) toEnd();
}

drawnBy(draw);
matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => update());
if (matchMedia('(min-width: 1000px)').matches) state.panel = 'people';
// Pictures have their height once they are there.
document.addEventListener(
  'load',
  (event) => event.target instanceof HTMLImageElement && isNear() && toEnd(),
  true,
);
setInterval(() => update(), 10_000);
document.addEventListener('keydown', closeOnEscape);
// A machine that slept has lost the time.
document.addEventListener('visibilitychange', () => {
  const { view } = state;
  if (view && !document.hidden) ask({ do: 'look', as: view.me.id, channel: view.channel.id });
});
draw();
connect();

function isNear(): boolean {
  const element = document.querySelector('.feed');
  return !element || element.scrollHeight - element.scrollTop - element.clientHeight < 800;
}
