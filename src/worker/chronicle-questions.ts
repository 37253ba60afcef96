/** What the chronicle is asked about moments of the past. */
import { actionsOf, type Branch } from '../sim/chronicle/branch.ts';
import { branchOf, type Chronicle } from '../sim/chronicle/chronicle-state.ts';
import { copyRun } from '../sim/chronicle/ladder.ts';
import type { BranchId } from '../sim/chronicle/model.ts';
import { seek, settle } from '../sim/chronicle/seek.ts';
import { frameOf } from '../sim/local-frame.ts';
import { memberTree } from '../sim/local.ts';
import { packetBytes } from '../sim/packet-bytes.ts';
import type { ChronicleApi } from './chronicle-api.ts';

type Questions = Pick<
  ChronicleApi,
  | 'frame'
  | 'tree'
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

function later(): Promise<never> {
  return Promise.reject(new Error('the chronicle cannot say that yet'));
}

export function ask(on: On, _about: About): Questions {
  return {
    frame: (place, focus) => on((chronicle) => frameOf(seek(chronicle, place), focus)),
    tree: (place, sid) => on((chronicle) => memberTree(seek(chronicle, place), sid)),
    packetBytes: (place, packet) =>
      on((chronicle) => packetBytes(seek(chronicle, place).world, packet)),
    checkpoint: (place) => on((chronicle) => copyRun(seek(chronicle, place))),
    actions: (place) =>
      on((chronicle) => {
        const branch = branchOf(chronicle, place.branch);
        return actionsOf(branch, chronicle.base, settle(branch, place.moment).actions);
      }),
    histories: later,
    metrics: later,
    admin: later,
    account: later,
    compare: later,
  };
}
