// Scenes: a campaign from a folder, and the scripted day a step at a time.
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Play, View } from '../../page-server/protocol.js';
import { order } from '../connection.js';
import { t, told } from '../words.js';

/** The panel of scenes; a play that is on comes first. */
export function scenes({ folders, folder, play }: View): TemplateResult {
  return play
    ? html`${theDay(play)} ${campaign(folders, folder)}`
    : html`${campaign(folders, folder)} ${theDay()}`;
}

function campaign(folders: string[], folder: string): TemplateResult {
  return html`
    <p class="note">${t('scenes.explain')}</p>
    <p>${t('scenes.loaded', { folder })}</p>
    <form class="stack" @submit=${load}>
      <label for="folder">${t('scenes.folder')}</label>
      <input id="folder" name="folder" list="folders" required .value=${folder} autocomplete="off" />
      <datalist id="folders">${folders.map((name) => html`<option value=${name}></option>`)}</datalist>
      <button class="button secondary">${t('scenes.load')}</button>
    </form>
  `;
}

function theDay(play?: Play): TemplateResult {
  return html`
    <h3>${t('play.title')}</h3>
    ${
      play
        ? performance(play)
        : html`<p class="note">${t('play.explain')}</p>
            <button type="button" class="button primary" @click=${() => order({ do: 'play' })}>
              ${t('play.begin')}
            </button>`
    }
  `;
}

function performance({ lines, next, isOver }: Play): TemplateResult {
  const go = (all: boolean) => order({ do: 'next', all });
  return html`
    <ol class="play" tabindex="0" aria-label=${t('play.title')} ${ref((list) => toNewest(list))}>
      ${lines.map(({ kind, text }) => html`<li class=${kind}>${told(text)}</li>`)}
    </ol>
    <div role="status">
      ${next ? html`<p>${t('play.coming', { what: told(next) })}</p>` : nothing}
      ${isOver ? html`<p>${t('play.over')}</p>` : nothing}
    </div>
    ${
      isOver
        ? nothing
        : html`<div class="pair">
            <button type="button" class="button primary" ?disabled=${!next} @click=${() => go(false)}>
              ${t('play.next')}
            </button>
            <button type="button" class="button secondary" @click=${() => go(true)}>${t('play.all')}</button>
          </div>`
    }
  `;
}

/** Brings the newest line into sight; lit calls a function made anew after every drawing. */
function toNewest(list: Element | undefined): void {
  queueMicrotask(() => list?.scrollTo(0, list.scrollHeight));
}

function load(event: SubmitEvent): void {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  order({ do: 'scene', folder: String(new FormData(event.target).get('folder')) });
}
