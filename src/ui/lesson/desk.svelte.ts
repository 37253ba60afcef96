/**
 * The lesson that a person is at: what it asks for, what they did and said, and how it stands. It
 * outlives its pane, which goes when another tab is in front. The person's own ensemble is kept by
 * the hunter, as for every run that stands in its place.
 */
import { tick } from 'svelte';
import { NOTHING_SAID, type Grade } from '../../lessons/engine/grader.ts';
import type { LessonPlan } from '../../lessons/engine/lesson.ts';
import type { LessonSection, LessonText } from '../../lessons/engine/lesson-text.ts';
import type { LessonBegun, LessonGrader } from '../../worker/grader-api.ts';
import { getHunter, type Hunter, type OpenedRun } from '../bugs/hunter.svelte.ts';
import { messageOf } from '../bugs/reasons.ts';
import { newDraw } from '../operator/incident.ts';
import { watchDrill } from '../operator/drill.svelte.ts';
import { getLayout } from '../shell/layout.svelte.ts';
import { getLocale, type LocaleName } from '../state/locale.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { getTimeline } from '../state/timeline.svelte.ts';
import { attemptToKeep, doneOf, keptAttempt } from './attempts.ts';
import { lessonAsked } from './asked.ts';
import { loadTexts } from './catalogue.ts';
import { CourseWalk } from './course-walk.svelte.ts';
import { GradeLoop, type Graded } from './grade-loop.ts';
import { Hurry } from './hurry.svelte.ts';
import { keepSolved } from './keep-solved.ts';
import { leaveAddress, lessonLink } from './link.ts';
import {
  SEEDS,
  type Done,
  type GoalNews,
  type LessonStage,
  type LessonSurroundings,
  type OpenLesson,
  type Playing,
} from './model.ts';
import { openedLesson } from './opened.ts';
import { enterPanes, leavePanes } from './panes-before.ts';
import { playSolution, relive } from './play-way.ts';
import { ProgressBook } from './progress.svelte.ts';
import { Speaker } from './speaker.svelte.ts';
import { newsOf, tellNews } from './telling.ts';
import { lessonTexts } from './texts.ts';
import { ToolGuard } from './tool-guard.ts';
import { waitUntil } from './waiting.ts';

export type { LessonSurroundings, OpenLesson } from './model.ts';

/** How long the first picture of a run is waited for, in milliseconds. */
const PATIENCE = 5_000;

export class LessonDesk extends Speaker {
  stage: LessonStage = $state('list');
  lesson: OpenLesson | null = $state.raw(null);
  /** In the language of the page; null while it is being loaded. */
  text: LessonText | null = $state.raw(null);
  /** Why it could not begin or be graded, in a sentence. */
  failure: string | null = $state(null);
  grade: Grade | null = $state.raw(null);
  /** Since the person's part began: what is undone afterwards was done all the same. */
  solved = $state(false);
  /** How many actions it took. */
  solvedWith = $state(0);
  /** Success is told of, until a person sends that off. */
  praised = $state(false);
  /** It was done with fewer actions than ever here. */
  isBest = $state(false);
  /** The attempt that waits while all of it is watched from its beginning; null: nothing waits. */
  watching: Done | null = $state.raw(null);
  /** Its solution was played in this attempt. */
  shown = $state(false);
  playing: Playing | null = $state(null);
  step = $state(0);
  /** How many hints of each step were asked for. */
  hints: Readonly<Record<string, number>> = $state.raw({});
  /** The goals that were met or failed last, for whoever hears the page. */
  news: readonly GoalNews[] = $state.raw([]);

  /** Lessons in the order of somebody else. */
  readonly walk = new CourseWalk(this);

  readonly hurry = new Hurry(this);

  readonly book: ProgressBook;
  readonly around: LessonSurroundings;
  readonly #connect: () => Promise<LessonGrader>;
  #grader: LessonGrader | null = null;
  #begun: LessonBegun | null = null;
  #opened: OpenedRun | null = null;
  #runs = 0;
  /** Counts what was opened: what comes late from before is of no use. */
  #round = 0;
  /** The panes are those of a lesson. */
  #isIn = false;
  #stop = false;
  #saved = '';
  readonly #loop: GradeLoop;
  readonly #tools = new ToolGuard(this);

  constructor(
    around: LessonSurroundings,
    connect: () => Promise<LessonGrader> = async () =>
      (await import('../../worker/connect-grader.ts')).connectGrader(),
    book = new ProgressBook(),
  ) {
    super();
    this.around = around;
    this.#connect = connect;
    this.book = book;
    this.playground.guard = this.#tools;
    this.#loop = new GradeLoop({
      playground: this.playground,
      timeline: around.timeline,
      grader: () => (this.stage === 'open' && this.watching === null ? this.#grader : null),
      sayings: () => this.sayings,
      take: (graded) => this.#take(graded),
      fail: (reason) => (this.failure = messageOf(reason)),
    });
    // Not while the pane that asks for the desk is being made: effects would be that pane's, and be
    // lost when the pane moves.
    queueMicrotask(() => $effect.root(() => this.#watch()));
  }

  get playground(): Playground {
    return this.around.hunter.playground;
  }

  // No deriveds: these would end with the pane that made the desk.

  get plan(): LessonPlan | null {
    return this.lesson?.plan ?? null;
  }

  /** Nobody is to know what was drawn. */
  get isSecret(): boolean {
    return this.lesson?.incident !== undefined && !this.solved;
  }

  /** What there is to read: behind success the debrief as well. */
  get sections(): readonly LessonSection[] {
    const { steps = [], debrief = null } = this.text ?? {};
    return this.solved && debrief !== null ? [...steps, debrief] : steps;
  }

  #watch(): void {
    const { hunter, timeline, locale } = this.around;
    $effect(() => {
      const seen = [this.playground.live, this.sayings, timeline.branch];
      if (this.stage === 'open' && seen[0] !== null) void this.#loop.look();
    });
    $effect(() => {
      const { opened } = hunter;
      const { runs } = timeline;
      if (this.stage !== 'open') return;
      // Watched from the beginning once more.
      if (this.watching !== null && opened?.record === this.watching.record) {
        this.#opened = opened;
        this.#runs = runs;
        return;
      }
      // Another run stands in its place.
      if (opened !== this.#opened || runs !== this.#runs) this.#left();
    });
    $effect(() => {
      const { lesson } = this;
      const { name } = locale;
      if (lesson === null) this.text = null;
      else void this.#loadText(lesson, name);
    });
  }

  async #loadText(lesson: OpenLesson, name: LocaleName): Promise<void> {
    try {
      const text = lesson.texts?.[name] ?? (await loadTexts(name)).get(lesson.id) ?? null;
      if (this.lesson === lesson && this.around.locale.name === name) this.text = text;
    } catch (reason) {
      this.failure = messageOf(reason);
    }
  }

  // --- opening and leaving -----------------------------------------------------------------------

  /** A lesson of the curriculum. @returns whether there is one, and it could begin. */
  async open(id: string, seed = 1, resume = false): Promise<boolean> {
    this.#enter();
    try {
      const lesson = await lessonAsked(id, seed);
      if (lesson !== null) return await this.openPlan(lesson, resume);
      this.#fail(lessonTexts(this.around.locale.name).noSuch(id));
    } catch (reason) {
      this.#fail(messageOf(reason));
    }
    return false;
  }

  /** Any lesson: its run takes the place of what is open. It stands still until somebody moves. */
  async openPlan(lesson: OpenLesson, resume = false): Promise<boolean> {
    this.#enter();
    this.lesson = lesson;
    await this.book.loaded;
    const kept = resume ? keptAttempt(this.book.of(lesson.id), lesson) : null;
    try {
      this.#grader ??= await this.#connect();
      this.#begun = await this.#grader.begin(lesson.plan);
      await this.#openStart();
    } catch (reason) {
      this.#fail(messageOf(reason));
      return false;
    }
    // Of a page that has only just come, the places of panes are known by now.
    await tick();
    this.around.layout.reveal('lesson');
    if (kept !== null) {
      this.step = kept.step;
      await this.#relive(kept);
    }
    return true;
  }

  /** Something has happened since the start of the lesson. */
  get hasRun(): boolean {
    return this.playground.live?.events !== this.#begun?.events;
  }

  #enter(): void {
    const { layout } = this.around;
    this.stage = 'opening';
    this.failure = null;
    this.#forget();
    this.text = null;
    this.step = 0;
    this.hints = {};
    if (!this.#isIn) enterPanes(layout);
    this.#isIn = true;
    layout.reveal('lesson');
  }

  #forget(): void {
    this.#round += 1;
    this.#tools.reset();
    this.grade = null;
    this.#loop.forget();
    this.watching = null;
    this.sayings = NOTHING_SAID;
    this.solved = false;
    this.isBest = false;
    this.praised = false;
    this.shown = false;
    this.step = Math.min(this.step, Math.max(0, (this.text?.steps.length ?? 1) - 1));
    this.news = [];
    this.#stop = true;
  }

  #fail(why: string): void {
    this.failure = why;
    this.stage = 'failed';
  }

  async #openStart(): Promise<void> {
    const { lesson, playground } = this;
    const begun = this.#begun;
    if (lesson === null || begun === null) return;
    const { hunter, timeline } = this.around;
    this.stage = 'opening';
    const run = await openedLesson(lesson);
    await hunter.open(run, lesson.plan.world, begun.moment);
    this.#opened = run;
    this.#runs = timeline.runs;
    if (playground.stage === 'failed') throw new Error(playground.failure ?? '');
    const { length } = begun.record.actions;
    const came = await waitUntil(() => {
      const { live } = playground;
      return live?.events === begun.events && live.actions === length;
    }, PATIENCE);
    if (!came) throw new Error('the ensemble of the lesson did not come');
    this.stage = 'open';
    // Nothing is elected: whoever wants to undo need not wait until the chronicle is calm.
    timeline.beginning().catch(() => undefined);
    if (lesson.texts === undefined && this.walk.course === null) {
      const { id, seed } = lesson.incident ?? lesson;
      history.replaceState(null, '', lessonLink(id, seed));
    }
  }

  /** Back to the list, and to the person's own ensemble. */
  async leave(): Promise<void> {
    const { hunter } = this.around;
    const isMine = this.stage !== 'list' && hunter.opened === this.#opened;
    this.#left();
    this.around.layout.reveal('lesson');
    if (isMine) await hunter.backHome();
    this.walk.showAddress();
  }

  #left(): void {
    const { layout } = this.around;
    this.#forget();
    this.stage = 'list';
    this.lesson = null;
    this.#begun = null;
    this.failure = null;
    if (this.#isIn) leavePanes(layout);
    this.#isIn = false;
    leaveAddress();
  }

  // --- again -------------------------------------------------------------------------------------

  /** From the start, at once; a notice brings back what was there. */
  async retry(): Promise<void> {
    const { lesson, playground } = this;
    if (lesson === null || this.#begun === null) return;
    const done = this.#done();
    const t = lessonTexts(this.around.locale.name);
    const begun = this.#begun.record.actions.length;
    const { step } = this;
    this.#forget();
    this.step = 0;
    await this.#guard(() => this.#openStart());
    if (done === null || done.record.actions.length <= begun) return;
    const undo = (): void => void this.#back(done, step);
    playground.notify('info', t.retried, { label: t.undoRetry, run: undo });
  }

  async #back(done: Done, step = this.step): Promise<void> {
    if (this.lesson === null || this.stage !== 'open') return;
    this.#forget();
    this.goTo(step);
    await this.#guard(() => this.#openStart());
    await this.#relive(done);
  }

  /** All of it with everything in sight, from an empty ensemble on: the start as well. */
  async watchAgain(): Promise<void> {
    const { lesson } = this;
    const done = this.watching ?? this.#done();
    if (lesson === null || done === null) return;
    const { hunter, timeline } = this.around;
    await this.#guard(async () => {
      this.watching = done;
      this.stage = 'opening';
      const { record } = done;
      this.#opened = { ...(await openedLesson(lesson)), record };
      await hunter.open(this.#opened, record.world);
      this.#runs = timeline.runs;
      this.stage = 'open';
    });
  }

  /** To where the person was before they watched. */
  async endWatching(): Promise<void> {
    if (this.watching !== null) await this.#back(this.watching);
  }

  /** The same lesson with the next seed: the ensemble behaves otherwise. */
  async another(): Promise<void> {
    const { lesson } = this;
    if (lesson === null) return;
    const { id, seed, incident } = lesson;
    if (incident !== undefined) await this.open(incident.id, newDraw());
    else if (lesson.texts === undefined) await this.open(id, (seed % SEEDS) + 1);
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this.#fail(messageOf(reason));
    }
  }

  /** What the person did, as far as it was graded. */
  #done(): Done | null {
    const { latest } = this.#loop;
    return latest === null || this.plan === null ? null : doneOf(latest, this.plan, this.shown);
  }

  /** Does again what was done, as fast as it goes, and stands still at its end. */
  async #relive({ record, sayings, shown }: Done): Promise<void> {
    const round = this.#round;
    const from = this.#begun?.record.actions.length ?? 0;
    this.sayings = sayings;
    this.shown = shown;
    this.playing = 'before';
    try {
      await relive(this.playground, record, from, () => round !== this.#round);
    } finally {
      this.playing = null;
    }
  }

  // --- show me -----------------------------------------------------------------------------------

  /** Plays the first solution from the start. It does not count as solved. */
  async showMe(): Promise<void> {
    const { lesson, playground } = this;
    const grader = this.#grader;
    if (lesson === null || grader === null || this.playing !== null) return;
    this.playing = 'solution';
    try {
      const way = await grader.walk(lesson.plan, 0);
      this.#forget();
      this.#stop = false;
      this.shown = true;
      this.book.noteShown(lesson.id);
      await this.#openStart();
      this.sayings = way.sayings;
      const round = this.#round;
      const isOver = (): boolean => this.#stop || round !== this.#round;
      const { timeline } = this.around;
      const end = await playSolution(playground, timeline, way, isOver, () => this.solved);
      if (round === this.#round) await playground.pause();
      if (end.kind === 'refused') playground.notify('error', end.reason);
    } catch (reason) {
      playground.notify('error', messageOf(reason));
    } finally {
      this.playing = null;
    }
  }

  /** What was played stays. */
  stopShow(): void {
    this.#stop = true;
  }

  // --- reading -----------------------------------------------------------------------------------

  goTo(step: number): void {
    this.step = Math.max(0, Math.min(step, this.sections.length - 1));
  }

  askHint(step: string): void {
    this.hints = { ...this.hints, [step]: (this.hints[step] ?? 0) + 1 };
  }

  // --- grading -----------------------------------------------------------------------------------

  #take({ grade, to }: Graded): void {
    const { lesson, stage } = this;
    if (lesson === null || stage !== 'open') return;
    this.failure = null;
    this.rewindAnswers(to.events);
    const news = this.grade === null ? [] : newsOf(this.grade, grade);
    this.grade = grade;
    if (news.length > 0) {
      this.news = news;
      tellNews(this, news);
    }
    if (grade.solved && !this.solved) {
      this.solved = true;
      this.solvedWith = grade.actions;
      this.praised = true;
      if (!this.shown) {
        this.isBest = this.book.noteSolved(lesson.id, lesson.seed, grade.actions);
        void keepSolved(this, this.#done(), grade.actions);
      }
    }
    this.#keepAttempt(grade, lesson);
  }

  #keepAttempt({ actions }: Grade, lesson: OpenLesson): void {
    const { answers, cited } = this.sayings;
    // What was drawn is not told by the list either.
    if (this.solved || this.playing !== null || lesson.incident !== undefined) return;
    if (actions === 0 && answers.length + cited.length === 0) return;
    const done = this.#done();
    const key = [lesson.id, lesson.seed, actions, this.step, JSON.stringify(this.sayings)].join();
    if (done === null || key === this.#saved) return;
    this.#saved = key;
    this.book.keepAttempt(lesson.id, attemptToKeep(done, lesson, this.step, actions));
  }
}

const desks = new WeakMap<Hunter, LessonDesk>();

/** The one of this page. */
export function lessonDeskOf(around: LessonSurroundings): LessonDesk {
  const known = desks.get(around.hunter);
  if (known !== undefined) return known;
  const desk = new LessonDesk(around);
  desks.set(around.hunter, desk);
  watchDrill(desk);
  return desk;
}

/** For components, while they are being made. */
export function getLessonDesk(): LessonDesk {
  return lessonDeskOf({
    hunter: getHunter(),
    timeline: getTimeline(),
    layout: getLayout(),
    locale: getLocale(),
  });
}
