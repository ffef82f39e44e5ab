// A form that Minga opened, as a dialog; it is checked before it is sent.
import { html, nothing, type TemplateResult } from 'lit';
import { submit } from '../acts.js';
import { avatar } from '../avatar.js';
import { icon } from '../icons.js';
import { asModal, closeDialog } from '../once-there.js';
import { type OpenForm, state, update } from '../store.js';
import { t } from '../words.js';
import { part } from './fields.js';
import { checkedForm } from './values.js';

/** The open form, if one is. */
export function openForm(): TemplateResult | typeof nothing {
  const { form } = state;
  if (!form) return nothing;
  const { modal, isSending, error } = form;
  return html`<dialog
    class="modal"
    aria-labelledby="form-title"
    @close=${closed}
    ${asModal()}
  >
    <form novalidate @submit=${(event: SubmitEvent) => send(event, form)} @input=${(event: Event) => mended(event, form)}>
      <header>
        ${avatar({ name: 'Minga', isBot: true })}
        <h2 id="form-title">${modal.title}</h2>
        <button type="button" class="icon-button" aria-label=${t('close')} @click=${closeDialog}>${icon('close')}</button>
      </header>
      <div class="fields" tabindex="-1">${modal.components.map((component) => part(component, form))}</div>
      ${error ? html`<p class="failed" role="alert">${error}</p>` : nothing}
      <footer>
        <button type="button" class="button secondary" @click=${closeDialog}>${t('cancel')}</button>
        <button class="button primary ${isSending ? 'busy' : ''}" aria-busy=${isSending}>${t('submit')}</button>
      </footer>
    </form>
  </dialog>`;
}

function closed(): void {
  update((known) => {
    delete known.form;
  });
}

/** What was wrong with a field is not said on while somebody mends it. */
function mended({ target }: Event, form: OpenForm): void {
  if (!(target instanceof Element)) return;
  const name = target.getAttribute('name') ?? '';
  if (!(name in form.wrong)) return;
  update(() => {
    delete form.wrong[name];
  });
}

async function send(event: SubmitEvent, form: OpenForm): Promise<void> {
  event.preventDefault();
  if (form.isSending || !(event.target instanceof HTMLFormElement)) return;
  const { values, wrong } = await checkedForm(form.modal, new FormData(event.target));
  update(() => {
    form.wrong = wrong;
  });
  const [first] = Object.keys(wrong);
  if (first === undefined) return submit(form, values);
  const place = event.target.querySelector(`[name="${CSS.escape(first)}"]`);
  if (place instanceof HTMLElement) place.focus();
}
