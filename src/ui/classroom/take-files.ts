/** Files that are dropped on the page: those of the classroom are opened, or verified. */
import type { GivenFile } from '../../worker/files/api.ts';
import { messageOf } from '../bugs/reasons.ts';
import type { LessonSurroundings } from '../lesson/model.ts';
import { classroomOf } from './classroom.svelte.ts';
import { door } from './door.svelte.ts';
import { classroomFormat } from './formats.ts';
import { openClassroomFile } from './open.ts';
import { classroomTexts } from './texts.ts';

/** Bytes: whatever is larger is no file of the classroom. */
const FILE_MAX = 64_000_000;

/** @returns whether there was one among them; then the others are not looked at elsewhere. */
export async function takeFiles(
  around: LessonSurroundings,
  files: readonly GivenFile[],
): Promise<boolean> {
  const texts: { readonly name: string; readonly content: string }[] = [];
  for (const { path, blob } of files) {
    if (!path.endsWith('.json') || blob.size > FILE_MAX) continue;
    texts.push({ name: path, content: await blob.text() });
  }
  const formats = texts.map(({ content }) => classroomFormat(content));
  const [only] = texts;
  if (only !== undefined && texts.length === 1 && formats[0] !== 'answers') {
    return openOne(around, only.name, only.content);
  }
  if (formats.every((format) => format === null)) return false;
  door.tab = 'verify';
  const given = texts.map(({ name, content }) => ({ name, text: () => Promise.resolve(content) }));
  await classroomOf(around).checker.take(given);
  return true;
}

async function openOne(
  around: LessonSurroundings,
  name: string,
  content: string,
): Promise<boolean> {
  try {
    return await openClassroomFile(around, content);
  } catch (reason) {
    const t = classroomTexts(around.locale.name).assignment;
    around.hunter.playground.notify('error', t.unreadable(name, messageOf(reason)));
    return true;
  }
}
