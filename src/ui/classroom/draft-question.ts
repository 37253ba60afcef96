/** A question that is being written for an exercise. */
import { goalWords, predicateWords } from '../../lessons/classroom/goal-words.ts';
import { TASK } from '../../lessons/classroom/exercise.ts';
import type { Predicate } from '../../lessons/classroom/predicates.ts';
import { canonical } from '../../lessons/engine/canonical.ts';
import type { GoalTest, What } from '../../lessons/engine/goal.ts';
import {
  words,
  type LessonGoal,
  type Option,
  type Question,
  type Words,
} from '../../lessons/engine/lesson.ts';

export const QUESTIONS_MAX = 10;
/** Of answers with a predicate; a ready-made question may have more. */
export const ANSWERS_MAX = 5;
const MICROS = 1_000_000;

export interface DraftAnswer {
  readonly key: number;
  /** Null: as its predicate says it. */
  readonly words: Words | null;
  /** Null: not chosen yet. */
  readonly when: What | null;
}

export interface DraftQuestion {
  readonly id: string;
  readonly ask: Words;
  readonly answers: readonly DraftAnswer[];
  /** None of the answers within so many virtual seconds; null: that is not offered. */
  readonly otherwise: { readonly words: Words | null; readonly seconds: number } | null;
  /** The id of the goal behind which it is asked; null: at once. */
  readonly after: string | null;
}

/** What "none of the answers" is called where its author says nothing. */
export const NONE = words('None of these', '以上都没有');

/** What its author typed, in the one language in which they typed it. */
export const typed = (text: string): Words => words(text, text);

export const typedOrNull = (text: string): Words | null =>
  text.trim() === '' ? null : typed(text);

export const blankAnswer = (key: number): DraftAnswer => ({ key, words: null, when: null });

export const blankQuestion = (id: string): DraftQuestion => ({
  id,
  ask: typed(''),
  answers: [blankAnswer(1), blankAnswer(2)],
  otherwise: null,
  after: null,
});

/** Null where no two servers could be elected. */
export function whoWillLead(id: string, predicates: readonly Predicate[]): DraftQuestion | null {
  // Not that it leads, which is so of the present leader before anything is done.
  const answers = predicates.flatMap(({ what }): DraftAnswer[] => {
    if (!('happening' in what) || what.happening !== 'elected' || what.server === undefined) {
      return [];
    }
    const sid = String(what.server);
    return [{ key: what.server, words: words(`Server ${sid}`, `服务器 ${sid}`), when: what }];
  });
  answers.sort((a, b) => a.key - b.key);
  if (answers.length < 2) return null;
  const ask = words('Who will lead?', '谁会成为 leader？');
  return { id, ask, answers, otherwise: null, after: null };
}

/**
 * That a znode stays is that it is not gone for so long: behind a goal, where there is one.
 *
 * @param seconds virtual ones.
 */
export function doesItSurvive(
  id: string,
  path: string,
  seconds: number,
  after: string | null,
): DraftQuestion {
  const when: What = { fact: 'not', of: { fact: 'znode', path } };
  return {
    id,
    ask: words(`Does ${path} survive?`, `${path} 会保留下来吗？`),
    answers: [{ key: 1, words: words('No, it goes', '不会，它会消失'), when }],
    otherwise: { words: words('Yes, it stays', '会，它一直在'), seconds },
    after,
  };
}

/** What it still needs; null where it is whole. */
export function lackOf({
  ask,
  answers,
  otherwise,
}: DraftQuestion): 'ask' | 'answers' | 'same' | null {
  if (ask.en.trim() === '' || ask['zh-CN'].trim() === '') return 'ask';
  const whats = answers.flatMap(({ when }) => (when === null ? [] : [canonical(when)]));
  const count = whats.length + (otherwise === null ? 0 : 1);
  if (whats.length < answers.length || whats.length === 0 || count < 2) return 'answers';
  return new Set(whats).size < whats.length ? 'same' : null;
}

/** @param goals ids of those that the exercise asks for; behind another it cannot be asked. */
export function questionOf(draft: DraftQuestion, goals: readonly string[]): Question {
  const { id, ask, after, otherwise } = draft;
  const options = draft.answers.flatMap(({ words: own, when }, index): Option[] =>
    when === null
      ? []
      : [{ id: `answer-${String(index + 1)}`, words: own ?? predicateWords(when), when }],
  );
  const last: Option | null = otherwise && {
    id: 'none',
    words: otherwise.words ?? NONE,
    when: { otherwise: otherwise.seconds * MICROS },
  };
  const turn = after !== null && goals.includes(after) ? { after: [after] } : {};
  return { id, step: TASK, ask, options: last === null ? options : [...options, last], ...turn };
}

/** The goal that comes with it. */
export function predictionOf({ id, ask }: Question): LessonGoal {
  const test: GoalTest = { test: 'predicted', question: id };
  const { en, 'zh-CN': zh } = goalWords(test);
  const said = words(`${en}: ${ask.en}`, `${zh}：${ask['zh-CN']}`);
  return { id: `${id}-predicted`, step: TASK, test, words: said };
}

/** A goal of the checklist that says which answer is right. */
export function tells({ test }: LessonGoal, { answers }: DraftQuestion): boolean {
  if (!('what' in test) || test.test === 'never') return false;
  const said = meaning(test.what);
  return answers.some(({ when }) => when !== null && meaning(when) === said);
}

/** Who is elected will lead. */
function meaning(what: What): string {
  if ('fact' in what) {
    const by = what.fact === 'serves' ? what.by : undefined;
    return typeof by === 'number' ? `leads ${String(by)}` : canonical(what);
  }
  const elected = what.happening === 'elected' ? what.server : undefined;
  return elected === undefined ? canonical(what) : `leads ${String(elected)}`;
}
