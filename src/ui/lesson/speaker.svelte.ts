/** What a person says of a lesson: predictions, evidence, a cause. The grader judges it. */
import { NOTHING_SAID, type Sayings } from '../../lessons/engine/grader.ts';
import type { Cited } from '../../lessons/engine/lesson.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { isSameLine } from './model.ts';

export abstract class Speaker {
  sayings: Sayings = $state.raw(NOTHING_SAID);

  abstract get playground(): Playground;

  /** A prediction; the last one before it comes about counts. */
  answer(question: string, option: string): void {
    const answers = this.sayings.answers.filter((one) => one.question !== question);
    const { events = 0 } = this.playground.live ?? {};
    const answer = { question, option, events };
    this.sayings = { ...this.sayings, answers: [...answers, answer] };
  }

  /** Points at a line as evidence; `cited.events` is to be of the frame that it was read in. */
  cite(cited: Cited): void {
    const others = this.sayings.cited.filter((one) => !isSameLine(one, cited));
    this.sayings = { ...this.sayings, cited: [...others, cited] };
  }

  uncite(index: number): void {
    this.sayings = { ...this.sayings, cited: this.sayings.cited.toSpliced(index, 1) };
  }

  nameCause(id: string | null): void {
    this.sayings = { ...this.sayings, cause: id };
  }

  /** Who has gone back in time has said it by then. */
  protected rewindAnswers(events: number): void {
    const { answers } = this.sayings;
    if (answers.every((one) => one.events <= events)) return;
    const said = answers.map((one) => ({ ...one, events: Math.min(one.events, events) }));
    this.sayings = { ...this.sayings, answers: said };
  }
}
