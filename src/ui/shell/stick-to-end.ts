/** Keeps a scrolling element at its right end while columns are added, until somebody scrolls back. */
import type { Attachment } from 'svelte/attachments';

/** Pixels from the end that still count as being there. */
const NEAR = 32;

export const stickToEnd: Attachment<HTMLElement> = (element) => {
  let stuck = true;
  const toEnd = (): void => {
    if (stuck) element.scrollLeft = element.scrollWidth;
  };
  const onscroll = (): void => {
    stuck = element.scrollWidth - element.scrollLeft - element.clientWidth < NEAR;
  };
  const size = new ResizeObserver(toEnd);
  size.observe(element);
  if (element.firstElementChild !== null) size.observe(element.firstElementChild);
  element.addEventListener('scroll', onscroll, { passive: true });
  return () => {
    size.disconnect();
    element.removeEventListener('scroll', onscroll);
  };
};
