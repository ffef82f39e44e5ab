// Faces and server signs: initials on a colour of their own, as no picture may come from the network.
import { html, type TemplateResult } from 'lit';
import minga from './minga.svg?url';

const colours = ['#8a4baf', '#2d6a9f', '#2f7d4f', '#a3432f', '#7a5c00', '#b0306a', '#00696f', '#5a5fc7'];

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase();
}

/** A round face; the name stands beside it, so it has no words of its own. */
export function avatar({ name, isBot = false }: { name: string; isBot?: boolean }): TemplateResult {
  if (isBot) return html`<img class="avatar" src=${minga} alt="" />`;
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return html`<span
    class="avatar initials"
    style="background:${colours[sum % colours.length] ?? ''}"
    data-initials=${initials(name)}
    aria-hidden="true"
  ></span>`;
}

/** A server's sign. */
export function serverSign(name: string): TemplateResult {
  return html`<span class="initials" data-initials=${initials(name)} aria-hidden="true"></span>`;
}
