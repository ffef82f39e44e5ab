// A form that Minga opened: its fields, checked before they are sent.
import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { Given } from '../page-server/protocol.js';
import { submit, upload } from './acts.js';
import { avatar } from './avatar.js';
import { icon } from './icons.js';
import { offersOf } from './message/controls.js';
import { markdown } from './message/markdown.js';
import { asModal } from './once-there.js';
import { type OpenForm, state, update } from './store.js';
import { t } from './words.js';

/** The open form, if one is. */
export function openForm(): TemplateResult | typeof nothing {
  const { form } = state;
  if (!form) return nothing;
  const { modal, isSending, error } = form;
  return html`<dialog
    class="modal"
    aria-labelledby="form-title"
    @close=${close}
    ${asModal()}
  >
    <form novalidate @submit=${(event: SubmitEvent) => send(event, form)}>
      <header>
        ${avatar({ name: 'Minga', isBot: true })}
        <h2 id="form-title">${modal.title}</h2>
        <button type="button" class="icon-button" aria-label=${t('close')} @click=${close}>${icon('close')}</button>
      </header>
      <div class="fields" tabindex="-1">${modal.components.map((component) => part(component, form))}</div>
      ${error ? html`<p class="failed" role="alert">${error}</p>` : nothing}
      <footer>
        <button type="button" class="button secondary" @click=${close}>${t('cancel')}</button>
        <button class="button primary ${isSending ? 'busy' : ''}" aria-busy=${isSending}>${t('submit')}</button>
      </footer>
    </form>
  </dialog>`;
}

function close(): void {
  update((known) => {
    delete known.form;
  });
}

type Field = APIComponentInLabel;

function part(
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

async function send(event: SubmitEvent, form: OpenForm): Promise<void> {
  event.preventDefault();
  if (form.isSending || !(event.target instanceof HTMLFormElement)) return;
  const data = new FormData(event.target);
  const values: Record<string, Given | Given[]> = {};
  const wrong: Record<string, string> = {};
  for (const component of form.modal.components) {
    if (component.type === ComponentType.TextDisplay) continue;
    const fields =
      component.type === ComponentType.Label
        ? [{ label: component.label, field: component.component }]
        : component.components.map((field) => ({ label: field.label ?? '', field }));
    for (const { label, field } of fields) {
      const given = data.getAll(field.custom_id).filter((one) => (one instanceof File ? one.size > 0 || one.name !== '' : one !== ''));
      const problem = problemOf(label, field, given);
      if (problem) wrong[field.custom_id] = problem;
      else values[field.custom_id] = await valueOf(field, given);
    }
  }
  const [first] = Object.keys(wrong);
  update(() => {
    form.wrong = wrong;
  });
  if (first === undefined) return submit(form, values);
  const place = event.target.querySelector(`[name="${CSS.escape(first)}"]`);
  if (place instanceof HTMLElement) place.focus();
}

/** What Discord would not send. */
function problemOf(name: string, field: Field, given: FormDataEntryValue[]): string | undefined {
  if (field.type === ComponentType.Checkbox) return undefined;
  const { required = true } = field;
  if (given.length === 0) return required ? t('wrong.required', { name }) : undefined;
  if (field.type === ComponentType.TextInput) {
    const { length } = String(given[0]);
    const { min_length: least = 0, max_length: most = 4000 } = field;
    return length < least || length > most ? t('wrong.length', { name, least, most }) : undefined;
  }
  if (field.type === ComponentType.RadioGroup) return undefined;
  const { min_values: least = 1 } = field;
  const most = field.max_values ?? (field.type === ComponentType.CheckboxGroup ? field.options.length : 1);
  return given.length < least || given.length > most ? t('wrong.count', { name, least, most }) : undefined;
}

async function valueOf(field: Field, given: FormDataEntryValue[]): Promise<Given | Given[]> {
  const texts = given.filter((one) => typeof one === 'string');
  switch (field.type) {
    case ComponentType.TextInput:
      return texts[0] ?? '';
    case ComponentType.Checkbox:
      return texts.length > 0;
    case ComponentType.FileUpload:
      return Promise.all(given.filter((one) => one instanceof File).map(upload));
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
    case ComponentType.StringSelect:
      return texts;
    default:
      return offersOf(field).flatMap(({ value, thing }) => (thing && texts.includes(value) ? [thing] : []));
  }
}
