/** Lessons by what is typed: every word has to be somewhere in what the list shows of one. */
import type { LessonTexts } from './catalogue.ts';

export function findLessons(
  ids: readonly string[],
  texts: LessonTexts,
  query: string,
): readonly string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return ids.filter((id) => {
    const text = texts.get(id);
    if (text === undefined) return false;
    const { title, summary, tools } = text;
    const all = [id, title, summary, ...tools].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
