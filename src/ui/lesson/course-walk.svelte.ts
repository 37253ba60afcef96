/** Going through a course: what its entries are, and which of them is open. */
import { tick } from 'svelte';
import type { LessonDesk } from './desk.svelte.ts';
import type { Course, CourseEntry } from './model.ts';

export class CourseWalk {
  /** What somebody gave to be done, one after another; null for none. */
  course: Course | null = $state.raw(null);
  /** Which entry of it is open; -1 for none. */
  at = $state(-1);
  readonly #desk: LessonDesk;

  constructor(desk: LessonDesk) {
    this.#desk = desk;
  }

  /** Its entries are listed where lessons are. */
  async begin(course: Course): Promise<void> {
    const desk = this.#desk;
    if (desk.stage !== 'list') await desk.leave();
    this.course = course;
    this.at = -1;
    this.showAddress();
    await tick();
    desk.around.layout.reveal('lesson');
  }

  /** An entry of the course, where a person left it. */
  async open(index: number): Promise<boolean> {
    const desk = this.#desk;
    const entry = this.course?.entries[index];
    if (entry === undefined) return false;
    await desk.book.loaded;
    const { attempt = null } = desk.book.of(entry.id) ?? {};
    const seed = entry.seed ?? attempt?.seed ?? 1;
    this.at = index;
    return entry.open(desk, attempt?.seed === seed, seed);
  }

  /** Behind the open one, where it is of the course; null behind the last. */
  get next(): CourseEntry | null {
    const { entries = [] } = this.course ?? {};
    const isHere = entries[this.at]?.id === this.#desk.lesson?.id;
    return (isHere ? entries[this.at + 1] : entries[0]) ?? null;
  }

  async openNext(): Promise<boolean> {
    const { next } = this;
    return next === null ? false : this.open(this.course?.entries.indexOf(next) ?? -1);
  }

  end(): void {
    if (this.course === null) return;
    this.course = null;
    this.at = -1;
    if (this.#desk.stage === 'list') {
      history.replaceState(null, '', location.pathname + location.search);
    }
  }

  /** A reload comes back to it. */
  showAddress(): void {
    const hash = this.course?.hash ?? null;
    if (hash !== null) history.replaceState(null, '', hash);
  }
}
