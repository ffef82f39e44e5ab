// One message of the feed: who said it, what, with what to press, and who sees it.
import { type APIMessage, InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { avatar } from '../avatar.js';
import { leaves } from '../composer/catalog.js';
import { icon } from '../icons.js';
import { now, state, update } from '../store.js';
import { spokenLocale, t } from '../words.js';
import { embed } from './embed.js';
import { markdown } from './markdown.js';
import { attachments, part } from './parts.js';

/** A message, with its author unless it goes on what the same author said just before. */
export function messageItem(message: APIMessage, goesOn: boolean): TemplateResult {
  const flags = message.flags ?? 0;
  const name = nameOf(message.author);
  const isPrivate = (flags & MessageFlags.Ephemeral) !== 0;
  return html`<li
    class="message ${isPrivate ? 'private' : ''} ${goesOn ? 'goes-on' : ''}"
    data-id=${message.id}
    @contextmenu=${(event: MouseEvent) => openMenu(event, message, event.clientX, event.clientY)}
  >
    <article aria-label="${name}, ${timeOf(message.timestamp)}">
      ${reference(message)}
      <div class="body">
        ${goesOn ? html`<span class="gutter"></span>` : avatar({ name, isBot: message.author.bot ?? false })}
        <div class="said">
          ${goesOn ? nothing : head(message, name)}
          ${flags & MessageFlags.Loading ? thinking(name) : content(message)}
          ${state.failed.has(message.id) ? html`<p class="failed" role="alert">${t('failed')}</p>` : nothing}
          ${isPrivate ? privacy(message) : nothing}
        </div>
      </div>
      <button
        type="button"
        class="more"
        aria-haspopup="menu"
        aria-label=${t('moreFor', { name })}
        @click=${(event: MouseEvent) => {
          if (!(event.currentTarget instanceof HTMLElement)) return;
          const { right, bottom } = event.currentTarget.getBoundingClientRect();
          openMenu(event, message, right, bottom);
        }}
      >
        ${icon('more')}
      </button>
    </article>
  </li>`;
}

function head(message: APIMessage, name: string): TemplateResult {
  return html`<p class="head">
    <strong>${name}</strong>${message.author.bot ? html`<span class="tag">${t('app')}</span>` : nothing}
    <time datetime=${message.timestamp}>${timeOf(message.timestamp)}</time>
  </p>`;
}

/** What the message answers: a command somebody used, or another message. */
function reference(message: APIMessage): TemplateResult | typeof nothing {
  const { interaction_metadata: metadata, type } = message;
  if (type !== MessageType.ChatInputCommand || metadata?.type !== InteractionType.ApplicationCommand)
    return nothing;
  const name = nameOf(metadata.user);
  const command = 'name' in metadata ? String(metadata.name) : '';
  return html`<p class="reference">
    ${icon('reply')}<span>${t('used', { name, command: command === '' ? '' : `/${shownCommand(command)}` })}</span>
  </p>`;
}

/** As its reader types it; a command that the reader is not offered keeps its own name. */
function shownCommand(used: string): string {
  return leaves(state.commands).find(({ name }) => name === used)?.shown ?? used;
}

function thinking(name: string): TemplateResult {
  return html`<p class="thinking"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${t('thinking', { name })}</p>`;
}

function content(message: APIMessage): TemplateResult {
  const isV2 = ((message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  return html`
    ${
      message.content
        ? html`<div class="text">
            ${markdown(message.content)}
            ${message.edited_timestamp ? html`<small class="edited">${t('edited')}</small>` : nothing}
          </div>`
        : nothing
    }
    ${message.embeds.map(embed)} ${isV2 ? nothing : attachments(message)}
    ${(message.components ?? []).map((component) => part(message, component))}
  `;
}

function privacy(message: APIMessage): TemplateResult {
  return html`<p class="only-you">
    ${icon('eye')} ${t('onlyYou')} ·
    <button
      type="button"
      class="link"
      @click=${() =>
        update((known) => {
          known.dismissed.add(message.id);
        })}
    >
      ${t('dismiss')}
    </button>
  </p>`;
}

function openMenu(event: Event, message: APIMessage, right: number, top: number): void {
  event.preventDefault();
  update((known) => {
    known.menu = { message: message.id, right, top };
  });
}

function nameOf({ global_name, username }: APIMessage['author']): string {
  return global_name ?? username;
}

/** The time of day, with the day where it is another. */
function timeOf(timestamp: string): string {
  const then = new Date(timestamp);
  const isToday = then.toDateString() === new Date(now()).toDateString();
  const style: Intl.DateTimeFormatOptions = isToday
    ? { timeStyle: 'short' }
    : { dateStyle: 'short', timeStyle: 'short' };
  return new Intl.DateTimeFormat(spokenLocale(), style).format(then);
}
