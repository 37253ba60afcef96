/**
 * Whether a transaction is what a request had to become, in the state that all transactions before
 * it had made: a linearizable write takes effect at one moment, and that moment decides.
 *
 * Source: server.PrepRequestProcessor.pRequest2Txn (3.9), as far as it can be told from outside:
 * permissions that only a password gives, quotas and the rules for paths are taken as they come.
 */
import { isPermitted } from '../../../core/data-tree/acl.ts';
import { parentOf } from '../../../core/data-tree/path.ts';
import { ErrorCode } from '../../../core/error-code.ts';
import { Perms } from '../../../core/jute/data.ts';
import { CreateMode } from '../../../core/jute/proto.ts';
import type { CreateRequest, Request } from '../../../core/jute/proto.ts';
import type { Txn } from '../../../core/jute/txn.ts';
import type { ZxidKey } from '../zxid-key.ts';
import { isEphemeral, sameData, type AnyCreateTxn, type NodeState } from './node-state.ts';
import { latest, stateAt, versionsOf, type TreeModel } from './tree-model.ts';
import { error } from './words.ts';

/** Why the transaction is not right here and now; null where it is, or nobody can say. */
export function outcomeFault(
  model: TreeModel,
  request: Request,
  txn: Txn,
  start: ZxidKey,
): string | null {
  if (txn.type === 'error') return errorFault(model, request, txn.err, start);
  switch (request.op) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return isCreate(txn) ? createFault(model, request, txn) : otherFault(request, txn);
    case 'delete':
    case 'deleteContainer': {
      if (txn.type !== request.op) return otherFault(request, txn);
      if (txn.path !== request.path) return `it deletes ${txn.path}`;
      const node = latest(model, txn.path);
      if (node === null) return `${txn.path} is not there`;
      if (node === undefined) return null;
      if (node.children > 0) return `${txn.path} has children`;
      return request.op === 'delete' ? versionFault(node.version, request.version) : null;
    }
    case 'setData': {
      if (txn.type !== 'setData') return otherFault(request, txn);
      if (txn.path !== request.path) return `it sets ${txn.path}`;
      if (!sameData(txn.data, request.data)) return 'it sets other data than was asked for';
      const node = latest(model, txn.path);
      if (node === null) return `${txn.path} is not there`;
      return node === undefined ? null : changeFault(node.version, request.version, txn.version);
    }
    case 'setACL': {
      if (txn.type !== 'setACL') return otherFault(request, txn);
      const node = latest(model, txn.path);
      if (node === null) return `${txn.path} is not there`;
      return node === undefined ? null : changeFault(node.aversion, request.version, txn.version);
    }
    case 'check': {
      if (txn.type !== 'check') return otherFault(request, txn);
      const node = latest(model, txn.path);
      if (node === null) return `${txn.path} is not there`;
      return node === undefined ? null : versionFault(node.version, request.version);
    }
    default:
      return txn.type === request.op ? null : otherFault(request, txn);
  }
}

function isCreate(txn: Txn): txn is AnyCreateTxn {
  return txn.type.startsWith('create') && txn.type !== 'createSession';
}

function otherFault(request: Request, txn: Txn): string {
  return `it is a ${txn.type}, and not a ${request.op}`;
}

function versionFault(version: number, expected: number): string | null {
  if (expected === -1 || expected === version) return null;
  return `the version is ${String(version)}, and ${String(expected)} was asked for`;
}

function changeFault(version: number, expected: number, after: number): string | null {
  const next = (version + 1) | 0;
  if (after !== next) return `it makes version ${String(after)} of version ${String(version)}`;
  return versionFault(version, expected);
}

function isSequential({ flags }: CreateRequest): boolean {
  return (
    flags === CreateMode.PERSISTENT_SEQUENTIAL ||
    flags === CreateMode.EPHEMERAL_SEQUENTIAL ||
    flags === CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL
  );
}

function createFault(model: TreeModel, request: CreateRequest, txn: AnyCreateTxn): string | null {
  const { path } = txn;
  const sequential = isSequential(request);
  if (sequential ? !path.startsWith(request.path) : path !== request.path) {
    return `it creates ${path}`;
  }
  if (!sameData(txn.data, request.data)) return 'it has other data than was asked for';
  const parent = latest(model, parentOf(path));
  if (parent === null) return `${parentOf(path)} is not there`;
  const node = latest(model, path);
  if (node !== null && node !== undefined) return `${path} is there already`;
  if (parent === undefined) return null;
  if (isEphemeral(parent)) return `${parentOf(path)} is an ephemeral`;
  const number = Number(path.slice(request.path.length));
  if (sequential && number !== (parent.cversion | 0)) {
    return `its number is ${String(number)}, and ${String(parent.cversion | 0)} is the next`;
  }
  return null;
}

/** Why this error has no reason. Several states count where the leader judges by an older one. */
function errorFault(
  model: TreeModel,
  request: Request,
  err: number,
  start: ZxidKey,
): string | null {
  const path = 'path' in request && request.op !== 'sync' ? request.path : null;
  if (path?.startsWith('/') !== true || path === '/') return null;
  const node = latest(model, path);
  const creates = 'flags' in request;
  switch (err) {
    case ErrorCode.NONODE: {
      const needed = creates ? parentOf(path) : path;
      return isThere(latest(model, needed)) ? reason(err, `${needed} is there`) : null;
    }
    case ErrorCode.NODEEXISTS:
      if (!creates || isSequential(request)) return null;
      return node === null ? reason(err, `${path} is not there`) : null;
    case ErrorCode.BADVERSION: {
      if (!('version' in request) || node === undefined) return null;
      if (node === null) return reason(err, `${path} is not there`);
      const version = request.op === 'setACL' ? node.aversion : node.version;
      const fits = versionFault(version, request.version) === null;
      return fits ? reason(err, `the version is ${String(version)}`) : null;
    }
    case ErrorCode.NOTEMPTY:
      if (node === null) return reason(err, `${path} is not there`);
      return hadChildren(model, path, node, start) ? null : reason(err, `${path} has no children`);
    case ErrorCode.NOCHILDRENFOREPHEMERALS: {
      const parent = latest(model, parentOf(path));
      if (!isThere(parent) || isEphemeral(parent)) return null;
      return reason(err, `${parentOf(path)} is no ephemeral`);
    }
    case ErrorCode.NOAUTH:
      return noAuthFault(model, request, path, start);
    default:
      return null;
  }
}

function reason(err: number, fact: string): string {
  return `it fails with ${error(err)}, but ${fact}`;
}

function isThere(node: NodeState | null | undefined): node is NodeState {
  return node !== undefined && node !== null;
}

/** A close that is on its way leaves the counts of parents as they were until it is applied. */
function hadChildren(
  model: TreeModel,
  path: string,
  node: NodeState | undefined,
  start: ZxidKey,
): boolean {
  if (node === undefined || node.children > 0) return true;
  const before = stateAt(model, path, start);
  if (before === undefined || (before !== null && before.children > 0)) return true;
  return versionsOf(model, path).some(
    (version) => version.zxid > start && version.node !== null && version.node.children > 0,
  );
}

/** A list that lets everybody do it. A setACL on its way does not count until it is applied. */
function noAuthFault(
  model: TreeModel,
  request: Request,
  path: string,
  start: ZxidKey,
): string | null {
  const [of, perm] = permissionFor(request, path);
  const now = latest(model, of);
  const then = stateAt(model, of, start);
  if (!isThere(now) || !isThere(then)) return null;
  const open = isPermitted(now.acl, perm, []) && isPermitted(then.acl, perm, []);
  return open ? reason(ErrorCode.NOAUTH, `everybody may do that with ${of}`) : null;
}

function permissionFor(request: Request, path: string): readonly [string, number] {
  switch (request.op) {
    case 'delete':
      return [parentOf(path), Perms.DELETE];
    case 'setData':
      return [path, Perms.WRITE];
    case 'setACL':
      return [path, Perms.ADMIN];
    case 'check':
      return [path, Perms.READ];
    default:
      return [parentOf(path), Perms.CREATE];
  }
}
