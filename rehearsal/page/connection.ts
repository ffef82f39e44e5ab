// The socket to the page's server: what is asked and answered, and what comes unasked.
import type { Answer, Ask, Said } from '../page-server/protocol.js';
import { state, update } from './store.js';
import { isWord, speak, t } from './words.js';

const waiting = new Map<number, (answer: Answer) => void>();
let socket: WebSocket | undefined;
let last = 0;

/** Connects to the server that this page came from. */
export function connect(): void {
  socket = new WebSocket(location.origin.replace('http', 'ws'));
  socket.addEventListener('open', () => setConnected(true));
  socket.addEventListener('close', () => setConnected(false));
  socket.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as Said));
}

function setConnected(isConnected: boolean): void {
  update((known) => {
    known.isConnected = isConnected;
  });
}

/** Asks the server for something, as whoever this page speaks as; the answer may hold an error. */
export function ask(what: Ask): Promise<Answer> {
  last += 1;
  const id = last;
  socket?.send(JSON.stringify({ id, ...what }));
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** Asks, and shows an error as a notice. */
export async function order(what: Ask): Promise<Answer> {
  const answer = await ask(what);
  const { error } = answer;
  if (error !== undefined) {
    update((known) => {
      known.notice = isWord(error) ? t(error) : error;
    });
  }
  return answer;
}

function hear(said: Said): void {
  if ('re' in said) {
    waiting.get(said.re)?.(said);
    waiting.delete(said.re);
  } else if ('view' in said) {
    speak(said.view.me.locale);
    update((known) => {
      known.view = said.view;
      known.viewedAt = performance.now();
    });
  } else if ('commands' in said) {
    update((known) => {
      known.commands = said.commands;
    });
  } else if ('requests' in said) {
    update((known) => {
      known.requests = [...known.requests.slice(0, said.from), ...said.requests];
      if (said.from === 0) forget();
    });
  } else {
    ask({ do: 'look', ...said.follow });
  }
}

/** A fresh stage knows nothing of what was on the screen. */
function forget(): void {
  state.sent = [];
  state.busy.clear();
  state.failed.clear();
  state.dismissed.clear();
  delete state.form;
  delete state.menu;
}
