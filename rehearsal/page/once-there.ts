// What can only be done to an element once it stands in the page: opening a dialog or a menu.
import { ref } from 'lit/directives/ref.js';

/** Calls back after every drawing, when the element is there; the callback decides whether anything is left to do. */
export function onceThere(act: (element: HTMLElement) => void) {
  return ref((element) => {
    if (!(element instanceof HTMLElement)) return;
    queueMicrotask(() => element.isConnected && act(element));
  });
}

/** Opens a dialog. */
export const asModal = () =>
  onceThere((element) => {
    if (!(element instanceof HTMLDialogElement) || element.open) return;
    element.showModal();
    const field = element.querySelector('input, select, textarea');
    if (field instanceof HTMLElement) field.focus();
  });
