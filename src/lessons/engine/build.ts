/** Short forms for the plans of lessons. */
import { lines, stage } from '../scenarios/world.ts';
import type { Fact, GoalTest, Happening, What } from './goal.ts';
import {
  PLAIN,
  words,
  type Hint,
  type Lesson,
  type LessonGoal,
  type LessonPlan,
  type NearMiss,
  type Question,
  type Way,
} from './lesson.ts';

export const reached = (what: Fact, lasting = 0): GoalTest => ({ test: 'reached', what, lasting });
export const stands = (what: Fact): GoalTest => ({ test: 'stands', what });
export const never = (what: What): GoalTest => ({ test: 'never', what });
export const happens = (what: Happening, times = 1): GoalTest => ({ test: 'happens', what, times });

export const both = (...of: readonly Fact[]): Fact => ({ fact: 'all', of });
export const not = (of: Fact): Fact => ({ fact: 'not', of });

export function goal(
  step: string,
  id: string,
  test: GoalTest,
  en: string,
  zh: string,
  more: Partial<LessonGoal> = {},
): LessonGoal {
  return { id, step, test, words: words(en, zh), ...more };
}

/** Nothing that ZooKeeper promises is broken. */
export const safe = (step: string): LessonGoal =>
  goal(
    step,
    'safe',
    { test: 'safe' },
    'No promise of ZooKeeper is broken',
    '没有违反 ZooKeeper 的承诺',
  );

export const predicted = (step: string, question: string): LessonGoal =>
  goal(
    step,
    `${question}-predicted`,
    { test: 'predicted', question },
    'You said beforehand what would happen',
    '你事先说对了会发生什么',
  );

export const hint = (step: string, en: string, zh: string): Hint => ({
  step,
  words: words(en, zh),
});

export function way(
  en: string,
  zh: string,
  script: readonly string[],
  more: Partial<Way> = {},
): Way {
  return { name: words(en, zh), script: lines(...script), ...more };
}

export function miss(
  misses: string,
  en: string,
  zh: string,
  script: readonly string[],
  more: Partial<Way> = {},
): NearMiss {
  return { ...way(en, zh, script, more), misses };
}

export function question(
  step: string,
  id: string,
  [en, zh]: readonly [string, string],
  options: Readonly<Record<string, readonly [string, string, Question['options'][number]['when']]>>,
  more: Partial<Question> = {},
): Question {
  return {
    id,
    step,
    ask: words(en, zh),
    options: Object.entries(options).map(([option, [english, chinese, when]]) => ({
      id: option,
      words: words(english, chinese),
      when,
    })),
    ...more,
  };
}

type Rest = Pick<LessonPlan, 'goals' | 'solutions' | 'nearMisses' | 'par'> & Partial<LessonPlan>;

/** A lesson on a stage of three voters, unless it brings a world, that begins with this script. */
export function lessonOf(start: readonly string[], rest: Rest): Lesson {
  const world = rest.world ?? stage(3);
  return {
    plan: (seed) => ({
      ...PLAIN,
      // Whoever begins finds an ensemble at rest.
      start: { kind: 'script', text: lines(...start, 'wait 300ms') },
      ...rest,
      world: { ...world, seed },
    }),
  };
}

/** Three servers serve, and these clients have sessions: at server 1, 2, 3, 1 … */
export function threeWith(...clients: readonly string[]): readonly string[] {
  return [
    'wait until 1, 2, 3 serve',
    ...clients.map((name, i) => `new client ${name} servers=${String((i % 3) + 1)} timeout=2s`),
    ...clients.map((name) => `wait until ${name} is connected`),
  ];
}
