// The left side: servers, their channels, and who one is.
import { html, nothing, type TemplateResult } from 'lit';
import type { View } from '../page-server/protocol.js';
import { look, open } from './acts.js';
import { avatar, serverSign } from './avatar.js';
import { order } from './connection.js';
import { icon } from './icons.js';
import minga from './minga.svg?url';
import { setTheme, state, type Theme, update } from './store.js';
import { readIn, spokenLocale, t } from './words.js';

/** Servers, channels and the speaker. */
export function sidebar(view: View): TemplateResult {
  const { servers, channel, directId } = view;
  const server = servers.find(({ id }) => id === channel.serverId);
  return html`<div class="sidebar ${state.isDrawerOpen ? 'open' : ''}">
    <nav class="servers" aria-label=${t('servers')}>
      <ul>
        <li>
          <button
            type="button"
            class="sign ${server ? '' : 'here'}"
            aria-label=${t('direct')}
            title=${t('direct')}
            aria-current=${server ? nothing : 'true'}
            @click=${() => open(directId)}
          >
            <img src=${minga} alt="" />
          </button>
        </li>
        ${servers.map(
          ({ id, name, channels }) =>
            html`<li>
              <button
                type="button"
                class="sign ${id === server?.id ? 'here' : ''}"
                aria-label=${name}
                title=${name}
                aria-current=${id === server?.id ? 'true' : nothing}
                @click=${() => channels[0] && open(channels[0].id)}
              >
                ${serverSign(name)}
              </button>
            </li>`,
        )}
      </ul>
    </nav>
    <div class="places">
      <h2>${server?.name ?? t('direct')}</h2>
      <nav aria-label=${t('channels')}>
        ${
          server
            ? html`<button
                type="button"
                class="place"
                @click=${() =>
                  update((known) => {
                    known.areEventsOpen = true;
                  })}
              >
                ${icon('calendar')}${t('events')}<span class="count">${server.events.length}</span>
              </button>`
            : nothing
        }
        <ul>
          ${(server?.channels ?? [{ id: directId, name: t('directWithMinga') }]).map(
            ({ id, name }) =>
              html`<li>
                <button
                  type="button"
                  class="place ${id === channel.id ? 'here' : ''}"
                  aria-current=${id === channel.id ? 'page' : nothing}
                  @click=${() => open(id)}
                >
                  <span aria-hidden="true">${server ? '#' : '@'}</span>${name}
                </button>
              </li>`,
          )}
        </ul>
      </nav>
      ${you(view)}
    </div>
  </div>`;
}

/** Who one is, in which language, and how it looks. */
function you({ me, people }: View): TemplateResult {
  const value = (event: Event) => (event.target instanceof HTMLSelectElement ? event.target.value : '');
  return html`<section class="you" aria-label=${t('youAre')}>
    <div class="who">
      ${avatar(me)}
      <label
        ><span class="unseen">${t('speakAs')}</span>
        <select id="speak-as" .value=${me.id} @change=${(event: Event) => look(value(event))}>
          ${people.map(
            ({ id, name, rank }) =>
              html`<optgroup label=${t(`rank.${rank}`)}>
                <option value=${id} ?selected=${id === me.id}>${name}</option>
              </optgroup>`,
          )}
        </select></label
      >
    </div>
    <div class="looks">
      <label
        ><span class="unseen">${t('language')}</span>
        <select id="language" @change=${(event: Event) => speakIn(value(event))}>
          ${['en-US', 'es-419'].map(
            (locale) =>
              html`<option value=${locale} ?selected=${spokenLocale() === locale}>
                ${locale === 'en-US' ? 'English' : 'Español'}
              </option>`,
          )}
        </select></label
      >
      <label
        ><span class="unseen">${t('theme')}</span>
        <select id="theme" @change=${(event: Event) => setTheme(value(event) as Theme)}>
          ${(['system', 'light', 'dark'] as const).map(
            (theme) =>
              html`<option value=${theme} ?selected=${state.theme === theme}>${t(`theme.${theme}`)}</option>`,
          )}
        </select></label
      >
    </div>
  </section>`;
}

/** The speaker's language; on the scripted day the reader's, as what its people say is written. */
function speakIn(locale: string): void {
  const { play } = state.view ?? {};
  if (play) update(() => readIn(locale));
  if (!play || play.isOver) order({ do: 'language', locale });
}
