/** An assignment that is being put together. */
import {
  ASSIGNMENT_FORMAT,
  type Assignment,
  type Item,
} from '../../lessons/classroom/assignment.ts';
import { moved } from './order.ts';

/** An item with a name of its own, by which a list can tell it from its like. */
export interface Entry {
  readonly key: number;
  readonly item: Item;
}

export class Assigner {
  title = $state('');
  entries: readonly Entry[] = $state.raw([]);
  #keys = 0;

  add(item: Item): void {
    this.#keys += 1;
    this.entries = [...this.entries, { key: this.#keys, item }];
  }

  /** In the place of nothing, or behind what is there. */
  take({ title, items }: Assignment): void {
    if (this.title.trim() === '') this.title = title;
    for (const item of items) this.add(item);
  }

  setSeed(key: number, seed: number | null): void {
    this.entries = this.entries.map((entry) =>
      entry.key === key && entry.item.kind === 'lesson'
        ? { key, item: { ...entry.item, seed } }
        : entry,
    );
  }

  /** @returns its new place, from 0 on; null where it stays. */
  move(key: number, by: 1 | -1): number | null {
    const at = this.entries.findIndex((entry) => entry.key === key);
    const next = moved(this.entries, at, at + by);
    if (next === this.entries) return null;
    this.entries = next;
    return at + by;
  }

  /** @returns what brings it back to its place. */
  remove(key: number): () => void {
    const at = this.entries.findIndex((entry) => entry.key === key);
    const entry = this.entries[at];
    this.entries = this.entries.filter((one) => one.key !== key);
    return () => {
      if (entry !== undefined) this.entries = this.entries.toSpliced(at, 0, entry);
    };
  }

  get assignment(): Assignment {
    const items = this.entries.map(({ item }) => item);
    return { format: ASSIGNMENT_FORMAT, version: 1, title: this.title.trim(), items };
  }
}
