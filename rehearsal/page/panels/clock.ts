// The clock that Discord and Minga share, and where to it can be moved.
import { html, type TemplateResult } from 'lit';
import type { Leap, View } from '../../page-server/protocol.js';
import { order } from '../connection.js';
import { now } from '../store.js';
import { spokenLocale, t } from '../words.js';

const places = [
  ['Lima', 'America/Lima'],
  ['New York', 'America/New_York'],
  ['Madrid', 'Europe/Madrid'],
] as const;

const leaps = ['tally', 'summertime', 'week'] as const;

/** The clock's panel. */
export function clock({ isMoving }: View): TemplateResult {
  return html`
    <p class="note">${t('clock.explain')}</p>
    <dl class="times">
      ${places.map(([name, zone]) => html`<dt>${name}</dt><dd data-zone=${zone}>${shown(zone)}</dd>`)}
    </dl>
    <div class="stack">
      ${leaps.map(
        (to) =>
          html`<button type="button" class="button secondary" ?disabled=${isMoving} @click=${() => leap(to)}>
            ${t(`clock.${to}`)}
          </button>`,
      )}
    </div>
    <form class="stack" @submit=${goTo}>
      <label for="moment">${t('clock.to')}</label>
      <div class="pair">
        <input id="moment" name="moment" type="datetime-local" required />
        <button class="button secondary" ?disabled=${isMoving}>${t('clock.go')}</button>
      </div>
    </form>
    <p role="status">${isMoving ? t('moving') : ''}</p>
  `;
}

/** The moment as the header shows it. */
export function shownMoment(): string {
  return new Intl.DateTimeFormat(spokenLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(now());
}

function shown(timeZone: string): string {
  const style: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  };
  return new Intl.DateTimeFormat(spokenLocale(), { ...style, timeZone }).format(now());
}

function leap(to: Leap): void {
  order({ do: 'clock', to });
}

function goTo(event: SubmitEvent): void {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  leap(new Date(String(new FormData(event.target).get('moment'))).getTime());
}
