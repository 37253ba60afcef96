/**
 * Which pane stands where. The window is cut into regions; each holds a list of panes as tabs. A
 * preset says what stands in which, and where the window is too small regions share one place.
 */

/** The strip lies across the window, under the bar; the others are three columns. */
export const REGIONS = [
  'strip',
  'left-top',
  'left-bottom',
  'centre',
  'middle',
  'bottom',
  'right-top',
  'right-bottom',
] as const;
export type Region = (typeof REGIONS)[number];

export const PANES = [
  'ensemble',
  'log',
  'spacetime',
  'tree',
  'inspector',
  'console',
  'events',
  'timeline',
  'script',
  'code',
  'histories',
  'metrics',
  'properties',
  'lesson',
  'operator',
] as const;
export type PaneId = (typeof PANES)[number];

export const PRESETS = ['explore', 'present', 'lesson', 'debug', 'drill', 'embed'] as const;
export type PresetName = (typeof PRESETS)[number];

/** The panes of each region, as tabs from left to right. A pane stands in one region, or in none. */
export type Arrangement = Readonly<Record<Region, readonly PaneId[]>>;

const NOTHING: Arrangement = {
  strip: [],
  'left-top': [],
  'left-bottom': [],
  centre: [],
  middle: [],
  bottom: [],
  'right-top': [],
  'right-bottom': [],
};

const EXPLORE: Arrangement = {
  strip: ['timeline'],
  'left-top': ['tree'],
  'left-bottom': ['events'],
  centre: ['ensemble'],
  middle: ['log'],
  bottom: ['spacetime', 'histories', 'metrics'],
  'right-top': ['inspector'],
  'right-bottom': ['console', 'script', 'code'],
};

/** Where a pane goes that stood nowhere: to those it belongs with. */
const HOMES: Readonly<Record<PaneId, Region>> = {
  ensemble: 'centre',
  log: 'middle',
  spacetime: 'bottom',
  tree: 'left-top',
  inspector: 'right-top',
  console: 'right-bottom',
  events: 'left-bottom',
  timeline: 'strip',
  script: 'right-bottom',
  code: 'right-bottom',
  histories: 'bottom',
  metrics: 'bottom',
  properties: 'right-top',
  lesson: 'left-top',
  operator: 'centre',
};

export const homeOf = (pane: PaneId): Region => HOMES[pane];

export function arrangementOf(preset: PresetName): Arrangement {
  switch (preset) {
    case 'explore':
      return EXPLORE;
    case 'present':
      return { ...NOTHING, strip: ['timeline'], centre: ['ensemble'], middle: ['log'] };
    case 'lesson':
      return {
        ...EXPLORE,
        // The text and its goals need the whole height.
        'left-top': ['lesson'],
        'left-bottom': [],
        'right-top': ['tree', 'inspector', 'events'],
        'right-bottom': ['console', 'script', 'code'],
      };
    case 'debug':
      return {
        strip: ['timeline'],
        'left-top': ['events', 'tree'],
        'left-bottom': ['properties'],
        centre: ['histories', 'spacetime', 'ensemble'],
        middle: ['log'],
        bottom: ['metrics'],
        'right-top': ['inspector'],
        'right-bottom': ['console', 'script', 'code'],
      };
    case 'drill':
      // What an operator has, and nothing else.
      return {
        ...NOTHING,
        'left-top': ['lesson'],
        centre: ['operator'],
        'right-top': ['metrics'],
        'right-bottom': ['console'],
      };
    case 'embed':
      return embedPanes(['ensemble', 'log', 'timeline']);
  }
}

/**
 * What a frame in another page shows: these panes and no others, each in its region. Somebody must
 * have the centre: where the ensemble is not asked for, the first has it.
 */
export function embedPanes(panes: readonly PaneId[]): Arrangement {
  const asked = [...new Set(panes)];
  const first = asked.find((pane) => HOMES[pane] === 'centre') ?? asked[0];
  return asked.reduce<Arrangement>(
    (made, pane) => withPane(made, pane, pane === first ? 'centre' : HOMES[pane]),
    NOTHING,
  );
}

export function regionOf(arrangement: Arrangement, pane: PaneId): Region | null {
  return REGIONS.find((region) => arrangement[region].includes(pane)) ?? null;
}

/** Puts a pane behind those of that region; from where it stood it is gone. */
export function withPane(arrangement: Arrangement, pane: PaneId, region: Region): Arrangement {
  const without = withoutPane(arrangement, pane);
  return { ...without, [region]: [...without[region], pane] };
}

export function withoutPane(arrangement: Arrangement, pane: PaneId): Arrangement {
  const region = regionOf(arrangement, pane);
  if (region === null) return arrangement;
  return { ...arrangement, [region]: arrangement[region].filter((one) => one !== pane) };
}

// --- windows --------------------------------------------------------------------------------------

/** `low` is wide, but without the height for three panes above each other. */
export type Shape = 'wide' | 'low' | 'medium' | 'narrow';

/** A place in the window, named after the first of the regions that share it. */
export interface Slot {
  readonly name: Region;
  readonly panes: readonly PaneId[];
}

/** Which regions share a place; in the order of their tabs. */
const SHARED: Readonly<Record<Shape, readonly (readonly [Region, ...Region[]])[]>> = {
  wide: REGIONS.map((region) => [region] as const),
  low: [
    ['strip'],
    ['left-top'],
    ['left-bottom'],
    ['centre'],
    ['middle', 'bottom'],
    ['right-top'],
    ['right-bottom'],
  ],
  medium: [
    ['strip'],
    ['centre'],
    ['middle', 'bottom'],
    ['right-top', 'left-top', 'left-bottom'],
    ['right-bottom'],
  ],
  narrow: [
    ['centre'],
    ['right-bottom', 'middle', 'strip', 'bottom', 'left-top', 'right-top', 'left-bottom'],
  ],
};

const WIDE_FROM = 1200;
/** Beside a lesson's text: it needs the whole height, and the ring does with less width. */
const READING_FROM = 1000;
const MEDIUM_FROM = 800;
const HIGH_FROM = 1080;

/** @param width of the window, in CSS pixels, as is `height`. */
export function shapeOf(width: number, height: number, preset: PresetName): Shape {
  const reads = preset === 'lesson' || preset === 'drill';
  if (width < MEDIUM_FROM) return 'narrow';
  if (width < (reads ? READING_FROM : WIDE_FROM)) return 'medium';
  return height < HIGH_FROM ? 'low' : 'wide';
}

/** The places that have something to show. */
export function slotsOf(arrangement: Arrangement, shape: Shape): readonly Slot[] {
  return SHARED[shape]
    .map((regions) => ({
      name: regions[0],
      panes: regions.flatMap((region) => arrangement[region]),
    }))
    .filter(({ panes }) => panes.length > 0);
}

// --- what is remembered -----------------------------------------------------------------------------

/** The pane in front, by shape and place: `wide/bottom`. */
export type Fronts = Readonly<Record<string, PaneId>>;

export interface LayoutRecord {
  readonly preset: PresetName;
  /** Presets that a person has changed. */
  readonly changed: Readonly<Partial<Record<PresetName, Arrangement>>>;
  /** By preset. */
  readonly fronts: Readonly<Partial<Record<PresetName, Fronts>>>;
  /** Panes that there were when this was stored: later ones come in by their presets. */
  readonly known: readonly PaneId[];
}

export const FIRST_LAYOUT: LayoutRecord = {
  preset: 'explore',
  changed: {},
  fronts: {},
  known: PANES,
};

const isPane = (value: unknown): value is PaneId => PANES.some((pane) => pane === value);

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** What a browser has stored may be old, or not ours: what cannot be read is as if never chosen. */
export function readLayout(text: string | null): LayoutRecord {
  if (text === null) return FIRST_LAYOUT;
  try {
    const fields = new Map(entriesOf(JSON.parse(text)));
    const known = fields.get('known');
    const knows = Array.isArray(known) ? known.filter(isPane) : [];
    const byPreset = <T>(name: string, read: (value: unknown, preset: PresetName) => T) => {
      const found = new Map(entriesOf(fields.get(name)));
      return Object.fromEntries(
        PRESETS.filter((preset) => found.has(preset)).map((preset) => [
          preset,
          read(found.get(preset), preset),
        ]),
      ) as Partial<Record<PresetName, T>>;
    };
    return {
      preset: PRESETS.find((preset) => preset === fields.get('preset')) ?? 'explore',
      changed: byPreset('changed', (value, preset) => readArrangement(value, preset, knows)),
      fronts: byPreset('fronts', readFronts),
      known: PANES,
    };
  } catch {
    return FIRST_LAYOUT;
  }
}

function readArrangement(
  value: unknown,
  preset: PresetName,
  known: readonly PaneId[],
): Arrangement {
  const found = new Map(entriesOf(value));
  const planned = arrangementOf(preset);
  let made = NOTHING;
  for (const region of REGIONS) {
    const panes = found.get(region);
    const read = Array.isArray(panes) ? panes.filter(isPane) : [];
    for (const pane of read) made = withPane(made, pane, region);
  }
  for (const region of REGIONS) {
    const fresh = planned[region].filter((pane) => !known.includes(pane));
    for (const pane of fresh) made = withPane(made, pane, region);
  }
  return made;
}

function readFronts(value: unknown): Fronts {
  const read = entriesOf(value).flatMap(([key, pane]) => (isPane(pane) ? [[key, pane]] : []));
  return Object.fromEntries(read) as Fronts;
}
