import { expect, test } from 'vitest';
import { viewProcessors } from '../../../../src/core/processor/processor-view.ts';
import { monitorLines } from '../../../../src/core/admin/monitor.ts';
import type { Zxid } from '../../../../src/core/zxid.ts';
import { inspectEn } from '../../../../src/i18n/inspect.en.ts';
import { inspectZhCN } from '../../../../src/i18n/inspect.zh-CN.ts';
import {
  ADMIN_WORDS,
  figuresOf,
  linesOf,
  meaningOf,
} from '../../../../src/ui/inspector/admin-answer.ts';
import { compareFields, fieldsOf } from '../../../../src/ui/inspector/compare-fields.ts';
import { pinnedSide, type Pin } from '../../../../src/ui/inspector/pins.svelte.ts';
import { STATE_ARROWS, STATE_BOXES } from '../../../../src/ui/inspector/session-machine.ts';
import { cannedFrame, cannedTree, sid } from '../../../component/canned-frames.ts';
import { connectRequest, LittleEnsemble, welcomeOf } from '../../../support/little-ensemble.ts';

const ACL = [{ perms: 31, id: { scheme: 'world', id: 'anyone' } }];

function servingThree(): LittleEnsemble {
  const world = new LittleEnsemble(3);
  return world.run(5000);
}

test('every figure of mntr is explained, in both languages', () => {
  const leader = servingThree().leader();
  if (leader.zks === null) throw new Error('it serves');
  const names = monitorLines(leader, leader.zks, { fileDescriptors: null } as never).map(
    (line) => line.split('\t')[0] ?? '',
  );
  expect(names.length).toBeGreaterThan(60);
  for (const { admin } of [inspectEn, inspectZhCN]) {
    expect(names.filter((name) => meaningOf(name, admin) === null)).toEqual([]);
    expect(ADMIN_WORDS.filter((word) => admin.words[word] === undefined)).toEqual([]);
  }
  expect(meaningOf('zk_nonsense', inspectEn.admin)).toBeNull();
});

test('lines that were not in the answer before are marked', () => {
  const before = 'zk_znode_count\t5\nzk_watch_count\t0\n';
  const lines = linesOf('zk_znode_count\t6\nzk_watch_count\t0\n', before);
  expect(figuresOf(lines)).toEqual([
    { name: 'zk_znode_count', value: '6', changed: true },
    { name: 'zk_watch_count', value: '0', changed: false },
  ]);
  expect(figuresOf(linesOf('This server is not serving\n', null))).toBeNull();
});

test('a write waits in the log, for its quorum and for its commit', () => {
  const world = servingThree();
  const leader = world.leader();
  const client = world.dial(leader.settings.sid);
  world.say(client, connectRequest({ timeOut: 10_000 }));
  world.run(200);
  const { sessionId } = welcomeOf(client);
  const lengths = (): Record<string, number> =>
    Object.fromEntries(
      viewProcessors(leader)
        .filter(({ length }) => length > 0)
        .map(({ name, length }) => [name, length]),
    );
  expect(lengths()).toEqual({});
  const data = new Uint8Array([1]);
  const request = { op: 'create', path: '/a', data, acl: ACL, flags: 0, ttl: 0 } as const;
  world.request(client, 1, request);
  expect(lengths()).toEqual({
    CommitProcessor: 1,
    SyncRequestProcessor: 1,
    outstandingProposals: 1,
  });
  const [waiting] = viewProcessors(leader).find(({ name }) => name === 'CommitProcessor')
    ?.waiting ?? [undefined];
  expect(waiting).toMatchObject({ sessionId, cxid: 1, what: 'create /a' });
  world.run(200);
  expect(lengths()).toEqual({});
});

test('of a long queue the picture names the first twenty, and counts the rest', () => {
  const world = servingThree();
  const leader = world.leader();
  const client = world.dial(leader.settings.sid);
  world.say(client, connectRequest({ timeOut: 10_000 }));
  world.run(200);
  for (let n = 1; n <= 30; n++) {
    const data = new Uint8Array([1]);
    world.request(client, n, {
      op: 'create',
      path: `/n${String(n)}`,
      data,
      acl: ACL,
      flags: 0,
      ttl: 0,
    });
  }
  for (const { name, length, waiting } of viewProcessors(leader)) {
    if (length === 0) continue;
    expect([name, length, waiting.length]).toEqual([name, 30, 20]);
    expect(waiting[0]?.what).toBe('create /n1');
  }
});

const side = (n: number) => {
  const frame = cannedFrame();
  return { selection: { kind: 'server', sid: sid(n) }, frame, sid: sid(4) } as const;
};

test('two servers side by side: what differs is marked, and what only one has', () => {
  const [a, b, down] = [fieldsOf(side(4)), fieldsOf(side(1)), fieldsOf(side(3))];
  if (a === null || b === null || down === null) throw new Error('they are in the frame');
  const rows = new Map(compareFields(a, b).map((row) => [row.name, row]));
  expect(rows.get('state')).toMatchObject({
    differs: true,
    a: { text: 'LEADING' },
    b: { text: 'FOLLOWING' },
  });
  expect(rows.get('currentEpoch')?.differs).toBe(false);
  const dead = compareFields(a, down).find(({ name }) => name === 'zabState');
  expect(dead).toMatchObject({ differs: true, b: null });
  expect(fieldsOf({ ...side(4), selection: { kind: 'server', sid: sid(9) } })).toBeNull();
});

test('a znode at two members is compared by data and Stat', () => {
  const frame = cannedFrame();
  const tree = cannedTree(sid(4));
  const nodes = tree.nodes.map((node) =>
    node.path === '/app/config' ? { ...node, text: 'new', mzxid: 0x300000009n as Zxid } : node,
  );
  const znode = { selection: { kind: 'znode', path: '/app/config' }, sid: sid(4) } as const;
  const a = fieldsOf({ ...znode, frame: { ...frame, tree } });
  const b = fieldsOf({ ...znode, frame: { ...frame, tree: { ...tree, nodes } } });
  const differing = compareFields(a ?? [], b ?? []).filter(({ differs }) => differs);
  expect(differing.map(({ name }) => name)).toEqual(['data', 'mzxid']);
});

test('what is pinned goes on with time, unless it is compared with itself', () => {
  const then = cannedFrame();
  const now = { ...then, tree: cannedTree(sid(1)) };
  const pin: Pin = { selection: { kind: 'server', sid: sid(4) }, frame: then, sid: sid(4) };
  const other = { ...side(1), frame: now };
  expect(pinnedSide(pin, other, now, true).frame).toBe(now);
  expect(pinnedSide(pin, other, now, false).frame).toBe(then);
  expect(pinnedSide(pin, { ...side(4), frame: now }, now, true).frame).toBe(then);
  const znode: Pin = { ...pin, selection: { kind: 'znode', path: '/app' } };
  // The picture carries another server's tree now.
  expect(pinnedSide(znode, other, now, true).frame).toBe(then);
});

test('every arrow of the session leads from one drawn state to another', () => {
  const drawn = STATE_BOXES.map(({ state }) => state);
  for (const { from, to } of STATE_ARROWS) {
    expect(drawn).toContain(from);
    expect(drawn).toContain(to);
  }
  const reached = new Set(STATE_ARROWS.map(({ to }) => to));
  expect(drawn.filter((state) => !reached.has(state))).toEqual(['NOT_CONNECTED', 'ASSOCIATING']);
});
