// Embeds, drawn by Skyra's components; their words and pictures are ours to fill in.
import '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import type { APIEmbed } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { isLight } from '../store.js';
import { markdown } from './markdown.js';

/** One embed of a message. */
export function embed(data: APIEmbed): TemplateResult {
  const { author, title, url, description, color, fields = [], image, thumbnail, footer } = data;
  const light = isLight();
  return html`<discord-embed
    ?light-theme=${light}
    color=${ifDefined(color === undefined ? undefined : `#${color.toString(16).padStart(6, '0')}`)}
    author-name=${ifDefined(author?.name)}
    author-url=${ifDefined(author?.url)}
    author-image=${ifDefined(author?.icon_url)}
    embed-title=${ifDefined(title)}
    url=${ifDefined(url)}
    image=${ifDefined(image?.url)}
    thumbnail=${ifDefined(thumbnail?.url)}
  >
    ${
      description
        ? html`<discord-embed-description slot="description">${markdown(description)}</discord-embed-description>`
        : nothing
    }
    ${
      fields.length > 0
        ? html`<discord-embed-fields slot="fields">
            ${fields.map(
              ({ name, value, inline = false }) =>
                html`<discord-embed-field ?light-theme=${light} field-title=${name} ?inline=${inline}
                  >${markdown(value)}</discord-embed-field
                >`,
            )}
          </discord-embed-fields>`
        : nothing
    }
    ${
      footer
        ? html`<discord-embed-footer slot="footer" ?light-theme=${light}>${footer.text}</discord-embed-footer>`
        : nothing
    }
  </discord-embed>`;
}
