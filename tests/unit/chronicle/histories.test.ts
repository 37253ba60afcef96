import { describe, expect, test } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { eventsOf, momentAt } from '../../../src/sim/chronicle/chronicle.ts';
import { metricsOf } from '../../../src/sim/chronicle/metrics.ts';
import { historiesOf, OPERATIONS_MAX } from '../../../src/sim/chronicle/operations.ts';
import { seek } from '../../../src/sim/chronicle/seek.ts';
import { adminText } from '../../../src/sim/admin-text.ts';
import { act, runFor } from '../../../src/sim/local.ts';
import {
  addClient,
  clientId,
  leaderOf,
  quickStart,
  quietWorld,
} from '../../../src/sim/scenarios.ts';
import { branchIn, catchUp, mustAct, rigOf } from './rig.ts';

const A = clientId(0);

function opened() {
  const spec = { outstanding: 3, writesPercent: 50, paths: 3, valueBytes: 5 };
  const live = quickStart(quietWorld(5), { loads: new Map([[clientId(1), spec]]) });
  const rig = rigOf(live, 2_000);
  mustAct(live, addClient(0, [], true, 4_000));
  runFor(live, 500_000 as Micros);
  return rig;
}

describe('the histories of clients', () => {
  const rig = opened();
  const { live, chronicle, branch } = rig;
  const lines = ['create /a one', 'get -w /a', 'set /a two', 'get /b', 'ls /'];
  for (const line of lines) {
    mustAct(live, { kind: 'line', process: A, line });
    runFor(live, 300_000 as Micros);
  }
  catchUp(rig);
  const b = branchIn(chronicle, branch);
  const { operations, signs } = historiesOf(branch, b.ledger);
  const all = eventsOf(chronicle, b, 0, Infinity);

  test('have each request with its answer', () => {
    const seen = operations.map(({ op, path, asked, answered, err, writes }) => ({
      op,
      path,
      asked,
      answered,
      err,
      writes,
    }));
    expect(seen).toMatchInlineSnapshot(`
      [
        {
          "answered": "/a",
          "asked": "create /a "one"",
          "err": 0,
          "op": "create",
          "path": "/a",
          "writes": true,
        },
        {
          "answered": ""one", version 0",
          "asked": "getData /a (watch)",
          "err": 0,
          "op": "getData",
          "path": "/a",
          "writes": false,
        },
        {
          "answered": "version 1",
          "asked": "setData /a "two"",
          "err": 0,
          "op": "setData",
          "path": "/a",
          "writes": true,
        },
        {
          "answered": "NONODE",
          "asked": "getData /b",
          "err": -101,
          "op": "getData",
          "path": "/b",
          "writes": false,
        },
        {
          "answered": "[a, zookeeper], version 0",
          "asked": "getChildren2 /",
          "err": 0,
          "op": "getChildren2",
          "path": "/",
          "writes": false,
        },
      ]
    `);
  });

  test('times are those of the events', () => {
    for (const operation of operations) {
      const { callEvent, returnEvent, calledAt, returnedAt, client } = operation;
      expect(all.at[callEvent - all.first]).toBe(calledAt);
      expect(all.at[returnEvent - all.first]).toBe(returnedAt);
      expect(all.process[callEvent - all.first]).toBe(client);
      expect(all.process[returnEvent - all.first]).toBe(client);
    }
  });

  test('a write takes effect at its commit, between call and return', () => {
    const writes = operations.filter(({ writes: is }) => is);
    expect(writes.length).toBe(2);
    for (const { calledAt, committedAt, returnedAt, zxid } of writes) {
      expect(committedAt).toBeGreaterThan(calledAt);
      expect(committedAt).toBeLessThan(returnedAt ?? 0);
      expect(zxid).toBeGreaterThan(0n);
    }
    expect(operations.find(({ op }) => op === 'getData')?.committedAt).toBeNull();
  });

  test('signs: watches and the session', () => {
    expect(signs.filter(({ kind }) => kind === 'watch').map(({ text }) => text)).toEqual([
      'NodeDataChanged /a',
    ]);
    const session = signs.filter(({ kind }) => kind === 'session').map(({ text }) => text);
    expect(session[0]).toBe('connecting');
    expect(session[1]).toMatch(/^connected to server \d$/);
  });
});

describe('what is not answered', () => {
  test('stays open, and its commit is known all the same', () => {
    const rig = opened();
    const { live, chronicle, branch } = rig;
    mustAct(live, { kind: 'line', process: A, line: 'create /x 1' });
    const host = live.hosts.get(A);
    const server = host?.kind === 'client' ? host.client.zk.target : null;
    // The answer never gets back.
    mustAct(live, {
      kind: 'cut',
      from: (server ?? 1) as number as ProcessId,
      to: A,
      bothWays: false,
    });
    runFor(live, 30_000_000 as Micros);
    catchUp(rig);
    const { operations, signs } = historiesOf(branch, branchIn(chronicle, branch).ledger);
    const create = operations.find(({ path }) => path === '/x');
    expect(create).toMatchObject({ returnedAt: null, err: null, zxid: null, returnEvent: -1 });
    expect(create?.committedAt).toBeGreaterThan(create?.calledAt ?? Infinity);
    expect(signs.map(({ text }) => text)).toContain('connecting');
  });
});

test('under load the oldest operations go', () => {
  const rig = opened();
  const { live, chronicle, branch } = rig;
  mustAct(live, addClient(1));
  runFor(live, 300_000 as Micros);
  catchUp(rig);
  const { ledger } = branchIn(chronicle, branch);
  const { operations } = historiesOf(branch, ledger);
  expect(operations.length).toBeGreaterThan(50);
  const zxids = operations.filter(({ writes, err }) => writes && err === 0).map(({ zxid }) => zxid);
  expect(new Set(zxids).size).toBe(zxids.length);
  for (const { writes, returnedAt, committedAt } of operations) {
    if (writes && returnedAt !== null) expect(committedAt).toBeLessThan(returnedAt);
  }
  // Many more than are kept.
  const entry = ledger.entries[0];
  if (entry === undefined) throw new Error('no operation');
  for (let n = 0; n < OPERATIONS_MAX; n++) ledger.entries.push({ ...entry });
  expect(historiesOf(branch, ledger).operations.length).toBe(OPERATIONS_MAX);
});

describe('metrics', () => {
  const rig = opened();
  const { live, chronicle, branch } = rig;
  mustAct(live, addClient(1));
  runFor(live, 600_000 as Micros);
  const leader = leaderOf(live) ?? (0 as Sid);
  const follower = ([1, 2, 3] as Sid[]).find((sid) => sid !== leader) ?? (0 as Sid);
  mustAct(live, { kind: 'pause', process: follower as number as ProcessId });
  runFor(live, 300_000 as Micros);
  mustAct(live, { kind: 'crash', sid: follower, tail: 'lost', silent: false });
  runFor(live, 300_000 as Micros);
  catchUp(rig);
  const b = branchIn(chronicle, branch);
  const metrics = metricsOf(branch, b.gauges);

  test('are what mntr says at that moment', () => {
    let compared = 0;
    for (let n = 0; n < metrics.at.length; n += 11) {
      const at = metrics.at[n] ?? 0;
      const moment = { events: Infinity, actions: Infinity, at: (at - 1) as Micros };
      const run = seek(chronicle, { branch, moment });
      for (const [sid, series] of metrics.values) {
        const host = run.hosts.get(sid as number as ProcessId);
        const text = host?.kind === 'member' ? (adminText(host, 'mntr', run.world.now) ?? '') : '';
        const said = new Map(text.split('\n').map((line) => line.split('\t') as [string, string]));
        const pairs = [
          ['zk_avg_latency', 'zk_avg_latency'],
          ['zk_max_latency', 'zk_max_latency'],
          ['zk_outstanding_requests', 'zk_outstanding_requests'],
          ['zk_num_alive_connections', 'zk_num_alive_connections'],
          ['zk_znode_count', 'zk_znode_count'],
          ['zk_watch_count', 'zk_watch_count'],
          ['zk_ephemerals_count', 'zk_ephemerals_count'],
          ['zk_global_sessions', 'zk_global_sessions'],
          ['zk_packets_received', 'zk_packets_received'],
          ['zk_packets_sent', 'zk_packets_sent'],
          ['zk_synced_followers', 'zk_synced_followers'],
          ['zk_pending_syncs', 'zk_pending_syncs'],
          ['zk_proposal_count', 'zk_proposal_count'],
          ['zk_commit_count', 'zk_commit_count'],
          ['zk_fsynctime_avg', 'zk_avg_fsynctime'],
          ['zk_election_time_avg', 'zk_avg_election_time'],
        ] as const;
        for (const [ours, theirs] of pairs) {
          const value = series[ours][n] ?? NaN;
          const figure = said.has(theirs) ? Number(said.get(theirs)) : NaN;
          const asking = ours === 'zk_packets_received' && !Number.isNaN(figure) ? 1 : 0;
          if (Number.isNaN(figure)) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(figure - asking, 2);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(300);
  });

  test('a member that is paused falls behind, one that is down has no figures', () => {
    const lag = metrics.values.get(follower)?.sync_lag ?? new Float32Array();
    expect(Math.max(...lag.filter((value) => !Number.isNaN(value)))).toBeGreaterThan(20);
    expect(lag.at(-1)).toBeNaN();
    const own = metrics.values.get(leader)?.sync_lag ?? new Float32Array();
    expect(new Set(own)).toEqual(new Set([0]));
  });

  test('the distance doubles when there are too many', () => {
    act(live, { kind: 'killClient', process: clientId(1) });
    const before = metrics.every;
    runFor(live, 13_000_000 as Micros);
    catchUp(rig);
    const later = metricsOf(branch, b.gauges);
    expect(later.every).toBe(before * 2);
    expect(later.at.length).toBeLessThanOrEqual(1200);
    for (let n = 1; n < later.at.length; n++) {
      expect((later.at[n] ?? 0) - (later.at[n - 1] ?? 0)).toBe(later.every);
    }
    expect(momentAt(b, 0 as Micros)).toEqual(b.fork);
  });
});
