// The few drawings of the page; words always stand beside them or name them.
import { html, type TemplateResult } from 'lit';

const paths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c0-4 2.7-6 6-6s6 2 6 6M16 4.5a3.5 3.5 0 0 1 0 6.5m5 9c0-3-1.500-5.200-4-5.800',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.500 2',
  trouble: 'M13 3 5 14h6l-1 7 9-12h-6l1-6Z',
  scenes: 'M4 9h16v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V9Zm0 0L5 5l15-1-.5 4M9 4.800l2 3.700M14 4.400l2 3.700',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  send: 'M4 12 20 4l-5 16-3.500-6.500L4 12Z',
  plus: 'M12 5v14M5 12h14',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Zm9.500 2.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600Z',
  file: 'M7 3h7l5 5v13H7V3Zm7 0v5h5',
  calendar: 'M4 6h16v14H4V6Zm0 5h16M8 3v5M16 3v5',
  link: 'M14 5h5v5M19 5l-8 8M10 6H5v13h13v-5',
  reply: 'M5 19v-5a5 5 0 0 1 5-5h10M16 5l4 4-4 4',
  down: 'M6 9l6 6 6-6',
};

export type Icon = keyof typeof paths;

/** An icon, hidden from screen readers. */
export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${paths[name]} /></svg>`;
}
