/** Commands of the palette: a random incident of each difficulty. */
import { LESSON_IDS, loadTexts } from '../lesson/catalogue.ts';
import { LESSON_HASH } from '../lesson/hash.ts';
import type { CommandSource } from '../shell/commands.ts';
import { initialLocale } from '../state/locale.svelte.ts';
import { DIFFICULTIES, drawIncident } from './incident.ts';
import { operatorTexts } from './texts.ts';

export async function loadIncidentCommands(): Promise<CommandSource> {
  const texts = await loadTexts(initialLocale());
  const drills = LESSON_IDS.flatMap((id) => {
    const text = texts.get(id);
    return text === undefined ? [] : [{ id, minutes: text.minutes }];
  });
  return ({ locale }) =>
    DIFFICULTIES.map((difficulty) => ({
      id: `incident ${difficulty}`,
      group: 'lessons',
      title: operatorTexts(locale.name).incident[difficulty],
      also: 'random incident drill',
      run: () => {
        const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
        const drawn = drawIncident(drills, difficulty, seed);
        if (drawn === null) return;
        location.hash = `${LESSON_HASH}${drawn.id}&seed=${String(drawn.seed)}`;
      },
    }));
}
