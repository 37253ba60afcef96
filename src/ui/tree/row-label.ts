/** What a row of the tree says in words, for a screen reader and as the drawing's label. */
import type { PanesDictionary } from '../../i18n/panes.en.ts';
import type { TreeNodeView } from '../../core/view.ts';
import type { ChangeKind } from './tree-changes.ts';
import { isSequential } from './tree-model.ts';

/** A name for a narrow place: the middle gives way, because sequence numbers stand at the end. */
export function shortName(name: string, charsMax = 24): string {
  if (name.length <= charsMax) return name;
  const tail = isSequential(name) ? 6 : 4;
  return `${name.slice(0, charsMax - tail - 1)}…${name.slice(-tail)}`;
}

export interface Spoken {
  readonly owner: string | null;
  readonly watchers: readonly string[];
  readonly change: ChangeKind | null;
}

/** `config, persistent, watched by A, data set`. */
export function spokenLabel(t: PanesDictionary, node: TreeNodeView, said: Spoken): string {
  const parts = [node.path === '/' ? '/' : node.name, t.tree[node.kind]];
  if (isSequential(node.name)) parts.push(t.tree.sequential);
  if (said.owner !== null) parts.push(t.tree.ownedBy(said.owner));
  if (said.watchers.length > 0) parts.push(t.tree.watchedBy(said.watchers.join(', ')));
  if (said.change !== null) parts.push(t.tree[said.change]);
  return parts.join(', ');
}
