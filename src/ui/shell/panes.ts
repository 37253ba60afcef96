/**
 * The panes that there are. Those of the first screen come with the page; the others are loaded
 * when they are first seen, with their texts. A pane is a component without props, which asks the
 * playground, the timeline and the locale for everything; it is taken away while another tab is in
 * front, so what it must keep it keeps outside of itself.
 */
import type { Component } from 'svelte';
import ConsolePane from '../console/ConsolePane.svelte';
import EnsemblePane from '../ensemble/EnsemblePane.svelte';
import InspectorPane from '../inspector/InspectorPane.svelte';
import EventsPane from '../log/EventsPane.svelte';
import LogPane from '../log/LogPane.svelte';
import TreePane from '../tree/TreePane.svelte';
import { PANES, PRESETS, arrangementOf, type PaneId, type PresetName } from './layout-model.ts';

// Every component without props that are required is one.
type Pane = Component;

/** At once, or after `load`. */
export type PaneEntry =
  | { readonly pane: Pane; readonly load?: never }
  | { readonly load: () => Promise<{ default: Pane }>; readonly pane?: never };

/** A pane of the layout that is not here is not offered, nor is a preset that needs it. */
const entries: Readonly<Partial<Record<PaneId, PaneEntry>>> = {
  ensemble: { pane: EnsemblePane },
  log: { pane: LogPane },
  tree: { pane: TreePane },
  inspector: { pane: InspectorPane },
  console: { pane: ConsolePane },
  events: { pane: EventsPane },
  timeline: { load: () => import('../timeline/TimelinePane.svelte') },
  spacetime: { load: () => import('../spacetime/SpaceTimePane.svelte') },
  histories: { load: () => import('../histories/HistoriesPane.svelte') },
  metrics: { load: () => import('../metrics/MetricsPane.svelte') },
  script: { load: () => import('../script/ScriptPane.svelte') },
  code: { load: () => import('../code/CodePane.svelte') },
  properties: { load: () => import('./PropertiesPane.svelte') },
  lesson: { load: () => import('../lesson/LessonPane.svelte') },
  operator: { load: () => import('../operator/OperatorPane.svelte') },
};

export const paneEntry = (pane: PaneId): PaneEntry | null => entries[pane] ?? null;

/** In the order in which menus name them. */
export const offeredPanes: readonly PaneId[] = PANES.filter((pane) => pane in entries);

/**
 * `embed` is for frames in other pages, which name their panes themselves; `drill` comes and goes
 * with a drill.
 */
export const offeredPresets: readonly PresetName[] = PRESETS.filter(
  (preset) =>
    preset !== 'embed' &&
    preset !== 'drill' &&
    Object.values(arrangementOf(preset)).every((panes) => panes.every((pane) => pane in entries)),
);
