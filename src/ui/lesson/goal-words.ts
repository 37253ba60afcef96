/** Says what a goal checks, in a sentence. */
import type { LessonDictionary } from '../../i18n/lesson.en.ts';
import type { LessonGoal, LessonPlan } from '../../lessons/engine/lesson.ts';
import type { GoalView } from '../../lessons/engine/grader.ts';
import { formatDuration } from '../parts/format.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

export function checkWords(
  t: LessonDictionary['tests'],
  locale: LocaleName,
  goal: LessonGoal,
  { goals }: LessonPlan,
): string {
  const { after = [] } = goal;
  const before = goals.filter(({ id }) => after.includes(id));
  if (before.length === 0) return testWords(t, goal);
  const names = before.map(({ words }) => words[locale]).join(locale === 'en' ? '; ' : '；');
  return [testWords(t, goal), t.after(names)].join(locale === 'en' ? ' ' : '');
}

function testWords(t: LessonDictionary['tests'], { test }: LessonGoal): string {
  switch (test.test) {
    case 'happens':
      return t.happens(test.times ?? 1);
    case 'reached': {
      const { lasting = 0 } = test;
      return lasting > 0 ? t.lasting(formatDuration(lasting)) : t.reached;
    }
    case 'budget':
      return t.budget(test.atMost);
    case 'diagnosed':
      return t.diagnosed(test.evidence);
    default:
      return t[test.test];
  }
}

/** How far it is, where it counts; null where there is nothing to count. */
export function countWords(
  t: LessonDictionary['goals'],
  { test }: LessonGoal,
  view: GoalView | null,
): string | null {
  const count = view?.count ?? 0;
  switch (test.test) {
    case 'happens': {
      const { times = 1 } = test;
      return times > 1 ? t.times(Math.min(count, times), times) : null;
    }
    case 'budget':
      return t.used(count, test.atMost);
    case 'diagnosed':
      return t.evidence(count, test.evidence);
    default:
      return null;
  }
}
