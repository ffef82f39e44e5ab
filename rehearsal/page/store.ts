// What the page knows, and the one way to change it: every change draws the page anew.
import type { APIApplicationCommand, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { View } from '../page-server/protocol.js';
import type { RecordedRequest } from '../stand-in/requests.js';
import type { Composing } from './composer/composing.js';

export type Panel = 'people' | 'clock' | 'trouble' | 'scenes';
export type Theme = 'system' | 'light' | 'dark';

/** A form that Minga opened. */
export interface OpenForm {
  form: string;
  modal: APIModalInteractionResponseCallbackData;
  isSending: boolean;
  /** What is wrong with a field, by its custom id. */
  wrong: Record<string, string>;
  error?: string;
}

/** A command on its way, or one that was never answered. */
export interface Sent {
  id: number;
  channel: string;
  who: string;
  command: string;
  failed: boolean;
}

export interface State {
  view?: View;
  /** When the view came, in milliseconds since the page was opened: the clock goes on from there. */
  viewedAt: number;
  isConnected: boolean;
  commands: APIApplicationCommand[];
  requests: RecordedRequest[];
  refusedOnly: boolean;
  panel?: Panel;
  isDrawerOpen: boolean;
  areEventsOpen: boolean;
  theme: Theme;
  form?: OpenForm;
  /** The message whose menu is open. */
  menu?: { message: string; right: number; top: number };
  composing: Composing;
  sent: Sent[];
  /** Buttons and menus that wait for an answer, as message and custom id. */
  busy: Set<string>;
  /** Messages whose button or menu got no answer. */
  failed: Set<string>;
  dismissed: Set<string>;
  notice?: string;
}

export const state: State = {
  viewedAt: 0,
  isConnected: false,
  commands: [],
  requests: [],
  refusedOnly: false,
  isDrawerOpen: false,
  areEventsOpen: false,
  theme: remembered(),
  composing: { text: '', files: [] },
  sent: [],
  busy: new Set(),
  failed: new Set(),
  dismissed: new Set(),
};

let draw: () => void = () => {};
let isDue = false;

/** Says how the page is drawn. */
export function drawnBy(how: () => void): void {
  draw = how;
}

/** Changes what the page knows; it is drawn once, however many changes come at a time. */
export function update(change: (state: State) => void = () => {}): void {
  change(state);
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    draw();
  });
}

/** Discord's time, in milliseconds since 1970. */
export function now(): number {
  return (state.view?.now ?? Date.now()) + performance.now() - state.viewedAt;
}

export function isLight(): boolean {
  if (state.theme !== 'system') return state.theme === 'light';
  return matchMedia('(prefers-color-scheme: light)').matches;
}

export function setTheme(theme: Theme): void {
  localStorage.setItem('theme', theme);
  update((known) => {
    known.theme = theme;
  });
}

function remembered(): Theme {
  const kept = localStorage.getItem('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}
