/**
 * What the palette can find and do. A part of the page adds a source: a function that lists its
 * commands as things stand. Sources are loaded when the palette is first opened.
 */
import type { FaultContext } from '../ensemble/fault-actions.ts';
import type { Wanted } from '../operator/lock.svelte.ts';
import type { Locale } from '../state/locale.svelte.ts';
import type { Sizes } from '../state/sizes.svelte.ts';
import type { Theme } from '../state/theme.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';
import type { Layout } from './layout.svelte.ts';
import type { Hands } from './obey.ts';

/** In the order in which they stand where nothing is typed. */
export const COMMAND_GROUPS = [
  'faults',
  'time',
  'scenarios',
  'lessons',
  'panes',
  'page',
  'servers',
  'sessions',
  'znodes',
  'zxids',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface PaletteCommand {
  /** Unique among all. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  /** As the shortcut is printed. */
  readonly keys?: string;
  /** Softly, behind the title. */
  readonly note?: string;
  /** Found by these words as well, which are not shown. */
  readonly also?: string;
  /** What a drill may keep from being done; absent: it has nothing against it. */
  readonly wanted?: Wanted;
  readonly run: () => void;
}

export interface CommandContext extends FaultContext {
  readonly timeline: Timeline;
  readonly layout: Layout;
  readonly sizes: Sizes;
  readonly theme: Theme;
  readonly locale: Locale;
  readonly hands: Hands;
}

/**
 * @param query what is typed: a source of thousands of things lists those that could be meant, the
 *   others may disregard it.
 */
export type CommandSource = (context: CommandContext, query: string) => readonly PaletteCommand[];

type Load = () => Promise<CommandSource>;

const sources: readonly Load[] = [
  () => import('./page-commands.ts').then(({ pageCommands }) => pageCommands),
  () => import('./fault-commands.ts').then(({ faultCommands }) => faultCommands),
  () => import('./find-commands.ts').then(({ findCommands }) => findCommands),
  () => import('../script/commands.ts').then(({ scenarioCommands }) => scenarioCommands),
  () => import('../code/commands.ts').then(({ sampleCommands }) => sampleCommands),
  () => import('../lesson/commands.ts').then(({ loadLessonCommands }) => loadLessonCommands()),
  () => import('../classroom/commands.ts').then(({ classroomCommands }) => classroomCommands),
  () => import('../operator/commands.ts').then(({ incidentCommands }) => incidentCommands),
];

const added = new Set<Load>();

/** For commands that exist only as long as something is on the page. @returns what ends them. */
export function addCommands(load: Load): () => void {
  added.add(load);
  return () => void added.delete(load);
}

/**
 * A source that does not load is left out, and none waits for another: lessons come with all their
 * texts.
 *
 * @param tell called with those that are there, in their order, whenever there is one more.
 */
export function loadCommands(tell: (sources: readonly CommandSource[]) => void): void {
  const loads = [...sources, ...added];
  const loaded: (CommandSource | null)[] = loads.map(() => null);
  loads.forEach((load, index) => {
    load().then(
      (source) => {
        loaded[index] = source;
        tell(loaded.filter((one) => one !== null));
      },
      () => undefined,
    );
  });
}
