/**
 * A lesson: where it begins, what it asks for, and how it may be done. Its text is in Markdown
 * files beside it; see `lesson-text.ts`.
 */
import type { RunRecord, WorldConfig } from '../../sim/actions.ts';
import type { Goal, What } from './goal.ts';

/** A sentence in both languages of the page. */
export interface Words {
  readonly en: string;
  readonly 'zh-CN': string;
}

export interface LessonGoal extends Goal {
  /** The id of the step of the text that asks for it. */
  readonly step: string;
  /** What it asks for, as a line of a checklist. */
  readonly words: Words;
  /** What is easily taken for a part of it and is not checked; null: nothing. */
  readonly unchecked?: Words;
}

/** One answer to a question, and what the ensemble does where it is right. */
export interface Option {
  readonly id: string;
  readonly words: Words;
  /** `otherwise`: none of the others came about for so many virtual microseconds. */
  readonly when: What | { readonly otherwise: number };
}

/**
 * A prediction. Nobody wrote its answer down: the first option that comes about in the run, once
 * the question's turn has come, is the right one, and only an answer given before that counts.
 */
export interface Question {
  readonly id: string;
  readonly step: string;
  readonly ask: Words;
  readonly options: readonly Option[];
  /** Its turn comes when these goals are met; absent: at once. */
  readonly after?: readonly string[];
}

/** A plausible cause of the trouble. It is the true one where the start did this to the ensemble. */
export interface Cause {
  readonly id: string;
  readonly words: Words;
  readonly when: CauseTest;
}

export type CauseTest =
  /** An action of the start has all these fields, with these values. */
  | { readonly cause: 'action'; readonly fields: Readonly<Record<string, unknown>> }
  /** The configuration of the ensemble has these fields, with these values. */
  | { readonly cause: 'config'; readonly fields: Readonly<Record<string, unknown>> }
  /** A console's line of the start contains this text. */
  | { readonly cause: 'line'; readonly text: string };

/** Where an operator read something. `word`: the answer of a four-letter word. `disk`: `ls`, `df`. */
export type EvidenceSource = 'log' | 'word' | 'console' | 'disk';

/** What would show the cause: a line from there whose text fits. */
export interface Proof {
  readonly source: EvidenceSource;
  /** Absent: any. */
  readonly server?: number;
  readonly client?: string;
  readonly word?: string;
  /** A regular expression. */
  readonly text: string;
}

export interface Diagnosis {
  readonly causes: readonly Cause[];
  readonly proofs: readonly Proof[];
}

/** A line that a person pointed at, and when: it must be there again in the run. */
export interface Cited {
  readonly source: EvidenceSource;
  /** The server, or the process id of the client whose console it is. */
  readonly process: number;
  readonly word: string | null;
  readonly text: string;
  /** How many events the run had then. */
  readonly events: number;
}

/** What a person said, and when: `events` as in `Cited`. */
export interface Answer {
  readonly question: string;
  readonly option: string;
  readonly events: number;
}

/** Somebody's way through a lesson, for its tests and for "show me". */
export interface Way {
  readonly name: Words;
  /** In the language of action scripts, from the end of the start on. */
  readonly script: string;
  /** Answers that are given before the script: an option, or whatever turns out right or wrong. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Diagnosis: the id of the cause, or whatever is right; with everything there is to cite. */
  readonly cause?: string;
  /** Virtual microseconds behind its last line; 5 s unless said. */
  readonly afterwards?: number;
}

/** As an answer of a `Way`: found out by the run itself. */
export const RIGHT = '@right';
export const WRONG = '@wrong';

export interface NearMiss extends Way {
  /** A goal that it does not meet. */
  readonly misses: string;
}

export interface Hint {
  readonly step: string;
  readonly words: Words;
}

/** Where the person's part begins. */
export type Start =
  /** In the language of action scripts; perhaps empty. */
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'record'; readonly record: RunRecord };

/** Everything but the text. Plain data: it crosses to workers and into files. */
export interface LessonPlan {
  readonly world: WorldConfig;
  readonly start: Start;
  /** In the order of the checklist. */
  readonly goals: readonly LessonGoal[];
  readonly questions: readonly Question[];
  readonly diagnosis: Diagnosis | null;
  readonly hints: readonly Hint[];
  /** The first is the one that "show me" plays. A lesson that only shows has none. */
  readonly solutions: readonly Way[];
  readonly nearMisses: readonly NearMiss[];
  /** The fewest actions that are known to do. */
  readonly par: number;
  /** A drill: only what an operator sees, until it is solved. */
  readonly operator: boolean;
}

/**
 * The default export of a lesson's `scenario.ts`. The same seed gives the same plan everywhere; with
 * another one an ensemble behaves otherwise, and a drill may have another cause.
 */
export interface Lesson {
  /** @param seed a whole number from 1 on. */
  plan(seed: number): LessonPlan;
}

/** What most lessons have in common. */
export const PLAIN = {
  questions: [],
  diagnosis: null,
  hints: [],
  operator: false,
} as const satisfies Partial<LessonPlan>;

export const words = (en: string, zh: string): Words => ({ en, 'zh-CN': zh });
