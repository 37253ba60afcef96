/**
 * The request processors of a server as a picture, with what waits in each. Most of them hand on
 * what they get within one step, as threads do that never block: what waits, waits for the disk,
 * for a quorum, or for a commit. Beside the processors stand two tables in which a transaction
 * waits that is logged: of a leader for its quorum, of a follower for its COMMIT.
 *
 * Source: setupRequestProcessors of the servers (see pipelines.ts), Leader.outstandingProposals,
 * FollowerZooKeeperServer.pendingTxns (3.9).
 */
import type { TxnRecord } from '../jute/txn.ts';
import type { Server, ServerRequest } from '../server-context.ts';
import type { ProcessorView, WaitingView } from '../view.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';

/** The most requests of a queue that a picture names. */
const WAITING_MAX = 20;

type Item = TxnRecord | ServerRequest;

export function viewProcessors(server: Server): ProcessorView[] {
  const { zks, role } = server;
  if (zks === null) return [];
  const leader = role.name === 'leading' ? role.leader : null;
  const step = (name: string): ProcessorView => queue(name, 'requests', 0, []);
  const final = step('FinalRequestProcessor');
  const sync = syncProcessor(zks, zks.kind === 'standalone' ? 'requests' : 'log');
  switch (zks.kind) {
    case 'standalone':
      return [step('PrepRequestProcessor'), sync, final];
    case 'readonly':
      return [step('ReadOnlyRequestProcessor'), step('PrepRequestProcessor'), final];
    case 'observer':
      return [step('ObserverRequestProcessor'), commitProcessor(zks), final, sync];
    case 'follower':
      return [
        step('FollowerRequestProcessor'),
        commitProcessor(zks),
        final,
        sync,
        queue('SendAckRequestProcessor', 'log', 0, []),
        queue('pendingTxns', 'log', zks.pendingTxns.length, zks.pendingTxns),
      ];
    case 'leader': {
      const applied = leader?.toBeApplied ?? [];
      const proposed = leader?.outstanding ?? new Map<never, never>();
      return [
        step('LeaderRequestProcessor'),
        step('PrepRequestProcessor'),
        step('ProposalRequestProcessor'),
        commitProcessor(zks),
        queue('ToBeAppliedRequestProcessor', 'requests', applied.length, recordsOf(applied)),
        final,
        sync,
        queue('AckRequestProcessor', 'log', 0, []),
        queue('outstandingProposals', 'log', proposed.size, recordsOf(proposed.values())),
      ];
    }
  }
}

function syncProcessor({ sync }: ZooKeeperServer, way: ProcessorView['way']): ProcessorView {
  const { flushing, queue: coming } = sync;
  const length = flushing.length + coming.length;
  const waiting = length === 0 ? [] : [...flushing.slice(0, WAITING_MAX), ...coming];
  return queue('SyncRequestProcessor', way, length, waiting);
}

function commitProcessor({ commit }: ZooKeeperServer): ProcessorView {
  let length = 0;
  const waiting: ServerRequest[] = [];
  for (const requests of commit.pending.values()) {
    length += requests.length;
    if (waiting.length < WAITING_MAX) waiting.push(...requests.slice(0, WAITING_MAX));
  }
  return queue('CommitProcessor', 'requests', length, waiting);
}

function* recordsOf(proposals: Iterable<{ readonly record: TxnRecord }>): Iterable<TxnRecord> {
  for (const { record } of proposals) yield record;
}

function queue(
  name: string,
  way: ProcessorView['way'],
  length: number,
  items: Iterable<Item>,
): ProcessorView {
  const waiting: WaitingView[] = [];
  for (const item of items) {
    if (waiting.length === WAITING_MAX) break;
    waiting.push(viewItem(item));
  }
  return { name, way, length, waiting };
}

function viewItem(item: Item): WaitingView {
  if ('header' in item) return viewRecord(item);
  if (item.record !== null) return viewRecord(item.record);
  const { sessionId, cxid, request } = item;
  return { sessionId, cxid, what: whatOf(request.op, request), zxid: null };
}

function viewRecord({ header, txn }: TxnRecord): WaitingView {
  const { clientId, cxid, zxid } = header;
  return { sessionId: clientId, cxid, what: whatOf(txn.type, txn), zxid };
}

function whatOf(type: string, of: object): string {
  return 'path' in of && typeof of.path === 'string' ? `${type} ${of.path}` : type;
}
