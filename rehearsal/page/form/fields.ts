// The fields of a form, each with its words, and what is wrong with it.
import {
  type APIModalInteractionResponseCallbackComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { offersOf } from '../message/controls.js';
import { markdown } from '../message/markdown.js';
import type { OpenForm } from '../store.js';
import { t } from '../words.js';
import type { Field } from './values.js';

/** One part of a form: a text, or a field with its label. */
export function part(
  component: APIModalInteractionResponseCallbackComponent,
  form: OpenForm,
): TemplateResult | TemplateResult[] {
  if (component.type === ComponentType.TextDisplay) {
    return html`<div class="text">${markdown(component.content)}</div>`;
  }
  if (component.type === ComponentType.Label) {
    return labelled(component.label, component.description, component.component, form);
  }
  return component.components.map((field) => labelled(field.label ?? '', undefined, field, form));
}

function labelled(
  label: string,
  description: string | undefined,
  field: Field,
  { wrong }: OpenForm,
): TemplateResult {
  const id = `field-${field.custom_id}`;
  const problem = wrong[field.custom_id];
  const isGroup = field.type === ComponentType.RadioGroup || several(field);
  const isRequired = field.type === ComponentType.Checkbox ? false : (field.required ?? true);
  const star = isRequired ? html`<span class="star" aria-hidden="true"> *</span>` : nothing;
  const notes = html`
    ${description ? html`<p class="note" id="${id}-note">${description}</p>` : nothing}
    ${problem ? html`<p class="failed" id="${id}-wrong" role="alert">${problem}</p>` : nothing}
  `;
  if (isGroup) {
    return html`<fieldset id=${id} aria-describedby="${id}-note ${id}-wrong">
      <legend>${label}${star}</legend>
      ${notes} ${control(field, id)}
    </fieldset>`;
  }
  return html`<div class="labelled">
    <label for=${id}>${label}${star}</label>
    ${notes} ${control(field, id, isRequired)}
  </div>`;
}

/** Whether several can be ticked. */
function several(field: Field): boolean {
  if (field.type === ComponentType.CheckboxGroup) return true;
  return 'max_values' in field && field.type !== ComponentType.FileUpload && (field.max_values ?? 1) > 1;
}

function control(field: Field, id: string, isRequired = false): TemplateResult | TemplateResult[] {
  const name = field.custom_id;
  const described = `${id}-note ${id}-wrong`;
  switch (field.type) {
    case ComponentType.TextInput: {
      const { value = '', placeholder = '', max_length: most = 4000, style } = field;
      return style === TextInputStyle.Paragraph
        ? html`<textarea
            id=${id}
            name=${name}
            rows="4"
            maxlength=${most}
            placeholder=${placeholder}
            aria-required=${isRequired}
            aria-describedby=${described}
            .value=${value}
          ></textarea>`
        : html`<input
            id=${id}
            name=${name}
            maxlength=${most}
            placeholder=${placeholder}
            autocomplete="off"
            aria-required=${isRequired}
            aria-describedby=${described}
            value=${value}
          />`;
    }
    case ComponentType.Checkbox:
      return html`<input type="checkbox" id=${id} name=${name} value="on" ?checked=${field.default ?? false} />`;
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
      return ticks(
        name,
        field.type === ComponentType.RadioGroup ? 'radio' : 'checkbox',
        field.options.map(({ default: chosen = false, ...option }) => ({ ...option, chosen })),
      );
    case ComponentType.FileUpload:
      return html`<input
        type="file"
        id=${id}
        name=${name}
        ?multiple=${(field.max_values ?? 1) > 1}
        aria-describedby=${described}
      />`;
    default: {
      const offers = offersOf(field);
      if (several(field)) return ticks(name, 'checkbox', offers);
      return html`<select id=${id} name=${name} aria-required=${isRequired} aria-describedby=${described}>
        <option value="">${field.placeholder ?? t('choose')}</option>
        ${offers.map(
          ({ value, label, description, chosen }) =>
            html`<option value=${value} ?selected=${chosen}>
              ${description ? `${label} — ${description}` : label}
            </option>`,
        )}
      </select>`;
    }
  }
}

function ticks(
  name: string,
  type: 'radio' | 'checkbox',
  options: { value: string; label: string; description?: string; chosen: boolean }[],
): TemplateResult[] {
  return options.map(
    ({ value, label, description, chosen }) =>
      html`<label class="tick"
        ><input type=${type} name=${name} value=${value} ?checked=${chosen} /><span
          >${label}${description ? html`<small>${description}</small>` : nothing}</span
        ></label
      >`,
  );
}
