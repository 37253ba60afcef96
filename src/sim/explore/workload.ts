/** What random clients ask of an ensemble: few paths, so that they get in each other's way. */
import { OPEN_ACL_UNSAFE } from '../../core/jute/data.ts';
import {
  AddWatchMode,
  CreateMode,
  WatcherType,
  type CreateRequest,
  type MultiOp,
  type ReadRequest,
  type Request,
} from '../../core/jute/proto.ts';
import type { Chooser } from './faults.ts';

const text = new TextEncoder();

/** @param serial makes the data of each write its own. */
export function randomRequest(choose: Chooser, serial: number): Request {
  const path = `/n${String(choose.between(0, 5))}`;
  switch (choose.between(0, 19)) {
    case 0:
      return { op: 'getData', path, watch: true };
    case 1:
      return { op: 'exists', path: `${path}/c`, watch: choose.between(0, 1) === 0 };
    case 2:
      return { op: 'getChildren2', path, watch: choose.between(0, 1) === 0 };
    case 3:
    case 4:
      return { op: 'sync', path };
    case 5:
      return { op: 'getData', path, watch: false };
    case 6:
      return { op: 'multiRead', ops: [readOf(choose, path), readOf(choose, `${path}/c`)] };
    case 7:
    case 8: {
      const ops: MultiOp[] = [writeOf(choose, path, serial), writeOf(choose, `${path}/m`, serial)];
      if (choose.between(0, 2) === 0) ops.push({ op: 'check', path, version: 0 });
      return { op: 'multi', ops };
    }
    case 9:
      return watchRequest(choose, path);
    case 10:
      return { op: 'setACL', path, acl: OPEN_ACL_UNSAFE, version: -1 };
    default:
      return writeOf(choose, choose.between(0, 2) === 0 ? `${path}/c` : path, serial);
  }
}

/** Nothing but small writes: what a run about synchronisation needs. */
export function randomWrite(choose: Chooser, serial: number): Request {
  return writeOf(choose, `/n${String(choose.between(0, 5))}`, serial);
}

/** A write of another size than most: much data, or several operations that do not fail. */
export function unlikeWrite(choose: Chooser, serial: number): Request {
  const data = text.encode(String(serial));
  const path = `/n${String(choose.between(0, 5))}-`;
  const flags = CreateMode.PERSISTENT_SEQUENTIAL;
  const common = { op: 'create', path, acl: OPEN_ACL_UNSAFE, flags, ttl: 0 } as const;
  switch (choose.between(0, 4)) {
    case 0:
      return { ...common, data: new Uint8Array(choose.between(100, 2_000)).fill(0x78) };
    case 1:
    case 2: {
      const one: MultiOp = { ...common, data };
      return { op: 'multi', ops: choose.between(0, 1) === 0 ? [one, one] : [one, one, one] };
    }
    default:
      return randomWrite(choose, serial);
  }
}

function readOf(choose: Chooser, path: string): ReadRequest {
  return { op: choose.between(0, 1) === 0 ? 'getData' : 'getChildren', path, watch: false };
}

function watchRequest(choose: Chooser, path: string): Request {
  const { PERSISTENT, PERSISTENT_RECURSIVE } = AddWatchMode;
  switch (choose.between(0, 3)) {
    case 0:
      return { op: 'addWatch', path, mode: PERSISTENT };
    case 1:
      return { op: 'addWatch', path, mode: PERSISTENT_RECURSIVE };
    case 2:
      return { op: 'removeWatches', path, type: WatcherType.Any };
    default:
      return { op: 'getEphemerals', prefixPath: '/' };
  }
}

function writeOf(choose: Chooser, path: string, serial: number): MultiOp {
  const data = text.encode(String(serial));
  switch (choose.between(0, 5)) {
    case 0:
      return { op: 'delete', path, version: choose.between(0, 3) === 0 ? 0 : -1 };
    case 1:
    case 2:
      return { op: 'setData', path, data, version: choose.between(0, 3) === 0 ? 0 : -1 };
    default:
      return createOf(choose, path, data);
  }
}

function createOf(choose: Chooser, path: string, data: Uint8Array): CreateRequest {
  const common = { path, data, acl: OPEN_ACL_UNSAFE } as const;
  switch (choose.between(0, 11)) {
    case 0:
      return { op: 'createContainer', ...common, flags: CreateMode.CONTAINER, ttl: 0 };
    case 1: {
      const ttl = choose.between(500, 5_000);
      return { op: 'createTTL', ...common, flags: CreateMode.PERSISTENT_WITH_TTL, ttl };
    }
    default: {
      const flags = choose.between(CreateMode.PERSISTENT, CreateMode.EPHEMERAL_SEQUENTIAL);
      return { op: choose.between(0, 3) === 0 ? 'create2' : 'create', ...common, flags, ttl: 0 };
    }
  }
}
