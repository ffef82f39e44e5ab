// Embeds, drawn by Skyra's components; their words and pictures are ours to fill in.
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import type { APIEmbed } from 'discord-api-types/v10';
import { css, html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { isLight } from '../store.js';
import { markdown } from './markdown.js';

/** Skyra's embed in the colours of our page, which are easier to read on light ground. */
class Embed extends DiscordEmbed {
  static override styles = css`
    ${DiscordEmbed.styles}
    :host,
    :host([light-theme]) {
      color: var(--text);
    }
    :host .discord-embed-wrapper,
    :host([light-theme]) .discord-embed-wrapper {
      background: var(--side);
      border-color: var(--line);
      max-width: 100%;
    }
    :host .discord-embed-title a {
      color: var(--link);
    }
    :host .discord-embed-image {
      max-width: 100%;
    }
  `;
}
customElements.define('rehearsal-embed', Embed);

/** One embed of a message. */
export function embed(data: APIEmbed): TemplateResult {
  const { author, title, url, description, color, fields = [], image, thumbnail, footer } = data;
  const light = isLight();
  return html`<rehearsal-embed
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
  </rehearsal-embed>`;
}
