// What somebody does with messages and forms, and what becomes of it on the screen.
import type { Ask, Given, Outcome, Thing, Upload } from '../page-server/protocol.js';
import { ask, order } from './connection.js';
import { closeDialog, closeMenu } from './once-there.js';
import { type OpenForm, state, update } from './store.js';
import { isWord, t } from './words.js';

/** Looks as somebody, in the same channel or another. */
export function look(as: string, channel?: string): void {
  update((known) => {
    known.isDrawerOpen = false;
    known.composing = { text: '', files: [] };
  });
  order({ do: 'look', as, ...(channel !== undefined && { channel }) });
}

/** Opens a channel. */
export function open(channel: string): void {
  if (state.view) look(state.view.me.id, channel);
}

/** Presses a button or chooses in a menu of a message. */
export async function use(message: string, what: Extract<Ask, { do: 'press' | 'choose' }>): Promise<void> {
  const key = busyKey(message, what.do === 'press' ? what.button : what.select);
  update((known) => {
    known.busy.add(key);
    known.failed.delete(message);
  });
  const { outcome } = await order(what);
  update((known) => {
    known.busy.delete(key);
    if (outcome?.kind === 'none') known.failed.add(message);
  });
  opened(outcome);
}

/** Uses a message command. */
export async function useMenu(name: string, message: string, shown: string): Promise<void> {
  closeMenu();
  await sendCommand(shown, { do: 'menu', name, message });
}

/** Sends a command; shows that it is under way, and if it was never answered. Gives what was wrong with it. */
export async function sendCommand(
  shown: string,
  what: Extract<Ask, { do: 'command' | 'menu' }>,
): Promise<string | undefined> {
  const { view } = state;
  if (!view) return undefined;
  const id = performance.now();
  const sent = { id, channel: view.channel.id, who: view.me.id, command: shown, failed: false };
  update((known) => known.sent.push(sent));
  const { outcome, error } = await ask(what);
  update((known) => {
    sent.failed = outcome?.kind === 'none';
    if (!sent.failed) known.sent = known.sent.filter((one) => one !== sent);
  });
  opened(outcome);
  return error === undefined ? undefined : isWord(error) ? t(error) : error;
}

function opened(outcome: Outcome | undefined): void {
  const { form, modal } = outcome ?? {};
  if (form === undefined || !modal) return;
  update((known) => {
    known.form = { form, modal, isSending: false, wrong: {} };
  });
}

/** Sends a form that is filled in. */
export async function submit(form: OpenForm, values: Record<string, Given | Given[]>): Promise<void> {
  update(() => {
    form.isSending = true;
    delete form.error;
  });
  const { outcome, error } = await ask({ do: 'submit', form: form.form, values });
  update(() => {
    form.isSending = false;
    if (error !== undefined) form.error = isWord(error) ? t(error) : error;
    else if (outcome?.kind === 'none') form.error = t('noResponse');
  });
  if (form.error === undefined) closeDialog();
  opened(outcome);
}

/** A file as it goes over the socket. */
export async function upload(file: File): Promise<Upload> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const pieces: string[] = [];
  for (let place = 0; place < bytes.length; place += 32_768) {
    pieces.push(String.fromCharCode(...bytes.subarray(place, place + 32_768)));
  }
  const contentType = file.type || 'application/octet-stream';
  return { kind: 'file', name: file.name, contentType, base64: btoa(pieces.join('')) };
}

/** By what a control that waits for an answer is known. */
export function busyKey(message: string, control: string): string {
  return `${message} ${control}`;
}

/** The people, roles and channels that can be picked here. */
export function things(kinds: readonly Thing['kind'][]): Thing[] {
  const { view } = state;
  const server = view?.servers.find(({ id }) => id === view.channel.serverId);
  const people = server ? server.members : (view?.people ?? []);
  const all: Thing[] = [
    ...people.map(({ id, name }) => ({ kind: 'person' as const, id, name })),
    ...(server?.roles ?? []).map(({ id, name }) => ({ kind: 'role' as const, id, name })),
    ...(server?.channels ?? []).map(({ id, name }) => ({ kind: 'channel' as const, id, name })),
  ];
  return all.filter(({ kind }) => kinds.includes(kind));
}

/** A thing as people write it. */
export function shownThing({ kind, name }: Thing): string {
  return `${kind === 'channel' ? '#' : name.startsWith('@') ? '' : '@'}${name}`;
}
