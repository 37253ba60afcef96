/** What is wrong with an exercise that is being made, and what to do about it. */
import type { ClassroomDictionary } from '../../i18n/classroom.en.ts';
import type { Exercise, ExerciseFlaw } from '../../lessons/classroom/exercise.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

export function flawWords(
  t: ClassroomDictionary['exercise']['flaws'],
  locale: LocaleName,
  { goals, questions }: Pick<Exercise, 'goals' | 'questions'>,
  flaw: ExerciseFlaw,
): string {
  switch (flaw.kind) {
    case 'broken':
      return t.broken(flaw.why);
    case 'free':
      return t.free;
    case 'unsolved': {
      const open = goals.filter(({ id }) => flaw.goals.includes(id));
      const names = open.map(({ words }) => words[locale]).join(locale === 'en' ? '; ' : '；');
      return open.some(({ after }) => after !== undefined)
        ? t.outOfOrder(names)
        : t.unsolved(names);
    }
    default: {
      const asked = questions.find(({ id }) => id === flaw.question);
      const waits = asked?.options.some(({ when }) => 'otherwise' in when) === true;
      const kind = flaw.kind === 'unanswered' && waits ? 'unansweredInTime' : flaw.kind;
      return t[kind](asked?.ask[locale] ?? flaw.question);
    }
  }
}
