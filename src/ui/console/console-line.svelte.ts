/** The input line of a console: what Enter, Tab and the arrows do to it. */
import type { ProcessId } from '../../core/units.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { completed, withOption } from './completing.ts';

export class ConsoleLine {
  /** What Tab found, to choose from. */
  options: readonly string[] = $state.raw([]);
  /** The chosen one of them; -1 = none yet. */
  chosen: number = $state(-1);

  readonly #playground: Playground;
  readonly #process: () => ProcessId;
  readonly #history: () => readonly string[];
  /** Where the completed word begins, and the line before a choice was made. */
  #from = 0;
  #stem = '';
  /** How far back in the history; 0 = the line being written. */
  #back = 0;
  #written = '';
  /** Escape lets the next Tab leave the line, so that the keyboard is not caught in it. */
  #tabLeaves = false;

  constructor(playground: Playground, process: () => ProcessId, history: () => readonly string[]) {
    this.#playground = playground;
    this.#process = process;
    this.#history = history;
  }

  get text(): string {
    return this.#playground.consoleDraft;
  }

  set text(text: string) {
    this.#playground.consoleDraft = text;
    this.#back = 0;
    this.close();
  }

  /** Sends the line; false where there is nothing to send. */
  enter(): boolean {
    if (this.options.length > 0 && this.chosen >= 0) {
      this.close();
      return false;
    }
    const line = this.text.trim();
    if (line === '') return false;
    this.text = '';
    void this.#playground.act({ kind: 'line', process: this.#process(), line });
    return true;
  }

  /** True where the key meant something here, and must not mean anything else. */
  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const leaves = this.#tabLeaves;
    this.#tabLeaves = event.key === 'Escape';
    switch (event.key) {
      case 'Tab':
        if (event.shiftKey || leaves || this.text === '') return false;
        if (this.options.length > 0) this.choose(this.chosen + 1);
        else void this.complete();
        return true;
      case 'ArrowUp':
        if (this.options.length > 0) this.choose(this.chosen - 1);
        else this.#recall(this.#back + 1);
        return true;
      case 'ArrowDown':
        if (this.options.length > 0) this.choose(this.chosen + 1);
        else this.#recall(this.#back - 1);
        return true;
      case 'Escape':
        this.close();
        return true;
      default:
        return false;
    }
  }

  async complete(): Promise<void> {
    const line = this.text;
    const result = completed(line, await this.#playground.complete(this.#process(), line));
    // The person typed on while the answer was on its way: it answers another line.
    if (this.text !== line) return;
    this.#playground.consoleDraft = result.line;
    this.#stem = result.line;
    this.#from = result.from;
    this.options = result.options;
    this.chosen = -1;
  }

  choose(index: number): void {
    const { length } = this.options;
    if (length === 0) return;
    this.chosen = (index + length) % length;
    const option = this.options[this.chosen] ?? '';
    this.#playground.consoleDraft = withOption(this.#stem, this.#from, option);
  }

  close(): void {
    this.options = [];
    this.chosen = -1;
  }

  #recall(back: number): void {
    const history = this.#history();
    const to = Math.min(Math.max(back, 0), history.length);
    if (this.#back === 0) this.#written = this.text;
    this.#back = to;
    this.#playground.consoleDraft = to === 0 ? this.#written : (history.at(-to) ?? '');
  }
}
