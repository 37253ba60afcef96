/**
 * One run, many ways: event by event, in windows, replayed from its record, and continued from a
 * checkpoint. All must do the same things in the same order.
 */
import { describe, expect, test } from 'vitest';
import { draw, drawInt, Purpose } from '../../src/core/chance.ts';
import type { ConnId, Micros, ProcessId, Sid } from '../../src/core/units.ts';
import type { Action } from '../../src/sim/actions.ts';
import { itemsOf } from '../../src/sim/channel.ts';
import {
  act,
  checkpoint,
  createLocalRun,
  recordOf,
  replay,
  restore,
  runFor,
  traceHash,
  type LocalOptions,
  type LocalRun,
} from '../../src/sim/local.ts';
import { addClient, clientId, quietWorld } from '../../src/sim/scenarios.ts';
import type { World } from '../../src/sim/world.ts';

const SERVERS = 4;
const STEPS = 40;

const loads = new Map([
  [clientId(0), { outstanding: 2, writesPercent: 60, paths: 5, valueBytes: 16 }],
  [clientId(1), { outstanding: 1, writesPercent: 10, paths: 3, valueBytes: 100 }],
]);

function start(seed: number, options: LocalOptions = {}): LocalRun {
  const run = createLocalRun(quietWorld(seed, 3, 1), { loads, ...options });
  runFor(run, 1_500_000 as Micros);
  act(run, addClient(0));
  act(run, addClient(1));
  act(run, addClient(2, [], true));
  return run;
}

/** Any action that the world knows, chosen by the seed and by what there is to act upon. */
function chaos(world: World, step: number): Action {
  const pick = (what: number, max: number): number =>
    drawInt(draw(world.config.seed, Purpose.scenario, what, step), 0, max);
  const sid = (1 + pick(1, SERVERS - 1)) as Sid;
  const process = (pick(2, 5) === 0 ? clientId(pick(3, 2)) : sid) as ProcessId;
  const to = (1 + pick(4, SERVERS - 1)) as ProcessId;
  const bothWays = pick(5, 1) === 0;
  const connections = [...world.connections.values()];
  const connection = connections[pick(6, Math.max(0, connections.length - 1))];
  const channel = pick(7, 1) === 0 ? connection?.there : connection?.back;
  const item = channel === undefined ? undefined : itemsOf(channel)[0];
  const packet = {
    conn: channel?.conn ?? (0 as ConnId),
    from: channel?.sender.id ?? (1 as ProcessId),
    index: item?.index ?? 0,
  };
  const tails = ['chance', 'lost', 'kept', 'torn'] as const;
  const down = world.processes.find((p) => p.kind === 'server' && p.status === 'down');
  switch (pick(0, 19)) {
    case 0:
    case 1:
      return { kind: 'crash', sid, tail: tails[pick(8, 3)] ?? 'chance', silent: bothWays };
    case 2:
    case 3:
    case 4:
      return { kind: 'restart', sid: (down?.id ?? sid) as number as Sid };
    case 5:
      return { kind: 'pause', process };
    case 6:
    case 7:
      return { kind: 'resume', process };
    case 8:
      return { kind: 'cut', from: process, to, bothWays };
    case 9:
      return { kind: 'heal', from: process, to, bothWays };
    case 10:
      return { kind: 'partition', group: [sid as number as ProcessId, to] };
    case 11:
    case 12:
      return { kind: 'healAll' };
    case 13: {
      const latency = { min: 200 as Micros, max: (200 + pick(9, 50_000)) as Micros };
      return { kind: 'latency', from: process, to, latency: bothWays ? latency : null };
    }
    case 14:
      return {
        kind: 'disk',
        sid,
        faults: { slowness: 1 + pick(10, 20), lying: pick(11, 3) === 0, full: pick(12, 9) === 0 },
      };
    case 15:
      return { kind: 'line', process: clientId(2), line: `create -s /n ${String(step)}` };
    case 16:
      return { kind: 'hold', ...packet };
    case 17:
      return held(world) ?? { kind: 'skew', process, skew: (pick(13, 9) * 1_000_000) as Micros };
    case 18:
      return { kind: 'delay', ...packet, by: (1 + pick(14, 30_000)) as Micros };
    default:
      return { kind: 'breakConnection', conn: packet.conn };
  }
}

function held(world: World): Action | null {
  for (const { there, back } of world.connections.values()) {
    for (const channel of [there, back]) {
      const item = itemsOf(channel).find((candidate) => candidate.held);
      if (item === undefined) continue;
      return { kind: 'release', conn: channel.conn, from: channel.sender.id, index: item.index };
    }
  }
  return null;
}

function goOn(run: LocalRun, from: number, to: number): void {
  const { seed } = run.world.config;
  for (let step = from; step < to; step++) {
    act(run, chaos(run.world, step));
    const pause = drawInt(draw(seed, Purpose.scenario, 99, step), 0, 800_000);
    runFor(run, (pause < 100_000 ? pause % 300 : pause) as Micros);
  }
}

describe.each([1, 2, 3, 4])('seed %i', (seed) => {
  const straight = start(seed);
  goOn(straight, 0, STEPS);
  const hash = traceHash(straight);

  test('is a run in which something happens', () => {
    expect(straight.world.events).toBeGreaterThan(1000);
    expect(straight.world.actions.length).toBeGreaterThan(STEPS / 3);
  });

  test('event by event and in windows', () => {
    const single = start(seed, { single: true });
    goOn(single, 0, STEPS);
    expect(single.world.events).toBe(straight.world.events);
    expect(traceHash(single)).toBe(hash);
  });

  test('twice', () => {
    const again = start(seed);
    goOn(again, 0, STEPS);
    expect(traceHash(again)).toBe(hash);
  });

  test('replayed from its record', () => {
    const record = recordOf(straight);
    expect(traceHash(replay(structuredClone(record), { loads }))).toBe(hash);
  });

  test('continued from a checkpoint', () => {
    const first = start(seed);
    goOn(first, 0, STEPS / 2);
    const saved = checkpoint(first);
    goOn(first, STEPS / 2, STEPS);
    const second = restore(saved);
    goOn(second, STEPS / 2, STEPS);
    expect(traceHash(first)).toBe(hash);
    expect(traceHash(second)).toBe(hash);
  });
});

test('another seed is another run', () => {
  expect(traceHash(start(7))).not.toBe(traceHash(start(8)));
});
