/** Every data directory of tests/fixtures/real: our server makes of it what real ZooKeeper made. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf } from '../../../src/core/config.ts';
import type { ServerEffect } from '../../../src/core/quorum/peer-io.ts';
import { createServer, stepServer, type Server } from '../../../src/core/server.ts';
import {
  readDataDir,
  type DataDirReport,
  type DataFile,
} from '../../../src/core/txn-log/data-dir.ts';
import type { DiskImage } from '../../../src/core/txn-log/disk-image.ts';
import type { Micros, Sid } from '../../../src/core/units.ts';
import { byPath, directory, expectedTree, outcomes, shown, type ShownNode } from './real-files.ts';

function read(files: readonly DataFile[], release: '3.8.0' | '3.9' = '3.8.0'): DataDirReport {
  return readDataDir(files, { release, gunzip: (bytes) => new Uint8Array(gunzipSync(bytes)) });
}

interface Booted {
  readonly server: Server;
  readonly effects: readonly ServerEffect[];
  readonly says: readonly string[];
}

/** @param voters 1 = a server that stands alone. */
function boot(image: DiskImage, voters = 1): Booted {
  const config = { ...DEFAULT_CONFIG, servers: ensembleOf(voters, 0), release: '3.8.0' as const };
  const server = createServer({ config, sid: 1 as Sid, seed: 1, incarnation: 0 });
  const effects: ServerEffect[] = [];
  stepServer(server, 0 as Micros, { kind: 'boot', image }, effects);
  const says = effects.flatMap((e) => (e.kind === 'log' && e.level !== 'INFO' ? [e.message] : []));
  return { server, effects, says };
}

/** The reserved nodes of a standalone server are those of its own start. */
function isShared({ path }: ShownNode): boolean {
  return path !== '/zookeeper/config';
}

/** The tree of `standalone`, changed as expected.json says. Null where it does not say it all. */
function treeOf(name: string): ShownNode[] | null {
  const outcome = outcomes[name];
  if (outcome?.missing === undefined) {
    if (name === 'fuzzy') return expectedTree('fuzzy');
    return expectedTree(name.startsWith('ensemble') ? 'ensemble' : 'standalone');
  }
  const { missing, extra = [], nodesThatDiffer } = outcome;
  if (nodesThatDiffer === undefined) return null;
  const changed = { ...nodesThatDiffer };
  const gone = new Set([...missing, ...Object.keys(changed)]);
  const kept = expectedTree('standalone').filter(({ path }) => !gone.has(path));
  for (const path of extra) expect(changed).toHaveProperty([path]);
  const nodes = Object.entries(changed).map(([path, node]) => ({ path, ...node }));
  return [...kept, ...nodes].sort(byPath);
}

const names = Object.keys(outcomes);
const starting = names.filter((name) => outcomes[name]?.starts);

test('there are directories of both kinds', () => {
  expect(names).toHaveLength(38);
  expect(starting).toHaveLength(29);
});

describe.each(starting)('%s', (name) => {
  const { server, says } = boot(read(directory(name)).image);
  const { tree } = server.db;

  test('starts, with the tree of the real server', () => {
    expect(server.status).toBe('running');
    expect(`0x${tree.lastProcessedZxid.toString(16)}`).toBe(outcomes[name]?.zxid);
    expect(tree.nodes.size).toBe(outcomes[name]?.nodes);
    const expected = treeOf(name);
    if (expected !== null) {
      expect(shown(tree).filter(isShared)).toEqual(expected.filter(isShared));
    }
    const paths = [...tree.nodes.keys()];
    for (const path of outcomes[name]?.missing ?? []) expect(paths).not.toContain(path);
  });

  test('warns of digests that differ where the real server does', () => {
    const real = outcomes[name]?.says?.some((line) => line.includes('Digests are not matching'));
    expect(tree.digestCheck.mismatches > 0).toBe(real === true);
    expect(says.some((line) => line.includes('Digests are not matching'))).toBe(real === true);
  });
});

/** What ends the real server, by our word for it where the real one has none of its own. */
const refusals: readonly (readonly [name: string, reason: string])[] = [
  ['bitflip-last-txn', 'CRC check failed'],
  ['bitflip-mid-log', 'CRC check failed'],
  ['bitflip-mid-log-checksum', 'CRC check failed'],
  ['bitflip-old-log', 'CRC check failed'],
  ['bitflip-mid-log-length', 'Unreasonable length = 2130706543'],
  ['bitflip-log-magic', 'log.49 has invalid magic number 1514818631 != 1514884167'],
  ['zeros-only-newest-log', 'log.49 has invalid magic number 0 != 1514884167'],
  ['missing-all-snapshots', 'No snapshot found, but there are log entries. Something is broken!'],
  ['empty-newest-log', 'log.49 ends inside its header'],
];

test('the list of refusals is complete', () => {
  const refused = names.filter((name) => !outcomes[name]?.starts);
  expect(refused.sort()).toEqual(refusals.map(([name]) => `damaged/${name}`).sort());
});

test.each(refusals)('damaged/%s does not start: %s', (name, reason) => {
  const { server, effects, says } = boot(read(directory(`damaged/${name}`)).image);
  expect(server.status).toBe('exited');
  expect(says.join('\n')).toContain(reason);
  expect(effects.find((e) => e.kind === 'exit')).toMatchObject({ code: 1 });
});

test('3.9 removes a newest log of no bytes, and starts', () => {
  const report = read(directory('damaged/empty-newest-log'), '3.9');
  expect(report.remove).toEqual(['log.49']);
  expect(boot(report.image).server.db.tree.lastProcessedZxid).toBe(0x48n);
});

/** The epochs of an ensemble's member, whose last transaction is of epoch 2. */
describe('epoch files', () => {
  const files = directory('ensemble-s3');
  const text = (name: string, value: string): DataFile => ({
    name,
    bytes: new TextEncoder().encode(value),
  });
  const without = files.filter(({ name }) => !name.endsWith('Epoch'));

  test.each<[what: string, more: readonly DataFile[], epochs: readonly number[] | string]>([
    ['as they were', [text('currentEpoch', '2'), text('acceptedEpoch', '2')], [2, 2]],
    ['accepted a later one', [text('currentEpoch', '2'), text('acceptedEpoch', '9\n')], [2, 9]],
    ['none: those of the last transaction', [], [2, 2]],
    [
      'currentEpoch was not renamed yet',
      [text('currentEpoch', '1'), text('currentEpoch.tmp', '2'), text('acceptedEpoch', '2')],
      [2, 2],
    ],
    [
      'currentEpoch was not written yet',
      [text('currentEpoch', '1'), text('acceptedEpoch', '2')],
      [2, 2],
    ],
    [
      'a currentEpoch that is too old',
      [text('currentEpoch', '1'), text('acceptedEpoch', '1')],
      'The current epoch, 1, is older than the last zxid, 0x20000000a',
    ],
    [
      'acceptedEpoch below currentEpoch',
      [text('currentEpoch', '3'), text('acceptedEpoch', '2')],
      'The accepted epoch, 2 is less than the current epoch, 3',
    ],
    [
      'no number',
      [text('currentEpoch', '2x'), text('acceptedEpoch', '2')],
      'Found 2x in currentEpoch',
    ],
    [
      'no byte',
      [text('currentEpoch', '2'), text('acceptedEpoch', '')],
      'Found null in acceptedEpoch',
    ],
  ])('%s', (_, more, epochs) => {
    const { server, says } = boot(read([...without, ...more]).image, 3);
    if (typeof epochs === 'string') {
      expect(server.status).toBe('exited');
      expect(says).toContain(epochs);
    } else {
      expect(server.status).toBe('running');
      expect([server.currentEpoch, server.acceptedEpoch]).toEqual(epochs);
    }
  });

  test('a server that stands alone does not look at them', () => {
    const { server } = boot(read([...without, text('currentEpoch', '1')]).image);
    expect(server.status).toBe('running');
  });
});
