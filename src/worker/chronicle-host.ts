/**
 * The chronicle in its worker. Questions are answered at once, as far as the run is known; going on
 * with a run takes long, so it is done in slices between which questions are let in.
 */
import { transfer } from 'comlink';
import {
  beginChronicle,
  eventsOf,
  followSome,
  forkBranch,
  momentAt,
  removeBranch,
  storyOf,
  viewBranches,
} from '../sim/chronicle/chronicle.ts';
import { branchOf, type Chronicle } from '../sim/chronicle/chronicle-state.ts';
import { viewBranch, type Branch } from '../sim/chronicle/branch.ts';
import type { BranchId, EventColumns } from '../sim/chronicle/model.ts';
import {
  beginningOfChronicle,
  beginRebuilding,
  rebuildSome,
  tellBranches,
  type ToldRun,
} from '../sim/chronicle/told.ts';
import type { ChronicleApi } from './chronicle-api.ts';
import { ask } from './chronicle-questions.ts';
import { yieldToMessages } from './macrotask.ts';

/** How long a slice takes at most, in milliseconds: a question in between waits so long. */
const SLICE_MAX = 15;

/** Between two looks at the clock. */
const SLICE_EVENTS = 200;

/** The most events that are given at once. */
const EVENTS_AT_ONCE = 500_000;

interface Host {
  chronicle: Chronicle | null;
  /** The following under way, one behind the other. */
  following: Promise<unknown>;
}

/** @param clock milliseconds. */
export function createChronicleHost(clock: () => number): ChronicleApi {
  const host: Host = { chronicle: null, following: Promise.resolve() };
  const on = <T>(answer: (chronicle: Chronicle) => T): Promise<T> =>
    new Promise((resolve) => {
      resolve(answer(opened(host)));
    });
  const about = <T>(id: BranchId, answer: (branch: Branch) => T): Promise<T> =>
    on((chronicle) => answer(branchOf(chronicle, id)));
  return {
    begin: (base) =>
      new Promise((resolve) => {
        const { chronicle, first } = beginChronicle(base);
        host.chronicle = chronicle;
        resolve(first);
      }),
    follow: (branch, from, actions, to) => {
      const { chronicle } = host;
      const going = host.following.then(() =>
        follow(host, opened({ chronicle }), clock, { branch, from, actions, to }),
      );
      host.following = going.catch(() => undefined);
      return going;
    },
    fork: (place, name) => on((chronicle) => forkBranch(chronicle, place, name)),
    rename: (id, name) =>
      about(id, (branch) => {
        branch.name = name;
      }),
    remove: (id) =>
      on((chronicle) => {
        removeBranch(chronicle, branchOf(chronicle, id));
      }),
    branches: () => on(viewBranches),
    told: () => on(tellBranches),
    beginning: () => on(beginningOfChronicle),
    rebuild: (told) => rebuild(host, clock, told),
    events: (id, from, max) =>
      on((chronicle) =>
        handOver(eventsOf(chronicle, branchOf(chronicle, id), from, Math.min(max, EVENTS_AT_ONCE))),
      ),
    story: (id) => about(id, storyOf),
    momentAt: (id, at) => about(id, (branch) => momentAt(branch, at)),
    ...ask(on, about),
  };
}

function opened({ chronicle }: Pick<Host, 'chronicle'>): Chronicle {
  if (chronicle === null) throw new Error('the chronicle has not begun');
  return chronicle;
}

type Errand = Parameters<typeof followSome>[2] & { readonly branch: BranchId };

/** @throws when another run began meanwhile. */
async function follow(host: Host, chronicle: Chronicle, clock: () => number, errand: Errand) {
  for (;;) {
    if (host.chronicle !== chronicle) throw new Error('another run began');
    const branch = branchOf(chronicle, errand.branch);
    const deadline = clock() + SLICE_MAX;
    do {
      if (followSome(chronicle, branch, errand, SLICE_EVENTS)) return viewBranch(branch);
    } while (clock() < deadline);
    await yieldToMessages();
  }
}

/** It is answered for only when all of it is there. */
async function rebuild(host: Host, clock: () => number, told: ToldRun) {
  const rebuilding = beginRebuilding(told);
  const { chronicle, ids } = rebuilding;
  for (;;) {
    const deadline = clock() + SLICE_MAX;
    do {
      if (rebuildSome(rebuilding, SLICE_EVENTS)) {
        host.chronicle = chronicle;
        return ids.map((id) => viewBranch(branchOf(chronicle, id)));
      }
    } while (clock() < deadline);
    await yieldToMessages();
  }
}

/** Its arrays are copies, made for whoever asked. */
function handOver(columns: EventColumns): EventColumns {
  const arrays = Object.values(columns).filter((value) => ArrayBuffer.isView(value));
  return transfer(
    columns,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}
