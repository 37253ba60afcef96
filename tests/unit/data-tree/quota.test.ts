import { describe, expect, test } from 'vitest';
import {
  countDescendants,
  createDataTree,
  deserializeTree,
  serializeTree,
} from '../../../src/core/data-tree/data-tree.ts';
import { formatStatsTrack, parseStatsTrack, quotaFor } from '../../../src/core/data-tree/quota.ts';
import {
  apply,
  bytes,
  created,
  dataSet,
  deleted,
  newTreeWorld,
  type TreeWorld,
} from './tree-world.ts';

const STATS = '/zookeeper/quota/q/zookeeper_stats';
const LIMITS = '/zookeeper/quota/q/zookeeper_limits';

test.each<[text: string, shown: string | null]>([
  ['', 'count=-1,bytes=-1'],
  ['count=1,bytes=2', 'count=1,bytes=2'],
  ['bytes=2;count=1', 'count=1,bytes=2'],
  [
    'count=4,bytes=5=;byteHardLimit=6;countHardLimit=7',
    'count=4,bytes=5=;byteHardLimit=6;countHardLimit=7',
  ],
  ['countHardLimit=7', 'count=-1,bytes=-1=;countHardLimit=7'],
  ['zebra=1,ape=2,count=+3', 'count=3,bytes=-1=;ape=2;zebra=1'],
  ['count==5', 'count=-1,bytes=-1'],
  ['count=1,,;bytes=2;;', 'count=1,bytes=2'],
  [',', 'count=-1,bytes=-1'],
  [',count=1', null],
  ['count=', null],
  ['count', null],
  ['count=x', null],
  ['count= 1', null],
])('"%s" reads as %s', (text, shown) => {
  const track = parseStatsTrack(bytes(text));
  expect(track === null ? null : formatStatsTrack(track)).toBe(shown);
});

test('null is no text', () => {
  expect(parseStatsTrack(null)).toBeNull();
});

describe('usage', () => {
  /** /q with `ab` in it, and a quota; times and zxids do not matter here. */
  function limited(): TreeWorld {
    const world = newTreeWorld();
    apply(world, 1, created('/q', { data: bytes('ab') }));
    apply(world, 2, created('/zookeeper/quota/q'));
    apply(world, 3, created(LIMITS, { data: bytes('count=9,bytes=9') }));
    apply(world, 4, created(STATS, { data: bytes('count=0,bytes=0') }));
    return world;
  }

  function usage(world: TreeWorld, path = STATS): string {
    return new TextDecoder().decode(world.tree.nodes.get(path)?.data ?? undefined);
  }

  test('is counted when the stats node is made, and kept up to date', () => {
    const world = limited();
    expect(usage(world)).toBe('count=1,bytes=2');
    apply(world, 5, created('/q/a', { data: bytes('abcdefghij') }));
    apply(world, 6, created('/q/a/b', { data: null, ephemeral: true }), 7n);
    expect(usage(world)).toBe('count=3,bytes=12');
    apply(world, 7, dataSet('/q/a', 'x', 1));
    expect(usage(world)).toBe('count=3,bytes=3');
    apply(world, 8, { type: 'closeSession', paths: [] }, 7n);
    apply(world, 9, deleted('/q/a'));
    expect(usage(world)).toBe('count=1,bytes=2');
    apply(world, 10, created('/other', { data: bytes('x') }));
    expect(usage(world)).toBe('count=1,bytes=2');
  });

  test('changes nothing else of the stats node, and nobody hears of it', () => {
    const world = limited();
    const before = { ...world.tree.nodes.get(STATS) };
    world.fired.length = 0;
    apply(world, 5, created('/q/a'));
    expect({ ...world.tree.nodes.get(STATS), data: null }).toEqual({ ...before, data: null });
    expect(world.fired).toEqual([]);
  });

  test('of nested quotas only the nearest counts', () => {
    const world = limited();
    apply(world, 5, created('/q/in'));
    apply(world, 6, created('/zookeeper/quota/q/in'));
    apply(world, 7, created('/zookeeper/quota/q/in/zookeeper_limits'));
    apply(world, 8, created('/zookeeper/quota/q/in/zookeeper_stats'));
    apply(world, 9, created('/q/in/x', { data: bytes('123') }));
    expect(usage(world)).toBe('count=2,bytes=2');
    expect(usage(world, '/zookeeper/quota/q/in/zookeeper_stats')).toBe('count=2,bytes=3');
    expect(
      ['/q', '/q/in', '/q/in/x/y', '/qq', '/'].map((path) => quotaFor(world.tree, path)),
    ).toEqual(['/q', '/q/in', '/q/in', null, null]);
  });

  test('ends with the limits node', () => {
    const world = limited();
    apply(world, 5, deleted(LIMITS));
    apply(world, 6, created('/q/a', { data: bytes('abc') }));
    expect(usage(world)).toBe('count=1,bytes=2');
    expect(quotaFor(world.tree, '/q/a')).toBeNull();
  });

  test('a stats node that holds anything else is counted anew', () => {
    const world = limited();
    apply(world, 5, dataSet(STATS, 'garbage', 1));
    apply(world, 6, created('/q/a', { data: bytes('abc') }));
    expect(usage(world)).toBe('count=2,bytes=5');
  });

  test('a quota of the root is not kept', () => {
    const world = newTreeWorld();
    apply(world, 1, created('/zookeeper/quota/zookeeper_limits', { data: bytes('count=1') }));
    apply(world, 2, created('/a'));
    expect(quotaFor(world.tree, '/a')).toBeNull();
  });

  test('is counted anew when a snapshot is loaded', () => {
    const world = limited();
    const stored = serializeTree(world.tree).map((node) =>
      node.path === STATS ? { ...node, data: bytes('count=77,bytes=77') } : node,
    );
    world.tree = createDataTree();
    deserializeTree(stored, world.tree);
    expect(usage(world)).toBe('count=1,bytes=2');
    apply(world, 5, created('/q/a'));
    expect(usage(world)).toBe('count=2,bytes=2');
  });
});

test('descendants are counted without the node itself', () => {
  const world = newTreeWorld();
  for (const path of ['/a', '/a/b', '/a/b/c', '/ab']) apply(world, 1, created(path));
  expect(
    ['/', '', '/a', '/a/b/c', '/none'].map((path) => countDescendants(world.tree, path)),
  ).toEqual([7, 7, 2, 0, 0]);
});
