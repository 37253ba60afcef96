/** Asks a server a four-letter word again and again while time moves, at most so often. */
import type { Micros, Sid } from '../../core/units.ts';
import type { Playground } from '../state/playground.svelte.ts';

/** Milliseconds of the wall between two questions. */
const EVERY = 250;

export interface AdminAnswer {
  readonly sid: Sid;
  readonly word: string;
  /** Null of a server that does not run. */
  readonly text: string | null;
  /** Virtual time when it was asked. */
  readonly at: Micros;
}

interface Question {
  readonly sid: Sid;
  readonly word: string;
  readonly at: Micros;
  /** Another one at the same place is the same question. */
  readonly events: number;
}

export class AdminAsker {
  latest: AdminAnswer | null = $state.raw(null);
  /** The one before, of the same server and word: to see what changed. */
  before: AdminAnswer | null = $state.raw(null);
  failure: string | null = $state(null);

  readonly #playground: Playground;
  #wanted: Question | null = null;
  #asked: Question | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** To be called in an effect that depends on the frame, the server and the word. */
  want(sid: Sid, word: string): void {
    const { frame } = this.#playground;
    if (frame === null) return;
    this.#wanted = { sid, word, at: frame.now, events: frame.events };
    const other = this.latest?.sid !== sid || this.latest.word !== word;
    if (other && this.#timer !== null) this.#cancel();
    this.#timer ??= setTimeout(() => void this.#ask(), 0);
  }

  stop(): void {
    this.#wanted = null;
    this.#cancel();
  }

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #ask(): Promise<void> {
    const question = this.#wanted;
    if (question === null || isSame(question, this.#asked)) {
      this.#timer = null;
      return;
    }
    this.#asked = question;
    const { sid, word, at } = question;
    try {
      const text = await this.#playground.admin(sid, word);
      if (this.#asked === question) this.#take({ sid, word, text, at });
      this.failure = null;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    if (this.#asked === question) this.#timer = setTimeout(() => void this.#ask(), EVERY);
  }

  #take(answer: AdminAnswer): void {
    const { latest } = this;
    const sameQuestion = latest?.sid === answer.sid && latest.word === answer.word;
    // What changed last stays marked while nothing else does.
    if (!sameQuestion) this.before = null;
    else if (latest.text !== answer.text) this.before = latest;
    this.latest = answer;
  }
}

function isSame(a: Question, b: Question | null): boolean {
  return a.sid === b?.sid && a.word === b.word && a.at === b.at && a.events === b.events;
}
