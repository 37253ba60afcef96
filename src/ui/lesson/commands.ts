/** Commands of the palette: every lesson by its title. */
import type { CommandSource } from '../shell/commands.ts';
import { initialLocale } from '../state/locale.svelte.ts';
import { LESSON_IDS, loadTexts } from './catalogue.ts';
import { LESSON_HASH } from './hash.ts';
import { lessonTexts } from './texts.ts';

/** In the language that the page speaks by now. */
export async function loadLessonCommands(): Promise<CommandSource> {
  const texts = await loadTexts(initialLocale());
  return ({ locale }) =>
    LESSON_IDS.flatMap((id) => {
      const text = texts.get(id);
      if (text === undefined) return [];
      return {
        id: `lesson ${id}`,
        group: 'lessons',
        title: lessonTexts(locale.name).lessonNamed(text.title),
        also: `${id} ${text.summary}`,
        // The page opens what its address names.
        run: () => (location.hash = LESSON_HASH + id),
      };
    });
}
