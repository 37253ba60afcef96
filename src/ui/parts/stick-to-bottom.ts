/** Keeps a scrolling element at its end while lines are added, until a person scrolls up. */
import type { Attachment } from 'svelte/attachments';

/** Pixels from the end that still count as being there. */
const NEAR = 24;

/** A region that scrolls must be reachable by keyboard, though it is no control. */
export const scrollsByKeyboard: Attachment<HTMLElement> = (element) => {
  element.tabIndex = 0;
};

/** @param onchange told whether the newest line is in sight. */
export function stickToBottom(onchange?: (stuck: boolean) => void): Attachment<HTMLElement> {
  return (element) => {
    scrollsByKeyboard(element);
    let stuck = true;
    const toEnd = (): void => {
      if (stuck) element.scrollTop = element.scrollHeight;
    };
    const onscroll = (): void => {
      const now = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      if (now === stuck) return;
      stuck = now;
      onchange?.(stuck);
    };
    const lines = new MutationObserver(toEnd);
    lines.observe(element, { childList: true, subtree: true, characterData: true });
    const size = new ResizeObserver(toEnd);
    size.observe(element);
    element.addEventListener('scroll', onscroll, { passive: true });
    toEnd();
    return () => {
      lines.disconnect();
      size.disconnect();
      element.removeEventListener('scroll', onscroll);
    };
  };
}
