/** Actions: what refuses them, and what the hosts are told. */
import { describe, expect, test } from 'vitest';
import type { ConnId, Micros, Millis, Sid } from '../../../src/core/units.ts';
import { HEALTHY_DISK, type Action } from '../../../src/sim/actions.ts';
import { addClient, clientId, quietWorld } from '../../../src/sim/scenarios.ts';
import { applyAction, createWorld, openWindow, type World } from '../../../src/sim/world.ts';
import { id } from './toy.ts';

const sid = (n: number): Sid => n as Sid;
const crash: Action = { kind: 'crash', sid: sid(1), tail: 'lost', silent: false };
const restart: Action = { kind: 'restart', sid: sid(1) };
const damage: Action = { kind: 'damage', sid: sid(1), what: 'logTail' };
const cut: Action = { kind: 'cut', from: id(1), to: id(2), bothWays: true };
const line: Action = { kind: 'line', process: clientId(0), line: 'ls /' };

function world(...actions: readonly Action[]): World {
  const created = createWorld(quietWorld(1, 3), { check: false });
  for (const action of actions) {
    expect(applyAction(created, action).outcome).toEqual({ ok: true });
  }
  return created;
}

const refusals: readonly (readonly [string, readonly Action[], Action, string])[] = [
  ['no such server', [], { ...crash, sid: sid(9) }, 'there is no server 9'],
  [
    'a client is no server',
    [addClient(0)],
    { ...crash, sid: sid(1001) },
    'there is no server 1001',
  ],
  ['down already', [crash], crash, 'server 1 is down already'],
  ['running', [], restart, 'server 1 is running'],
  ['files in use', [], damage, 'server 1 is running: its files are in use'],
  ['files in use', [], { kind: 'wipe', sid: sid(1) }, 'server 1 is running: its files are in use'],
  ['pausing what is down', [crash], { kind: 'pause', process: id(1) }, 'server 1 is not running'],
  ['not paused', [], { kind: 'resume', process: id(1) }, 'server 1 is not paused'],
  ['cut twice', [cut], cut, 'the link is cut already'],
  ['not cut', [], { ...cut, kind: 'heal' }, 'the link is not cut'],
  ['no link to itself', [], { ...cut, to: id(1) }, 'a process has no link to itself'],
  ['nobody there', [], { ...cut, to: id(9) }, 'a link needs two processes'],
  ['no cuts', [], { kind: 'healAll' }, 'no link is cut'],
  [
    'everybody on one side',
    [],
    { kind: 'partition', group: [id(1), id(2), id(3)] },
    'a partition needs processes on both sides',
  ],
  [
    'too fast',
    [],
    { kind: 'latency', from: id(1), to: id(2), latency: { min: 99 as Micros, max: 100 as Micros } },
    'a latency is at least 100 µs',
  ],
  [
    'upside down',
    [],
    {
      kind: 'latency',
      from: id(1),
      to: id(2),
      latency: { min: 200 as Micros, max: 100 as Micros },
    },
    'the largest latency is below the least',
  ],
  [
    'faster than time',
    [],
    { kind: 'disk', sid: sid(1), faults: { ...HEALTHY_DISK, slowness: 0 } },
    'slowness is above 0',
  ],
  ['a client twice', [addClient(0)], addClient(0), 'process 1001 is there already'],
  ['a server of another ensemble', [], addClient(0, [sid(4)]), 'a server is not of this ensemble'],
  ['no such client', [], line, 'there is no client process 1001'],
  ['no console', [addClient(0)], line, 'A has no console'],
  [
    'a dead client',
    [addClient(0, [], true), { kind: 'killClient', process: clientId(0) }],
    line,
    'A is dead',
  ],
  [
    'a connection of the past',
    [],
    { kind: 'breakConnection', conn: 5 as ConnId },
    'that connection is gone',
  ],
];

describe('is refused, with a reason, and not recorded', () => {
  test.each(refusals)('%s', (_, before, action, reason) => {
    const present = world(...before);
    expect(applyAction(present, action)).toEqual({ outcome: { ok: false, reason }, orders: [] });
    expect(present.actions).toHaveLength(before.length);
  });
});

describe('orders', () => {
  test('a crash kills, a restart boots the next life', () => {
    const present = world();
    expect(applyAction(present, crash).orders).toEqual([
      { kind: 'kill', sid: sid(1), tail: 'lost' },
    ]);
    expect(applyAction(present, damage).orders).toEqual([damage]);
    expect(applyAction(present, restart).orders).toEqual([
      { kind: 'boot', sid: sid(1), incarnation: 1, at: present.now },
    ]);
  });

  test('a client gets its settings from the world', () => {
    const { orders } = applyAction(world(), addClient(3, [sid(2)], true, 7000));
    expect(orders).toMatchObject([
      {
        kind: 'addClient',
        process: clientId(3),
        settings: { servers: [2], sessionTimeout: 7000 as Millis, console: true, seed: 1 },
      },
    ]);
  });

  test('a faulty disk and a skewed clock outlive the process', () => {
    const faults = { slowness: 3, lying: false, full: false };
    const present = world(
      { kind: 'disk', sid: sid(1), faults },
      { kind: 'skew', process: id(1), skew: 5000 as Micros },
      crash,
      restart,
    );
    const window = openWindow(present, 1000 as Micros);
    const events = window?.batches.get(id(1))?.deliveries.map((delivery) => delivery.event);
    expect(events).toEqual([
      { kind: 'disk', faults },
      { kind: 'clock', skew: 5000 },
    ]);
  });

  test('an action is recorded with the moment at which it took place', () => {
    const present = createWorld(quietWorld(1, 3), { check: false, start: 77 as Micros });
    applyAction(present, crash);
    expect(present.actions).toEqual([{ at: 77, action: crash }]);
  });
});
