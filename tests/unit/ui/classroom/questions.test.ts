/** Questions as they are written in the page, and the order of goals. */
import { describe, expect, test } from 'vitest';
import { classroomEn } from '../../../../src/i18n/classroom.en.ts';
import { TASK, type ExerciseFlaw } from '../../../../src/lessons/classroom/exercise.ts';
import { predicateWords } from '../../../../src/lessons/classroom/goal-words.ts';
import type { Predicate } from '../../../../src/lessons/classroom/predicates.ts';
import type { GoalTest, Happening, What } from '../../../../src/lessons/engine/goal.ts';
import { words, type LessonGoal } from '../../../../src/lessons/engine/lesson.ts';
import { goalsInOrder } from '../../../../src/ui/classroom/draft.ts';
import {
  blankQuestion,
  doesItSurvive,
  lackOf,
  predictionOf,
  questionOf,
  tells,
  typed,
  whoWillLead,
} from '../../../../src/ui/classroom/draft-question.ts';
import { flawWords } from '../../../../src/ui/classroom/flaw-words.ts';

const elected = (server: number): Happening => ({ happening: 'elected', server });
const predicate = (what: What): Predicate => ({ what, words: predicateWords(what), came: false });
const goal = (id: string, test: GoalTest): LessonGoal => ({
  id,
  step: TASK,
  test,
  words: words(id, id),
});

describe('a draft of a question', () => {
  test('says what it still needs', () => {
    const blank = blankQuestion('question-1');
    expect(lackOf(blank)).toBe('ask');
    const asked = { ...blank, ask: typed('Who?') };
    expect(lackOf(asked)).toBe('answers');
    const one = { key: 1, words: null, when: elected(1) };
    expect(lackOf({ ...asked, answers: [one] })).toBe('answers');
    expect(lackOf({ ...asked, answers: [one], otherwise: { words: null, seconds: 5 } })).toBe(null);
    expect(lackOf({ ...asked, answers: [one, { ...one, key: 2 }] })).toBe('same');
    expect(lackOf({ ...asked, answers: [one, { ...one, key: 2, when: elected(2) }] })).toBe(null);
  });

  test('is a question, with an answer in the words of its predicate where nobody wrote any', () => {
    const answers = [
      { key: 4, words: null, when: elected(1) },
      { key: 2, words: typed('the second'), when: elected(2) },
    ];
    const draft = { ...blankQuestion('question-3'), ask: typed('Who?'), answers };
    const whole = { ...draft, otherwise: { words: null, seconds: 7 }, after: 'goal-1' };
    expect(questionOf(whole, ['goal-1'])).toEqual({
      id: 'question-3',
      step: TASK,
      ask: words('Who?', 'Who?'),
      options: [
        { id: 'answer-1', words: words('Server 1 is elected', '服务器 1 当选'), when: elected(1) },
        { id: 'answer-2', words: words('the second', 'the second'), when: elected(2) },
        {
          id: 'none',
          words: words('None of these', '以上都没有'),
          when: { otherwise: 7_000_000 },
        },
      ],
      after: ['goal-1'],
    });
    expect(questionOf(whole, ['goal-2']).after).toBe(undefined);
    expect(predictionOf(questionOf(whole, [])).words.en).toBe('Your prediction came true: Who?');
  });

  test('who will lead has an answer for each voter, whole as it is', () => {
    const three = [elected(3), elected(1), elected(2), { happening: 'elected' } as const];
    const who = whoWillLead('question-1', three.map(predicate));
    expect(who?.answers.map(({ words: own }) => own?.en)).toEqual([
      'Server 1',
      'Server 2',
      'Server 3',
    ]);
    expect(who === null ? null : lackOf(who)).toBe(null);
    expect(whoWillLead('question-1', [predicate(elected(1))])).toBe(null);
  });

  test('whether a znode survives is whole as it is', () => {
    const draft = doesItSurvive('question-1', '/app', 8, 'goal-2');
    expect(lackOf(draft)).toBe(null);
    expect(questionOf(draft, ['goal-2']).options.map(({ when }) => when)).toEqual([
      { fact: 'not', of: { fact: 'znode', path: '/app' } },
      { otherwise: 8_000_000 },
    ]);
  });

  test('a goal of the checklist may tell its answer', () => {
    const who = whoWillLead('question-1', [predicate(elected(1)), predicate(elected(2))]);
    if (who === null) throw new Error('nobody can lead');
    const leads: GoalTest = { test: 'stands', what: { fact: 'serves', by: 2 } };
    expect(tells(goal('a', { test: 'happens', what: elected(2) }), who)).toBe(true);
    expect(tells(goal('b', leads), who)).toBe(true);
    expect(tells(goal('c', { test: 'happens', what: elected(4) }), who)).toBe(false);
    expect(tells(goal('d', { test: 'stands', what: { fact: 'serves' } }), who)).toBe(false);
    expect(tells(goal('e', { test: 'safe' }), who)).toBe(false);
  });
});

test('goals wait for earlier ones that are asked for, and for no others', () => {
  const goals = ['a', 'b', 'c'].map((id) => goal(id, { test: 'stands', what: { fact: 'agree' } }));
  const order = new Map([
    ['a', 'c'],
    ['b', 'a'],
    ['c', 'b'],
  ]);
  const afters = (ticked: readonly string[]): readonly unknown[] =>
    goalsInOrder(goals, new Set(ticked), order).map(({ after }) => after);
  expect(afters(['a', 'b', 'c'])).toEqual([undefined, ['a'], ['b']]);
  expect(afters(['a', 'c'])).toEqual([undefined, undefined]);
});

test('a flaw says what to do about it', () => {
  const { flaws } = classroomEn.exercise;
  const who = doesItSurvive('question-1', '/app', 5, null);
  const [waits, never] = [who, { ...who, id: 'question-2', otherwise: null }];
  const late = { ...goal('late', { test: 'stands', what: { fact: 'agree' } }), after: ['crash'] };
  const exercise = {
    goals: [goal('crash', { test: 'safe' }), late],
    questions: [questionOf(waits, []), questionOf(never, [])],
  };
  const said = (flaw: ExerciseFlaw): string => flawWords(flaws, 'en', exercise, flaw);
  expect(said({ kind: 'unanswered', question: 'question-1' })).toContain('fewer seconds');
  expect(said({ kind: 'unanswered', question: 'question-2' })).toContain('add the one that comes');
  expect(said({ kind: 'tied', question: 'question-2' })).toContain('“Does /app survive?”');
  expect(said({ kind: 'unsolved', goals: ['crash'] })).toBe('Your own run does not meet: crash');
  expect(said({ kind: 'unsolved', goals: ['late'] })).toContain('Choose another order');
});
