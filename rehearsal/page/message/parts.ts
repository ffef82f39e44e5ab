// The components of a message, however deep: rows, containers, sections, texts, pictures, files.
import {
  type APIAttachment,
  type APIComponentInContainer,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APISectionAccessoryComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.js';
import { spokenLocale, t } from '../words.js';
import { button, select } from './controls.js';
import { markdown } from './markdown.js';

type Part = APIMessageTopLevelComponent | APIComponentInContainer | APISectionAccessoryComponent;

/** One component of a message. */
export function part(message: APIMessage, data: Part): TemplateResult | typeof nothing {
  const inner = (one: Part) => part(message, one);
  switch (data.type) {
    case ComponentType.ActionRow:
      return html`<div class="row">
        ${data.components.map((one) =>
          one.type === ComponentType.Button ? button(message.id, one) : select(message.id, one),
        )}
      </div>`;
    case ComponentType.Button:
      return button(message.id, data);
    case ComponentType.Container: {
      const colour = data.accent_color;
      const edge = colour ? `--edge:#${colour.toString(16).padStart(6, '0')}` : '';
      return html`<div class="container ${data.spoiler ? 'hidden' : ''}" style=${edge}>
        ${data.components.map(inner)}
      </div>`;
    }
    case ComponentType.Section:
      return html`<div class="section">
        <div>${data.components.map(inner)}</div>
        ${inner(data.accessory)}
      </div>`;
    case ComponentType.TextDisplay:
      return html`<div class="text">${markdown(data.content)}</div>`;
    case ComponentType.Thumbnail:
      return html`<img
        class="thumbnail"
        src=${data.media.url}
        alt=${altOf(message, data.media.url, data.description)}
      />`;
    case ComponentType.MediaGallery:
      return html`<div class="gallery count-${Math.min(data.items.length, 3)}">
        ${data.items.map(({ media, description }) => picture(media.url, altOf(message, media.url, description)))}
      </div>`;
    case ComponentType.Separator:
      return html`<hr class="separator ${data.divider === false ? 'bare' : ''} spacing-${data.spacing ?? 1}" />`;
    case ComponentType.File:
      return file(message.attachments.find(({ url }) => url === data.file.url));
    default:
      return nothing;
  }
}

/** Attachments that no component or embed shows. */
export function attachments(message: APIMessage): TemplateResult[] {
  const shown = message.embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]);
  return message.attachments
    .filter(({ url }) => !shown.includes(url))
    .map((one) =>
      one.content_type?.startsWith('image/')
        ? html`<div class="gallery count-1">${picture(one.url, one.description ?? '')}</div>`
        : file(one),
    );
}

function picture(url: string, alt: string): TemplateResult {
  return html`<a class="picture" href=${url} target="_blank" rel="noreferrer"
    ><img src=${url} alt=${alt || t('file')} loading="lazy"
  /></a>`;
}

function file(attachment: APIAttachment | undefined): TemplateResult {
  if (!attachment) return html`<div class="file">${icon('file')}</div>`;
  const size = new Intl.NumberFormat(spokenLocale(), {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: 1,
  }).format(attachment.size / 1000);
  return html`<a class="file" href=${attachment.url} download=${attachment.filename} target="_blank" rel="noreferrer"
    >${icon('file')}<span>${attachment.filename}<small>${size}</small></span></a
  >`;
}

function altOf(message: APIMessage, url: string, description?: string | null): string {
  return description ?? message.attachments.find((one) => one.url === url)?.description ?? '';
}
