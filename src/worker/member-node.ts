/**
 * A member with its store: the host of one server that writes to the browser's storage what the
 * simulated disk writes, and lets no effect out that rests on a write before it is stored.
 *
 * The browser starts a write when the simulated sync starts, and has most often finished when the
 * simulated sync completes: only then is it waited for.
 */
import { defined } from '../core/assert.ts';
import type { DiskOp } from '../core/quorum/peer-io.ts';
import { EMPTY_DISK, type DiskImage } from '../core/txn-log/disk-image.ts';
import type { Micros, ProcessId } from '../core/units.ts';
import type { TreeView } from '../core/view.ts';
import type { CrashTail } from '../sim/actions.ts';
import { adminText } from '../sim/admin-text.ts';
import { firstSeqOf } from '../sim/agenda.ts';
import { filesOfImage } from '../sim/beginning.ts';
import { writesUnderWay, type DiskWrite } from '../sim/disk.ts';
import type { Batch, Outbound, StepResult } from '../sim/host.ts';
import {
  crashMember,
  createMember,
  durableImage,
  logPartOf,
  stepMember,
  takeCompleted,
  takeDiskWrites,
  treeOf,
  viewMember,
  type MemberHost,
} from '../sim/member.ts';
import { viewOfImage, type HostView } from '../sim/member-view.ts';
import { BOOT_REPORT } from '../sim/process-loop.ts';
import { DamagedStoreError, StoreError, type DiskStore } from '../store/disk-store.ts';
import type { DiskFiles, MemberApi, MemberBoot, Remains } from './member-api.ts';
import { rewrite } from './member-files.ts';

interface Booted {
  readonly boot: MemberBoot;
  readonly member: MemberHost;
  /** Null where nothing is stored. */
  readonly store: DiskStore | null;
  /** Writes of the simulated disk that the browser has not been waited for. */
  readonly writing: Map<DiskOp, Promise<void>>;
  /** Why the store is of no use any more. */
  failure: StoreError | null;
  /** Its last words were given out. */
  over: boolean;
}

/** @param openDisk opens the store of a database. */
export function createMemberNode(openDisk: (database: string) => DiskStore): MemberApi {
  let booted: Booted | null = null;
  const live = (): Booted => defined(booted ?? undefined, 'a member that was booted');
  return {
    boot: async (boot) => {
      const { node, empty } = await bootNode(boot, openDisk);
      booted = node;
      return { empty };
    },
    step: (batch) => stepNode(live(), batch),
    picture: () => Promise.resolve(pictureOf(live())),
    tree: () => Promise.resolve(treeOfNode(live())),
    children: (path) => Promise.resolve(childrenOf(treeOfNode(live()), path)),
    logPart: (from, to) => Promise.resolve(logPartOf(live().member, from, to)),
    disk: () => diskOfNode(live()),
    checkpoint: () => Promise.resolve(structuredClone(live().member)),
    admin: (word, now) => Promise.resolve(adminText(live().member, word, now)),
    crash: (tail) => crashNode(live(), tail),
    retire: async () => {
      const node = booted;
      booted = null;
      if (node === null) return;
      await Promise.allSettled(node.writing.values());
      node.store?.close();
    },
  };
}

async function bootNode(
  boot: MemberBoot,
  openDisk: (database: string) => DiskStore,
): Promise<{ node: Booted; empty: boolean }> {
  const { world, sid, incarnation, at, place, moment } = boot;
  const store = place.kind === 'stored' ? openDisk(place.database) : null;
  if (moment !== undefined) return { node: await resumeNode(boot, moment, store), empty: false };
  let image = place.kind === 'volatile' ? place.image : EMPTY_DISK;
  let failure: StoreError | null = null;
  try {
    if (store !== null) image = await store.load();
  } catch (reason) {
    failure = asStoreError(reason);
  }
  const { ensemble, seed, diskLatency } = world;
  const settings = { config: ensemble, sid, seed, incarnation, diskLatency, check: true };
  const member = createMember(settings, image, at);
  const node: Booted = { boot, member, store, writing: new Map(), failure, over: false };
  return { node, empty: failure === null && isEmpty(image) };
}

/** What was under way when the moment was taken is written again, and waited for as ever. */
async function resumeNode(
  boot: MemberBoot,
  member: MemberHost,
  store: DiskStore | null,
): Promise<Booted> {
  const node: Booted = { boot, member, store, writing: new Map(), failure: null, over: false };
  if (store === null) return node;
  try {
    await rewrite(store, durableImage(member));
  } catch (reason) {
    node.failure = asStoreError(reason);
    return node;
  }
  for (const write of writesUnderWay(member.disk)) keep(node, store, write);
  return node;
}

/** The failure of a write is met where its completion is, or in the last words. */
function keep({ writing }: Booted, store: DiskStore, write: DiskWrite): void {
  const stored = store.write([write]);
  stored.catch(() => undefined);
  if ('op' in write) writing.set(write.op, stored);
}

function isEmpty(image: DiskImage): boolean {
  const { log, snapshots, acceptedEpoch, currentEpoch } = image;
  return log.length + snapshots.length === 0 && acceptedEpoch === null && currentEpoch === null;
}

async function stepNode(node: Booted, batch: Batch): Promise<StepResult> {
  const { member, store, writing } = node;
  if (node.failure !== null) return lastWords(node, node.failure, batch, null);
  const result = stepMember(member, batch);
  const writes = takeDiskWrites(member);
  const completed = takeCompleted(member);
  if (store === null) return result;
  for (const write of writes) keep(node, store, write);
  for (const op of completed) {
    try {
      await writing.get(op);
    } catch (reason) {
      node.failure = asStoreError(reason);
      return lastWords(node, node.failure, batch, { result, op });
    }
    writing.delete(op);
  }
  return result;
}

function asStoreError(reason: unknown): StoreError {
  return reason instanceof StoreError ? reason : new StoreError(String(reason));
}

/** UNABLE_TO_ACCESS_DATADIR and UNEXPECTED_ERROR. Source: server.ExitCode (3.9). */
const EXIT_DATADIR = 3;
const EXIT_UNEXPECTED = 1;

/**
 * The browser failed where a real server's disk fails: the server says so and ends itself. Turns
 * from the failed completion on have not happened; what was acknowledged before is stored.
 */
function lastWords(
  node: Booted,
  failure: StoreError,
  batch: Batch,
  failed: { readonly result: StepResult; readonly op: DiskOp } | null,
): StepResult {
  const nothing: StepResult = { turns: [], nextDue: Infinity as Micros, nextSeq: 0 };
  if (node.over) return nothing;
  node.over = true;
  node.member.ended = true;
  const { boot } = node;
  const effects = farewell(failure);
  if (failed === null) {
    const at = boot.at > batch.floor ? boot.at : batch.floor;
    const src = boot.sid as number as ProcessId;
    const seq = firstSeqOf(boot.incarnation);
    return { ...nothing, turns: [{ at, src, seq, own: BOOT_REPORT, effects }] };
  }
  const { turns } = failed.result;
  const index = turns.findIndex((t) => t.own?.kind === 'durable' && t.own.op === failed.op);
  const turn = defined(turns[index], 'the turn of a completed write');
  return { ...nothing, turns: [...turns.slice(0, index), { ...turn, effects }] };
}

function farewell(failure: StoreError): readonly Outbound[] {
  const damaged = failure instanceof DamagedStoreError;
  const logger = damaged ? 'QuorumPeer' : 'ZooKeeperCriticalThread';
  const message = damaged
    ? `Unable to load database on disk: ${failure.message}`
    : `Severe unrecoverable error, from thread : SyncThread: ${failure.message}`;
  const code = damaged ? EXIT_DATADIR : EXIT_UNEXPECTED;
  return [
    { kind: 'log', level: 'ERROR', logger, message },
    { kind: 'exit', code, reason: failure.message },
  ];
}

function pictureOf(node: Booted): HostView {
  return viewMember(node.member);
}

function treeOfNode(node: Booted): TreeView | null {
  return treeOf(node.member);
}

function childrenOf(tree: TreeView | null, path: string): readonly string[] | null {
  const nodes = tree?.nodes ?? [];
  if (!nodes.some((node) => node.path === path)) return null;
  const prefix = path === '/' ? '/' : `${path}/`;
  return nodes
    .filter((node) => node.path !== path && node.path === prefix + node.name)
    .map((node) => node.name);
}

/** The platter; where the browser's storage failed, what that still has. */
async function diskOfNode({ member, store, failure, boot }: Booted): Promise<DiskFiles> {
  const image = failure === null || store === null ? durableImage(member) : await store.load();
  const files = filesOfImage(image, boot.world.ensemble.release);
  return { files, dynamicConfig: image.dynamicConfig };
}

async function crashNode(node: Booted, tail: CrashTail): Promise<Remains> {
  const { member, store } = node;
  const faults = member.disk.faults;
  let image = crashMember(member, tail);
  if (store === null) return { picture: viewOfImage(image, faults), image };
  try {
    if (node.failure === null) await store.replace(image);
    else image = await store.load();
  } catch {
    // What is stored then is what a crash left, too: nothing acknowledged is missing from it.
    image = await store.load().catch(() => EMPTY_DISK);
  }
  return { picture: viewOfImage(image, faults), image: null };
}
