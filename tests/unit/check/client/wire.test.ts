/** The histories of real clients, off the wire of the simulation: all that they show is taken in. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf, type EnsembleConfig } from '../../../../src/core/config.ts';
import { statOf } from '../../../../src/core/data-tree/data-node.ts';
import type { Request } from '../../../../src/core/jute/proto.ts';
import { CreateMode } from '../../../../src/core/jute/proto.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../../../src/core/units.ts';
import type { Zxid } from '../../../../src/core/zxid.ts';
import type { Delivery } from '../../../../src/sim/host.ts';
import { firstViolation } from '../../../../src/sim/check/checker.ts';
import type { ClientHistory } from '../../../../src/sim/check/client/history.ts';
import { statFault } from '../../../../src/sim/check/client/node-state.ts';
import { latest } from '../../../../src/sim/check/client/tree-model.ts';
import { checkClientTurn } from '../../../../src/sim/check/client/wire.ts';
import { runSwarm } from '../../../../src/sim/explore/swarm.ts';
import { act, checkpoint, createLocalRun, runFor, stepHandled } from '../../../../src/sim/local.ts';
import type { LocalRun } from '../../../../src/sim/local.ts';
import { addClient, clientId, leaderOf } from '../../../../src/sim/scenarios.ts';
import { create, get, list, set } from './play.ts';

const second = 1_000_000 as Micros;

function start(voters: number, observers: number, more: Partial<EnsembleConfig> = {}): LocalRun {
  const run = createLocalRun(
    {
      ensemble: { ...DEFAULT_CONFIG, servers: ensembleOf(voters, observers), ...more },
      seed: 7,
      latency: { min: 200 as Micros, max: 2_000 as Micros },
      diskLatency: { min: 200 as Micros, max: 4_000 as Micros },
      tcpTimeout: 3_000_000 as Micros,
    },
    { check: true },
  );
  runFor(run, (5 * second) as Micros);
  for (const n of [0, 1]) act(run, addClient(n, [], false, 4000));
  runFor(run, second);
  return run;
}

let tag = 0;

function submit(run: LocalRun, client: number, request: Request): void {
  act(run, { kind: 'submit', process: clientId(client), tag: ++tag, request });
}

function historyOf(run: LocalRun): ClientHistory {
  const clients = run.world.checker?.clients;
  if (clients === undefined) throw new Error('the run is checked');
  return clients;
}

/** Some of everything, by two clients at once. */
function work(run: LocalRun): void {
  for (let n = 0; n < 6; n++) {
    const path = `/n${String(n % 3)}`;
    submit(run, n % 2, create(path, String(n), n % 3 === 2 ? CreateMode.EPHEMERAL : 0));
    submit(run, 0, get(path, true));
    submit(run, 1, list('/', true));
    submit(run, 1, set(path, `v${String(n)}`));
    submit(run, 0, { op: 'sync', path });
    submit(run, 0, {
      op: 'multi',
      ops: [create(`/m${String(n)}`), { op: 'delete', path, version: -1 }],
    });
    submit(run, 0, get(path));
    runFor(run, 300_000 as Micros);
  }
}

/** The model knows exactly the tree that a server has. */
function expectSameTree(run: LocalRun, sid: number): void {
  const host = run.hosts.get(sid as ProcessId);
  if (host?.kind !== 'member') throw new Error('the server runs');
  const { model } = historyOf(run);
  let known = 0;
  for (const [path, node] of host.server.db.tree.nodes) {
    const state = latest(model, path);
    if (path.startsWith('/zookeeper')) continue;
    expect(state, path).toBeTruthy();
    if (state) expect(statFault(statOf(node), state), path).toBeNull();
    known++;
  }
  for (const [path, { versions }] of model.paths) {
    if (versions.at(-1)?.node) expect(host.server.db.tree.nodes.has(path), path).toBe(true);
  }
  expect(known).toBeGreaterThan(1);
}

describe('the model has the tree of the servers', () => {
  test.each([
    ['an ensemble with an observer', start(3, 1)],
    ['a voter alone, with an observer', start(1, 1)],
    ['a server without an ensemble', start(1, 0)],
    ['release 3.8.0', start(3, 0, { release: '3.8.0' })],
    [
      'local sessions',
      start(3, 0, { localSessionsEnabled: true, localSessionsUpgradingEnabled: true }),
    ],
  ])('%s', (_, run) => {
    work(run);
    const { model, acked } = historyOf(run);
    expect(run.world.checker && firstViolation(run.world.checker)).toBeNull();
    expect(model.unknownTo).toBeLessThan(0);
    expect(acked).not.toBeNull();
    const lone = run.world.config.ensemble.servers.length === 1 ? (1 as Sid) : leaderOf(run);
    expectSameTree(run, Number(lone));
  });

  test('a server without an ensemble, over a crash', () => {
    const run = start(1, 0);
    work(run);
    act(run, { kind: 'crash', sid: 1 as Sid, tail: 'chance', silent: false });
    act(run, { kind: 'restart', sid: 1 as Sid });
    runFor(run, (3 * second) as Micros);
    work(run);
    expect(run.world.checker && firstViolation(run.world.checker)).toBeNull();
    expect(historyOf(run).model.unknownTo).toBeLessThan(0);
    expectSameTree(run, 1);
  });

  test.each([3, 14, 159])('a swarm run, seed %i', (seed) => {
    const { run, violation } = runSwarm(seed, { profile: 'mixed' });
    expect(violation).toBeNull();
    const leader = leaderOf(run);
    expect(historyOf(run).model.unknownTo).toBeLessThan(0);
    expectSameTree(run, Number(leader));
  });
});

/** The same packets as clients got them, but for a lie in one of them. */
function tampered(
  run: LocalRun,
  lie: (event: Delivery['event']) => Delivery['event'] | null,
): string {
  const copy = checkpoint(run);
  const until = (copy.world.now + 2 * second) as Micros;
  for (;;) {
    const before = checkpoint(copy);
    const handled = stepHandled(copy, until);
    if (handled === null) return 'nobody lied';
    if (copy.world.byId.get(handled.process)?.kind !== 'client' || handled.event === null) continue;
    const event = lie(handled.event);
    const checker = before.world.checker;
    if (event === null || checker === null) continue;
    checkClientTurn(checker, handled.process, handled.turn.at, event, handled.turn.effects);
    return firstViolation(checker)?.name ?? 'nothing was found';
  }
}

describe('a lie on the wire is found', () => {
  const run = start(3, 0);
  work(run);
  submit(run, 0, get('/m1'));
  submit(run, 0, set('/m1', 'new'));
  submit(run, 0, get('/m1'));

  test('the data of another moment', () => {
    let reads = 0;
    const name = tampered(run, (event) => {
      if (event.kind !== 'packet' || !('kind' in event.message)) return null;
      const { message } = event;
      if (message.kind !== 'reply' || message.op !== 'getData' || ++reads < 2) return null;
      const body = { ...message.body, data: new Uint8Array([1, 2, 3]) };
      return { ...event, message: { ...message, body } };
    });
    expect(name).toBe('C.18');
  });

  test('the zxid of another moment', () => {
    const name = tampered(run, (event) => {
      if (event.kind !== 'packet' || !('kind' in event.message)) return null;
      const { message } = event;
      if (message.kind !== 'reply' || message.op !== 'setData') return null;
      return { ...event, message: { ...message, zxid: (message.zxid + 1n) as Zxid } };
    });
    expect(name).toBe('C.18');
  });

  test('an error that did not happen', () => {
    const name = tampered(run, (event) => {
      if (event.kind !== 'packet' || !('kind' in event.message)) return null;
      const { message } = event;
      if (message.kind !== 'reply' || message.op !== 'setData') return null;
      return { ...event, message: { ...message, err: -101 as const } };
    });
    expect(name).toBe('C.19');
  });
});

test('what is remembered stays small over a long run', () => {
  const run = start(3, 0, { maxSessionTimeout: 4000 as Millis });
  for (let round = 0; round < 40; round++) {
    const n = 2 + round;
    act(run, addClient(n, [], false, 4000));
    runFor(run, second);
    submit(run, n, create(`/e${String(n)}`, '', CreateMode.EPHEMERAL));
    for (let i = 0; i < 20; i++) submit(run, 0, set('/m0', String(i)));
    runFor(run, second);
    act(run, { kind: 'killClient', process: clientId(n) });
  }
  runFor(run, (15 * second) as Micros);
  const { sessions, conns, proposed, timeouts, ending } = historyOf(run);
  expect(run.world.checker && firstViolation(run.world.checker)).toBeNull();
  expect([sessions.size, conns.size, timeouts.size]).toEqual([2, 2, 2]);
  expect(proposed.size).toBeLessThan(10);
  expect(ending.size).toBe(0);
  for (const session of sessions.values()) expect(session.writes.size).toBe(0);
});
