/** A load for benches and simulations: a client that keeps a number of requests under way. */
import type { ClientEvent } from '../core/client/client-io.ts';
import { draw, drawInt, Purpose } from '../core/chance.ts';
import { OPEN_ACL_UNSAFE } from '../core/jute/data.ts';
import { CreateMode, type Request } from '../core/jute/proto.ts';
import type { ProcessId } from '../core/units.ts';
import type { Outbound } from './host.ts';

export interface LoadSpec {
  /** Requests under way at any time. */
  readonly outstanding: number;
  /** 0..100; the others are reads. */
  readonly writesPercent: number;
  /** How many znodes it works on, children of the root. */
  readonly paths: number;
  readonly valueBytes: number;
}

/** Plain data. */
export interface Load {
  readonly spec: LoadSpec;
  readonly seed: number;
  readonly process: ProcessId;
  readonly value: Uint8Array;
  /** Which of its znodes it has asked to create. */
  readonly created: boolean[];
  connected: boolean;
  underWay: number;
  submitted: number;
  answered: number;
  failed: number;
}

/** Tags of a load are above those that a person's requests use. */
const TAG_MIN = 2 ** 40;

export function createLoad(spec: LoadSpec, seed: number, process: ProcessId): Load {
  return {
    spec,
    seed,
    process,
    value: new Uint8Array(spec.valueBytes).fill(0x7a),
    created: Array.from({ length: spec.paths }, () => false),
    connected: false,
    underWay: 0,
    submitted: 0,
    answered: 0,
    failed: 0,
  };
}

/** The next request, as if a program had submitted it; null while enough are under way. */
export function nextSubmit(load: Load): ClientEvent | null {
  if (!load.connected || load.underWay >= load.spec.outstanding) return null;
  load.underWay++;
  const n = load.submitted++;
  return { kind: 'submit', tag: TAG_MIN + n, request: requestOf(load, n) };
}

/** Hears of answers, and of the connection. */
export function noteLoadEffect(load: Load, effect: Outbound): void {
  if (effect.kind === 'session') {
    load.connected = effect.state === 'CONNECTED';
  } else if (effect.kind === 'result' && effect.tag >= TAG_MIN) {
    load.underWay--;
    load.answered++;
    if (effect.err !== 0) load.failed++;
  }
}

function requestOf(load: Load, n: number): Request {
  const bits = draw(load.seed, Purpose.workload, load.process, n * 2);
  const index = drawInt(bits, 0, load.spec.paths - 1);
  const path = `/load-${String(load.process)}-${String(index)}`;
  const percent = drawInt(draw(load.seed, Purpose.workload, load.process, n * 2 + 1), 0, 99);
  if (load.created[index] !== true) {
    load.created[index] = true;
    const flags = CreateMode.PERSISTENT;
    return { op: 'create', path, data: load.value, acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
  }
  if (percent < load.spec.writesPercent) {
    return { op: 'setData', path, data: load.value, version: -1 };
  }
  return { op: 'getData', path, watch: false };
}
