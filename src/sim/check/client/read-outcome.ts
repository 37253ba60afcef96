/**
 * Whether a read shows the state that its header speaks of. Each read has a zxid in its header, and
 * must show exactly what the transactions up to that zxid have made. Where it does not, the
 * property is the one that the client would miss first: what a sync had promised, what it wrote
 * itself, what it had seen before; or else the read shows what nobody has written.
 */
import { ErrorCode } from '../../../core/error-code.ts';
import { joinPath } from '../../../core/data-tree/path.ts';
import type { Acl, Stat } from '../../../core/jute/data.ts';
import type { ClientReply } from '../../../core/jute/proto.ts';
import { find, type ClientHistory, type Conn, type Invoked } from './history.ts';
import { text } from '../text.ts';
import { keyOf, type ZxidKey } from '../zxid-key.ts';
import { checkOwner } from './ephemeral-owner.ts';
import { reportUncommitted } from './linearizable-writes.ts';
import { MONOTONIC_READS } from './monotonic-reads.ts';
import { isEphemeral, sameData, statFault, type NodeState } from './node-state.ts';
import { READ_YOUR_WRITES } from './read-your-writes.ts';
import { SYNC_THEN_READ } from './sync-then-read.ts';
import { isOpen, stateAt, versionsOf, type Version } from './tree-model.ts';
import { error, where, write, zxid as say } from './words.ts';

/** What one read was told; a multiRead has several. */
interface Shown {
  readonly op: string;
  readonly path: string;
  readonly err: number;
  readonly stat: Stat | null;
  /** Undefined: it does not show data. */
  readonly data: Uint8Array | null | undefined;
  readonly children: readonly string[] | null;
  readonly acl: readonly Acl[] | null;
}

export function checkRead(
  history: ClientHistory,
  conn: Conn,
  { request }: Invoked,
  { err, zxid, body }: ClientReply,
): void {
  const z = keyOf(zxid);
  switch (request.op) {
    case 'exists':
    case 'getData':
    case 'getChildren':
    case 'getChildren2':
    case 'getACL': {
      const { op, path } = request;
      const { stat, children, acl } = body;
      const data = op === 'getData' ? body.data : undefined;
      return judge(history, conn, z, { op, path, err, stat, data, children, acl });
    }
    case 'multiRead':
      for (const [index, one] of (body.results ?? []).entries()) {
        const asked = request.ops[index];
        if (asked === undefined) continue;
        const { op, path } = asked;
        const { stat, children } = one;
        const data = op === 'getData' ? one.data : undefined;
        judge(history, conn, z, { op, path, err: one.err, stat, data, children, acl: null });
      }
      return;
    case 'getEphemerals':
      for (const path of body.children ?? []) {
        judgePresence(history, conn, z, path, `${path} among the ephemerals`);
      }
      return;
    default:
  }
}

function judge(history: ClientHistory, conn: Conn, z: ZxidKey, shown: Shown): void {
  const { path, err, stat } = shown;
  const node = stateAt(history.model, path, z);
  if (stat !== null && !checkOwner(history, conn, path, stat.ephemeralOwner, z)) return;
  if (node === undefined) return;
  if (err !== ErrorCode.OK) {
    const fault = errorFault(history, shown, node);
    if (fault !== null) reportStale(history, conn, z, shown, fault);
    return;
  }
  const fault = faultOf(shown, node);
  if (fault !== null) reportStale(history, conn, z, shown, fault);
  else if (shown.children !== null) judgeChildren(history, conn, z, path, shown.children);
}

/** What of it is not so in this state. */
function faultOf({ path, stat, data, children }: Shown, node: NodeState | null): string | null {
  if (node === null) return `${path}, which is not there`;
  const fault = stat === null ? null : statFault(stat, node);
  if (fault !== null) return `${path} with ${fault}`;
  if (data !== undefined && !sameData(data, node.data)) return `other data of ${path} than it has`;
  if (children === null || children.length === node.children) return null;
  return `${String(children.length)} children of ${path} and not ${String(node.children)}`;
}

function errorFault(
  { release }: ClientHistory,
  { op, path, err }: Shown,
  node: NodeState | null,
): string | null {
  if (err === ErrorCode.NONODE) {
    return node === null ? null : `no ${path} (${error(err)}), which is there`;
  }
  if (err !== ErrorCode.NOAUTH) return null;
  if (node === null) return `a ${path} that it may not read, and which is not there`;
  if (op === 'exists' && release === '3.8.0') return `${error(err)} for an exists`;
  return isOpen(node.acl) ? `${error(err)} for ${path}, which everybody may read` : null;
}

/** As many as there are, so each of them being there and none being twice says that all are. */
function judgeChildren(
  history: ClientHistory,
  conn: Conn,
  z: ZxidKey,
  path: string,
  children: readonly string[],
): void {
  if (new Set(children).size !== children.length) {
    reportUncommitted(history, conn, `a child of ${path} twice at ${say(z)}`);
  }
  for (const name of children) {
    const child = joinPath(path === '' ? '/' : path, name);
    if (!judgePresence(history, conn, z, child, `the child ${child}`)) return;
  }
}

function judgePresence(
  history: ClientHistory,
  conn: Conn,
  z: ZxidKey,
  path: string,
  shownAs: string,
): boolean {
  const node = stateAt(history.model, path, z);
  if (node === undefined) return true;
  if (node !== null) {
    return !isEphemeral(node) || checkOwner(history, conn, path, node.owner, z);
  }
  // It went with its session: that is what the reader would miss.
  const last = versionsOf(history.model, path).findLast((v) => v.zxid <= z && v.node !== null);
  const owner = last?.node ?? null;
  if (owner !== null && isEphemeral(owner) && !checkOwner(history, conn, path, owner.owner, z)) {
    return false;
  }
  const gone = versionsOf(history.model, path).findLast((v) => v.zxid <= z) ?? null;
  blame(history, conn, z, gone?.zxid ?? null, `${shownAs}, which is not there`);
  return false;
}

/** The read shows something else than the state at its zxid: an older one, or none at all. */
function reportStale(
  history: ClientHistory,
  conn: Conn,
  z: ZxidKey,
  shown: Shown,
  fault: string,
): void {
  const versions = versionsOf(history.model, shown.path);
  const now = versions.findLastIndex((v) => v.zxid <= z);
  let replacedBy: ZxidKey | null = null;
  for (let i = now - 1; i >= -1; i--) {
    const node =
      i === -1 ? beforeFirst(history, shown.path, versions) : (versions[i]?.node ?? null);
    if (node === undefined || !shows(history, shown, node)) continue;
    replacedBy = versions[i + 1]?.zxid ?? null;
    break;
  }
  blame(history, conn, z, replacedBy, fault);
}

function beforeFirst(
  { model }: ClientHistory,
  path: string,
  versions: readonly Version[],
): NodeState | null | undefined {
  const [first] = versions;
  return first === undefined ? undefined : stateAt(model, path, (first.zxid - 1) as ZxidKey);
}

function shows(history: ClientHistory, shown: Shown, node: NodeState | null): boolean {
  return shown.err === ErrorCode.OK
    ? node !== null && faultOf(shown, node) === null
    : errorFault(history, shown, node) === null;
}

/** @param replacedBy the change that an older state lacks; null where no state is shown. */
function blame(
  history: ClientHistory,
  conn: Conn,
  z: ZxidKey,
  replacedBy: ZxidKey | null,
  fault: string,
): void {
  const own = conn.session?.lastWrite ?? null;
  if (replacedBy === null) {
    reportUncommitted(history, conn, `${fault} at ${say(z)}`);
    return;
  }
  const shownBy = text`A read of ${where(conn)} with ${say(z)} in its header shows ${fault}: that
    is the state before ${say(replacedBy)}.`;
  if (conn.synced !== null && replacedBy <= conn.synced.zxid) {
    const why = text`${shownBy} Before its last sync a write had been acknowledged:
      ${write(conn.synced)}.`;
    find(history, SYNC_THEN_READ, why);
  } else if (own !== null && replacedBy <= own.zxid) {
    const why = text`${shownBy} It had been told that its own write was done: ${write(own)}.`;
    find(history, READ_YOUR_WRITES, why);
  } else {
    find(history, MONOTONIC_READS, shownBy);
  }
}
