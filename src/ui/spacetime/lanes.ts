/** Lanes: a line for each process, in an order of a person's own; some hidden, clients as one. */
import type { ProcessId } from '../../core/units.ts';

export interface LaneOrder {
  /** Those that were moved, in their order; others follow by id. */
  readonly order: readonly ProcessId[];
  readonly hidden: readonly ProcessId[];
  /** All clients share a lane. */
  readonly clientsAsOne: boolean;
}

export const PLAIN_ORDER: LaneOrder = { order: [], hidden: [], clientsAsOne: false };

export interface Lane {
  /** The process, or the first of the clients that share it. */
  readonly process: ProcessId;
  readonly kind: 'server' | 'client' | 'clients';
  readonly row: number;
}

/** The row of each process; -1 for one that is hidden, or not there. */
export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly hidden: readonly ProcessId[];
  readonly rowOf: Int16Array;
}

/** Processes are numbered up to here in the columns. */
const PROCESSES_MAX = 65_536;

export function lanesOf(
  servers: readonly ProcessId[],
  clients: readonly ProcessId[],
  { order, hidden, clientsAsOne }: LaneOrder,
): Lanes {
  const rowOf = new Int16Array(PROCESSES_MAX).fill(-1);
  const lanes: Lane[] = [];
  const place = (id: ProcessId): number => {
    const at = order.indexOf(id);
    return at === -1 ? order.length + id : at;
  };
  const shown = (ids: readonly ProcessId[]): readonly ProcessId[] =>
    ids.filter((id) => !hidden.includes(id));
  const alone = clientsAsOne ? shown(servers) : shown([...servers, ...clients]);
  for (const process of alone.toSorted((a, b) => place(a) - place(b))) {
    rowOf[process] = lanes.length;
    const kind = clients.includes(process) ? 'client' : 'server';
    lanes.push({ process, kind, row: lanes.length });
  }
  const together = clientsAsOne ? shown(clients) : [];
  const [first] = together;
  if (first !== undefined) {
    for (const client of together) rowOf[client] = lanes.length;
    lanes.push({ process: first, kind: 'clients', row: lanes.length });
  }
  const all = [...servers, ...clients];
  return { lanes, hidden: all.filter((id) => hidden.includes(id)), rowOf };
}

/** One place up or down among those in sight. */
export function moved(lanes: Lanes, order: LaneOrder, process: ProcessId, by: 1 | -1): LaneOrder {
  const ids = lanes.lanes.map((lane) => lane.process);
  const from = ids.indexOf(process);
  const to = from + by;
  if (from === -1 || to < 0 || to >= ids.length) return order;
  const next = [...ids];
  next.splice(from, 1);
  next.splice(to, 0, process);
  return { ...order, order: next };
}

export function hide(order: LaneOrder, process: ProcessId): LaneOrder {
  return { ...order, hidden: [...order.hidden, process] };
}

export function show(order: LaneOrder, process: ProcessId): LaneOrder {
  return { ...order, hidden: order.hidden.filter((id) => id !== process) };
}
