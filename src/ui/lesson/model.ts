/** What the desk of lessons and its parts speak of. */
import type { Sayings } from '../../lessons/engine/grader.ts';
import type { Cited, LessonPlan } from '../../lessons/engine/lesson.ts';
import type { LessonText, Level } from '../../lessons/engine/lesson-text.ts';
import type { RunRecord } from '../../sim/actions.ts';
import type { Hunter } from '../bugs/hunter.svelte.ts';
import type { Layout } from '../shell/layout.svelte.ts';
import type { Locale, LocaleName } from '../state/locale.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';

/** Seeds for which every lesson is tested. */
export const SEEDS = 20;

export interface OpenLesson {
  readonly id: string;
  readonly seed: number;
  readonly plan: LessonPlan;
  /** It was drawn, and is known by this until it is solved. */
  readonly incident?: { readonly id: string; readonly seed: number; readonly level: Level };
  /** Of a lesson that is not of the curriculum. */
  readonly texts?: Readonly<Record<LocaleName, LessonText>>;
}

/** Lessons and exercises in an order that somebody else has chosen. */
export interface Course {
  readonly title: string;
  /** Its address; null where it is too long for one. */
  readonly hash: string | null;
  readonly entries: readonly CourseEntry[];
}

export interface CourseEntry {
  readonly id: string;
  /** Null: each takes the one that they like. */
  readonly seed: number | null;
  /** Null for a lesson of the curriculum. */
  readonly title: string | null;
  open(desk: LessonOpener, resume: boolean, seed: number): Promise<boolean>;
}

/** Of the desk, what an entry needs. */
export interface LessonOpener {
  open(id: string, seed: number, resume: boolean): Promise<boolean>;
  openPlan(lesson: OpenLesson, resume: boolean): Promise<boolean>;
}

export type LessonStage = 'list' | 'opening' | 'open' | 'failed';

/** What the run plays by itself: the solution, or what the person did before. */
export type Playing = 'solution' | 'before';

/** A person's way so far, to go on with. */
export interface Done {
  readonly record: RunRecord;
  readonly sayings: Sayings;
  readonly shown: boolean;
}

/** A goal that was met or failed just now. */
export interface GoalNews {
  readonly id: string;
  readonly state: 'met' | 'failed';
}

/** Who shares the page with the lessons. */
export interface LessonSurroundings {
  readonly hunter: Hunter;
  readonly timeline: Timeline;
  readonly layout: Layout;
  readonly locale: Locale;
}

/** The same line at whatever moment. */
export const isSameLine = (a: Cited, b: Cited): boolean =>
  a.source === b.source && a.process === b.process && a.word === b.word && a.text === b.text;
