/**
 * A member: one server with its disk and its timers, as the world sees it. It runs in the world's
 * own thread or alone in a worker, and cannot tell which.
 *
 * Plain data, with functions beside it: a `structuredClone` of a member is a checkpoint of it.
 */
import type { EnsembleConfig } from '../core/config.ts';
import type { DiskOp, Effects } from '../core/quorum/peer-io.ts';
import { createServer, stepServer, type Server } from '../core/server.ts';
import { viewServer, viewTree } from '../core/server-view.ts';
import type { DiskImage } from '../core/txn-log/disk-image.ts';
import {
  microsToMillis,
  type ConnId,
  type Micros,
  type Millis,
  type ProcessId,
  type Sid,
} from '../core/units.ts';
import type { TreeView } from '../core/view.ts';
import type { Zxid } from '../core/zxid.ts';
import type { CrashTail, LatencyRange } from './actions.ts';
import { armTimer, clearAgenda, clearTimer, createAgenda, planCompletion } from './agenda.ts';
import type { Agenda } from './agenda.ts';
import { inspectMember } from './check/local/inspect.ts';
import { createWatch, type LocalWatch } from './check/local/watch.ts';
import {
  applyDiskEffect,
  completeOperation,
  crashImage,
  createDisk,
  filesOf,
  type Disk,
  type DiskWrite,
} from './disk.ts';
import type { Batch, Inbound, Outbound, StepResult } from './host.ts';
import { logPart, type LogPart } from './log-part.ts';
import { logOfDisk, viewOfDisk, type HostView } from './member-view.ts';
import { runBatch } from './process-loop.ts';

export interface MemberSettings {
  readonly config: EnsembleConfig;
  readonly sid: Sid;
  readonly seed: number;
  readonly incarnation: number;
  readonly diskLatency: LatencyRange;
  /** Looks at its state and disk after each turn, for the checkers. */
  readonly check?: boolean;
}

export interface MemberHost {
  readonly kind: 'member';
  readonly self: ProcessId;
  readonly agenda: Agenda;
  server: Server;
  readonly disk: Disk;
  /** Null where nobody looks. */
  readonly watch: LocalWatch | null;
  /** How far its clock is ahead of the world's. */
  skew: Micros;
  readonly gone: ConnId[];
  ended: boolean;
}

/** A member whose boot, on what its disk holds, is due at `at`. */
export function createMember(settings: MemberSettings, image: DiskImage, at: Micros): MemberHost {
  const { config, sid, seed, incarnation, diskLatency, check = false } = settings;
  const member: MemberHost = {
    kind: 'member',
    self: sid as number as ProcessId,
    agenda: createAgenda(incarnation),
    server: createServer({ config, sid, seed, incarnation }),
    disk: createDisk(sid, seed, incarnation, diskLatency, image),
    watch: check ? createWatch() : null,
    skew: 0 as Micros,
    gone: [],
    ended: false,
  };
  planCompletion(member.agenda, at, { kind: 'boot', image });
  return member;
}

export function stepMember(
  member: MemberHost,
  batch: Batch,
  after?: (member: MemberHost) => void,
): StepResult {
  return runBatch(member, batch, react, after);
}

/** Ends the process. What its disk holds then depends on how: a crash takes the page cache too. */
export function crashMember(member: MemberHost, tail: CrashTail): DiskImage {
  const exited = member.ended;
  member.ended = true;
  clearAgenda(member.agenda);
  return crashImage(member.disk, tail, exited);
}

/** What a loss of power at this moment leaves for certain. */
export function durableImage(member: MemberHost): DiskImage {
  return filesOf(member.disk.platter);
}

/** The disk operations that began in the last step, in order. */
export function takeDiskWrites(member: MemberHost): readonly DiskWrite[] {
  const { writes } = member.disk;
  if (writes.length > 0) member.disk.writes = [];
  return writes;
}

/** The operations that the server was told are durable in the last step. */
export function takeCompleted(member: MemberHost): readonly DiskOp[] {
  const { completed } = member.disk;
  if (completed.length > 0) member.disk.completed = [];
  return completed;
}

export function viewMember(member: MemberHost): HostView {
  const server = member.ended ? null : viewServer(member.server);
  return viewOfDisk(member.disk, server);
}

/** Its log from one zxid to another. */
export function logPartOf(member: MemberHost, from: Zxid, to: Zxid): LogPart {
  const server = member.ended ? null : viewServer(member.server);
  return logPart(logOfDisk(member.disk, server), from, to);
}

/** Null when the process has ended. */
export function treeOf(member: MemberHost): TreeView | null {
  return member.ended ? null : viewTree(member.server);
}

const NOTHING: readonly Outbound[] = [];

function react(member: MemberHost, at: Micros, event: Inbound): readonly Outbound[] {
  switch (event.kind) {
    case 'packet':
    case 'timer':
      break;
    case 'durable':
    case 'diskFailed':
      completeOperation(member.disk);
      break;
    case 'disk':
      member.disk.faults = event.faults;
      return NOTHING;
    case 'clock':
      setClock(member, event.skew);
      return NOTHING;
    case 'start':
    case 'line':
    case 'submit':
      return NOTHING;
    default:
  }
  const out: Effects = [];
  stepServer(member.server, at, event, out);
  const kept = out.length === 0 ? NOTHING : keepOutbound(member, at, out);
  return member.watch === null ? kept : look(member, member.watch, kept);
}

/** What the looks find goes out behind what the server did. */
function look(
  { server, disk }: MemberHost,
  watch: LocalWatch,
  effects: readonly Outbound[],
): readonly Outbound[] {
  const looks = inspectMember({ watch, server, disk }, effects);
  if (looks.length === 0) return effects;
  return [...effects, ...looks.map((found) => ({ kind: 'look', look: found }) as const)];
}

/** Carries out what concerns the timers and the disk, and leaves the rest, in order, in `out`. */
function keepOutbound(member: MemberHost, at: Micros, out: Effects): readonly Outbound[] {
  let kept = 0;
  for (const effect of out) {
    switch (effect.kind) {
      case 'note':
      case 'send':
      case 'log':
      case 'connect':
      case 'accept':
        break;
      case 'close':
      case 'refuse':
        member.gone.push(effect.conn);
        break;
      case 'exit':
        member.ended = true;
        break;
      case 'recv':
        continue;
      case 'setTimer':
        armTimer(member.agenda, effect.name, (at + effect.after) as Micros);
        continue;
      case 'clearTimer':
        clearTimer(member.agenda, effect.name);
        continue;
      default:
        applyDiskEffect(member.disk, member.agenda, at, effect);
        continue;
    }
    out[kept++] = effect;
    if (member.ended) break;
  }
  if (kept < out.length) out.length = kept;
  return out as readonly Outbound[];
}

/** Only the wall clock is off: what is measured in elapsed time, as in ZooKeeper, is not. */
function setClock(member: MemberHost, skew: Micros): void {
  const { settings } = member.server;
  const change = microsToMillis(skew) - microsToMillis(member.skew);
  const startTime = (settings.config.startTime + change) as Millis;
  member.skew = skew;
  member.server = {
    ...member.server,
    settings: { ...settings, config: { ...settings.config, startTime } },
  };
}
