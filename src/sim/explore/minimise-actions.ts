/** Fewer actions, and simpler ones. */
import type { Micros, Millis } from '../../core/units.ts';
import { HEALTHY_DISK, type Action, type DiskFaults, type TimedAction } from '../actions.ts';
import type { Request } from '../../core/jute/proto.ts';
import { attempt, attemptActions, type Search } from './minimise-search.ts';

/** Above so many actions every pair of them is too many pairs. */
const PAIRS_MAX = 24;

/** Whole groups first: all of a kind, all that one process does or suffers. */
export function dropGroups(search: Search): void {
  const groups = new Set(search.best.actions.flatMap(({ action }) => groupsOf(action)));
  for (const group of groups) {
    const kept = search.best.actions.filter(({ action }) => !groupsOf(action).includes(group));
    if (kept.length < search.best.actions.length) attemptActions(search, kept);
  }
}

function groupsOf(action: Action): readonly string[] {
  const groups: string[] = [action.kind];
  if (action.kind === 'submit') groups.push(`op ${action.request.op}`);
  if ('process' in action) groups.push(`process ${String(action.process)}`);
  if ('sid' in action) groups.push(`process ${String(action.sid)}`);
  if ('from' in action) groups.push(`process ${String(action.from)}`);
  return groups;
}

/**
 * Delta debugging: without ever smaller stretches of the list, down to single actions. What an
 * action made possible (a restart, by a crash) goes with it, because it is refused.
 */
export function dropStretches(search: Search): void {
  for (let size = search.best.actions.length >> 1; size >= 1; size = size >> 1) {
    let dropped = true;
    while (dropped && !search.stopped) {
      dropped = false;
      for (let end = search.best.actions.length; end > 0 && !search.stopped;) {
        const { actions } = search.best;
        const from = Math.max(0, Math.min(end, actions.length) - size);
        const kept = [...actions.slice(0, from), ...actions.slice(from + size)];
        if (kept.length < actions.length && attemptActions(search, kept)) dropped = true;
        end = from;
      }
    }
  }
}

/** What no action can be spared without, two may: a fault and what mends it. */
export function dropPairs(search: Search): void {
  if (search.best.actions.length > PAIRS_MAX) return;
  for (let i = search.best.actions.length - 1; i > 0 && !search.stopped; i--) {
    for (let j = i - 1; j >= 0 && !search.stopped; j--) {
      const kept = search.best.actions.filter((_, k) => k !== i && k !== j);
      if (i < search.best.actions.length && attemptActions(search, kept)) break;
    }
  }
}

/**
 * Without one action the rest often comes at the wrong moment. So: what follows comes earlier by
 * the pause before or behind it, or chance falls otherwise.
 */
export function dropRetimed(search: Search, seeds: number): void {
  for (let i = search.best.actions.length - 1; i >= 0 && !search.stopped; i--) {
    dropOneRetimed(search, i, seeds);
  }
}

function dropOneRetimed(search: Search, i: number, seeds: number): void {
  const { actions, world, until } = search.best;
  const gone = actions[i];
  if (gone === undefined) return;
  const before = actions.slice(0, i);
  const after = actions.slice(i + 1);
  const pauses = [0, gone.at - (actions[i - 1]?.at ?? 0), (actions[i + 1]?.at ?? until) - gone.at];
  for (const pause of new Set(pauses)) {
    const moved = [...before, ...shifted(after, -pause)];
    if (attemptActions(search, moved)) return;
  }
  for (let seed = 1; seed <= seeds && !search.stopped; seed++) {
    const other = { ...world, seed };
    if (attempt(search, { ...search.best, world: other, actions: [...before, ...after] })) return;
  }
}

export function shifted(actions: readonly TimedAction[], by: number): readonly TimedAction[] {
  return actions.map(({ at, action }) => ({ at: Math.max(0, at + by) as Micros, action }));
}

/** Each action as simple as it can be. */
export function simplifyActions(search: Search): void {
  for (let i = 0; i < search.best.actions.length && !search.stopped; i++) {
    const timed = search.best.actions[i];
    if (timed === undefined) return;
    for (const action of simplerOnes(timed.action)) {
      const now = search.best.actions[i];
      if (now === undefined) return;
      const actions = search.best.actions.with(i, { at: now.at, action });
      if (attemptActions(search, actions)) break;
    }
  }
}

/** Simplest first. */
function simplerOnes(action: Action): readonly Action[] {
  switch (action.kind) {
    case 'crash': {
      const { tail, silent } = action;
      const tails = tail === 'lost' || tail === 'kept' ? [] : (['lost', 'kept'] as const);
      const loud = silent
        ? [...tails, tail].map((t) => ({ ...action, tail: t, silent: false }))
        : [];
      return [...loud, ...tails.map((t) => ({ ...action, tail: t }))];
    }
    case 'cut':
      return action.bothWays ? [] : [{ ...action, bothWays: true }];
    case 'partition':
      return action.group
        .filter(() => action.group.length > 1)
        .map((id) => ({ ...action, group: action.group.filter((other) => other !== id) }));
    case 'disk':
      return simplerFaults(action.faults).map((faults) => ({ ...action, faults }));
    case 'submit':
      return simplerRequests(action.request).map((request) => ({ ...action, request }));
    case 'addClient':
      return simplerClients(action);
    default:
      return [];
  }
}

function simplerFaults(faults: DiskFaults): readonly DiskFaults[] {
  const only = [
    { ...HEALTHY_DISK, slowness: faults.slowness },
    { ...HEALTHY_DISK, lying: faults.lying },
    { ...HEALTHY_DISK, full: faults.full },
  ];
  const isSame = (other: DiskFaults): boolean => JSON.stringify(other) === JSON.stringify(faults);
  return [HEALTHY_DISK, ...only].filter((other) => !isSame(other));
}

const EMPTY = new Uint8Array(0);

function simplerRequests(request: Request): readonly Request[] {
  switch (request.op) {
    case 'multi': {
      const { ops } = request;
      const fewer = ops.length > 1 ? ops.map((_, i) => ops.filter((__, k) => k !== i)) : [];
      return [...ops, ...fewer.map((some) => ({ op: 'multi', ops: some }) as const)];
    }
    case 'create': {
      const plain = { ...request, data: EMPTY, flags: 0 };
      return request.flags === 0 && request.data?.length === 0 ? [] : [plain];
    }
    case 'setData': {
      const plain = { ...request, data: EMPTY, version: -1 };
      return request.version === -1 && request.data?.length === 0 ? [] : [plain];
    }
    case 'delete':
      return request.version === -1 ? [] : [{ ...request, version: -1 }];
    case 'exists':
    case 'getData':
    case 'getChildren':
    case 'getChildren2':
      return request.watch ? [{ ...request, watch: false }] : [];
    default:
      return [];
  }
}

/** What most clients of scripts ask for, in ms. */
const PLAIN_TIMEOUT = 10_000 as Millis;

type AddClient = Extract<Action, { readonly kind: 'addClient' }>;

function simplerClients(action: AddClient): readonly Action[] {
  const anywhere: AddClient = { ...action, servers: [], console: false };
  const patient: AddClient = { ...action, sessionTimeout: PLAIN_TIMEOUT };
  const simpler = action.servers.length > 0 || action.console ? [anywhere] : [];
  return action.sessionTimeout === PLAIN_TIMEOUT ? simpler : [...simpler, patient];
}
