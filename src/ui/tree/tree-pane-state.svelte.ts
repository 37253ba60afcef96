/** What a person did to the tree's picture: folds, search, which row the keys stand on. */
import type { Micros, Sid } from '../../core/units.ts';
import type { TreeView } from '../../core/view.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { DeedKind } from './deeds.ts';
import { editingOf } from './editing.svelte.ts';
import { TreeMemory, type TreeChanges } from './tree-changes.ts';
import { NO_SPLITS, type Splits } from './tree-compare.ts';
import { moveByKey, parentOf, visibleRows, type TreeRow } from './tree-model.ts';

/** ZooKeeper's own branch is there in every ensemble: folded until somebody wants it. */
const FOLDED_AT_FIRST = ['/zookeeper'];

/** How many trees a person can keep. */
const MOMENTS_MAX = 6;

/** As in a list of files. */
const DEED_KEYS: Readonly<Record<string, DeedKind>> = {
  Insert: 'create',
  F2: 'set',
  Delete: 'remove',
};

export type TreePaneView = 'list' | 'drawing';

/** What this tree is laid beside: another member's, or one of another moment. */
export type Beside =
  | { readonly kind: 'member'; readonly sid: Sid }
  | { readonly kind: 'kept'; readonly tree: TreeView; readonly at: Micros };

interface Kept {
  readonly view: TreePaneView;
  readonly query: string;
  readonly collapsed: ReadonlySet<string>;
  readonly active: string;
  readonly beside: Beside | null;
  readonly moments: readonly Extract<Beside, { kind: 'kept' }>[];
}

/** What a person chose outlives the pane, which comes and goes on a small screen. */
const kept = new WeakMap<Playground, Kept>();

export class TreePaneState {
  view: TreePaneView = $state('list');
  query: string = $state('');
  collapsed: ReadonlySet<string> = $state.raw(new Set(FOLDED_AT_FIRST));
  /** The row that the keys stand on. */
  active: string = $state('/');

  /** Null while nothing is compared. */
  beside: Beside | null = $state.raw(null);
  /** Trees that a person kept, oldest first. */
  moments: readonly Extract<Beside, { kind: 'kept' }>[] = $state.raw([]);
  /** Where the trees of the other members part from this one. */
  splits: Splits = $state.raw(NO_SPLITS);

  readonly #playground: Playground;
  readonly #memory = new TreeMemory();

  readonly #seen: { readonly tree: TreeView | null; readonly changes: TreeChanges } = $derived.by(
    () => {
      const { frame, focusSid, stage } = this.#playground;
      const tree = frame?.tree ?? null;
      // The trees of two runs have nothing to do with each other.
      if (stage !== 'open') this.#memory.forget();
      // While the focus moves, frames on their way still carry the other server's tree.
      return this.#memory.next(tree !== null && tree.sid === focusSid ? tree : null);
    },
  );
  readonly tree: TreeView | null = $derived(this.#seen.tree);
  readonly changes: TreeChanges = $derived(this.#seen.changes);
  readonly rows: readonly TreeRow[] = $derived(
    this.tree === null
      ? []
      : visibleRows(this.tree, { collapsed: this.collapsed, query: this.query }),
  );

  /** Its place among the rows; the first where it is hidden or gone. */
  readonly activeIndex: number = $derived(
    Math.max(
      0,
      this.rows.findIndex((row) => row.node.path === this.active),
    ),
  );

  constructor(playground: Playground) {
    this.#playground = playground;
    Object.assign(this, kept.get(playground));
  }

  /** Called when the pane goes. */
  keep(): void {
    const { view, query, collapsed, active, beside, moments } = this;
    kept.set(this.#playground, { view, query, collapsed, active, beside, moments });
  }

  /** Brings a znode into sight that was chosen elsewhere. */
  show(path: string): void {
    const collapsed = new Set(this.collapsed);
    for (let up = parentOf(path); up !== null; up = parentOf(up)) collapsed.delete(up);
    if (collapsed.size !== this.collapsed.size) this.collapsed = collapsed;
    this.active = path;
  }

  /** Keeps the tree in sight, to be compared with later. */
  keepMoment(): void {
    const { tree } = this;
    const at = this.#playground.frame?.now;
    if (tree === null || at === undefined) return;
    this.moments = [...this.moments, { kind: 'kept' as const, tree, at }].slice(-MOMENTS_MAX);
  }

  fold(path: string, folded: boolean): void {
    const collapsed = new Set(this.collapsed);
    if (folded) collapsed.add(path);
    else collapsed.delete(path);
    this.collapsed = collapsed;
  }

  foldAll(): void {
    const parents = (this.tree?.nodes ?? []).map((node) => parentOf(node.path));
    this.collapsed = new Set(
      parents.filter((path): path is string => path !== null && path !== '/'),
    );
    this.active = '/';
  }

  unfoldAll(): void {
    this.collapsed = new Set();
  }

  choose(path: string): void {
    this.active = path;
    this.#playground.select({ kind: 'znode', path });
  }

  /** Handles a key of the tree; true where it meant something. @param page rows per page. */
  key(key: string, page: number): boolean {
    if (key === 'Enter' || key === ' ') {
      const row = this.rows[this.activeIndex];
      if (row !== undefined) this.choose(row.node.path);
      return row !== undefined;
    }
    if (key === '*') {
      this.unfoldAll();
      return true;
    }
    const deed = DEED_KEYS[key];
    if (deed !== undefined) {
      const row = this.rows[this.activeIndex];
      if (row === undefined) return false;
      if (deed === 'remove' && row.node.path === '/') return false;
      if (deed === 'create' && row.node.kind === 'ephemeral') return false;
      this.choose(row.node.path);
      editingOf(this.#playground).open(row.node.path, deed);
      return true;
    }
    const move = moveByKey(this.rows, this.active, key, page);
    switch (move.kind) {
      case 'focus':
        this.active = move.path;
        return true;
      case 'expand':
        this.fold(move.path, false);
        return true;
      case 'collapse':
        this.fold(move.path, true);
        return true;
      case 'none':
        return false;
    }
  }
}
