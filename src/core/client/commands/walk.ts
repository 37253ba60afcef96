/**
 * A walk over a tree, as a row of steps still to be done, the next one last: all children of a
 * znode are visited before any of them is listed.
 *
 * Source: ZKUtil.visitSubTreeDFS (3.9).
 */
import { joinPath } from '../../data-tree/path.ts';
import { sortNames } from './names.ts';

export interface WalkStep {
  readonly act: 'visit' | 'list';
  readonly path: string;
}

export function nextVisit(left: WalkStep[]): WalkStep | null {
  return left.pop() ?? null;
}

/** What a listed znode adds to the walk. */
export function stepsBelow(path: string, children: readonly string[]): WalkStep[] {
  const paths = sortNames(children).map((name) => joinPath(path, name));
  const visits = paths.map((at): WalkStep => ({ act: 'visit', path: at }));
  const lists = paths.map((at): WalkStep => ({ act: 'list', path: at }));
  return [...visits, ...lists].reverse();
}
