/**
 * A chronicle without a run: it knows branches, and shows one canned frame at any moment. For tests
 * of the page's state and of what panes do with it.
 */
import { bytesOfMessage } from '../../src/core/message-bytes.ts';
import type { Micros } from '../../src/core/units.ts';
import type { TimedAction } from '../../src/sim/actions.ts';
import type { BranchId, BranchView, Moment, Place } from '../../src/sim/chronicle/model.ts';
import type { Frame } from '../../src/sim/frame.ts';
import type { LocalRun } from '../../src/sim/local.ts';
import type { Chronicle } from '../../src/worker/chronicle-api.ts';
import { cannedFrame, cannedTree, partsOfFrame } from './canned-frames.ts';

export interface FakeChronicle extends Chronicle {
  /** Everything that was asked of it, oldest first: `frame 3`, `fork`, `follow` … */
  readonly calls: string[];
  /** Answers wait until this is resolved. */
  wait: Promise<unknown>;
  /** What the next question ends with, once. */
  failWith: Error | null;
}

const START: Moment = { events: 0, actions: 0, at: 0 as Micros };

export function createFakeChronicle(frame: Frame = cannedFrame()): FakeChronicle {
  const branches = new Map<BranchId, BranchView>();
  const actions: TimedAction[] = [];
  const answer = async <T>(call: string, value: () => T): Promise<T> => {
    fake.calls.push(call);
    await fake.wait;
    const failure = fake.failWith;
    fake.failWith = null;
    if (failure !== null) throw failure;
    return value();
  };
  const branchOf = (id: BranchId): BranchView => {
    const branch = branches.get(id);
    if (branch === undefined) throw new Error(`no branch ${String(id)}`);
    return branch;
  };
  const keep = (branch: BranchView): BranchView => {
    branches.set(branch.id, branch);
    return branch;
  };
  const add = (parent: BranchId | null, fork: Moment, name: string): BranchView =>
    keep({ id: (branches.size + 1) as BranchId, name, parent, fork, end: fork });
  const frameAt = ({ moment }: Place): Frame => ({
    ...frame,
    now: moment.at,
    events: moment.events,
    actions: moment.actions,
    running: false,
  });
  const nothing = () => new Error('a fake chronicle knows nothing of that');
  const fake: FakeChronicle = {
    calls: [],
    wait: Promise.resolve(),
    failWith: null,
    begin: () =>
      answer('begin', () => {
        branches.clear();
        return add(null, START, '');
      }),
    follow: (id, from, more, to) =>
      answer('follow', () => {
        actions.splice(from, Infinity, ...more);
        return keep({ ...branchOf(id), end: to });
      }),
    fork: ({ branch, moment }, name) => answer('fork', () => add(branch, moment, name)),
    rename: (id, name) => answer('rename', () => void keep({ ...branchOf(id), name })),
    remove: (id) => answer('remove', () => void branches.delete(id)),
    branches: () => answer('branches', () => [...branches.values()]),
    told: () =>
      answer('told', () => [...branches.values()].map((branch) => ({ ...branch, actions: [] }))),
    beginning: () => answer('beginning', () => null),
    rebuild: () => Promise.reject(nothing()),
    events: () => Promise.reject(nothing()),
    story: (branch) =>
      answer('story', () => ({
        branch,
        spans: [],
        faults: [],
        actions: actions.map((timed, index) => ({ index, timed, events: index })),
        lost: [],
        violations: [],
      })),
    histories: (branch) => answer('histories', () => ({ branch, operations: [], signs: [] })),
    metrics: () => Promise.reject(nothing()),
    momentAt: (_branch, at) =>
      answer('momentAt', () => ({ events: 0, actions: 0, at }) satisfies Moment),
    frame: (place) => answer(`frame ${String(place.moment.at)}`, () => frameAt(place)),
    tree: (_place, sid) => answer('tree', () => cannedTree(sid)),
    logParts: () => answer('logParts', () => partsOfFrame(frame)),
    packetBytes: () => answer('packetBytes', () => bytesOfMessage({ type: 'UPTODATE' } as const)),
    admin: (_place, sid, word) => answer('admin', () => `${word} of server ${String(sid)} then\n`),
    account: () => Promise.reject(nothing()),
    compare: (a, b) =>
      answer('compare', () => ({ a: frameAt(a), b: frameAt(b), firstDifference: null })),
    checkpoint: () => answer('checkpoint', () => cannedRun(frame)),
    actions: () => answer('actions', () => [...actions]),
    dispose: () => {
      fake.calls.push('dispose');
    },
  };
  return fake;
}

/** As much of a run as the page looks at. */
export function cannedRun({ world, now }: Frame): LocalRun {
  return { world: { config: world, now } } as unknown as LocalRun;
}
