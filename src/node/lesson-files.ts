/** The lessons of the curriculum as files: for tests and for programs on the command line. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Lesson } from '../lessons/engine/lesson.ts';
import { readLessonText, type LessonText } from '../lessons/engine/lesson-text.ts';
import { lessonIdOf } from '../lessons/engine/lesson-id.ts';

export const CURRICULUM = join(dirname(fileURLToPath(import.meta.url)), '../lessons/curriculum');

export interface LessonFiles {
  readonly id: string;
  readonly folder: string;
  readonly texts: { readonly en: LessonText; readonly 'zh-CN': LessonText };
}

/** In their order: by chapter, then by number. */
export function listLessons(): readonly LessonFiles[] {
  const folders = (path: string): readonly string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  return folders(CURRICULUM).flatMap((chapter) =>
    folders(join(CURRICULUM, chapter)).map((name) => {
      const folder = join(CURRICULUM, chapter, name);
      const id = lessonIdOf(`${chapter}/${name}`);
      return { id, folder, texts: { en: textOf(folder, 'en'), 'zh-CN': textOf(folder, 'zh-CN') } };
    }),
  );
}

function textOf(folder: string, language: string): LessonText {
  const file = join(folder, `index.${language}.md`);
  try {
    return readLessonText(readFileSync(file, 'utf8'));
  } catch (reason) {
    throw new Error(`${file}: ${reason instanceof Error ? reason.message : String(reason)}`, {
      cause: reason,
    });
  }
}

export async function loadLesson({ folder }: Pick<LessonFiles, 'folder'>): Promise<Lesson> {
  const loaded = (await import(pathToFileURL(join(folder, 'scenario.ts')).href)) as {
    readonly default: Lesson;
  };
  return loaded.default;
}
