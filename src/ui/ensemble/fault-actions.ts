/** The faults that a person can cause, each with what the page says afterwards and a way back. */
import type { Dictionary } from '../../i18n/en.ts';
import type { ProcessId, Sid } from '../../core/units.ts';
import { HEALTHY_DISK, type Action, type CrashTail, type DiskFaults } from '../../sim/actions.ts';
import type { Playground, Remedy } from '../state/playground.svelte.ts';

export interface FaultContext {
  readonly playground: Playground;
  readonly t: Dictionary;
}

/** A server is the process of its sid. */
export const processOf = (sid: Sid): ProcessId => sid as number as ProcessId;

/** `server 3`, or `session A`. */
export function processName({ playground, t }: FaultContext, process: ProcessId): string {
  const client = playground.clientOf(process);
  if (client !== null) return t.ensemble.session(client.name);
  return t.ensemble.server(process);
}

async function run(
  context: FaultContext,
  action: Action,
  done: string,
  remedy: Remedy | null = null,
): Promise<boolean> {
  const outcome = await context.playground.act(action);
  if (outcome.ok) context.playground.notify('info', done, remedy);
  return outcome.ok;
}

/** What is told with a way back that has been gone, by this or by other means, is told no more. */
function takeBack({ playground }: FaultContext, ...texts: readonly string[]): void {
  for (const { id, text } of playground.notices) if (texts.includes(text)) playground.dismiss(id);
}

/** @param tail What is left of records that were written and not yet synced. */
export function crash(
  context: FaultContext,
  sid: Sid,
  silent = false,
  tail: CrashTail = 'chance',
): Promise<boolean> {
  const { t } = context;
  const done = silent ? t.done.powerLost(sid) : t.done.crashed(sid);
  return run(context, { kind: 'crash', sid, tail, silent }, done, {
    label: t.done.restart,
    run: () => void restart(context, sid),
  });
}

export async function restart(context: FaultContext, sid: Sid): Promise<boolean> {
  const { done } = context.t;
  const isDone = await run(context, { kind: 'restart', sid }, done.restarted(sid));
  if (isDone) takeBack(context, done.crashed(sid), done.powerLost(sid));
  return isDone;
}

/** Freezes a process, or lets it go on. */
export function togglePause(context: FaultContext, process: ProcessId): Promise<boolean> {
  const { playground, t } = context;
  const name = processName(context, process);
  const found = playground.member(process as number as Sid) ?? playground.clientOf(process);
  if (found?.status === 'paused') {
    takeBack(context, t.done.paused(name));
    return run(context, { kind: 'resume', process }, t.done.resumed(name));
  }
  return run(context, { kind: 'pause', process }, t.done.paused(name), {
    label: t.done.resume,
    run: () => void togglePause(context, process),
  });
}

export function cut(
  context: FaultContext,
  from: ProcessId,
  to: ProcessId,
  bothWays: boolean,
): Promise<boolean> {
  const { t } = context;
  const [a, b] = [processName(context, from), processName(context, to)];
  const done = bothWays ? t.done.cut(a, b) : t.done.cutOneWay(a, b);
  return run(context, { kind: 'cut', from, to, bothWays }, done, {
    label: t.done.heal,
    run: () => void context.playground.act({ kind: 'heal', from, to, bothWays }),
  });
}

export function heal(context: FaultContext, from: ProcessId, to: ProcessId): Promise<unknown> {
  return context.playground.act({ kind: 'heal', from, to, bothWays: true });
}

export function healAll(context: FaultContext): Promise<boolean> {
  return run(context, { kind: 'healAll' }, context.t.done.healed);
}

/** The group in words: `servers 4, 5, session A`. */
export function groupOf(context: FaultContext): string {
  const { playground, t } = context;
  const inOrder = [...playground.group].sort((a, b) => a - b);
  const sids = inOrder.filter((process) => playground.member(process as number as Sid) !== null);
  const others = inOrder.filter((process) => !sids.includes(process));
  const names = others.map((process) => processName(context, process));
  return [...(sids.length === 0 ? [] : [t.tools.servers(sids)]), ...names].join(t.tools.and);
}

/** Parts the chosen group from all others, and lets the group go. Without one it asks for one. */
export async function partition(context: FaultContext): Promise<void> {
  const { playground, t } = context;
  const group = playground.group;
  if (group.length === 0) {
    playground.tool = playground.tool === 'group' ? 'select' : 'group';
    return;
  }
  const parted = await run(
    context,
    { kind: 'partition', group: [...group].sort((a, b) => a - b) },
    t.done.partitioned(groupOf(context)),
    { label: t.done.heal, run: () => void healAll(context) },
  );
  if (!parted) return;
  playground.group = [];
  playground.tool = 'select';
}

/** How wild a monkey is at first. */
const INTENSITY = 4;

/** A monkey is no use in slow motion: virtual seconds per second of the wall, at least. */
const MONKEY_SPEED = 1;

/** Lets the monkey play, or calls it off. */
export async function toggleMonkey(context: FaultContext): Promise<void> {
  const { playground, t } = context;
  const frame = playground.frame;
  if (frame === null) return;
  if (typeof frame.monkey === 'number') {
    await playground.setMonkey(null);
    playground.notify('info', t.bugs.monkey.gone);
    return;
  }
  const again = (): void => void toggleMonkey(context);
  if (playground.guard.refuse({ kind: 'monkey' }, again) !== null) return;
  await playground.setMonkey(INTENSITY);
  if (frame.speed < MONKEY_SPEED) await playground.setSpeed(MONKEY_SPEED);
  await playground.play();
  playground.notify('info', t.bugs.monkey.came);
}

/** How slow "slow" is. */
const SLOWNESS = 20;

export type DiskFault = 'slow' | 'lying' | 'full';

export function hasFault(faults: DiskFaults, fault: DiskFault): boolean {
  return fault === 'slow' ? faults.slowness > 1 : faults[fault];
}

export function toggleDiskFault(
  context: FaultContext,
  sid: Sid,
  fault: DiskFault,
): Promise<boolean> {
  const faults = context.playground.member(sid)?.disk.faults ?? HEALTHY_DISK;
  const on = !hasFault(faults, fault);
  const next = fault === 'slow' ? { slowness: on ? SLOWNESS : 1 } : { [fault]: on };
  const action: Action = { kind: 'disk', sid, faults: { ...faults, ...next } };
  return run(context, action, context.t.done.diskChanged(sid), {
    label: context.t.done.undo,
    run: () => void context.playground.act({ kind: 'disk', sid, faults }),
  });
}

export function wipe(context: FaultContext, sid: Sid): Promise<boolean> {
  return run(context, { kind: 'wipe', sid }, context.t.done.wiped(sid));
}

export function damage(
  context: FaultContext,
  sid: Sid,
  what: 'logMiddle' | 'logTail' | 'snapshot',
): Promise<boolean> {
  return run(context, { kind: 'damage', sid, what }, context.t.done.damaged(sid));
}
