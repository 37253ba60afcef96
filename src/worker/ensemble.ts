/**
 * The processes of a world as the bus worker holds them: members behind ports, clients in this
 * thread. It carries out what the world orders, and runs windows; it decides nothing.
 */
import { defined } from '../core/assert.ts';
import { EMPTY_DISK, type DiskImage } from '../core/txn-log/disk-image.ts';
import type { ProcessId, Sid } from '../core/units.ts';
import type { Zxid } from '../core/zxid.ts';
import type { CrashTail, WorldConfig } from '../sim/actions.ts';
import { filesOfImage } from '../sim/beginning.ts';
import {
  adoptSession,
  createClientHost,
  killClientHost,
  stepClientHost,
  type ClientHost,
} from '../sim/client-host.ts';
import { damageImage } from '../sim/disk.ts';
import type { StepResult } from '../sim/host.ts';
import { createLoad, type LoadSpec } from '../sim/load.ts';
import type { MemberHost } from '../sim/member.ts';
import { logPart, type MemberLogPart } from '../sim/log-part.ts';
import { logOfImage, viewOfImage, type HostView } from '../sim/member-view.ts';
import type { LocalRun } from '../sim/local.ts';
import type { HostOrder } from '../sim/world-state.ts';
import type { Window } from '../sim/world.ts';
import type { DiskStore } from '../store/disk-store.ts';
import type { MemberPool } from './member-port.ts';
import type { MemberFiles } from './api.ts';
import type { DiskPlace, MemberPort } from './member-api.ts';
import { rewrite } from './member-files.ts';

/** What the ensemble stands on; tests bring their own. */
export interface Ground {
  readonly pool: MemberPool;
  openDisk(database: string): DiskStore;
  /** Client processes that put a load on the ensemble once they are added: for benches. */
  readonly loads?: ReadonlyMap<ProcessId, LoadSpec>;
}

/** A server, up or down. */
export interface Seat {
  readonly sid: Sid;
  /** Null while it is down. */
  port: MemberPort | null;
  place: DiskPlace;
  /** The latest one; of a server that is down, of its disk. */
  picture: HostView;
}

export interface Ensemble {
  readonly world: WorldConfig;
  readonly ground: Ground;
  readonly seats: Map<Sid, Seat>;
  readonly clients: Map<ProcessId, ClientHost>;
  /** Of any of the members, when it first started. */
  foundDisk: boolean;
}

/** @param databaseOf null for disks that live only as long as this worker. */
export function createEnsemble(
  world: WorldConfig,
  ground: Ground,
  databaseOf: ((sid: Sid) => string) | null,
): Ensemble {
  const seats = new Map<Sid, Seat>();
  for (const { sid } of world.ensemble.servers) {
    const place: DiskPlace =
      databaseOf === null
        ? { kind: 'volatile', image: EMPTY_DISK }
        : { kind: 'stored', database: databaseOf(sid) };
    seats.set(sid, { sid, port: null, place, picture: viewOfImage(EMPTY_DISK) });
  }
  return { world, ground, seats, clients: new Map(), foundDisk: false };
}

/** In their order for each server; different servers at the same time. */
export async function carryOut(ensemble: Ensemble, orders: readonly HostOrder[]): Promise<void> {
  const bySid = new Map<number, HostOrder[]>();
  for (const order of orders) {
    const key = 'sid' in order ? order.sid : 0;
    const known = bySid.get(key);
    if (known === undefined) bySid.set(key, [order]);
    else known.push(order);
  }
  await Promise.all(
    [...bySid.values()].map(async (list) => {
      for (const order of list) await obey(ensemble, order);
    }),
  );
}

async function obey(ensemble: Ensemble, order: HostOrder): Promise<void> {
  switch (order.kind) {
    case 'boot':
      return boot(ensemble, order);
    case 'kill':
      return kill(seatOf(ensemble, order.sid), order.tail);
    case 'addClient': {
      addClient(ensemble, order);
      return;
    }
    case 'killClient': {
      const client = ensemble.clients.get(order.process);
      if (client !== undefined) killClientHost(client);
      return;
    }
    case 'wipe':
      return changeDisk(ensemble, order.sid, () => EMPTY_DISK);
    case 'damage':
      return changeDisk(ensemble, order.sid, (image) => damageImage(image, order.what));
  }
}

function addClient(ensemble: Ensemble, order: Extract<HostOrder, { kind: 'addClient' }>): void {
  const { process, settings } = order;
  const spec = ensemble.ground.loads?.get(process);
  const load = spec === undefined ? null : createLoad(spec, ensemble.world.seed, process);
  const client = createClientHost(settings, process, load);
  const other = order.adopts === null ? undefined : ensemble.clients.get(order.adopts);
  if (other !== undefined) adoptSession(client, other);
  ensemble.clients.set(process, client);
}

export function seatOf(ensemble: Ensemble, sid: Sid): Seat {
  return defined(ensemble.seats.get(sid), `a seat of server ${String(sid)}`);
}

async function boot(
  ensemble: Ensemble,
  order: Extract<HostOrder, { kind: 'boot' }>,
): Promise<void> {
  const seat = seatOf(ensemble, order.sid);
  const port = ensemble.ground.pool.take();
  seat.port = port;
  const { sid, incarnation, at } = order;
  const { empty } = await port.boot({
    world: ensemble.world,
    sid,
    incarnation,
    at,
    place: seat.place,
  });
  if (!empty) ensemble.foundDisk = true;
}

async function kill(seat: Seat, tail: CrashTail): Promise<void> {
  const { port } = seat;
  if (port === null) return;
  seat.port = null;
  try {
    const remains = await port.crash(tail);
    seat.picture = remains.picture;
    if (remains.image !== null) seat.place = { kind: 'volatile', image: remains.image };
  } finally {
    port.terminate();
  }
}

/** The disk of a server that is down. Its worker is gone, so the bus works on the store itself. */
async function changeDisk(
  ensemble: Ensemble,
  sid: Sid,
  change: (image: DiskImage) => DiskImage,
): Promise<void> {
  const seat = seatOf(ensemble, sid);
  if (seat.place.kind === 'volatile') {
    const image = change(seat.place.image);
    seat.place = { kind: 'volatile', image };
    seat.picture = viewOfImage(image);
    return;
  }
  const store = ensemble.ground.openDisk(seat.place.database);
  try {
    const image = change(await loadOr(store, EMPTY_DISK));
    if (image === EMPTY_DISK) await store.clear();
    else await store.replace(image);
    seat.picture = viewOfImage(image);
  } finally {
    store.close();
  }
}

/** What is durable of every member. @throws where a disk cannot be read, with its server. */
export async function filesOfMembers(ensemble: Ensemble): Promise<readonly MemberFiles[]> {
  return Promise.all(
    [...ensemble.seats.values()].map(async (seat) => {
      const { sid, port } = seat;
      try {
        if (port !== null) return { sid, ...(await port.disk()) };
        const image = await imageOfSeat(ensemble, seat);
        const files = filesOfImage(image, ensemble.world.ensemble.release);
        return { sid, files, dynamicConfig: image.dynamicConfig };
      } catch (reason) {
        const why = reason instanceof Error ? reason.message : String(reason);
        throw new Error(`the disk of server ${String(sid)} cannot be read: ${why}`, {
          cause: reason,
        });
      }
    }),
  );
}

/** Of servers that are down, by the picture of their disk: another picture, another disk. */
const images = new WeakMap<HostView, Promise<DiskImage>>();

/** What every server's log holds from one zxid to another. */
export function logPartsOf(
  ensemble: Ensemble,
  from: Zxid,
  to: Zxid,
): Promise<readonly MemberLogPart[]> {
  return Promise.all(
    [...ensemble.seats.values()].map(async (seat) => {
      const { sid, port, picture } = seat;
      if (port !== null) return { sid, ...(await port.logPart(from, to)) };
      const image = images.get(picture) ?? imageOfSeat(ensemble, seat).catch(() => EMPTY_DISK);
      images.set(picture, image);
      return { sid, ...logPart(logOfImage(await image), from, to) };
    }),
  );
}

export interface EnsembleState {
  readonly hosts: Map<ProcessId, MemberHost | ClientHost>;
  /** Of servers that are down. */
  readonly images: Map<Sid, DiskImage>;
}

/** Everything that the world's processes are, at this moment. */
export async function stateOf(ensemble: Ensemble): Promise<EnsembleState> {
  const state: EnsembleState = { hosts: new Map(ensemble.clients), images: new Map() };
  await Promise.all(
    [...ensemble.seats.values()].map(async (seat) => {
      const { sid, port } = seat;
      if (port !== null) state.hosts.set(sid as number as ProcessId, await port.checkpoint());
      else state.images.set(sid, await imageOfSeat(ensemble, seat));
    }),
  );
  return state;
}

/** Of a server that is down. */
async function imageOfSeat(ensemble: Ensemble, { place }: Seat): Promise<DiskImage> {
  if (place.kind === 'volatile') return place.image;
  const store = ensemble.ground.openDisk(place.database);
  try {
    return await store.load();
  } finally {
    store.close();
  }
}

/** A store that cannot be read can still be wiped. */
async function loadOr(store: DiskStore, fallback: DiskImage): Promise<DiskImage> {
  try {
    return await store.load();
  } catch {
    return fallback;
  }
}

/** All members at once, each in its own thread; the clients meanwhile in this one. */
export async function runWindow(
  ensemble: Ensemble,
  window: Window,
): Promise<ReadonlyMap<ProcessId, StepResult>> {
  const results = new Map<ProcessId, StepResult>();
  const answers: Promise<void>[] = [];
  for (const [process, batch] of window.batches) {
    const port = ensemble.seats.get(process as number as Sid)?.port;
    if (port === undefined || port === null) continue;
    answers.push(
      port.step(batch).then((result) => {
        results.set(process, result);
      }),
    );
  }
  for (const [process, batch] of window.batches) {
    const client = ensemble.clients.get(process);
    if (client !== undefined) results.set(process, stepClientHost(client, batch));
  }
  await Promise.all(answers);
  return results;
}

/** Brings the pictures of the running members up to date. */
export async function refreshPictures(ensemble: Ensemble): Promise<void> {
  await Promise.all(
    [...ensemble.seats.values()].map(async (seat) => {
      if (seat.port !== null) seat.picture = await seat.port.picture();
    }),
  );
}

export function closeEnsemble(ensemble: Ensemble): void {
  for (const seat of ensemble.seats.values()) {
    seat.port?.terminate();
    seat.port = null;
  }
  ensemble.clients.clear();
}

/** Closes it, but its workers wait for the next ensemble: loading them takes longer than a boot. */
export async function retireEnsemble({ seats, clients, ground }: Ensemble): Promise<void> {
  clients.clear();
  await Promise.all(
    [...seats.values()].map(async (seat) => {
      const { port } = seat;
      seat.port = null;
      if (port !== null) await ground.pool.give(port);
    }),
  );
}

/** The disk of a server that is down, whatever its store held. */
async function layDown({ ground }: Ensemble, seat: Seat, image: DiskImage): Promise<void> {
  seat.picture = viewOfImage(image);
  if (seat.place.kind === 'volatile') {
    seat.place = { kind: 'volatile', image };
    return;
  }
  const store = ground.openDisk(seat.place.database);
  try {
    await rewrite(store, image);
  } finally {
    store.close();
  }
}

/** Every process goes on as it was at that moment, which is taken over. */
export async function resumeEnsemble(ensemble: Ensemble, moment: LocalRun): Promise<void> {
  const { world, hosts, images } = moment;
  for (const host of hosts.values()) {
    if (host.kind === 'client') ensemble.clients.set(host.self, host);
  }
  await Promise.all(
    [...ensemble.seats.values()].map(async (seat) => {
      const { sid } = seat;
      const process = sid as number as ProcessId;
      const host = hosts.get(process);
      if (host?.kind !== 'member') {
        return layDown(ensemble, seat, images.get(sid) ?? EMPTY_DISK);
      }
      const port = ensemble.ground.pool.take();
      seat.port = port;
      const { incarnation } = defined(world.byId.get(process), 'the process of a server');
      const { place } = seat;
      await port.boot({
        world: world.config,
        sid,
        incarnation,
        at: world.now,
        place,
        moment: host,
      });
    }),
  );
}
