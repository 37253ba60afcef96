/** Which pane stands where: presets, moves, windows of every size, and what is remembered. */
import { describe, expect, test } from 'vitest';
import {
  arrangementOf,
  embedPanes,
  FIRST_LAYOUT,
  PANES,
  PRESETS,
  readLayout,
  regionOf,
  REGIONS,
  shapeOf,
  slotsOf,
  withoutPane,
  withPane,
  type Arrangement,
} from '../../../src/ui/shell/layout-model.ts';

const panesOf = (arrangement: Arrangement) => REGIONS.flatMap((region) => arrangement[region]);

describe('presets', () => {
  test.each(PRESETS)('%s has something in the centre, and no pane twice', (preset) => {
    const panes = panesOf(arrangementOf(preset));
    expect(new Set(panes).size).toBe(panes.length);
    expect(arrangementOf(preset).centre.length).toBeGreaterThan(0);
  });

  test('Explore shows every pane but the properties and those that are not written yet', () => {
    const absent = PANES.filter((pane) => regionOf(arrangementOf('explore'), pane) === null);
    expect(absent).toEqual(['properties', 'lesson', 'operator']);
  });

  test('a lesson has the left column for itself', () => {
    expect(arrangementOf('lesson')['left-top']).toEqual(['lesson']);
    expect(arrangementOf('lesson')['left-bottom']).toEqual([]);
  });
});

describe('in a window of any shape', () => {
  test.each(['wide', 'low', 'medium', 'narrow'] as const)('%s: every pane has a place', (shape) => {
    for (const preset of PRESETS) {
      const arrangement = arrangementOf(preset);
      const placed = slotsOf(arrangement, shape).flatMap(({ panes }) => panes);
      expect([...placed].sort(), preset).toEqual([...panesOf(arrangement)].sort());
    }
  });

  test('sizes', () => {
    expect(shapeOf(1920, 1080, 'explore')).toBe('wide');
    expect(shapeOf(1440, 900, 'explore')).toBe('low');
    expect(shapeOf(1024, 768, 'explore')).toBe('medium');
    expect(shapeOf(390, 844, 'explore')).toBe('narrow');
    // The text of a lesson needs the height of the window.
    expect(shapeOf(1024, 768, 'lesson')).toBe('low');
    expect(shapeOf(1024, 768, 'drill')).toBe('low');
    expect(shapeOf(900, 768, 'lesson')).toBe('medium');
  });

  test('places without panes are not there', () => {
    const names = slotsOf(arrangementOf('present'), 'wide').map(({ name }) => name);
    expect(names).toEqual(['strip', 'centre', 'middle']);
  });
});

describe('moving', () => {
  test('a pane stands in one region only', () => {
    const moved = withPane(arrangementOf('explore'), 'tree', 'bottom');
    expect(regionOf(moved, 'tree')).toBe('bottom');
    expect(moved.bottom.at(-1)).toBe('tree');
    expect(panesOf(moved).filter((pane) => pane === 'tree')).toHaveLength(1);
  });

  test('a pane that is hidden stands nowhere, and hiding it again changes nothing', () => {
    const hidden = withoutPane(arrangementOf('explore'), 'tree');
    expect(regionOf(hidden, 'tree')).toBeNull();
    expect(withoutPane(hidden, 'tree')).toBe(hidden);
  });
});

describe('embedding', () => {
  test('shows what is asked for, once', () => {
    const made = embedPanes(['log', 'console', 'log', 'ensemble']);
    expect(panesOf(made).sort()).toEqual(['console', 'ensemble', 'log']);
    expect(made.centre).toEqual(['ensemble']);
  });

  test('without the ensemble the first has the centre', () => {
    expect(embedPanes(['console', 'log'])).toMatchObject({
      centre: ['console'],
      middle: ['log'],
      'right-bottom': [],
    });
  });
});

describe('what a browser has stored', () => {
  test.each([null, '', 'x', '7', 'null', '[]', '{"preset":"nonsense","changed":3}'])(
    '%j is as if nothing was chosen',
    (text) => {
      expect(readLayout(text)).toEqual(FIRST_LAYOUT);
    },
  );

  test('comes back as it was', () => {
    const changed = withPane(arrangementOf('debug'), 'tree', 'centre');
    const record = {
      ...FIRST_LAYOUT,
      preset: 'debug',
      changed: { debug: changed },
      fronts: { debug: { 'wide/centre': 'tree' } },
    } as const;
    expect(readLayout(JSON.stringify(record))).toEqual(record);
  });

  test('panes that have come since stand where their preset has them; unknown ones go', () => {
    const old = withoutPane(withoutPane(arrangementOf('explore'), 'metrics'), 'tree');
    const text = JSON.stringify({
      preset: 'explore',
      changed: { explore: { ...old, middle: ['log', 'gone'] } },
      known: PANES.filter((pane) => pane !== 'metrics'),
    });
    const { changed } = readLayout(text);
    expect(changed.explore?.bottom).toContain('metrics');
    expect(changed.explore?.middle).toEqual(['log']);
    // It was there, and somebody hid it.
    expect(changed.explore?.['left-top']).toEqual([]);
  });
});
