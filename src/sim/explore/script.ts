/**
 * A script: actions, each with the cue at which it takes place. A cue names something that happens
 * in the protocol, so a script stays right where a list of times would not. Running one gives the
 * list of times: the record of a run, which replays without the script.
 */
import { unreachable } from '../../core/assert.ts';
import type { Note } from '../../core/quorum/peer-io.ts';
import type { Micros, ProcessId } from '../../core/units.ts';
import type { Action, RunRecord, WorldConfig } from '../actions.ts';
import { itemsOf } from '../channel.ts';
import {
  act,
  createLocalRun,
  recordOf,
  runUntil,
  stepHandled,
  type Handled,
  type LocalRun,
} from '../local.ts';

/** Fields that must be equal; the others do not matter. */
export type Fields = Readonly<Record<string, string | number | bigint | boolean | null>>;

export type Cue =
  | { readonly cue: 'after'; readonly micros: number }
  /** A process notes something of itself. */
  | {
      readonly cue: 'note';
      readonly of: number;
      readonly note: Note['note'];
      readonly where?: Fields;
    }
  /** A message of this type (`PROPOSAL`, `NEWLEADER` …; a `kind`, an `op` …) is sent or arrives. */
  | {
      readonly cue: 'sent' | 'received';
      readonly by: number;
      readonly type: string;
      readonly where?: Fields;
    }
  /** One of its timers fires; see `setTimer` in the core for the names. */
  | { readonly cue: 'timer'; readonly of: number; readonly name: string }
  /** The answer to the request that was submitted under this tag. */
  | { readonly cue: 'result'; readonly tag: number }
  /** All of these servers are in BROADCAST with one of them as their leader. */
  | { readonly cue: 'serving'; readonly servers: readonly number[] };

/** A packet on its way, found when the step takes place: the first that fits. */
export interface PacketMatch {
  readonly from: number;
  readonly to: number;
  readonly type: string;
  readonly where?: Fields;
}

/** A packet as actions name it. */
export type PacketId = Pick<Extract<Action, { readonly kind: 'hold' }>, 'conn' | 'from' | 'index'>;

export type Deed =
  | Action
  | { readonly kind: 'holdPacket'; readonly packet: PacketMatch }
  | { readonly kind: 'releasePacket'; readonly packet: PacketMatch }
  /** Passed over where it cannot take place: whether a server is up may depend on a bug. */
  | { readonly kind: 'attempt'; readonly action: Action };

export interface Step {
  /** Looked for from the step before on; absent: at once. */
  readonly when?: Cue;
  readonly then: readonly Deed[];
}

export interface Script {
  readonly world: WorldConfig;
  readonly steps: readonly Step[];
  /** How long the run goes on behind the last step, in virtual microseconds. */
  readonly afterwards: number;
}

export interface ScriptedRun {
  readonly run: LocalRun;
  readonly record: RunRecord;
  /** What did not come about: a cue that was never seen, or an action that was refused. */
  readonly failure: string | null;
}

/** A cue that has not been seen after so long will not be. */
const PATIENCE = 120_000_000;

export function runScript(script: Script): ScriptedRun {
  const run = createLocalRun(script.world);
  const failure = script.steps.reduce<string | null>(
    (failed, step, index) => failed ?? takeStep(run, step, index),
    null,
  );
  if (failure === null) runUntil(run, (run.world.now + script.afterwards) as Micros);
  return { run, record: recordOf(run), failure };
}

function takeStep(run: LocalRun, step: Step, index: number): string | null {
  const place = `step ${String(index + 1)}`;
  if (step.when !== undefined && !waitFor(run, step.when)) {
    return `${place}: its cue was not seen: ${sayCue(step.when)}`;
  }
  for (const deed of step.then) {
    const action = actionOf(run, deed);
    if (action === null) return `${place}: there is no such packet on its way`;
    const outcome = act(run, action);
    if (!outcome.ok && deed.kind !== 'attempt') return `${place}: ${outcome.reason}`;
  }
  return null;
}

function sayCue(cue: Cue): string {
  return JSON.stringify(cue, (_, value: unknown) =>
    typeof value === 'bigint' ? `0x${value.toString(16)}` : value,
  );
}

function waitFor(run: LocalRun, cue: Cue): boolean {
  if (cue.cue === 'after') {
    runUntil(run, (run.world.now + cue.micros) as Micros);
    return true;
  }
  const until = (run.world.now + PATIENCE) as Micros;
  while (cue.cue !== 'serving' || !isServing(run, cue.servers)) {
    const handled = stepHandled(run, until);
    if (handled === null) return false;
    if (cue.cue !== 'serving' && isCue(cue, handled)) return true;
  }
  return true;
}

/** Whether that event is what a script waits for. */
export function isCue(
  cue: Exclude<Cue, { readonly cue: 'after' | 'serving' }>,
  { process, event, turn }: Handled,
): boolean {
  switch (cue.cue) {
    case 'note':
      return (
        process === cue.of &&
        turn.effects.some(
          (effect) =>
            effect.kind === 'note' &&
            effect.note.note === cue.note &&
            hasFields(effect.note, cue.where),
        )
      );
    case 'sent':
      return (
        process === cue.by &&
        turn.effects.some(
          (effect) => effect.kind === 'send' && isMessage(effect.message, cue.type, cue.where),
        )
      );
    case 'received':
      return (
        process === cue.by &&
        event?.kind === 'packet' &&
        isMessage(event.message, cue.type, cue.where)
      );
    case 'timer':
      return process === cue.of && turn.own?.kind === 'timer' && turn.own.name === cue.name;
    case 'result':
      return turn.effects.some((effect) => effect.kind === 'result' && effect.tag === cue.tag);
    default:
      return unreachable(cue);
  }
}

function isMessage(message: object, type: string, where: Fields | undefined): boolean {
  const fields = message as Fields;
  const named = [fields['type'], fields['kind'], fields['op']].includes(type);
  return named && hasFields(message, where);
}

function hasFields(value: object, where: Fields | undefined): boolean {
  const fields = value as Fields;
  return Object.entries(where ?? {}).every(([name, wanted]) => fields[name] === wanted);
}

function isServing(run: LocalRun, servers: readonly number[]): boolean {
  let leads = 0;
  for (const sid of servers) {
    const host = run.hosts.get(sid as ProcessId);
    if (host?.kind !== 'member' || host.ended || host.server.zabState !== 'broadcast') return false;
    if (host.server.role.name === 'leading') leads++;
  }
  return leads === 1;
}

function actionOf(run: LocalRun, deed: Deed): Action | null {
  if (deed.kind === 'attempt') return deed.action;
  if (deed.kind !== 'holdPacket' && deed.kind !== 'releasePacket') return deed;
  const kind = deed.kind === 'holdPacket' ? 'hold' : 'release';
  const found = findPacket(run, deed.packet, kind === 'release');
  return found === null ? null : { kind, ...found };
}

/** The first packet on its way that fits, held or not. */
export function findPacket(
  run: LocalRun,
  { from, to, type, where }: PacketMatch,
  held: boolean,
): PacketId | null {
  for (const connection of run.world.connections.values()) {
    for (const channel of [connection.there, connection.back]) {
      if (channel.sender.id !== from || channel.receiver.id !== to) continue;
      const item = itemsOf(channel).find(
        ({ event, held: waits }) =>
          waits === held && event.kind === 'packet' && isMessage(event.message, type, where),
      );
      if (item === undefined) continue;
      return { conn: channel.conn, from: from as ProcessId, index: item.index };
    }
  }
  return null;
}
