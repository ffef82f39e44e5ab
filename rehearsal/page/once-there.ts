// What can only be done to an element once it stands in the page: opening a dialog or a menu.
import { ref } from 'lit/directives/ref.js';

const met = new WeakSet<HTMLElement>();

/** Calls back once for every element, when it is there. */
export function onceThere(act: (element: HTMLElement) => void) {
  return ref((element) => {
    if (!(element instanceof HTMLElement) || met.has(element)) return;
    met.add(element);
    queueMicrotask(() => element.isConnected && act(element));
  });
}

/** Opens a dialog, at its first field. */
export const asModal = () =>
  onceThere((element) => {
    if (!(element instanceof HTMLDialogElement)) return;
    element.showModal();
    const field = element.querySelector('input, select, textarea');
    if (field instanceof HTMLElement) field.focus();
  });

/** Closes the open dialog: by its own way, so that the focus goes back to where it was. */
export function closeDialog(): void {
  const dialog = document.querySelector('dialog[open]');
  if (dialog instanceof HTMLDialogElement) dialog.close();
}

/** Closes the open menu, likewise. */
export function closeMenu(): void {
  document.getElementById('message-menu')?.hidePopover();
}
