/** Files of lessons' texts, as they are bundled. */
import { lessonIdOf } from '../../lessons/engine/lesson-id.ts';
import {
  LessonTextError,
  readLessonText,
  type LessonText,
} from '../../lessons/engine/lesson-text.ts';

/** @param files by path. A text that does not read is left out: the others are no worse for it. */
export function readTexts(
  files: Readonly<Record<string, string>>,
): ReadonlyMap<string, LessonText> {
  const texts = new Map<string, LessonText>();
  for (const path of Object.keys(files).sort()) {
    const id = lessonIdOf(path.split('/').slice(-3, -1).join('/'));
    try {
      texts.set(id, readLessonText(files[path] ?? ''));
    } catch (reason) {
      // The tests of the curriculum say which it is, and why.
      if (!(reason instanceof LessonTextError)) throw reason;
    }
  }
  return texts;
}
