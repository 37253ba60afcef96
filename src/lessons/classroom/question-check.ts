/** Whether an author's own run answers the questions of their exercise. */
import type { RunRecord } from '../../sim/actions.ts';
import type { Micros } from '../../core/units.ts';
import { regrade } from '../engine/attempt.ts';
import { isFact, type GoalTest } from '../engine/goal.ts';
import { NOTHING_SAID, type Grade, type Sayings } from '../engine/grader.ts';
import { words, type LessonGoal, type LessonPlan, type Question } from '../engine/lesson.ts';

export interface QuestionFlaw {
  readonly kind:
    /** The run brings none of its answers about. */
    | 'unanswered'
    /** An answer is so already when it is asked: nobody predicts anything. */
    | 'tooSoon'
    /** Two answers come about at the same moment. */
    | 'tied';
  /** Its id. */
  readonly question: string;
}

export interface QuestionCheck {
  readonly flaws: readonly QuestionFlaw[];
  /** What is right in this run, said before anything takes place. */
  readonly sayings: Sayings;
}

/**
 * Lives the run in silence, with the turn of each question and each of its answers as goals: the
 * grader says of a goal when it was met.
 *
 * @throws LessonError where the run cannot be lived again.
 */
export function checkQuestions(plan: LessonPlan, solution: RunRecord): QuestionCheck {
  const { questions } = plan;
  if (questions.length === 0) return { flaws: [], sayings: NOTHING_SAID };
  const goals = [...plan.goals, ...questions.flatMap(probesOf)];
  const { grade } = regrade({ ...plan, goals }, solution, NOTHING_SAID);
  const answers = grade.questions.flatMap(({ id, truth }) =>
    truth === null ? [] : [{ question: id, option: truth, events: 0 }],
  );
  const flaws = questions.flatMap((question): readonly QuestionFlaw[] => {
    const kind = flawOf(question, grade);
    return kind === null ? [] : [{ kind, question: question.id }];
  });
  return { flaws, sayings: { ...NOTHING_SAID, answers } };
}

/** No goal of an exercise has an id like these. */
const turnOf = ({ id }: Question): string => `${id}/turn`;
const probeOf = ({ id }: Question, option: string): string => `${id}/${option}`;

function probesOf(question: Question): readonly LessonGoal[] {
  const probe = (id: string, test: GoalTest): LessonGoal => ({
    id,
    step: question.step,
    test,
    words: words('', ''),
    after: question.after ?? [],
  });
  return [
    probe(turnOf(question), { test: 'reached', what: { fact: 'all', of: [] } }),
    ...question.options.flatMap(({ id, when }) => {
      if ('otherwise' in when) return [];
      const test: GoalTest = isFact(when)
        ? { test: 'reached', what: when }
        : { test: 'happens', what: when };
      return [probe(probeOf(question, id), test)];
    }),
  ];
}

function flawOf(question: Question, { goals, questions }: Grade): QuestionFlaw['kind'] | null {
  const at = (id: string): Micros | null => goals.find((goal) => goal.id === id)?.at ?? null;
  const turn = at(turnOf(question));
  const came = question.options.flatMap(({ id, when }) => {
    const time = at(probeOf(question, id));
    return time === null ? [] : [{ time, wasSo: 'fact' in when && time === turn }];
  });
  if (came.some(({ wasSo }) => wasSo)) return 'tooSoon';
  const { truth } = questions.find(({ id }) => id === question.id) ?? { truth: null };
  if (truth === null) return 'unanswered';
  const first = at(probeOf(question, truth));
  return came.filter(({ time }) => time === first).length > 1 ? 'tied' : null;
}
