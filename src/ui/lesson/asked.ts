/** What an id asks for: a lesson of the curriculum, or an incident that is drawn. */
import { drawIncident, levelOf } from '../operator/incident.ts';
import { loadLesson, loadTexts } from './catalogue.ts';
import type { OpenLesson } from './model.ts';

/** Null where there is no such lesson. */
export async function lessonAsked(id: string, seed: number): Promise<OpenLesson | null> {
  const level = levelOf(id);
  if (level === null) {
    const lesson = await loadLesson(id);
    return lesson === null ? null : { id, seed, plan: lesson.plan(seed) };
  }
  const drawn = drawIncident(await loadTexts('en'), level, seed);
  const lesson = drawn === null ? null : await loadLesson(drawn.id);
  if (drawn === null || lesson === null) return null;
  return { ...drawn, plan: lesson.plan(drawn.seed), incident: { id, seed, level } };
}
