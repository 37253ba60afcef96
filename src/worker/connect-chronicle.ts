/** The page's end of the chronicle. */
import { wrap } from 'comlink';
import type { MessageBytes } from '../core/message-bytes.ts';
import type { TreeView } from '../core/view.ts';
import type { TimedAction } from '../sim/actions.ts';
import type { Beginning } from '../sim/beginning.ts';
import type {
  BranchView,
  Comparison,
  EventAccount,
  EventColumns,
  Histories,
  Metrics,
  Story,
} from '../sim/chronicle/model.ts';
import type { ToldBranch } from '../sim/chronicle/told.ts';
import type { Frame } from '../sim/frame.ts';
import type { LocalRun } from '../sim/local.ts';
import type { MemberLogPart } from '../sim/log-part.ts';
import type { Chronicle, ChronicleApi } from './chronicle-api.ts';
import { createMortal } from './mortal.ts';

/** Starts the worker. */
export function connectChronicle(): Chronicle {
  const worker = new Worker(new URL('./chronicle.worker.ts', import.meta.url), {
    type: 'module',
    name: 'chronicle',
  });
  const api = wrap<ChronicleApi>(worker);
  const { live, die } = createMortal();
  worker.addEventListener('error', (event) => {
    die(new Error(`the worker of the chronicle failed: ${event.message}`));
  });
  return {
    begin: (base) => live<BranchView>(api.begin(base)),
    follow: (branch, from, actions, to) => live<BranchView>(api.follow(branch, from, actions, to)),
    fork: (place, name) => live<BranchView>(api.fork(place, name)),
    rename: (branch, name) => live(api.rename(branch, name)),
    remove: (branch) => live(api.remove(branch)),
    branches: () => live<readonly BranchView[]>(api.branches()),
    told: () => live<readonly ToldBranch[]>(api.told()),
    beginning: () => live<Beginning | null>(api.beginning()),
    rebuild: (told) => live<readonly BranchView[]>(api.rebuild(told)),
    events: (branch, from, max) => live<EventColumns>(api.events(branch, from, max)),
    story: (branch) => live<Story>(api.story(branch)),
    histories: (branch) => live<Histories>(api.histories(branch)),
    metrics: (branch) => live<Metrics>(api.metrics(branch)),
    momentAt: (branch, at) => live(api.momentAt(branch, at)),
    frame: (place, focus) => live<Frame>(api.frame(place, focus)),
    tree: (place, sid) => live<TreeView | null>(api.tree(place, sid)),
    logParts: (place, from, to) => live<readonly MemberLogPart[]>(api.logParts(place, from, to)),
    packetBytes: (place, packet) => live<MessageBytes | null>(api.packetBytes(place, packet)),
    admin: (place, sid, word) => live(api.admin(place, sid, word)),
    account: (branch, event) => live<EventAccount>(api.account(branch, event)),
    compare: (a, b, focus) => live<Comparison>(api.compare(a, b, focus)),
    checkpoint: (place) => live<LocalRun>(api.checkpoint(place)),
    actions: (place) => live<readonly TimedAction[]>(api.actions(place)),
    dispose: () => {
      worker.terminate();
      die(new Error('the chronicle is closed'));
    },
  };
}
