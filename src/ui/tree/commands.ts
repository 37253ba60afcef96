/** The console commands that the tree's buttons put into the input line. */
import type { TreeNodeView } from '../../core/view.ts';

/** zkCli splits at white space; quotes keep a path together. */
export function quoted(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}

/** Leaves the cursor behind the path, for the new znode's name. */
export function createCommand(path: string): string {
  return `create ${path === '/' ? '/' : `${quoted(path)}/`}`;
}

/** Guards the version that is shown, so that a lost update is refused and not made. */
export function setCommand(node: TreeNodeView): string {
  return `set -v ${String(node.version)} ${quoted(node.path)} `;
}

/** `deleteall` where there are children, because `delete` would be refused. */
export function deleteCommand(node: TreeNodeView): string {
  return `${node.numChildren > 0 ? 'deleteall' : 'delete'} ${quoted(node.path)}`;
}

export function watchCommand(node: TreeNodeView): string {
  return `get -w ${quoted(node.path)}`;
}
