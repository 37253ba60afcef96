/** A database that is replaced by a snapshot while its server serves. */
import { describe, expect, test } from 'vitest';
import { digestHex } from '../../../src/core/data-tree/data-tree.ts';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { MAX_BUFFER } from '../../../src/core/jute/input-archive.ts';
import { CreateMode, type Request } from '../../../src/core/jute/proto.ts';
import type { ServerEffect } from '../../../src/core/quorum/peer-io.ts';
import { readRestorable } from '../../../src/core/restore-file.ts';
import { restoreProblem } from '../../../src/core/restore.ts';
import { stepServer } from '../../../src/core/server.ts';
import { encodeSnapshot } from '../../../src/core/txn-log/snapshot-format.ts';
import type { Snapshot } from '../../../src/core/txn-log/snapshot.ts';
import type { Micros } from '../../../src/core/units.ts';
import { epochOf, makeZxid, type Zxid } from '../../../src/core/zxid.ts';
import { connectRequest, LittleEnsemble, repliesOf } from '../../support/little-ensemble.ts';
import { shortly, welcomeOf, type RawClient } from '../../support/little-ensemble.ts';

function create(path: string, flags: number = CreateMode.PERSISTENT): Request {
  return { op: 'create', path, data: new Uint8Array(3), acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
}

const exists = (path: string, watch = false): Request => ({ op: 'exists', path, watch });

function attach(world: LittleEnsemble, more: Parameters<typeof connectRequest>[0] = {}): RawClient {
  const client = world.dial(1);
  world.say(client, connectRequest({ timeOut: 10_000, ...more }));
  world.run(20);
  return client;
}

function ask(world: LittleEnsemble, client: RawClient, ...requests: Request[]): void {
  for (const [i, request] of requests.entries()) world.request(client, i + 1, request);
  world.run(20);
}

/** Of server 1, as it is now. */
function snapshotOf(world: LittleEnsemble): Snapshot {
  world.step(world.server(1).settings.sid, { kind: 'takeSnapshot' });
  const snapshot = world.server(1).db.snapshots.at(-1);
  if (snapshot === undefined) throw new Error('no snapshot was taken');
  world.run(5);
  return snapshot;
}

function restoreAll(world: LittleEnsemble, snapshot: Snapshot): void {
  for (const sid of world.servers.keys()) world.step(sid, { kind: 'restore', snapshot });
  world.run(20);
}

function digests(world: LittleEnsemble): string[] {
  return [...world.servers.values()].map((server) => digestHex(server.db.tree));
}

describe('a restored server', () => {
  test('holds what the snapshot held, and goes on from there', () => {
    const from = new LittleEnsemble(1).run(3000);
    const writer = attach(from);
    ask(from, writer, create('/a'), create('/a/b'), create('/e', CreateMode.EPHEMERAL));
    const snapshot = snapshotOf(from);
    const [digest] = digests(from);

    const to = new LittleEnsemble(1).run(3000);
    restoreAll(to, snapshot);
    expect(digests(to)).toEqual([digest]);
    const server = to.server(1);
    expect(server.db.tree.lastProcessedZxid).toBe(snapshot.zxid);
    expect(server.db.tree.digestCheck.mismatches).toBe(0);
    const client = attach(to);
    ask(to, client, create('/later'));
    expect(repliesOf(client).at(-1)?.zxid).toBe(snapshot.zxid + 2n);
    expect(server.db.tree.digestCheck.mismatches).toBe(0);
  });

  test('has the sessions of the snapshot, with their whole timeout, and no others', () => {
    const from = new LittleEnsemble(1).run(3000);
    const owner = attach(from);
    ask(from, owner, create('/e', CreateMode.EPHEMERAL));
    const { sessionId, passwd } = welcomeOf(owner);
    const to = new LittleEnsemble(1).run(3000);
    attach(to); // Its session has the same number as the owner's: the worlds are alike.
    const stranger = attach(to);
    restoreAll(to, snapshotOf(from));

    ask(to, stranger, exists('/e'));
    expect(shortly(stranger)).toEqual([]);
    const back = attach(to, { sessionId, passwd });
    expect(welcomeOf(back).sessionId).toBe(sessionId);
    to.run(9000);
    expect(to.server(1).db.tree.nodes.has('/e')).toBe(true);
    to.run(5000);
    expect(to.server(1).db.tree.nodes.has('/e')).toBe(false);
  });

  test('has forgotten the watches, and told nobody', () => {
    const world = new LittleEnsemble(1).run(3000);
    const client = attach(world);
    const snapshot = snapshotOf(world);
    ask(world, client, create('/w'), exists('/w', true));
    restoreAll(world, snapshot);
    ask(world, client, create('/w'));
    expect(client.got.filter(({ kind }) => kind === 'notification')).toEqual([]);
    expect(client.closed).toBe(false);
  });

  test('stays at its zxid where the snapshot is older, and saves the tree as of it', () => {
    const world = new LittleEnsemble(1).run(3000);
    const client = attach(world);
    ask(world, client, create('/old'));
    const snapshot = snapshotOf(world);
    ask(world, client, create('/new'));
    const { zxid } = repliesOf(client).at(-1) ?? {};
    restoreAll(world, snapshot);
    const { tree, snapshots, log } = world.server(1).db;
    expect(tree.nodes.has('/old')).toBe(true);
    expect(tree.nodes.has('/new')).toBe(false);
    expect(tree.lastProcessedZxid).toBe(zxid);
    expect(snapshots.map((saved) => saved.zxid)).toEqual([zxid]);
    expect(log).toEqual([]);
  });

  test('is the same after every run', () => {
    const run = (): unknown => {
      const world = new LittleEnsemble(1).run(3000);
      const client = attach(world);
      ask(world, client, create('/a'));
      const snapshot = snapshotOf(world);
      ask(world, client, create('/b'));
      restoreAll(world, snapshot);
      ask(world, client, create('/c'));
      return structuredClone(world.server(1));
    };
    expect(run()).toEqual(run());
  });
});

describe('an ensemble', () => {
  test('of which every server is restored has one tree, and writes to it', () => {
    const world = new LittleEnsemble(3).run(5000);
    const client = attach(world);
    ask(world, client, create('/old'));
    const snapshot = snapshotOf(world);
    ask(world, client, create('/new'));
    restoreAll(world, snapshot);
    ask(world, client, create('/later'), create('/new'));
    expect(shortly(client).slice(-2)).toEqual(['1:0', '2:0']);
    expect(new Set(digests(world)).size).toBe(1);
    expect(world.lines.filter((line) => line.includes('Digests are not matching'))).toEqual([]);
  });

  test('does not take a snapshot of a later epoch, and says so', () => {
    const world = new LittleEnsemble(3).run(5000);
    const snapshot = snapshotOf(world);
    const epoch = epochOf(snapshot.zxid);
    const later = { ...snapshot, zxid: makeZxid(epoch + 2, 5) };
    const before = digests(world);
    const zxids = [...world.servers.values()].map(({ db }) => db.tree.lastProcessedZxid);
    expect(restoreProblem(world.server(1), later)).toMatch(/is of epoch \d+ and the ensemble/);
    restoreAll(world, later);
    expect(digests(world)).toEqual(before);
    expect([...world.servers.values()].map(({ db }) => db.tree.lastProcessedZxid)).toEqual(zxids);
    expect(world.lines.filter((line) => line.includes('is not restored'))).toHaveLength(3);
  });
});

describe('a snapshot that an operator asks for', () => {
  test.each([
    ['takeSnapshot', 'running'],
    ['restore', 'exited'],
  ] as const)('fails: after %s the server is %s', (kind, status) => {
    const world = new LittleEnsemble(1).run(3000);
    const snapshot = snapshotOf(world);
    const server = world.server(1);
    const out: ServerEffect[] = [];
    const event = kind === 'restore' ? { kind, snapshot } : { kind };
    stepServer(server, world.now as Micros, event, out);
    const op = out.flatMap((effect) => (effect.kind === 'saveSnapshot' ? [effect.op] : []))[0];
    if (op === undefined) throw new Error('nothing was saved');
    stepServer(server, world.now as Micros, { kind: 'diskFailed', op, reason: 'full' }, []);
    expect(server.status).toBe(status);
  });
});

describe('a snapshot without a name', () => {
  const snapshot = (): Snapshot => {
    const world = new LittleEnsemble(1).run(3000);
    const client = attach(world);
    ask(world, client, create('/a'), create('/b'));
    return snapshotOf(world);
  };

  test.each(['3.8.0', '3.9'] as const)('of %s says of which zxid it is', (release) => {
    const original = snapshot();
    const bytes = encodeSnapshot(original, release);
    expect(readRestorable(bytes, MAX_BUFFER)).toEqual({ ok: true, snapshot: original });
  });

  test('goes by its last section before its digest', () => {
    const { sessions, nodes } = snapshot();
    const bare: Snapshot = { zxid: 77n as Zxid, sessions, nodes };
    const bytes = encodeSnapshot(bare, '3.9');
    expect(readRestorable(bytes, MAX_BUFFER)).toEqual({ ok: true, snapshot: bare });
    const without = readRestorable(encodeSnapshot(bare, '3.8.0'), MAX_BUFFER);
    expect(without).toEqual({ ok: true, snapshot: { ...bare, zxid: 0n } });
  });

  test('that is damaged anywhere is not read', () => {
    const bytes = encodeSnapshot(snapshot(), '3.9');
    for (const at of [0, 30, bytes.length - 40, bytes.length - 20, bytes.length - 1]) {
      const broken = bytes.slice();
      broken[at] = (broken[at] ?? 0) ^ 0x10;
      expect(readRestorable(broken, MAX_BUFFER).ok, String(at)).toBe(false);
    }
    expect(readRestorable(new Uint8Array(3), MAX_BUFFER).ok).toBe(false);
  });

  test('needs a root to be restored', () => {
    const world = new LittleEnsemble(1).run(3000);
    const rootless = { ...snapshotOf(world), nodes: [] };
    expect(restoreProblem(world.server(1), rootless)).toBe('the snapshot has no root');
  });
});
