// Who is here, by role, and whom one can speak as.
import { html, nothing, type TemplateResult } from 'lit';
import type { Someone, View } from '../../page-server/protocol.js';
import { look } from '../acts.js';
import { avatar } from '../avatar.js';
import { t } from '../words.js';

/** The people one can speak as, then the others of the server. */
export function people({ people: cast, me, servers, channel }: View): TemplateResult {
  const server = servers.find(({ id }) => id === channel.serverId);
  const others = (server?.members ?? []).filter(({ id }) => !cast.some((one) => one.id === id));
  return html`
    <h3>${t('speakAs')}</h3>
    <ul class="people">
      ${cast.map((one) => someone(one, one.id === me.id))}
    </ul>
    ${
      others.length > 0
        ? html`<h3>${t('otherMembers')}</h3>
            <ul class="people">
              ${others.map(
                ({ name, isBot }) =>
                  html`<li class="person">
                    ${avatar({ name, isBot })}<span>${name} ${isBot ? html`<span class="tag">${t('app')}</span>` : nothing}</span>
                  </li>`,
              )}
            </ul>`
        : nothing
    }
  `;
}

function someone({ id, name, rank, locale }: Someone, isMe: boolean): TemplateResult {
  const language = locale.startsWith('es') ? 'Español' : 'English';
  return html`<li>
    <button
      type="button"
      class="person ${isMe ? 'here' : ''}"
      aria-pressed=${isMe}
      @click=${() => look(id)}
    >
      ${avatar({ name })}<span class="name"
        ><span><span class="unseen">${t('speakAs')} </span>${name}</span><small>${t(`rank.${rank}`)} · ${language}</small></span>
    </button>
  </li>`;
}
