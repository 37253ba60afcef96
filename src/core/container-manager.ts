/**
 * ContainerManager: looks at intervals for containers whose last child is gone and for TTL nodes
 * that are past their time, and asks for their removal, one at a time so that they do not come as
 * a herd. The removal is judged when it is prepared: a node that has a child again stays.
 *
 * Source: server.ContainerManager (3.9). Differs: candidates come in the order of their paths;
 * Java's set has none.
 */
import { ttlOf, type DataNode } from './data-tree/data-node.ts';
import { getNode } from './data-tree/data-tree.ts';
import { submitLearnerRequest, submitRequest } from './processor/pipelines.ts';
import { configOf, log, mark, newRequest, setTimer, type Server } from './server-context.ts';
import { microsToMillis, NO_SESSION, type Millis } from './units.ts';
import { wallMillis } from './zookeeper-server.ts';

const TIMER = 'containers';
const MINUTE = 60_000;

export interface ContainerManager {
  /** Found by the last look, and not yet asked for. */
  readonly candidates: string[];
  /** When the next look is due, on the monotonic clock. */
  nextCheck: Millis;
}

export function newContainerManager(server: Server): ContainerManager {
  const now = microsToMillis(server.now);
  return { candidates: [], nextCheck: (now + configOf(server).containerCheckInterval) as Millis };
}

export function startContainerManager(server: Server): void {
  setTimer(server, TIMER, configOf(server).containerCheckInterval);
}

/** ContainerManager.checkContainers, up to its next sleep. */
export function onContainerTimer(server: Server): void {
  const { zks } = server;
  const manager = zks?.containers ?? null;
  if (zks === null || manager === null) return;
  const { containerCheckInterval, containerMaxPerMinute } = configOf(server);
  const now = microsToMillis(server.now);
  if (manager.candidates.length === 0 && now >= manager.nextCheck) {
    manager.candidates.push(...findCandidates(server));
    while (manager.nextCheck <= now) {
      manager.nextCheck = (manager.nextCheck + containerCheckInterval) as Millis;
    }
  }
  const path = manager.candidates.shift();
  if (path !== undefined) requestRemoval(server, path);
  if (server.zks !== zks) return;
  const pause =
    manager.candidates.length > 0
      ? Math.floor(MINUTE / Math.max(containerMaxPerMinute, 1))
      : manager.nextCheck - now;
  setTimer(server, TIMER, Math.max(pause, 1));
}

function requestRemoval(server: Server, path: string): void {
  const { zks } = server;
  if (zks === null) return;
  mark(server, 'container.removed');
  log(server, 'INFO', 'ContainerManager', `Attempting to delete candidate container: ${path}`);
  const request = newRequest(server, {
    sessionId: NO_SESSION,
    cxid: 0,
    request: { op: 'deleteContainer', path },
    conn: null,
    owner: 'me',
    authInfo: [],
  });
  if (zks.kind === 'leader') submitLearnerRequest(server, zks, request);
  else submitRequest(server, zks, request);
}

/** ContainerManager.getCandidates. */
export function findCandidates(server: Server): readonly string[] {
  const { tree } = server.db;
  const { containerMaxNeverUsed, extendedTypesEnabled } = configOf(server);
  if (tree.containers.size === 0 && tree.ttls.size === 0) return [];
  const found: string[] = [];
  for (const path of tree.containers) {
    const node = getNode(tree, path);
    if (node === undefined || node.children.size > 0) continue;
    // One that never had a child is left to be used, for as long as is set.
    const isOver = containerMaxNeverUsed > 0 && age(server, node) > containerMaxNeverUsed;
    if (node.cversion > 0 || isOver) found.push(path);
  }
  for (const path of extendedTypesEnabled ? tree.ttls : []) {
    const node = getNode(tree, path);
    if (node === undefined || node.children.size > 0) continue;
    const ttl = ttlOf(node.ephemeralOwner);
    if (ttl !== 0 && age(server, node) > ttl) found.push(path);
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}

/** Milliseconds since its data was last set. */
function age(server: Server, node: DataNode): number {
  return wallMillis(server) - node.mtime;
}
