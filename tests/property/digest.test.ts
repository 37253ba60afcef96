/**
 * The digest that a transaction carries is worked out before anything is applied, from what is on
 * its way. Whatever is asked, and however far the tree is behind, it is the digest that the tree
 * then has.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDataTree, deserializeTree } from '../../src/core/data-tree/data-tree.ts';
import { serializeTree, treeDigest } from '../../src/core/data-tree/data-tree.ts';
import type { SessionId } from '../../src/core/units.ts';
import { trackSession } from '../../src/core/session/session-tracker.ts';
import type { Millis } from '../../src/core/units.ts';
import { bench, commit, prepare, type Bench } from '../unit/processor/bench.ts';

/** Few names, so that requests meet; among them the root, reserved nodes and what is not valid. */
const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('/a', '/b', '/a/c', '/a/d', '/b/c', '/a/c/e') },
  { weight: 1, arbitrary: fc.constantFrom('/', '/p', '/zookeeper', '/zookeeper/x', 'bad', '//') },
);
const version = fc.constantFrom('', ' 0', ' 1', ' 7');
const data = fc.constantFrom('', 'data= ', 'data=xyz ').map((text) => text.trim());

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

const write = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'create',
          'create -e',
          'create -s',
          'create -e -s',
          'create2',
          'create2 -e',
        ),
        data,
        path,
      )
      .map((parts) => words(...parts)),
  },
  path.map((at) => `createContainer flags=4 ${at}`),
  fc.tuple(fc.nat(6), path).map(([flags, at]) => `create flags=${String(flags)} ${at}`),
  fc.tuple(fc.nat(6), path).map(([flags, at]) => `createTTL flags=${String(flags)} ttl=9 ${at}`),
  fc.tuple(path, version).map(([at, v]) => `delete ${at}${v}`),
  fc.tuple(data, path, version).map(([with_, at, v]) => `${words('set', with_, at)}${v}`),
  fc.tuple(path, version).map(([at, v]) => `check ${at}${v}`),
);
const request = fc.oneof(
  { weight: 6, arbitrary: write },
  {
    weight: 2,
    arbitrary: fc.array(write, { minLength: 2, maxLength: 4 }).map((m) => m.join('; ')),
  },
  fc.tuple(path, version).map(([at, v]) => `setAcl ${at}${v}`),
  path.map((at) => `deleteContainer ${at}`),
  fc.constant('close'),
);
/** A request of one of two sessions, and how many of those on their way are applied after it. */
const step = fc.tuple(request, fc.constantFrom(1n, 2n), fc.nat(2));

function run(b: Bench, steps: readonly (readonly [string, bigint, number])[]): void {
  const { tree } = b.server.db;
  const onTheirWay: ReturnType<typeof prepare>[] = [];
  const applyNext = (): void => {
    const next = onTheirWay.shift();
    if (next === undefined) return;
    commit(b, next);
    const expected = next.record?.digest ?? null;
    if (expected !== null) expect(treeDigest(tree)).toBe(expected);
  };
  for (const [text, session, count] of steps) {
    const prepared = prepare(b, text, session as SessionId);
    if (prepared.record === null) continue;
    onTheirWay.push(prepared);
    expect(prepared.record.digest === null).toBe(prepared.record.txn.type === 'error');
    for (let i = 0; i < count; i++) applyNext();
  }
  while (onTheirWay.length > 0) applyNext();
}

test('a transaction carries the digest of the tree after it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const b = bench({ extendedTypesEnabled: true });
      for (const session of [1n, 2n]) {
        if (b.zks.sessions === null) throw new Error('a server alone tracks sessions');
        trackSession(b.zks.sessions, session as SessionId, 1e6 as Millis, 0 as Millis);
      }
      run(b, steps);
      const { tree } = b.server.db;
      expect(tree.digestCheck.mismatches).toBe(0);
      expect(b.zks.changes.records).toEqual([]);
      const copy = createDataTree();
      deserializeTree(serializeTree(tree), copy);
      expect(treeDigest(copy)).toBe(treeDigest(tree));
    }),
    { numRuns: 150 },
  );
});

test('without digests nothing is worked out', () => {
  const b = bench({ digestEnabled: false });
  expect(prepare(b, 'create /x').record?.digest).toBeNull();
});
