/** Opens a `<dialog>` as soon as it is there, and tells when a person closes it. */
import type { Attachment } from 'svelte/attachments';

export function modal(onclose: () => void): Attachment<HTMLDialogElement> {
  return (dialog) => {
    const opener = document.activeElement;
    const onclick = (event: MouseEvent): void => {
      // The dialog itself is hit only outside of what it contains: on its backdrop.
      if (event.target === dialog) onclose();
    };
    const oncancel = (event: Event): void => {
      event.preventDefault();
      onclose();
    };
    dialog.addEventListener('click', onclick);
    dialog.addEventListener('cancel', oncancel);
    dialog.showModal();
    dialog.querySelector<HTMLElement>('input:checked')?.focus();
    return () => {
      dialog.removeEventListener('click', onclick);
      dialog.removeEventListener('cancel', oncancel);
      if (dialog.open) dialog.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  };
}
