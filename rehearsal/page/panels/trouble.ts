// Trouble on demand, and what the bot did: every request with its body, what Discord refuses in red.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { GatewayTrouble, TroubleKind, TroubleScope, View } from '../../page-server/protocol.js';
import type { RecordedRequest } from '../../stand-in/requests.js';
import { order } from '../connection.js';
import { state, update } from '../store.js';
import { isWord, spokenLocale, t } from '../words.js';

const kinds: TroubleKind[] = ['slow', 'late', 'failing', 'done-but-failing', 'lost', 'reset', 'limited'];
const scopes: TroubleScope[] = ['all', 'answers', 'posts'];
const times = ['1', '3', '0'] as const;
const gateway: GatewayTrouble[] = ['cut', 'reconnect', 'invalid', 'missed'];

/** The panel of trouble. */
export function trouble(view: View): TemplateResult {
  return html`
    <p class="note">${t('trouble.explain')}</p>
    <form class="stack" @submit=${make}>
      <label>${t('trouble.kind')} <select name="kind">${kinds.map((kind) => choice(kind, t(`kind.${kind}`)))}</select></label>
      <div class="pair">
        <label>${t('trouble.scope')} <select name="scope">${scopes.map((scope) => choice(scope, t(`scope.${scope}`)))}</select></label>
        <label>${t('trouble.times')} <select name="times">${times.map((count) => choice(count, t(`times.${count}`)))}</select></label>
      </div>
      <button class="button danger">${t('trouble.make')}</button>
    </form>
    ${pending(view)}
    <h3>${t('gateway')}</h3>
    <p role="status" class="note">${t(view.connections > 0 ? 'gateway.connected' : 'gateway.away')}</p>
    <div class="stack two">
      ${gateway.map(
        (what) =>
          html`<button
            type="button"
            class="button secondary"
            @click=${() => order({ do: 'gateway', trouble: what })}
          >
            ${t(`gateway.${what}`)}
          </button>`,
      )}
    </div>
    ${logged(view)} ${requests()}
  `;
}

function choice(value: string, label: string): TemplateResult {
  return html`<option value=${value}>${label}</option>`;
}

function make(event: SubmitEvent): void {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  const data = new FormData(event.target);
  order({
    do: 'trouble',
    kind: data.get('kind') as TroubleKind,
    scope: data.get('scope') as TroubleScope,
    times: Number(data.get('times')),
  });
}

function pending({ pending: orders }: View): TemplateResult | typeof nothing {
  if (orders.length === 0) return nothing;
  return html`<h3>${t('trouble.pending')}</h3>
    <ul class="pending">
      ${orders.map(({ kind, left }) => {
        const word = `kind.${kind}`;
        return html`<li>
          ${isWord(word) ? t(word) : kind} <small>${left === 'all' ? t('trouble.all') : `× ${left}`}</small>
        </li>`;
      })}
    </ul>
    <button type="button" class="button secondary" @click=${() => order({ do: 'calm' })}>${t('trouble.calm')}</button>`;
}

/** What the bot says of trouble itself. */
function logged({ warnings }: View): TemplateResult | typeof nothing {
  if (warnings.length === 0) return nothing;
  return html`<h3>${t('warnings')} <span class="count">${warnings.length}</span></h3>
    <ol class="requests">
      ${repeat(
        warnings.toReversed(),
        (_, place) => warnings.length - place,
        ({ level = 60, msg = '', pid: _, hostname: __, ...rest }) => {
          const word = `level.${level}`;
          return html`<li>
            <details class="request ${level < 50 ? 'warned' : 'erred'}">
              <summary><small class="tag">${isWord(word) ? t(word) : level}</small> ${msg}</summary>
              <pre tabindex="0">${JSON.stringify(rest, null, 2)}</pre>
            </details>
          </li>`;
        },
      )}
    </ol>`;
}

function requests(): TemplateResult {
  const { requests: all, refusedOnly } = state;
  const shown = refusedOnly ? all.filter(isRefused) : all;
  return html`<h3>${t('requests')} <span class="count">${all.length}</span></h3>
    <label class="tick"
      ><input
        type="checkbox"
        ?checked=${refusedOnly}
        @change=${() =>
          update((known) => {
            known.refusedOnly = !known.refusedOnly;
          })}
      /><span>${t('requests.refusedOnly')} <span class="count">${all.filter(isRefused).length}</span></span></label
    >
    ${all.length === 0 ? html`<p class="note">${t('requests.none')}</p>` : nothing}
    <ol class="requests">
      ${repeat(
        shown.slice(-200).toReversed(),
        (request) => all.indexOf(request),
        (request) => html`<li>${oneRequest(request)}</li>`,
      )}
    </ol>`;
}

/** What a well-behaved bot never sends; ordered trouble is not its fault. */
function isRefused({ status, trouble: ordered }: RecordedRequest): boolean {
  return status >= 400 && status < 500 && ordered === undefined;
}

function oneRequest(request: RecordedRequest): TemplateResult {
  const { method, path, status, refusals, body, files, trouble: ordered, at } = request;
  const isBad = isRefused(request);
  const moment = new Intl.DateTimeFormat(spokenLocale(), { timeStyle: 'medium' }).format(at);
  return html`<details class="request ${isBad ? 'refused' : ''} ${ordered ? 'troubled' : ''}">
    <summary>
      <b>${method}</b> <span class="path">${shortened(path)}</span> <b class="status">${status}</b>
      ${ordered ? html`<small class="tag">${ordered}</small>` : nothing} <time>${moment}</time>
      ${isBad ? html`<strong>${t('requests.refused')}</strong>` : nothing}
    </summary>
    ${
      refusals.length > 0
        ? html`<ul class="refusals">
            ${refusals.map(({ path: place, code, message }) => html`<li><code>${place.join('.')}</code> ${message} <small>${code}</small></li>`)}
          </ul>`
        : nothing
    }
    ${files.map(({ name, size }) => html`<p class="note">${name} · ${new Intl.NumberFormat(spokenLocale()).format(size)} B</p>`)}
    ${body ? html`<pre tabindex="0">${JSON.stringify(body, null, 2)}</pre>` : html`<p class="note">${t('requests.noBody')}</p>`}
  </details>`;
}

/** Names in place of ids; tokens of interactions tell nobody anything. */
function shortened(path: string): string {
  const servers = state.view?.servers ?? [];
  const names = new Map(servers.flatMap(({ channels }) => channels.map(({ id, name }) => [id, `#${name}`])));
  return path.replace(/[\w-]{60,}|\d{17,19}/g, (id) => names.get(id) ?? '…');
}
