/** Between the bus worker and a member: what crosses there, and what stands at the bus's end. */
import type { Micros, Sid } from '../core/units.ts';
import type { TreeView } from '../core/view.ts';
import type { Zxid } from '../core/zxid.ts';
import type { DiskImage } from '../core/txn-log/disk-image.ts';
import type { CrashTail, WorldConfig } from '../sim/actions.ts';
import type { Batch, StepResult } from '../sim/host.ts';
import type { MemberHost } from '../sim/member.ts';
import type { LogPart } from '../sim/log-part.ts';
import type { HostView } from '../sim/member-view.ts';
import type { MemberFiles } from './api.ts';

/** Where a member's disk is. */
export type DiskPlace =
  | { readonly kind: 'stored'; readonly database: string }
  /** Nothing is stored: the bus keeps what a crash leaves, and hands it to the next life. */
  | { readonly kind: 'volatile'; readonly image: DiskImage };

export interface MemberBoot {
  readonly world: WorldConfig;
  readonly sid: Sid;
  readonly incarnation: number;
  /** When the server's first event is due. */
  readonly at: Micros;
  readonly place: DiskPlace;
  /** It goes on as it was: its memory, its timers, its disk. Taken over, not copied. */
  readonly moment?: MemberHost;
}

/** What is left of a server whose process ended. */
export interface Remains {
  readonly picture: HostView;
  /** Of a volatile disk; null where it is stored. */
  readonly image: DiskImage | null;
}

export type DiskFiles = Omit<MemberFiles, 'sid'>;

export interface MemberApi {
  /** Reads the disk. Damage that ZooKeeper would stop at ends the process at its first event. */
  boot(boot: MemberBoot): Promise<{ readonly empty: boolean }>;
  /** Resolves when everything that the step saw become durable is stored. */
  step(batch: Batch): Promise<StepResult>;
  picture(): Promise<HostView>;
  tree(): Promise<TreeView | null>;
  /** The names of a znode's children; null where there is no such znode. */
  children(path: string): Promise<readonly string[] | null>;
  /** Its log from one zxid to another, both included. */
  logPart(from: Zxid, to: Zxid): Promise<LogPart>;
  /** What is durable at this moment. */
  disk(): Promise<DiskFiles>;
  /** All of it, as it is at this moment. */
  checkpoint(): Promise<MemberHost>;
  /** The answer of a four-letter word at that time; null where the process has ended. */
  admin(word: string, now: Micros): Promise<string | null>;
  /** Stores exactly what survives. The process is over then; end it. */
  crash(tail: CrashTail): Promise<Remains>;
  /** Forgets the server, when what it has written is stored: the worker waits for another boot. */
  retire(): Promise<void>;
}

/** As comlink wraps it: what crosses at every window is packed. */
export interface MemberWire extends Omit<MemberApi, 'step'> {
  step(batch: Uint8Array): Promise<Uint8Array>;
}

/** The bus's end. Calls reject with ProcessEnded once it is terminated. */
export interface MemberPort extends MemberApi {
  terminate(): void;
}

/** A member's process is gone; what it was asked has no answer. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}
