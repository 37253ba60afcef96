/** Commands of the palette: the parts of the classroom. */
import type { CommandSource } from '../shell/commands.ts';
import { door, type ClassroomTab } from './door.svelte.ts';
import { classroomTexts } from './texts.ts';

const TABS: readonly ClassroomTab[] = ['make', 'assign', 'handIn', 'verify'];

export const classroomCommands: CommandSource = ({ locale }) =>
  TABS.map((tab) => ({
    id: `classroom ${tab}`,
    group: 'lessons',
    title: classroomTexts(locale.name).commands[tab],
    also: 'classroom exercise assignment answers grade teach 课堂 练习 作业 批改',
    run: () => (door.tab = tab),
  }));
