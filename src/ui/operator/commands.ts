/** Commands of the palette: a random incident of each level. */
import { LEVELS } from '../../lessons/engine/lesson-text.ts';
import { LESSON_HASH } from '../lesson/hash.ts';
import type { CommandSource } from '../shell/commands.ts';
import { incidentOf, newDraw } from './incident.ts';
import { operatorTexts } from './texts.ts';

export const incidentCommands: CommandSource = ({ locale }) =>
  LEVELS.map((level) => ({
    id: `incident ${level}`,
    group: 'lessons',
    title: operatorTexts(locale.name).incident.named(level),
    also: 'random incident drill',
    run: () => (location.hash = `${LESSON_HASH}${incidentOf(level)}&seed=${String(newDraw())}`),
  }));
