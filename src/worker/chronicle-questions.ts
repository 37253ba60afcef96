/** What the chronicle is asked about moments of the past. */
import type { ProcessId, Sid } from '../core/units.ts';
import { adminText } from '../sim/admin-text.ts';
import { accountOf } from '../sim/chronicle/account.ts';
import { actionsOf, type Branch } from '../sim/chronicle/branch.ts';
import { branchOf, type Chronicle } from '../sim/chronicle/chronicle-state.ts';
import { firstDifference } from '../sim/chronicle/compare.ts';
import { copyRun } from '../sim/chronicle/copy-run.ts';
import { metricsOf } from '../sim/chronicle/metrics.ts';
import type { BranchId, Comparison, Place } from '../sim/chronicle/model.ts';
import { historiesOf } from '../sim/chronicle/operations.ts';
import { seek, settle } from '../sim/chronicle/seek.ts';
import { frameOf } from '../sim/local-frame.ts';
import { logParts, memberTree, type LocalRun } from '../sim/local.ts';
import { packetBytes } from '../sim/packet-bytes.ts';
import type { ChronicleApi } from './chronicle-api.ts';

type Questions = Pick<
  ChronicleApi,
  | 'frame'
  | 'tree'
  | 'logParts'
  | 'packetBytes'
  | 'checkpoint'
  | 'actions'
  | 'histories'
  | 'metrics'
  | 'admin'
  | 'account'
  | 'compare'
>;

type On = <T>(answer: (chronicle: Chronicle) => T) => Promise<T>;
type About = <T>(id: BranchId, answer: (branch: Branch) => T) => Promise<T>;

export function ask(on: On, about: About): Questions {
  const at = <T>(place: Place, answer: (run: LocalRun) => T): Promise<T> =>
    on((chronicle) => answer(seek(chronicle, place)));
  return {
    frame: (place, focus) => at(place, (run) => frameOf(run, focus)),
    tree: (place, sid) => at(place, (run) => memberTree(run, sid)),
    logParts: (place, from, to) => at(place, (run) => logParts(run, from, to)),
    packetBytes: (place, packet) => at(place, ({ world }) => packetBytes(world, packet)),
    admin: (place, sid, word) => at(place, (run) => admin(run, sid, word)),
    checkpoint: (place) => at(place, copyRun),
    actions: (place) =>
      on((chronicle) => {
        const branch = branchOf(chronicle, place.branch);
        return actionsOf(branch, chronicle.base, settle(branch, place.moment).actions);
      }),
    histories: (id) => about(id, ({ ledger }) => historiesOf(id, ledger)),
    metrics: (id) => about(id, ({ gauges }) => metricsOf(id, gauges)),
    account: (id, event) =>
      on((chronicle) => accountOf(branchOf(chronicle, id), chronicle.names, event)),
    compare: (a, b, focus) => on((chronicle) => compare(chronicle, a, b, focus)),
  };
}

/** One that is paused answers nobody, either. */
function admin({ world, hosts }: LocalRun, sid: Sid, word: string): string | null {
  const id = sid as number as ProcessId;
  const host = hosts.get(id);
  if (host?.kind !== 'member' || world.byId.get(id)?.status !== 'running') return null;
  return adminText(host, word, world.now);
}

function compare(chronicle: Chronicle, a: Place, b: Place, focus: Sid | null): Comparison {
  const frameA = frameOf(seek(chronicle, a), focus);
  const frameB = frameOf(seek(chronicle, b), focus);
  const [one, other] = [branchOf(chronicle, a.branch), branchOf(chronicle, b.branch)];
  const difference = firstDifference(one, other, frameA.events, frameB.events);
  return { a: frameA, b: frameB, firstDifference: difference };
}
