// Buttons and select menus of messages, of both generations.
import {
  type APIButtonComponent,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { Thing } from '../../page-server/protocol.js';
import { busyKey, shownThing, things, use } from '../acts.js';
import { icon } from '../icons.js';
import { state } from '../store.js';
import { t } from '../words.js';

const styles: Record<number, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'secondary',
  [ButtonStyle.Premium]: 'primary',
};

/** A button; one that leads somewhere is a link. */
export function button(message: string, data: APIButtonComponent): TemplateResult {
  const style = styles[data.style] ?? 'secondary';
  const emoji = 'emoji' in data ? data.emoji?.name : undefined;
  const label = 'label' in data ? data.label : undefined;
  const face = html`${emoji ? html`<span class="emoji">${emoji}</span>` : nothing}${label ?? nothing}`;
  if (data.style === ButtonStyle.Link) {
    return html`<a class="button ${style}" href=${data.url} target="_blank" rel="noreferrer"
      >${face}${icon('link')}<span class="unseen">(${t('opensLink')})</span></a
    >`;
  }
  const id = 'custom_id' in data ? data.custom_id : '';
  const isBusy = state.busy.has(busyKey(message, id));
  return html`<button
    type="button"
    class="button ${style} ${isBusy ? 'busy' : ''}"
    ?disabled=${data.disabled ?? false}
    aria-busy=${isBusy}
    @click=${() => !isBusy && use(message, { do: 'press', message, button: id })}
  >
    ${face}
  </button>`;
}

/** What a menu offers: an option of its own, or somebody or something to pick. */
interface Offer {
  value: string;
  label: string;
  description?: string;
  chosen: boolean;
  thing?: Thing;
}

/** A select menu: one choice at once, several with a button that says when. */
export function select(message: string, data: APISelectMenuComponent): TemplateResult {
  const offers = offersOf(data);
  const { custom_id: id, placeholder = t('choose'), max_values: most = 1, min_values: least = 1 } = data;
  const isBusy = state.busy.has(busyKey(message, id));
  const choose = (values: string[]) => {
    const chosen = offers.filter(({ value }) => values.includes(value));
    use(message, {
      do: 'choose',
      message,
      select: id,
      values: chosen.map(({ value, thing }) => thing ?? value),
    });
  };
  if (most === 1) {
    return html`<select
      class="select"
      aria-label=${placeholder}
      aria-busy=${isBusy}
      ?disabled=${data.disabled ?? false}
      @change=${(event: Event) => event.target instanceof HTMLSelectElement && choose([event.target.value])}
    >
      <option value="" disabled ?selected=${!offers.some(({ chosen }) => chosen)}>${placeholder}</option>
      ${offers.map(
        ({ value, label, description, chosen }) =>
          html`<option value=${value} ?selected=${chosen}>
            ${description ? `${label} — ${description}` : label}
          </option>`,
      )}
    </select>`;
  }
  return html`<details class="select several">
    <summary>${placeholder}</summary>
    <form
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        if (!(event.target instanceof HTMLFormElement)) return;
        const values = new FormData(event.target).getAll('value').map(String);
        if (values.length >= least && values.length <= most) choose(values);
      }}
    >
      ${offers.map(
        ({ value, label, description, chosen }) =>
          html`<label
            ><input type="checkbox" name="value" value=${value} ?checked=${chosen} /> ${label}
            ${description ? html`<small>${description}</small>` : nothing}</label
          >`,
      )}
      <button class="button primary">${t('confirm')}</button>
    </form>
  </details>`;
}

/** What can be picked in a menu, in a message or a form. */
export function offersOf(data: APISelectMenuComponent): Offer[] {
  if (data.type === ComponentType.StringSelect) {
    return data.options.map(({ value, label, description, default: chosen = false }) => ({
      value,
      label,
      chosen,
      ...(description && { description }),
    }));
  }
  const kinds: Record<number, Thing['kind'][]> = {
    [ComponentType.UserSelect]: ['person'],
    [ComponentType.RoleSelect]: ['role'],
    [ComponentType.MentionableSelect]: ['person', 'role'],
    [ComponentType.ChannelSelect]: ['channel'],
  };
  return things(kinds[data.type] ?? []).map((thing) => ({
    value: thing.id,
    label: shownThing(thing),
    chosen: data.default_values?.some(({ id }) => id === thing.id) ?? false,
    thing,
  }));
}
