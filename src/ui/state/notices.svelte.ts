/** What the page tells a person, the latest last. */
import type { Notice, Remedy } from './hands.ts';

const NOTICES_MAX = 4;

export class Notices {
  list: readonly Notice[] = $state.raw([]);
  #count = 0;

  /** What is told again stands once, as the latest. */
  add(kind: Notice['kind'], text: string, remedy: Remedy | null): void {
    const notice = { id: ++this.#count, kind, text, remedy };
    const others = this.list.filter((known) => known.text !== text);
    this.list = [...others, notice].slice(-NOTICES_MAX);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}
