/** Running until a line's condition holds: event by event, so that time stands still right there. */
import { unreachable } from '../../core/assert.ts';
import { childrenOf } from '../../core/server-view.ts';
import type { Micros, ProcessId, SessionId } from '../../core/units.ts';
import { viewClientHost } from '../client-host.ts';
import { isCue, type Cue } from '../explore/script.ts';
import type { Goal } from '../goal.ts';
import { runUntil, stepHandled, type Handled, type LocalRun } from '../local.ts';
import { describeMessage } from '../packet-view.ts';
import { settleTime } from '../world.ts';
import type { When } from './model.ts';
import { runningServers, type Finder } from './who.ts';

/** In virtual microseconds: what has not come about after so long never will. */
export const PATIENCE = 600_000_000;

const CONNECTED: ReadonlySet<string> = new Set(['CONNECTED', 'CONNECTEDREADONLY']);

export type Waited = 'met' | 'never' | 'past' | 'stopped';

/** @param stop asked now and then: whoever waits may have had enough. */
export function waitFor(run: LocalRun, when: When, find: Finder, stop: () => boolean): Waited {
  switch (when.kind) {
    case 'at':
      if (when.at < settleTime(run.world)) return 'past';
      runUntil(run, when.at);
      return 'met';
    case 'after':
      runUntil(run, (settleTime(run.world) + when.micros) as Micros);
      return 'met';
    default:
  }
  const watch = watchOf(run, when, find);
  if (watch.state?.() === true) return 'met';
  const until = (run.world.now + PATIENCE) as Micros;
  for (let count = 1; ; count++) {
    if (count % 100 === 0 && stop()) return 'stopped';
    const handled = stepHandled(run, until);
    if (handled === null) return 'never';
    if (watch.event?.(handled) === true || watch.state?.() === true) return 'met';
  }
}

/** A state may be there already; an event is what happens from now on. */
interface Watch {
  readonly state?: () => boolean;
  readonly event?: (handled: Handled) => boolean;
}

type Awaited = Exclude<When, { readonly kind: 'at' | 'after' }>;

function watchOf(run: LocalRun, when: Awaited, find: Finder): Watch {
  switch (when.kind) {
    case 'connected':
      return { state: () => CONNECTED.has(statusOf(run, when.process)?.state ?? '') };
    case 'cue':
      return watchCue(run, when.cue, find);
    case 'goal':
      return watchGoal(run, when.goal, find);
    default:
      return unreachable(when);
  }
}

function watchCue(
  run: LocalRun,
  cue: Exclude<Cue, { readonly cue: 'after' }>,
  find: Finder,
): Watch {
  switch (cue.cue) {
    case 'serving': {
      const servers = cue.servers.map(find);
      return { state: () => allServe(run, servers) };
    }
    case 'sent':
    case 'received': {
      const known = { ...cue, by: find(cue.by) };
      return { event: (handled) => isCue(known, handled) };
    }
    case 'note':
    case 'timer': {
      const known = { ...cue, of: find(cue.of) };
      return { event: (handled) => isCue(known, handled) };
    }
    case 'result':
      return { event: (handled) => isCue(cue, handled) };
    default:
      return unreachable(cue);
  }
}

/** All of these serve under one leader, who may be one of them. */
function allServe(run: LocalRun, servers: readonly number[]): boolean {
  const serving = runningServers(run)
    .map(({ server }) => server)
    .filter(({ zabState }) => zabState === 'broadcast');
  return serving.some(({ state, settings: { sid: leader } }) => {
    if (state !== 'LEADING') return false;
    return servers.every((sid) =>
      serving.some(
        (one) => one.settings.sid === sid && (sid === leader || one.currentVote.leader === leader),
      ),
    );
  });
}

function watchGoal(
  run: LocalRun,
  goal: Exclude<Goal, { readonly kind: 'moment' }>,
  find: Finder,
): Watch {
  switch (goal.kind) {
    case 'serves':
      return {
        state: () =>
          runningServers(run).some(
            ({ server }) => server.state === 'LEADING' && server.zabState === 'broadcast',
          ),
      };
    case 'leaderless':
      return {
        state: () => runningServers(run).every(({ server }) => server.state !== 'LEADING'),
      };
    case 'role': {
      const sid = find(goal.sid);
      return {
        state: () =>
          runningServers(run).some(
            ({ server }) => server.settings.sid === sid && server.state === goal.state,
          ),
      };
    }
    case 'znode':
      return { state: () => isThere(run, goal.path) === goal.exists };
    case 'violated': {
      const before = violations(run);
      return { state: () => violations(run) > before };
    }
    case 'packet':
      return {
        event: ({ event }) =>
          event?.kind === 'packet' && describeMessage(event.message).type === goal.type,
      };
    case 'expires': {
      const wanted = goal.process === null ? null : sessionOf(run, goal.process);
      return { event: (handled) => expires(handled, wanted) };
    }
    default:
      return unreachable(goal);
  }
}

function violations(run: LocalRun): number {
  return run.world.checker?.violations.size ?? 0;
}

/** In the tree that has come farthest; null where no server runs. */
function isThere(run: LocalRun, path: string): boolean | null {
  const [first, ...others] = runningServers(run).map(({ server }) => server.db);
  if (first === undefined) return null;
  const farthest = others.reduce(
    (best, db) => (db.tree.lastProcessedZxid > best.tree.lastProcessedZxid ? db : best),
    first,
  );
  return childrenOf(farthest.tree, path) !== null;
}

function expires({ turn }: Handled, wanted: SessionId | null): boolean {
  return turn.effects.some(
    (effect) =>
      effect.kind === 'note' &&
      effect.note.note === 'sessionExpired' &&
      (wanted === null || effect.note.sessionId === wanted),
  );
}

/** Null where the client has none: any will do then. */
function sessionOf(run: LocalRun, process: ProcessId): SessionId | null {
  return statusOf(run, process)?.sessionId ?? null;
}

function statusOf(run: LocalRun, id: ProcessId): ReturnType<typeof viewClientHost> | null {
  const host = run.hosts.get(id);
  return host?.kind === 'client' ? viewClientHost(host) : null;
}
