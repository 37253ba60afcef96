/**
 * How many bytes a packet would take on ZooKeeper's wire, without making the bytes. The limit on
 * packets (jute.maxbuffer) is counted in them, so it can be kept before there is a wire.
 *
 * Source: the records of zookeeper.jute (3.9): ints are 4 bytes, longs 8, booleans 1; strings,
 * buffers and vectors are led by a length of 4.
 */
import { ErrorCode } from '../error-code.ts';
import type { Acl } from '../jute/data.ts';
import type { ClientReply, MultiOp, OpResult, Request } from '../jute/proto.ts';

/** RequestHeader: xid and type. */
const REQUEST_HEADER = 8;

/** ReplyHeader: xid, zxid and err. */
const REPLY_HEADER = 16;

/** MultiHeader: type, done and err. */
const MULTI_HEADER = 9;

const STAT = 68;

export function requestLength(request: Request): number {
  return REQUEST_HEADER + bodyLength(request);
}

function bodyLength(request: Request): number {
  switch (request.op) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
    case 'delete':
    case 'setData':
    case 'check':
      return opLength(request);
    case 'exists':
    case 'getData':
    case 'getChildren':
    case 'getChildren2':
      return ustring(request.path) + 1;
    case 'sync':
      return ustring(request.path);
    case 'multi':
      return request.ops.reduce((sum, op) => sum + MULTI_HEADER + opLength(op), MULTI_HEADER);
    case 'setWatches':
    case 'setWatches2':
      return (
        8 +
        strings(request.dataWatches) +
        strings(request.existWatches) +
        strings(request.childWatches) +
        (request.op === 'setWatches'
          ? 0
          : strings(request.persistentWatches) + strings(request.persistentRecursiveWatches))
      );
    case 'getACL':
    case 'getAllChildrenNumber':
    case 'deleteContainer':
      return ustring(request.path);
    case 'getEphemerals':
      return ustring(request.prefixPath);
    case 'setACL':
      return ustring(request.path) + acls(request.acl) + 4;
    case 'addWatch':
    case 'checkWatches':
    case 'removeWatches':
      return ustring(request.path) + 4;
    case 'multiRead':
      return request.ops.reduce(
        (sum, op) => sum + MULTI_HEADER + ustring(op.path) + 1,
        MULTI_HEADER,
      );
    case 'auth':
      return 4 + ustring(request.scheme) + buffer(request.auth);
    case 'sasl':
      return buffer(request.token);
    case 'reconfig':
      return (
        8 +
        ustring(request.joiningServers ?? '') +
        ustring(request.leavingServers ?? '') +
        ustring(request.newMembers ?? '')
      );
    case 'createSession':
      return 4;
    case 'ping':
    case 'closeSession':
    case 'whoAmI':
    case 'unknown':
    case 'unreadable':
      return 0;
  }
}

function opLength(op: MultiOp): number {
  const path = ustring(op.path);
  switch (op.op) {
    case 'setData':
      return path + buffer(op.data) + 4;
    case 'delete':
    case 'check':
      return path + 4;
    case 'createTTL':
      return path + buffer(op.data) + acls(op.acl) + 4 + 8;
    default:
      return path + buffer(op.data) + acls(op.acl) + 4;
  }
}

/** A reply that tells of a failure is its header alone. */
export function replyLength(reply: Pick<ClientReply, 'op' | 'err' | 'body'>): number {
  const { op, err, body } = reply;
  if (err !== ErrorCode.OK) return REPLY_HEADER;
  let length = REPLY_HEADER;
  switch (op) {
    case 'getData':
    case 'reconfig':
    case 'sasl':
      length += buffer(body.data);
      break;
    case 'addWatch':
      length += 4; // ErrorResponse.
      break;
    case 'multi':
    case 'multiRead':
      length += (body.results ?? []).reduce((sum, one) => sum + resultLength(one), MULTI_HEADER);
      break;
    default:
  }
  if (body.path !== null) length += ustring(body.path);
  if (body.stat !== null) length += STAT;
  if (body.children !== null) length += strings(body.children);
  if (body.acl !== null) length += acls(body.acl);
  if (body.count !== null) length += 4;
  for (const info of body.clientInfo ?? []) length += ustring(info.authScheme) + ustring(info.user);
  if (body.clientInfo !== null) length += 4;
  return length;
}

function resultLength(result: OpResult): number {
  if (result.op === 'error') return MULTI_HEADER + 4;
  let length = MULTI_HEADER;
  if (result.op.startsWith('create')) length += ustring(result.path ?? '');
  if (result.stat !== null) length += STAT;
  if (result.op === 'getData') length += buffer(result.data);
  if (result.children !== null) length += strings(result.children);
  return length;
}

function ustring(text: string): number {
  return 4 + utf8Length(text);
}

function buffer(bytes: Uint8Array | null): number {
  return 4 + (bytes === null ? 0 : bytes.length);
}

function strings(list: readonly string[]): number {
  return list.reduce((sum, text) => sum + ustring(text), 4);
}

function acls(list: readonly Acl[]): number {
  return list.reduce((sum, acl) => sum + 4 + ustring(acl.id.scheme) + ustring(acl.id.id), 4);
}

/** Each UTF-16 unit on its own, as jute writes it: half of a surrogate pair takes three bytes. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x800) length += 2;
    else if (unit >= 0x80) length += 1;
  }
  return length;
}
