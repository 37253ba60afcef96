/** Running a script, with what is told of it, and the way back. */
import type { ScriptDictionary } from '../../i18n/script.en.ts';
import type { RunRecord, WorldConfig } from '../../sim/actions.ts';
import type { OpenedRun } from '../bugs/hunter.svelte.ts';
import type { FailedLine, ScriptDesk } from './desk.svelte.ts';

export async function runAgain(
  desk: ScriptDesk,
  t: ScriptDictionary,
  text: string,
  world: WorldConfig,
  more: Partial<OpenedRun> = {},
): Promise<void> {
  offerBack(desk, t, await desk.runAfresh(text, world, more));
}

export async function openFailed(
  desk: ScriptDesk,
  t: ScriptDictionary,
  failed: FailedLine,
): Promise<void> {
  offerBack(desk, t, await desk.openFailed(failed));
}

/** A person's own ensemble needs no offer: the way back to it is always there. */
function offerBack(
  { hunter, playground }: ScriptDesk,
  t: ScriptDictionary,
  before: RunRecord | null,
): void {
  if (before === null) return;
  playground.notify('info', t.replacedRun, {
    label: t.back,
    run: () => void hunter.openRecord(before, 'replay'),
  });
}

export async function runHere(desk: ScriptDesk, t: ScriptDictionary, text: string): Promise<void> {
  const end = await desk.runHere(text);
  if (end === null) return;
  if (end.kind === 'stopped') desk.playground.notify('info', t.stopped);
  if (end.kind === 'left') desk.playground.notify('info', t.leftHere);
}
