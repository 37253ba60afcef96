/** Waiting that is cut short: time runs fast until something in the lesson has changed. */
import type { Grade } from '../../lessons/engine/grader.ts';
import type { LessonDesk } from './desk.svelte.ts';
import { lessonTexts } from './texts.ts';
import { waitUntil } from './waiting.ts';

/** Virtual seconds per second: sessions end within seconds, and one still sees how. */
const FAST = 2;

/** Virtual microseconds: who has waited so long in vain has something left to do. */
const IN_VAIN = 60_000_000;

/** Milliseconds until a run that was set off is seen to run. */
const PATIENCE = 2_000;

export class Hurry {
  on = $state(false);
  readonly #desk: LessonDesk;
  #stop = false;

  constructor(desk: LessonDesk) {
    this.#desk = desk;
  }

  /** Until a goal is met or missed, or a question answered; then time runs, or stands, as before. */
  async start(): Promise<void> {
    const { playground, around } = this.#desk;
    const { live } = playground;
    if (live === null || this.on) return;
    this.on = true;
    this.#stop = false;
    const isStill = this.#sameRun();
    const before = cameAbout(this.#desk.grade);
    const fast = Math.max(FAST, live.speed);
    const inVain = (): boolean => (playground.live?.now ?? 0) - live.now > IN_VAIN;
    try {
      await playground.setSpeed(fast);
      await playground.play();
      await waitUntil(() => playground.running, PATIENCE);
      await waitUntil(
        () =>
          this.#stop ||
          !isStill() ||
          !playground.running ||
          inVain() ||
          cameAbout(this.#desk.grade) !== before,
      );
      if (!isStill()) return;
      if (!live.running) await playground.pause();
      // Who moved the slider meanwhile keeps what they chose.
      if (playground.live?.speed === fast) await playground.setSpeed(live.speed);
      if (inVain()) playground.notify('info', lessonTexts(around.locale.name).hurry.inVain);
    } finally {
      this.on = false;
    }
  }

  stop(): void {
    this.#stop = true;
  }

  /** Another run has a speed of its own. */
  #sameRun(): () => boolean {
    const { around, lesson } = this.#desk;
    const { runs } = around.timeline;
    return () =>
      this.#desk.stage === 'open' &&
      this.#desk.playing === null &&
      this.#desk.lesson === lesson &&
      around.timeline.runs === runs;
  }
}

/** Whatever does not change any more: goals that were met or missed, and answers. */
function cameAbout(grade: Grade | null): string {
  if (grade === null) return '';
  const goals = grade.goals.map(({ state }) => (state === 'waiting' ? 'open' : state));
  return [...goals, ...grade.questions.map(({ truth }) => truth ?? '')].join();
}
