/** Brings a pane in sight from places that know nothing of the layout. */
import type { PaneId } from '../shell/layout-model.ts';

let revealing: ((pane: PaneId) => void) | null = null;

export function revealPane(pane: PaneId): void {
  revealing?.(pane);
}

/** The layout of the page says how. @returns what takes it back. */
export function onReveal(reveal: (pane: PaneId) => void): () => void {
  revealing = reveal;
  return () => {
    if (revealing === reveal) revealing = null;
  };
}
