// The server's scheduled events, as the dialog over the channel list shows them.
import { html, nothing, type TemplateResult } from 'lit';
import type { View } from '../page-server/protocol.js';
import { icon } from './icons.js';
import { asModal, closeDialog } from './once-there.js';
import { state, update } from './store.js';
import { spokenLocale, t } from './words.js';

/** The events, if they are open. */
export function events({ servers, channel }: View): TemplateResult | typeof nothing {
  if (!state.areEventsOpen) return nothing;
  const all = servers.find(({ id }) => id === channel.serverId)?.events ?? [];
  return html`<dialog
    class="modal"
    aria-labelledby="events-title"
    @close=${closed}
    ${asModal()}
  >
    <header>
      <h2 id="events-title">${t('events')}</h2>
      <button type="button" class="icon-button" aria-label=${t('close')} @click=${closeDialog}>${icon('close')}</button>
    </header>
    <div class="fields">
      ${all.length === 0 ? html`<p>${t('noEvents')}</p>` : nothing}
      ${all.map(
        ({ name, description, scheduled_start_time: start, entity_metadata: place }) =>
          html`<article class="event">
            <p><time datetime=${start}>${new Intl.DateTimeFormat(spokenLocale(), { dateStyle: 'full', timeStyle: 'short' }).format(new Date(start))}</time></p>
            <h3>${name}</h3>
            ${place?.location ? html`<p>${place.location}</p>` : nothing}
            ${description ? html`<p>${description}</p>` : nothing}
          </article>`,
      )}
    </div>
  </dialog>`;
}

function closed(): void {
  update((known) => {
    known.areEventsOpen = false;
  });
}
