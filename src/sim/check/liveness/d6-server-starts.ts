import type { ProcessId, Sid } from '../../../core/units.ts';
import type { LocalRun } from '../../local.ts';
import type { Property } from '../ghosts.ts';

/** Where nothing has damaged its disk: what a crash leaves is something that can be read. */
export const SERVER_STARTS: Property = {
  name: 'D.6',
  title: 'A server that crashed starts again',
};

export function notStarted(run: LocalRun, sid: Sid, tries: number): string | null {
  const process = run.world.byId.get(sid as number as ProcessId);
  if (process?.status !== 'down') return null;
  return `Server ${String(sid)} was started ${String(tries)} times and is down again: ${process.reason ?? 'nobody knows why'}.`;
}
