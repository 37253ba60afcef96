/** What the playground asks of whoever knows the past: a port, so that it works without one. */
import type { Completion } from '../../core/client/client-io.ts';
import type { MessageBytes } from '../../core/message-bytes.ts';
import type { ProcessId, Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { RunRecord } from '../../sim/actions.ts';
import type { Beginning } from '../../sim/beginning.ts';
import type { Frame } from '../../sim/frame.ts';
import type { LocalRun } from '../../sim/local.ts';
import type { MemberLogPart } from '../../sim/log-part.ts';
import type { PacketName } from '../../sim/packet-bytes.ts';
import type { MemberFiles, StepKind } from '../../worker/api.ts';

/** Answers about the moment in sight. */
export interface PastAnswers {
  packetBytes(packet: PacketName): Promise<MessageBytes | null>;
  admin(sid: Sid, word: string): Promise<string | null>;
  logParts(from: Zxid, to: Zxid): Promise<readonly MemberLogPart[]>;
  complete(process: ProcessId, line: string): Promise<Completion>;
  dataDirs(): Promise<readonly MemberFiles[]>;
  record(): Promise<RunRecord>;
  checkpoint(): Promise<LocalRun>;
}

export interface Past {
  /** A moment of the past is in sight. */
  readonly inPast: boolean;
  readonly replaying: boolean;
  /** A run was opened; `base` is its first state, or fails where that could not be had. */
  opened(base: Promise<LocalRun>): void;
  /** The disks that the open run began with; null where they were empty. */
  beginning(): Promise<Beginning | null>;
  /** A frame of the present came. */
  came(frame: Frame): void;
  /** Makes the moment in sight the present, as a branch. @returns false where that failed. */
  makePresent(): Promise<boolean>;
  replay(): Promise<void>;
  stopReplay(): void;
  stepForward(kind: StepKind): Promise<void>;
  /** Another server came in focus: the picture of the past is to carry its tree. */
  focusMoved(): void;
  readonly answers: PastAnswers;
}
