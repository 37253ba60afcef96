/**
 * The lesson that a person is at: what it asks for, what they did and said, and how it stands. It
 * outlives its pane, which goes when another tab is in front. The person's own ensemble is kept by
 * the hunter, as for every run that stands in its place.
 */
import type { Grade, Sayings } from '../../lessons/engine/grader.ts';
import { NOTHING_SAID } from '../../lessons/engine/grader.ts';
import type { Cited, LessonPlan } from '../../lessons/engine/lesson.ts';
import type { LessonSection, LessonText } from '../../lessons/engine/lesson-text.ts';
import type { RunRecord, TimedAction } from '../../sim/actions.ts';
import { momentOf, type Moment } from '../../sim/chronicle/model.ts';
import { recordFromText, recordToText } from '../../sim/run-text.ts';
import type { LessonBegun, LessonGrader } from '../../worker/grader-api.ts';
import { getHunter, type Hunter, type OpenedRun } from '../bugs/hunter.svelte.ts';
import { messageOf } from '../bugs/reasons.ts';
import { playHere } from '../script/play-here.ts';
import { getLayout, type Layout } from '../shell/layout.svelte.ts';
import type { PresetName } from '../shell/layout-model.ts';
import { speedFor } from '../state/default-world.ts';
import { getLocale, type Locale, type LocaleName } from '../state/locale.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { getTimeline, type Timeline } from '../state/timeline.svelte.ts';
import type { Micros } from '../../core/units.ts';
import { loadLesson, loadTexts } from './catalogue.ts';
import { LESSON_HASH } from './hash.ts';
import { lessonLink } from './link.ts';
import { ProgressBook } from './progress.svelte.ts';
import { lessonTexts } from './texts.ts';

/** Seeds for which every lesson is tested. */
export const SEEDS = 20;

/** Milliseconds between two grades at least: more would only take time from the run. */
const GRADE_EVERY = 200;

/** Milliseconds between two looks at whether something has come. */
const LOOK_EVERY = 20;

/** How long the first picture of a run is waited for, in milliseconds. */
const PATIENCE = 5_000;

export interface OpenLesson {
  readonly id: string;
  readonly seed: number;
  readonly plan: LessonPlan;
  /** Of a lesson that is not of the curriculum. */
  readonly texts?: Readonly<Record<LocaleName, LessonText>>;
}

export type LessonStage = 'list' | 'opening' | 'open' | 'failed';

/** What the run plays by itself: the solution, or what the person did before. */
export type Playing = 'solution' | 'before';

/** Where a person's part of the run was. */
interface Done {
  readonly record: RunRecord;
  readonly sayings: Sayings;
  readonly shown: boolean;
}

/** Who shares the page with the lessons. */
export interface LessonSurroundings {
  readonly hunter: Hunter;
  readonly timeline: Timeline;
  readonly layout: Layout;
  readonly locale: Locale;
}

export class LessonDesk {
  stage: LessonStage = $state('list');
  lesson: OpenLesson | null = $state.raw(null);
  /** In the language of the page; null while it is being loaded. */
  text: LessonText | null = $state.raw(null);
  /** Why it could not begin or be graded, in a sentence. */
  failure: string | null = $state(null);
  grade: Grade | null = $state.raw(null);
  sayings: Sayings = $state.raw(NOTHING_SAID);
  /** Since the person's part began: what is undone afterwards was done all the same. */
  solved = $state(false);
  /** How many actions it took. */
  solvedWith = $state(0);
  /** Success is told of, until a person sends that off. */
  praised = $state(false);
  /** It was done with fewer actions than ever here. */
  isBest = $state(false);
  /** Its solution was played in this attempt. */
  shown = $state(false);
  playing: Playing | null = $state(null);
  step = $state(0);
  /** How many hints of each step were asked for. */
  hints: Readonly<Record<string, number>> = $state.raw({});
  /** The goals that were met or failed last, for whoever hears the page. */
  news: readonly { readonly id: string; readonly state: 'met' | 'failed' }[] = $state.raw([]);

  readonly book: ProgressBook;
  readonly around: LessonSurroundings;
  readonly #connect: () => Promise<LessonGrader>;
  #grader: LessonGrader | null = null;
  #begun: LessonBegun | null = null;
  #opened: OpenedRun | null = null;
  #runs = 0;
  /** Counts what was opened: what comes late from before is of no use. */
  #round = 0;
  #presetBefore: PresetName | null = null;
  #looking = false;
  #due = false;
  #stop = false;
  #saved = '';
  /** All actions of the present branch, when it was graded last. */
  #actions: readonly TimedAction[] = [];
  #graded: { readonly to: Moment; readonly sayings: Sayings } | null = null;

  constructor(
    around: LessonSurroundings,
    connect: () => Promise<LessonGrader> = connectLazily,
    book = new ProgressBook(),
  ) {
    this.around = around;
    this.#connect = connect;
    this.book = book;
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

  /** What there is to read: behind success the debrief as well. */
  get sections(): readonly LessonSection[] {
    const { steps = [], debrief = null } = this.text ?? {};
    return this.solved && debrief !== null ? [...steps, debrief] : steps;
  }

  #watch(): void {
    const { hunter, timeline, locale } = this.around;
    $effect(() => {
      const seen = [this.playground.live, this.sayings, timeline.branch];
      if (this.stage === 'open' && seen[0] !== null) void this.#look();
    });
    $effect(() => {
      const { opened } = hunter;
      const { runs } = timeline;
      if (this.stage !== 'open') return;
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
      const lesson = await loadLesson(id);
      if (lesson !== null)
        return await this.openPlan({ id, seed, plan: lesson.plan(seed) }, resume);
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
    const kept = resume ? this.#kept(lesson) : null;
    try {
      this.#grader ??= await this.#connect();
      this.#begun = await this.#grader.begin(lesson.plan);
      await this.#openStart();
    } catch (reason) {
      this.#fail(messageOf(reason));
      return false;
    }
    if (kept !== null) {
      this.step = this.book.of(lesson.id)?.attempt?.step ?? 0;
      await this.#relive(kept);
    }
    return true;
  }

  #kept({ id, seed }: OpenLesson): Done | null {
    const attempt = this.book.of(id)?.attempt ?? null;
    if (attempt?.seed !== seed) return null;
    try {
      const sayings = JSON.parse(attempt.sayings) as Sayings;
      return { record: recordFromText(attempt.run), sayings, shown: attempt.shown };
    } catch {
      return null;
    }
  }

  #enter(): void {
    const { layout } = this.around;
    this.stage = 'opening';
    this.failure = null;
    this.#forget();
    this.step = 0;
    this.hints = {};
    if (this.#presetBefore === null && layout.preset !== 'embed') {
      this.#presetBefore = layout.preset;
      if (layout.preset !== 'present') layout.choose('lesson');
    }
    layout.reveal('lesson');
  }

  #forget(): void {
    this.#round += 1;
    this.grade = null;
    this.#graded = null;
    this.#actions = [];
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
    const run: OpenedRun = {
      source: 'lesson',
      record: null,
      exhibit: null,
      found: null,
      settles: false,
      unsettled: null,
      titles: await this.#titles(lesson),
    };
    await hunter.open(run, lesson.plan.world, begun.moment);
    this.#opened = run;
    this.#runs = timeline.runs;
    if (playground.stage === 'failed') throw new Error(playground.failure ?? '');
    const { length } = begun.record.actions;
    await until(() => {
      const { live } = playground;
      return live?.events === begun.events && live.actions === length;
    });
    this.stage = 'open';
    if (lesson.texts === undefined) {
      history.replaceState(null, '', lessonLink(lesson.id, lesson.seed));
    }
  }

  async #titles({ id, texts }: OpenLesson): Promise<Readonly<Record<LocaleName, string>>> {
    const titleIn = async (name: LocaleName): Promise<string> => {
      const text = texts?.[name] ?? (await loadTexts(name)).get(id);
      return lessonTexts(name).banner(text?.title ?? id);
    };
    return { en: await titleIn('en'), 'zh-CN': await titleIn('zh-CN') };
  }

  /** Back to the list, and to the person's own ensemble. */
  async leave(): Promise<void> {
    const { hunter } = this.around;
    const isMine = this.stage !== 'list' && hunter.opened === this.#opened;
    this.#left();
    if (isMine) await hunter.backHome();
  }

  #left(): void {
    const { layout } = this.around;
    this.#forget();
    this.stage = 'list';
    this.lesson = null;
    this.#begun = null;
    this.failure = null;
    if (this.#presetBefore !== null && layout.preset === 'lesson') {
      layout.choose(this.#presetBefore);
    }
    this.#presetBefore = null;
    if (location.hash.startsWith(LESSON_HASH)) {
      history.replaceState(null, '', location.pathname + location.search);
    }
  }

  // --- again -------------------------------------------------------------------------------------

  /** From the start, at once; a notice brings back what was there. */
  async retry(): Promise<void> {
    const { lesson, playground } = this;
    if (lesson === null || this.#begun === null) return;
    const done = this.#done();
    const t = lessonTexts(this.around.locale.name);
    const begun = this.#begun.record.actions.length;
    this.#forget();
    await this.#guard(() => this.#openStart());
    if (done === null || done.record.actions.length <= begun) return;
    playground.notify('info', t.retried, { label: t.undoRetry, run: () => void this.#back(done) });
  }

  async #back(done: Done): Promise<void> {
    if (this.lesson === null || this.stage !== 'open') return;
    this.#forget();
    await this.#guard(() => this.#openStart());
    await this.#relive(done);
  }

  /** The same lesson with the next seed: the ensemble behaves otherwise. */
  async another(): Promise<void> {
    const { lesson } = this;
    if (lesson === null) return;
    const { id, seed } = lesson;
    if (lesson.texts === undefined) await this.open(id, (seed % SEEDS) + 1);
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
    const { lesson } = this;
    if (lesson === null || this.#graded === null) return null;
    const { to, sayings } = this.#graded;
    const { world } = lesson.plan;
    const record: RunRecord = { version: 1, world, actions: this.#actions, until: to.at };
    return { record, sayings, shown: this.shown };
  }

  /** Does again what was done, as fast as it goes, and stands still at its end. */
  async #relive({ record, sayings, shown }: Done): Promise<void> {
    const { playground } = this;
    const round = this.#round;
    const own = record.actions.slice(this.#begun?.record.actions.length ?? 0);
    this.sayings = sayings;
    this.shown = shown;
    this.playing = 'before';
    const goTo = async (at: Micros): Promise<boolean> =>
      (await playground.runUntil({ kind: 'moment', at })) === 'reached' && round === this.#round;
    try {
      for (const { at, action } of own) {
        if (!(await goTo(at)) || !(await playground.act(action)).ok) return;
      }
      await goTo(record.until);
    } finally {
      this.playing = null;
      await playground.pause();
    }
  }

  // --- show me -----------------------------------------------------------------------------------

  /** Plays the first solution from the start. It does not count as solved. */
  async showMe(): Promise<void> {
    const { lesson, playground } = this;
    const grader = this.#grader;
    const begun = this.#begun;
    if (lesson === null || grader === null || begun === null || this.playing !== null) return;
    this.playing = 'solution';
    try {
      const { actions, sayings, record } = await grader.walk(lesson.plan, 0);
      this.#forget();
      this.#stop = false;
      this.shown = true;
      this.book.noteShown(lesson.id);
      await this.#openStart();
      this.sayings = sayings;
      const round = this.#round;
      await playground.setSpeed(speedFor((record.until - begun.record.until) as Micros));
      const isOver = (): boolean => this.#stop || round !== this.#round;
      const end = await playHere(playground, this.around.timeline, actions, isOver);
      if (end.kind === 'done') {
        const isThere = (): boolean =>
          this.solved || (playground.live?.now ?? 0) >= record.until || isOver();
        while (!isThere()) await wait(LOOK_EVERY);
      }
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

  // --- what the person says ----------------------------------------------------------------------

  get #events(): number {
    return this.playground.live?.events ?? 0;
  }

  /** A prediction; the last one before it comes about counts. */
  answer(question: string, option: string): void {
    const answers = this.sayings.answers.filter((one) => one.question !== question);
    const answer = { question, option, events: this.#events };
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

  // --- reading -----------------------------------------------------------------------------------

  goTo(step: number): void {
    this.step = Math.max(0, Math.min(step, this.sections.length - 1));
  }

  askHint(step: string): void {
    this.hints = { ...this.hints, [step]: (this.hints[step] ?? 0) + 1 };
  }

  // --- grading -----------------------------------------------------------------------------------

  /** One at a time, and no more than a few a second. */
  async #look(): Promise<void> {
    this.#due = true;
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#due && this.stage === 'open') {
        this.#due = false;
        await this.#gradeOnce();
        await wait(GRADE_EVERY);
      }
    } finally {
      this.#looking = false;
    }
  }

  async #gradeOnce(): Promise<void> {
    const { playground, sayings, lesson } = this;
    const { timeline } = this.around;
    const { live } = playground;
    const grader = this.#grader;
    if (live === null || lesson === null || grader === null) return;
    const to = momentOf(live);
    if (this.#isGraded(to, sayings)) return;
    const round = this.#round;
    const branch = timeline.branch?.id;
    try {
      const actions = (await playground.actionsFrom(0)).slice(0, to.actions);
      if (round !== this.#round || branch !== timeline.branch?.id) {
        this.#due = true;
        return;
      }
      const grade = await grader.follow(actions, to, sayings);
      if (round !== this.#round || this.stage !== 'open') return;
      this.#graded = { to, sayings };
      this.#actions = actions;
      this.#take(grade, lesson);
      this.failure = null;
    } catch (reason) {
      if (round === this.#round) this.failure = messageOf(reason);
    }
  }

  #isGraded(to: Moment, sayings: Sayings): boolean {
    const { to: was, sayings: said } = this.#graded ?? {};
    return (
      said === sayings &&
      was?.at === to.at &&
      was.events === to.events &&
      was.actions === to.actions
    );
  }

  #take(grade: Grade, lesson: OpenLesson): void {
    const before = new Map(this.grade?.goals.map(({ id, state }) => [id, state]));
    const first = this.grade === null;
    this.grade = grade;
    const news = grade.goals.flatMap(({ id, state }) =>
      (state === 'met' || state === 'failed') && before.get(id) !== state ? [{ id, state }] : [],
    );
    if (!first && news.length > 0) this.#tell(news);
    if (grade.solved && !this.solved) {
      this.solved = true;
      this.solvedWith = grade.actions;
      this.praised = true;
      if (!this.shown) {
        this.isBest = this.book.noteSolved(lesson.id, lesson.seed, grade.actions);
      }
    }
    this.#keepAttempt(grade, lesson);
  }

  #tell(news: LessonDesk['news']): void {
    this.news = news;
    const { layout, locale } = this.around;
    if (layout.isSeen('lesson')) return;
    const t = lessonTexts(locale.name);
    for (const { id, state } of news) {
      const goal = this.plan?.goals.find((one) => one.id === id);
      if (goal === undefined) continue;
      const remedy = { label: t.look, run: () => layout.reveal('lesson') };
      this.playground.notify('info', t.news[state](goal.words[locale.name]), remedy);
    }
  }

  #keepAttempt(grade: Grade, { id, seed }: OpenLesson): void {
    const said = this.sayings.answers.length + this.sayings.cited.length > 0;
    if (this.solved || this.playing !== null || (grade.actions === 0 && !said)) return;
    const done = this.#done();
    const sayings = JSON.stringify(this.sayings);
    const key = [id, seed, grade.actions, this.step, sayings, grade.goals.length].join(' ');
    if (done === null || key === this.#saved) return;
    this.#saved = key;
    const { step, shown } = this;
    const run = recordToText(done.record);
    this.book.keepAttempt(id, { seed, step, actions: grade.actions, run, sayings, shown });
  }

  /** Of this very moment, for what a person hands in. Null while there is none. */
  async record(): Promise<RunRecord | null> {
    const { lesson, playground } = this;
    const { live } = playground;
    if (lesson === null || live === null) return null;
    const actions = (await playground.actionsFrom(0)).slice(0, live.actions);
    return { version: 1, world: lesson.plan.world, actions, until: live.now };
  }
}

const isSameLine = (a: Cited, b: Cited): boolean =>
  a.source === b.source && a.process === b.process && a.word === b.word && a.text === b.text;

const wait = (millis: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, millis);
  });

/** @throws where it does not come. */
async function until(is: () => boolean): Promise<void> {
  for (let waited = 0; !is(); waited += LOOK_EVERY) {
    if (waited > PATIENCE) throw new Error('the ensemble of the lesson did not come');
    await wait(LOOK_EVERY);
  }
}

async function connectLazily(): Promise<LessonGrader> {
  const { connectGrader } = await import('../../worker/connect-grader.ts');
  return connectGrader();
}

const desks = new WeakMap<Hunter, LessonDesk>();

/** The one of this page. */
export function lessonDeskOf(around: LessonSurroundings): LessonDesk {
  const desk = desks.get(around.hunter) ?? new LessonDesk(around);
  desks.set(around.hunter, desk);
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
