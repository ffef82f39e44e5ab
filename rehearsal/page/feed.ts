// The messages of the open channel, oldest first, with what is on its way.
import type { APIMessage } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { avatar } from './avatar.js';
import { icon } from './icons.js';
import { messageItem } from './message/message.js';
import { type Sent, state, update } from './store.js';
import { t } from './words.js';

/** The feed; it stays at its end as long as one does not scroll up. */
export function feed(place: string): TemplateResult {
  const { view, dismissed, sent } = state;
  const messages = (view?.messages ?? []).filter(({ id }) => !dismissed.has(id));
  const own = sent.filter(({ channel, who }) => channel === view?.channel.id && who === view.me.id);
  return html`<div class="feed" tabindex="0" role="log" aria-label=${t('messagesIn', { place })}>
    <div class="beginning">
      <h2>${t('beginning', { place })}</h2>
      <p>${t('beginningHint')}</p>
    </div>
    <ol>
      ${repeat(
        messages,
        ({ id }) => id,
        (message, index) => messageItem(message, goesOn(messages[index - 1], message)),
      )}
      ${own.map(underWay)}
    </ol>
  </div>`;
}

/** Said by the same author shortly after, and not in answer to anything. */
function goesOn(before: APIMessage | undefined, message: APIMessage): boolean {
  if (!before || before.author.id !== message.author.id || message.interaction_metadata) return false;
  if (before.interaction_metadata) return false;
  return Date.parse(message.timestamp) - Date.parse(before.timestamp) < 7 * 60_000;
}

function underWay(sent: Sent): TemplateResult {
  const drop = () =>
    update((known) => {
      known.sent = known.sent.filter((one) => one !== sent);
    });
  return html`<li class="message private ${sent.failed ? '' : 'under-way'}">
    <article>
      <div class="body">
        ${avatar({ name: 'Minga', isBot: true })}
        <div class="said">
          <p class="head"><strong>Minga</strong><span class="tag">${t('app')}</span></p>
          ${
            sent.failed
              ? html`<p class="failed" role="alert">${t('noResponse')}</p>
                  <p class="only-you">
                    ${icon('eye')} ${t('onlyYou')} ·
                    <button type="button" class="link" @click=${drop}>${t('dismiss')}</button>
                  </p>`
              : html`<p class="thinking">${t('sending', { command: sent.command })}</p>`
          }
        </div>
      </div>
    </article>
  </li>`;
}

/** Whether the feed shows its end, so that it should go on doing so. */
export function isAtEnd(): boolean {
  const element = document.querySelector('.feed');
  return !element || element.scrollHeight - element.scrollTop - element.clientHeight < 80;
}

/** Scrolls to the newest message. */
export function toEnd(): void {
  const element = document.querySelector('.feed');
  if (element) element.scrollTop = element.scrollHeight;
}
