/**
 * A run in which everything happens: election, writes, a leader killed under load, a restart, a
 * partition, faulty disks. The same in Node and in the browser, to the last bit of its hash.
 */
import { DEFAULT_CONFIG, ensembleOf } from '../../src/core/config.ts';
import { CreateMode } from '../../src/core/jute/proto.ts';
import { OPEN_ACL_UNSAFE } from '../../src/core/jute/data.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../src/core/units.ts';
import type { Action, TimedAction, WorldConfig } from '../../src/sim/actions.ts';

const seconds = (n: number): Micros => Math.round(n * 1e6) as Micros;
const sid = (n: number): Sid => n as Sid;
const process = (n: number): ProcessId => n as ProcessId;

export const scriptedWorld: WorldConfig = {
  ensemble: { ...DEFAULT_CONFIG, servers: ensembleOf(3, 1), snapCount: 40 },
  seed: 20_260_101,
  latency: { min: seconds(0.001), max: seconds(0.004) },
  diskLatency: { min: seconds(0.0003), max: seconds(0.002) },
  tcpTimeout: seconds(15),
};

function addClient(n: number, servers: readonly Sid[]): Action {
  return {
    kind: 'addClient',
    process: process(n),
    name: String.fromCharCode(65 + n - 1001),
    servers,
    sessionTimeout: 6000 as Millis,
    console: n === 1001,
  };
}

function create(client: number, tag: number): Action {
  const data = new TextEncoder().encode(`value ${String(tag)}`);
  const flags = tag % 3 === 0 ? CreateMode.EPHEMERAL : CreateMode.PERSISTENT;
  const path = `/from-${String(client)}-${String(tag)}`;
  const request = { op: 'create', path, data, acl: OPEN_ACL_UNSAFE, flags, ttl: 0 } as const;
  return { kind: 'submit', process: process(client), tag, request };
}

function* writes(client: number, from: number, to: number, every: number): Iterable<TimedAction> {
  let tag = from * 1000;
  for (let at = from; at < to; at += every) {
    yield { at: seconds(at), action: create(client, tag++) };
  }
}

const faults: readonly TimedAction[] = [
  { at: seconds(1), action: addClient(1001, []) },
  { at: seconds(1), action: addClient(1002, [sid(4)]) },
  { at: seconds(2.4), action: { kind: 'line', process: process(1001), line: 'create /a one' } },
  { at: seconds(2.5), action: { kind: 'line', process: process(1001), line: 'get -w /a' } },
  { at: seconds(2.6), action: { kind: 'line', process: process(1001), line: 'set /a two' } },
  { at: seconds(3.2), action: { kind: 'crash', sid: sid(3), tail: 'chance', silent: false } },
  { at: seconds(6), action: { kind: 'restart', sid: sid(3) } },
  { at: seconds(8), action: { kind: 'partition', group: [process(2)] } },
  { at: seconds(16), action: { kind: 'healAll' } },
  {
    at: seconds(17),
    action: {
      kind: 'disk',
      sid: sid(1),
      faults: { slowness: 20, lying: false, full: false },
    },
  },
  { at: seconds(18.0), action: { kind: 'pause', process: process(3) } },
  { at: seconds(20), action: { kind: 'resume', process: process(3) } },
  { at: seconds(22.0002), action: { kind: 'crash', sid: sid(1), tail: 'torn', silent: true } },
  { at: seconds(23), action: { kind: 'restart', sid: sid(1) } },
];

export const script: readonly TimedAction[] = [
  ...faults,
  ...writes(1001, 3, 4, 0.02),
  ...writes(1002, 3, 4, 0.03),
  ...writes(1001, 9, 10, 0.1),
  ...writes(1002, 17.5, 18.5, 0.02),
  ...writes(1002, 21.5, 22.3, 0.01),
].toSorted((a, b) => a.at - b.at);

export const scriptEnd = seconds(26);
