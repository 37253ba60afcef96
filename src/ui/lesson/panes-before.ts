/**
 * The panes that a person had before a lesson came. They are stored, so that a reload in the middle
 * of it does not leave them with those of the lesson.
 */
import type { Layout } from '../shell/layout.svelte.ts';
import { PRESETS, type PresetName } from '../shell/layout-model.ts';
import { readPreference, writePreference } from '../state/preferences.ts';

const KEY = 'panes-before';

const ofLessons = (preset: PresetName): boolean => preset === 'lesson' || preset === 'drill';

const kept = (): PresetName | null =>
  PRESETS.find((preset) => preset === readPreference(KEY)) ?? null;

/** Those of a lesson, until `leavePanes`. */
export function enterPanes(layout: Layout): void {
  if (layout.preset === 'embed') return;
  const isAgain = kept() !== null && ofLessons(layout.preset);
  if (!isAgain) writePreference(KEY, layout.preset);
  if (layout.preset !== 'present') layout.choose('lesson');
}

/** The person's own: where they have chosen others meanwhile, those stay. */
export function leavePanes(layout: Layout): void {
  const before = kept();
  if (before === null) return;
  if (ofLessons(layout.preset)) layout.choose(before);
  writePreference(KEY, '');
}
