/**
 * The tree against a naive twin: a list of nodes without indexes, children sets or a running
 * digest. Both are given the same transactions, sensible and not.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownerKind, statOf } from '../../src/core/data-tree/data-node.ts';
import {
  createDataTree,
  deserializeTree,
  getNode,
  processTxn,
  serializeSome,
  serializeTree,
  startSerialization,
  treeDigest,
  type DataTree,
} from '../../src/core/data-tree/data-tree.ts';
import { nameOf, parentOf } from '../../src/core/data-tree/path.ts';
import { newWatchTables } from '../../src/core/data-tree/watch-manager.ts';
import { ErrorCode } from '../../src/core/error-code.ts';
import { OPEN_ACL_UNSAFE } from '../../src/core/jute/data.ts';
import type { CreateTxn, Txn, TxnRecord } from '../../src/core/jute/txn.ts';
import type { Millis, SessionId } from '../../src/core/units.ts';
import type { Zxid } from '../../src/core/zxid.ts';

/** Few names, so that transactions meet. */
const path = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
  .map((names) => `/${names.join('/')}`);
const session = fc.constantFrom(1n, 2n).map((id) => id as SessionId);
const data = fc.option(fc.uint8Array({ maxLength: 9 }));
const create = { path, data, acl: fc.constant(OPEN_ACL_UNSAFE), parentCVersion: fc.constant(-1) };

const change: fc.Arbitrary<Txn> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('create' as const),
      ...create,
      ephemeral: fc.boolean(),
    }),
  },
  fc.record({ type: fc.constant('createContainer' as const), ...create }),
  fc.record({
    type: fc.constant('createTTL' as const),
    ...create,
    ttl: fc.nat(9).map((n) => n + 1),
  }),
  { weight: 3, arbitrary: fc.record({ type: fc.constant('delete' as const), path }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('setData' as const), path, data, version: fc.nat(9) }),
  },
);
const txn: fc.Arbitrary<Txn> = fc.oneof(
  { weight: 9, arbitrary: change },
  fc.array(change, { maxLength: 3 }).map((txns): Txn => ({ type: 'multi', txns })),
  fc.array(path, { maxLength: 3 }).map((paths): Txn => ({ type: 'closeSession', paths })),
);
const history = fc.array(fc.tuple(session, txn), { maxLength: 40 });

function record(zxid: number, clientId: SessionId, one: Txn): TxnRecord {
  const time = (zxid * 1000) as Millis;
  return {
    header: { clientId, cxid: zxid, zxid: BigInt(zxid) as Zxid, time },
    txn: one,
    digest: null,
  };
}

/** Deleting a node that has children is never proposed; nor are children of an ephemeral. */
function isProposed(tree: DataTree, one: Txn): boolean {
  if (one.type === 'delete') return (getNode(tree, one.path)?.children.size ?? 0) === 0;
  if (one.type === 'closeSession') {
    return one.paths.every((p) => (getNode(tree, p)?.children.size ?? 0) === 0);
  }
  if (one.type === 'multi') {
    // Each member is judged with those before it done.
    const scratch = createDataTree();
    deserializeTree(serializeTree(tree), scratch);
    return one.txns.every((member) => {
      if (!isProposed(scratch, member)) return false;
      processTxn(scratch, newWatchTables(), record(1, 1n as SessionId, member), []);
      return true;
    });
  }
  if (!one.type.startsWith('create')) return true;
  const parent = getNode(tree, parentOf((one as CreateTxn).path));
  return parent === undefined || ownerKind(parent.ephemeralOwner) !== 'ephemeral';
}

interface Twin {
  readonly path: string;
  text: string;
  version: number;
  mzxid: number;
  owner: bigint;
  readonly czxid: number;
}

/** The naive tree: what is there, by path. */
function applyToTwin(twins: Twin[], zxid: number, id: bigint, one: Txn): Twin[] {
  const text = (bytes: Uint8Array | null): string => (bytes === null ? '' : bytes.join());
  switch (one.type) {
    case 'multi':
      return one.txns.reduce((rest, member) => applyToTwin(rest, zxid, id, member), twins);
    case 'create':
    case 'createContainer':
    case 'createTTL': {
      const hasParent =
        parentOf(one.path) === '/' || twins.some((t) => t.path === parentOf(one.path));
      if (!hasParent || twins.some((t) => t.path === one.path)) return twins;
      const owner = one.type === 'create' && one.ephemeral ? id : 0n;
      const made = { path: one.path, text: text(one.data), version: 0, mzxid: zxid, czxid: zxid };
      return [...twins, { ...made, owner }];
    }
    case 'delete':
      return twins.filter((t) => t.path !== one.path);
    case 'closeSession':
      return twins.filter((t) => !one.paths.includes(t.path) && t.owner !== id);
    case 'setData':
      return twins.map((t) =>
        t.path === one.path ? { ...t, text: text(one.data), version: one.version, mzxid: zxid } : t,
      );
    default:
      return twins;
  }
}

function twinsOf(tree: DataTree): Twin[] {
  return [...tree.nodes]
    .filter(([p]) => p !== '/' && !p.startsWith('/zookeeper'))
    .map(([p, node]) => {
      const stat = statOf(node);
      return {
        path: p,
        text: node.data === null ? '' : node.data.join(),
        version: node.version,
        mzxid: Number(node.mzxid),
        owner: stat.ephemeralOwner,
        czxid: Number(node.czxid),
      };
    });
}

/** Everything that the tree keeps twice says the same. */
function expectConsistent(tree: DataTree): void {
  const again = createDataTree();
  deserializeTree(serializeTree(tree), again);
  expect(treeDigest(again)).toBe(treeDigest(tree));
  expect(again.ephemerals).toEqual(tree.ephemerals);
  expect(again.containers).toEqual(tree.containers);
  expect(again.ttls).toEqual(tree.ttls);
  for (const [p, node] of tree.nodes) {
    if (p === '/') continue;
    expect(tree.nodes.get(parentOf(p))?.children.has(nameOf(p)), p).toBe(true);
    for (const name of node.children) expect(tree.nodes.has(`${p}/${name}`)).toBe(true);
  }
}

describe('the tree', () => {
  test('agrees with a naive twin after every transaction, and with itself', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const tree = createDataTree();
        let twins: Twin[] = [];
        for (const [i, [id, one]] of steps.entries()) {
          if (!isProposed(tree, one)) continue;
          processTxn(tree, newWatchTables(), record(i + 1, id, one), []);
          twins = applyToTwin(twins, i + 1, id, one);
          const byPath = (a: Twin, b: Twin): number => (a.path < b.path ? -1 : 1);
          expect(twinsOf(tree).sort(byPath)).toEqual([...twins].sort(byPath));
          expect(tree.lastProcessedZxid).toBe(BigInt(i + 1));
        }
        expectConsistent(tree);
      }),
    );
  });

  test('its digest, kept up with each change, is the one computed from nothing', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const tree = createDataTree();
        for (const [i, [id, one]] of steps.entries()) {
          if (!isProposed(tree, one)) continue;
          processTxn(tree, newWatchTables(), record(i + 1, id, one), []);
          const again = createDataTree();
          deserializeTree(serializeTree(tree), again);
          expect(treeDigest(again)).toBe(treeDigest(tree));
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** As a leader would propose it: creations say what their parent then counts. */
function proposed(tree: DataTree, one: Txn): Txn | null {
  const watches = newWatchTables();
  const trial = structuredClone(tree);
  if (!isProposed(trial, one) || one.type === 'multi') return null;
  if (one.type === 'closeSession') return one;
  const result = processTxn(trial, watches, record(1000, 1n as SessionId, one), []);
  if (result.err !== ErrorCode.OK) return null;
  if (!one.type.startsWith('create')) return one;
  const creation = one as CreateTxn;
  const parent = getNode(trial, parentOf(creation.path));
  return { ...creation, parentCVersion: parent?.cversion ?? 0 };
}

describe('a fuzzy snapshot', () => {
  test('taken while transactions go on, and replayed, is the tree', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(history, history, pieces, (before, during, sizes) => {
        const tree = createDataTree();
        const log: TxnRecord[] = [];
        const apply = (id: SessionId, one: Txn): void => {
          const ready = proposed(tree, one);
          if (ready === null) return;
          // What a session owns goes with it: as prepared at the time of the proposal.
          const owned = [...(tree.ephemerals.get(id) ?? [])];
          const final: Txn =
            ready.type === 'closeSession' ? { type: 'closeSession', paths: owned } : ready;
          const next = record(log.length + 1, id, final);
          log.push(next);
          processTxn(tree, newWatchTables(), next, []);
        };
        for (const [id, one] of before) apply(id, one);

        const zxid = tree.lastProcessedZxid;
        const cursor = startSerialization(tree);
        const nodes = serializeSome(tree, cursor, 1);
        for (const [i, [id, one]] of during.entries()) {
          apply(id, one);
          nodes.push(...serializeSome(tree, cursor, sizes[i] ?? 1));
        }
        nodes.push(...serializeSome(tree, cursor, Infinity));

        const restored = createDataTree();
        deserializeTree(nodes, restored);
        for (const next of log) {
          if (next.header.zxid > zxid) processTxn(restored, newWatchTables(), next, []);
        }
        expect(treeDigest(restored)).toBe(treeDigest(tree));
        expect(new Map([...restored.nodes].sort())).toEqual(new Map([...tree.nodes].sort()));
      }),
      { numRuns: 60 },
    );
  });
});
