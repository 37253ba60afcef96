/** Which znode is being changed, and how: opened by a button, or by a key of the tree. */
import type { Playground } from '../state/playground.svelte.ts';
import type { DeedKind } from './deeds.ts';

export class Editing {
  path: string | null = $state(null);
  deed: DeedKind = $state('set');

  open(path: string, deed: DeedKind): void {
    this.path = path;
    this.deed = deed;
  }

  close(): void {
    this.path = null;
  }
}

const all = new WeakMap<Playground, Editing>();

export function editingOf(playground: Playground): Editing {
  const known = all.get(playground);
  if (known !== undefined) return known;
  const made = new Editing();
  all.set(playground, made);
  return made;
}
