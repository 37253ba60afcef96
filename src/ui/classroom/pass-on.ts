/** Passing an exercise or an assignment on: as a file, or as a link where it is short enough. */
import type { ClassroomDictionary } from '../../i18n/classroom.en.ts';
import { formatBytes } from '../parts/format.ts';
import { saveText } from '../parts/save-file.ts';
import { copyLinkOf, LINK_GOOD } from '../share/share.ts';
import type { Classroom } from './classroom.svelte.ts';

/** It is in the clipboard even where it is long: who copies it is told that it may be cut. */
export async function passLink(
  classroom: Classroom,
  t: ClassroomDictionary,
  link: string,
): Promise<void> {
  const size = formatBytes(link.length);
  const done = await copyLinkOf(link);
  const said = done ? t.copied(size) : t.inAddress;
  classroom.say(link.length > LINK_GOOD ? `${said} ${t.long(size)}` : said);
}

export function passFile(
  classroom: Classroom,
  t: ClassroomDictionary,
  name: string,
  text: string,
): void {
  classroom.say(t.saved(saveText(name, 'application/json', text)));
}
