/** Makes an exercise of the run that is open: what was chosen so far, and whether it is sound. */
import type { Exercise, ExerciseFlaw } from '../../lessons/classroom/exercise.ts';
import type { Predicate } from '../../lessons/classroom/predicates.ts';
import type { LessonGoal } from '../../lessons/engine/lesson.ts';
import type { RunRecord } from '../../sim/actions.ts';
import { momentOf } from '../../sim/chronicle/model.ts';
import type { Micros } from '../../core/units.ts';
import type { ClassroomClient } from '../../worker/classroom-api.ts';
import { messageOf } from '../bugs/reasons.ts';
import type { LessonSurroundings } from '../lesson/model.ts';
import {
  beginningsOf,
  exerciseOfDraft,
  goalsInOrder,
  likelyBeginning,
  likelyGoals,
  startAt,
  type Beginning,
} from './draft.ts';
import { lackOf, questionOf, type DraftQuestion } from './draft-question.ts';

interface Mark {
  readonly actions: number;
  readonly at: Micros;
  /** Of which run. */
  readonly runs: number;
}

const QUESTION = 'question-';

export type Soundness =
  | { readonly kind: 'unknown' | 'checking' | 'sound' }
  | { readonly kind: 'flawed'; readonly flaws: readonly ExerciseFlaw[] };

export class Maker {
  /** Null until it is read. */
  record: RunRecord | null = $state.raw(null);
  beginnings: readonly Beginning[] = $state.raw([]);
  chosen: Beginning | null = $state.raw(null);
  /** Null while they are being looked for. */
  goals: readonly LessonGoal[] | null = $state.raw(null);
  ticked: ReadonlySet<string> = $state.raw(new Set());
  /** By the id of a goal, that of the goal which it waits for. */
  after: ReadonlyMap<string, string> = $state.raw(new Map());
  questions: readonly DraftQuestion[] = $state.raw([]);
  /** What the answers of questions can wait for. */
  predicates: readonly Predicate[] = $state.raw([]);
  /** Znodes that are there when the person's part begins. */
  atFirst: readonly string[] = $state.raw([]);
  title = $state('');
  text = $state('');
  par = $state(0);
  soundness: Soundness = $state.raw({ kind: 'unknown' });
  failure: string | null = $state(null);

  readonly #around: LessonSurroundings;
  readonly #client: () => Promise<ClassroomClient>;
  #mark: Mark | null = null;
  /** Counts what was asked: what comes late is of no use. */
  #round = 0;

  constructor(around: LessonSurroundings, client: () => Promise<ClassroomClient>) {
    this.#around = around;
    this.#client = client;
  }

  /** How many actions are the person's part. */
  get deeds(): number {
    return (this.record?.actions.length ?? 0) - (this.chosen?.actions ?? 0);
  }

  /** The present run, as it is now. */
  async read(): Promise<void> {
    const { timeline } = this.#around;
    this.failure = null;
    try {
      const record = await this.#present();
      const same =
        this.record?.until === record.until &&
        this.record.actions.length === record.actions.length &&
        this.goals !== null;
      this.record = record;
      const mark = this.#mark?.runs === timeline.runs ? this.#mark : null;
      const spot = mark === null ? null : { actions: mark.actions, at: mark.at };
      const sight = timeline.view;
      this.beginnings = beginningsOf(record, spot, sight);
      if (same && this.beginnings.some(({ id }) => id === this.chosen?.id)) return;
      const likely = likelyBeginning(this.beginnings, record);
      if (likely !== null && record.beginning === undefined) await this.begin(likely);
    } catch (reason) {
      // What was read before is of another run.
      this.record = null;
      this.chosen = null;
      this.goals = null;
      this.failure = messageOf(reason);
    }
  }

  /** The run of a lesson has its start among its actions; any other the page can tell. */
  async #present(): Promise<RunRecord> {
    const { playground, opened } = this.#around.hunter;
    const { live } = playground;
    if (opened?.source !== 'lesson' || live === null) return playground.record();
    const { world, now } = live;
    const actions = (await playground.actionsFrom(0)).slice(0, live.actions);
    return { version: 1, world, actions, until: now };
  }

  /** The person's part begins in the present: what is done from here on is the solution. */
  mark(): Micros | null {
    const { hunter, timeline } = this.#around;
    const { live } = hunter.playground;
    if (live === null) return null;
    const { actions, at } = momentOf(live);
    this.#mark = { actions, at, runs: timeline.runs };
    this.chosen = null;
    this.goals = null;
    return at;
  }

  async begin(beginning: Beginning): Promise<void> {
    const { record } = this;
    if (record === null) return;
    this.#round += 1;
    const round = this.#round;
    this.chosen = beginning;
    this.goals = null;
    this.ticked = new Set();
    // Goals get their ids anew.
    this.after = new Map();
    this.questions = this.questions.map((question) => ({ ...question, after: null }));
    this.failure = null;
    this.soundness = { kind: 'unknown' };
    this.par = this.deeds;
    try {
      const client = await this.#client();
      const found = await client.suggest(startAt(record, beginning), record);
      if (round !== this.#round) return;
      const { goals } = found;
      this.goals = goals;
      this.predicates = found.predicates;
      this.atFirst = found.atFirst;
      this.ticked = likelyGoals(goals);
      await this.check();
    } catch (reason) {
      if (round !== this.#round) return;
      this.goals = [];
      this.failure = messageOf(reason);
    }
  }

  async tick(id: string, is: boolean): Promise<void> {
    const others = [...this.ticked].filter((one) => one !== id);
    this.ticked = new Set(is ? [...others, id] : others);
    await this.check();
  }

  /** @param first the goal that comes before it; null: it may come at any time. */
  async order(id: string, first: string | null): Promise<void> {
    const others = [...this.after].filter(([goal]) => goal !== id);
    this.after = new Map(first === null ? others : [...others, [id, first]]);
    await this.check();
  }

  /** An id that no question has yet. */
  get nextQuestion(): string {
    const taken = this.questions.map(({ id }) => Number(id.slice(QUESTION.length)));
    return QUESTION + String(Math.max(0, ...taken) + 1);
  }

  async add(question: DraftQuestion): Promise<void> {
    this.questions = [...this.questions, question];
    await this.check();
  }

  /** Words alone change nothing that is verified. */
  change(question: DraftQuestion): void {
    this.questions = this.questions.map((one) => (one.id === question.id ? question : one));
  }

  /** @returns what brings it back to its place. */
  remove(id: string): () => void {
    const at = this.questions.findIndex((one) => one.id === id);
    const question = this.questions[at];
    this.questions = this.questions.filter((one) => one.id !== id);
    void this.check();
    return () => {
      if (question === undefined) return;
      this.questions = this.questions.toSpliced(at, 0, question);
      void this.check();
    };
  }

  /** Those that are ticked, in their order. */
  get chosenGoals(): readonly LessonGoal[] {
    return goalsInOrder(this.goals ?? [], this.ticked, this.after);
  }

  /** Null where something is missing. */
  get exercise(): Exercise | null {
    const { record, chosen, title, text, par, chosenGoals: goals } = this;
    if (record === null || chosen === null || this.goals === null) return null;
    if (goals.length + this.questions.length === 0) return null;
    if (this.questions.some((question) => lackOf(question) !== null)) return null;
    const ids = goals.map(({ id }) => id);
    const questions = this.questions.map((question) => questionOf(question, ids));
    const start = startAt(record, chosen);
    return exerciseOfDraft({ title, text, par, goals, questions, start, solution: record });
  }

  /** An exercise verifies itself: its author's run is lived again. */
  async check(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const { exercise } = this;
    this.soundness = { kind: exercise === null ? 'unknown' : 'checking' };
    if (exercise === null) return;
    try {
      const flaws = await (await this.#client()).flawsOf(exercise);
      if (round !== this.#round) return;
      this.soundness = flaws.length === 0 ? { kind: 'sound' } : { kind: 'flawed', flaws };
    } catch (reason) {
      if (round !== this.#round) return;
      this.soundness = { kind: 'unknown' };
      this.failure = messageOf(reason);
    }
  }
}
