/**
 * The chronicle as the page sees it: a worker of its own lives the same run once more, in one
 * thread, and is asked about the past. It never touches the run that the page shows.
 */
import type { MessageBytes } from '../core/message-bytes.ts';
import type { TimedAction } from '../sim/actions.ts';
import type { Beginning } from '../sim/beginning.ts';
import type {
  BranchId,
  BranchView,
  Comparison,
  EventAccount,
  EventColumns,
  Histories,
  Metrics,
  Moment,
  Place,
  Story,
} from '../sim/chronicle/model.ts';
import type { ToldBranch, ToldRun } from '../sim/chronicle/told.ts';
import type { Frame } from '../sim/frame.ts';
import type { LocalRun } from '../sim/local.ts';
import type { MemberLogPart } from '../sim/log-part.ts';
import type { PacketName } from '../sim/packet-bytes.ts';
import type { TreeView } from '../core/view.ts';
import type { Micros, Sid } from '../core/units.ts';
import type { Zxid } from '../core/zxid.ts';

export interface ChronicleApi {
  /** Forgets all it had: a new run begins at this state. @returns the first branch. */
  begin(base: LocalRun): Promise<BranchView>;
  /** The run went on: `actions` are those from number `from` on. Lives it up to `to`. */
  follow(
    branch: BranchId,
    from: number,
    actions: readonly TimedAction[],
    to: Moment,
  ): Promise<BranchView>;
  /** A new future from there, without any action yet. */
  fork(place: Place, name: string): Promise<BranchView>;
  rename(branch: BranchId, name: string): Promise<void>;
  /** A branch that others left from stays as far as they need it. */
  remove(branch: BranchId): Promise<void>;
  branches(): Promise<readonly BranchView[]>;
  /** Every branch with what was done on it: enough to live all of it again. */
  told(): Promise<readonly ToldBranch[]>;
  /** What the run began with; null where its members found nothing. */
  beginning(): Promise<Beginning | null>;
  /**
   * Forgets all it had, and lives again what was told. @returns the branches as they are called
   * here, in the order in which they were told.
   */
  rebuild(told: ToldRun): Promise<readonly BranchView[]>;

  /** Events from number `from` on, at most `max`. */
  events(branch: BranchId, from: number, max: number): Promise<EventColumns>;
  story(branch: BranchId): Promise<Story>;
  histories(branch: BranchId): Promise<Histories>;
  metrics(branch: BranchId): Promise<Metrics>;

  /** The last moment at which everything before `at` has happened, and nothing after it. */
  momentAt(branch: BranchId, at: Micros): Promise<Moment>;
  /** The picture of a moment; `focus`: whose tree and log lines it carries. */
  frame(place: Place, focus: Sid | null): Promise<Frame>;
  tree(place: Place, sid: Sid): Promise<TreeView | null>;
  /** What every member's log held then: see PlaygroundApi. */
  logParts(place: Place, from: Zxid, to: Zxid): Promise<readonly MemberLogPart[]>;
  packetBytes(place: Place, packet: PacketName): Promise<MessageBytes | null>;
  /** The answer of a four-letter word then; null of a server that is down. */
  admin(place: Place, sid: Sid, word: string): Promise<string | null>;
  account(branch: BranchId, event: number): Promise<EventAccount>;
  compare(a: Place, b: Place, focus: Sid | null): Promise<Comparison>;
  /** The whole state: a run that can go on from there. */
  checkpoint(place: Place): Promise<LocalRun>;
  /** All actions up to there. */
  actions(place: Place): Promise<readonly TimedAction[]>;
}

/** The page's end. Everything is rejected once it was disposed of. */
export interface Chronicle extends ChronicleApi {
  dispose(): void;
}
