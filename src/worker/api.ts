/** What crosses the worker boundary: methods, and values that structured cloning keeps. */
import type { Completion } from '../core/client/client-io.ts';
import type { MessageBytes } from '../core/message-bytes.ts';
import type { Action, ActionOutcome, RunRecord, TimedAction, WorldConfig } from '../sim/actions.ts';
import type { MemberFiles } from '../sim/beginning.ts';
import type { Frame } from '../sim/frame.ts';
import type { Goal } from '../sim/goal.ts';
import type { LocalRun } from '../sim/local.ts';
import type { ProgramEnd } from '../sim/program/model.ts';
import type { MemberLogPart } from '../sim/log-part.ts';
import type { PacketName } from '../sim/packet-bytes.ts';
import type { Micros, ProcessId, Sid } from '../core/units.ts';
import type { Zxid } from '../core/zxid.ts';

export type { Goal, MemberFiles };

export interface OpenOptions {
  readonly world: WorldConfig;
  /** Start from the disks that this browser kept, if there are any of this ensemble. */
  readonly resume: boolean;
  /** Keep disks in IndexedDB. False in a second tab: they then live in memory only. */
  readonly durable: boolean;
  /** What members begin with, where they do not begin empty. Not with `resume`. */
  readonly disks?: readonly MemberFiles[];
  /**
   * Its actions take place again, each at its time, from where it says that the run began. Its
   * world must be `world`. Not with `resume` or `disks`.
   */
  readonly record?: RunRecord;
  /**
   * Go on from this state, memory and disks. Its world must be `world`. Not with `resume`. It is
   * taken over where it does not cross to a worker.
   */
  readonly moment?: LocalRun;
  /**
   * It runs at once: as fast as it can until somebody serves, then at this speed. Without it, time
   * stands still until `play`.
   */
  readonly cruise?: number;
}

export type OpenResult =
  /**
   * `recovered`: the members started from what they had stored. `base`: the state in which it began,
   * where `cruise` has taken it on from there.
   */
  | { readonly kind: 'open'; readonly recovered: boolean; readonly base?: LocalRun }
  /** Another tab holds this ensemble's stores. */
  | { readonly kind: 'locked' };

/** What a step goes to: the next event, packet delivered, row worth seeing, or change of phase. */
export type StepKind = 'event' | 'packet' | 'interesting' | 'phase';

/** How far it went without meeting its goal, in virtual microseconds: ten minutes. */
export const GOAL_SPAN_MAX = 600_000_000;

export type GoalEnd = 'reached' | 'stopped' | 'tooFar' | 'violated';

/** The bus worker as the page sees it. */
export interface PlaygroundApi {
  open(options: OpenOptions, onFrame: (frame: Frame) => void): Promise<OpenResult>;
  /** Stamps the action with the end of the window already delivered. */
  act(action: Action): Promise<ActionOutcome>;
  play(): Promise<void>;
  pause(): Promise<void>;
  step(kind: StepKind): Promise<void>;
  /** Virtual seconds per second of the wall: 0.001 … 1000, or Infinity. */
  setSpeed(speed: number): Promise<void>;
  /** Whose tree and log lines frames carry. */
  focus(sid: Sid | null): Promise<void>;
  /** Runs as fast as possible to `until`; frames show progress; `pause` stops it. */
  runTo(until: Micros): Promise<void>;
  /**
   * The same until a goal is met: time stands still right there, or behind the window in which a
   * state came about. At once where it is met already; waiting for a packet always moves.
   */
  runUntil(goal: Goal): Promise<GoalEnd>;
  complete(process: ProcessId, line: string): Promise<Completion>;
  /** Null when it is no longer in flight. */
  packetBytes(packet: PacketName): Promise<MessageBytes | null>;
  /** The answer of a four-letter word; null of a server that does not run. All are allowed. */
  admin(sid: Sid, word: string): Promise<string | null>;
  /**
   * What every member's log holds, and its cells from one zxid to another, both included: frames
   * carry only its end. Of one zxid alone the whole record.
   */
  logParts(from: Zxid, to: Zxid): Promise<readonly MemberLogPart[]>;
  record(): Promise<RunRecord>;
  /** The actions from number `from` on, in their order. */
  actionsFrom(from: number): Promise<readonly TimedAction[]>;
  /**
   * A monkey plays with the ensemble, so wildly (1..10); null calls it off. Its actions are like a
   * person's. It also stops when a property breaks, as all of time does.
   */
  setMonkey(intensity: number | null): Promise<void>;
  /**
   * A program of a person takes part from now on: it is told of its turns at `port`, and answers
   * there. `id` is new. @returns why it was asked no more.
   */
  runProgram(id: number, port: MessagePort): Promise<ProgramEnd>;
  /** At once, also in the middle of a turn; its processes die. */
  stopProgram(id: number): Promise<void>;
  /** The present moment, whole: a run in one thread that goes on from it. */
  checkpoint(): Promise<LocalRun>;
  /** What is durable of every member, also of one that is down. @throws naming a lost disk. */
  dataDirs(): Promise<readonly MemberFiles[]>;
  /** Ends the workers; with `wipe` the stores are emptied too. */
  close(wipe: boolean): Promise<void>;
}
