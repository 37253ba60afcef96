/** The texts of the classroom, which come with it: most visits never need them. */
import { classroomEn, type ClassroomDictionary } from '../../i18n/classroom.en.ts';
import { classroomZhCN } from '../../i18n/classroom.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, ClassroomDictionary>> = {
  en: classroomEn,
  'zh-CN': classroomZhCN,
};

export function classroomTexts(name: LocaleName): ClassroomDictionary {
  return dictionaries[name];
}
