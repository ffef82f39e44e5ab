// The socket to the page's server: what is asked and answered, and what comes unasked.
import type { Answer, Ask, Said, View } from '../page-server/protocol.js';
import { state, update } from './store.js';
import { isWord, readIn, speak, spokenLocale, t } from './words.js';

const waiting = new Map<number, (answer: Answer) => void>();
let socket: WebSocket | undefined;
let last = 0;
/** What was to be seen when the server went away. */
let left: View | undefined;
const retryAfter = 1000;

/** Connects to the server that this page came from; when it is gone, asks for it again until it is back. */
export function connect(): void {
  socket = new WebSocket(location.origin.replace('http', 'ws'));
  socket.addEventListener('open', () => setConnected(true));
  socket.addEventListener('close', () => {
    setConnected(false);
    // Whatever was asked is not answered any more.
    for (const [re, answered] of waiting) answered({ re, error: 'lost' });
    waiting.clear();
    setTimeout(connect, retryAfter);
  });
  socket.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as Said));
}

function setConnected(isConnected: boolean): void {
  if (isConnected === state.isConnected) return;
  update((known) => {
    known.isConnected = isConnected;
    if (!isConnected) left = known.view;
  });
}

/** Asks the server for something, as whoever this page speaks as; the answer may hold an error. */
export function ask(what: Ask): Promise<Answer> {
  last += 1;
  const id = last;
  if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve({ re: id, error: 'lost' });
  socket.send(JSON.stringify({ id, ...what }));
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
    see(said.view);
  } else if ('commands' in said) {
    update((known) => {
      known.commands = said.commands;
    });
  } else if ('requests' in said) {
    update((known) => {
      known.requests = [...known.requests.slice(0, said.from), ...said.requests];
    });
  } else {
    ask({ do: 'look', ...said.follow });
  }
}

function see(view: View): void {
  // The scripted day's people speak two languages: meanwhile the page stays in its reader's.
  if (!view.play) readIn(undefined);
  else if (!state.view?.play) readIn(spokenLocale());
  speak(view.me.locale);
  update((known) => {
    if (known.view?.stage !== view.stage) forget();
    known.view = view;
    known.viewedAt = performance.now();
  });
  if (left) comeBack(left, view);
}

/** Back as the same person in the same place, and says whether anything is left of what happened. */
function comeBack({ me, channel, stage }: View, { people, ...view }: View): void {
  left = undefined;
  speak(me.locale);
  const same = people.find(({ name }) => name === me.name);
  if (same) ask({ do: 'look', as: same.id, channel: channel.id });
  update((known) => {
    known.notice = t(stage === view.stage ? 'back' : 'backAnew');
  });
}

/** A fresh stage knows nothing of what was on the screen. */
function forget(): void {
  state.sent = [];
  state.busy.clear();
  state.failed.clear();
  state.dismissed.clear();
  delete state.form;
  delete state.notice;
  delete state.menu;
}
