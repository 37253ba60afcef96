/**
 * A whole ensemble in this process, on real ports and real files: a test server for applications,
 * as Curator's TestingCluster is for Java. Servers can be killed, restarted and cut off.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnsembleConfig, ServerSpec } from '../core/config.ts';
import type { Millis, Sid } from '../core/units.ts';
import { DEFAULT_ADMIN, type AdminSettings } from './admin-settings.ts';
import { createConnNames, type ConnNames } from './conn-ids.ts';
import { stateOf, untilReady, type MemberStatus } from './ensemble-status.ts';
import { freePorts } from './free-ports.ts';
import { LocalNetwork } from './local-network.ts';
import { quiet, type LogSink } from './log-sink.ts';
import { RunQueue } from './run-queue.ts';
import { startServer, type ServerProcess } from './server-process.ts';
import { SERVED_CONFIG } from './served-config.ts';

export interface EnsembleOptions {
  /** Voters; 3 unless given. One alone is a standalone server. */
  readonly servers?: number;
  /** 0 unless given. */
  readonly observers?: number;
  /** The first server's; the others follow. Free ports unless given. */
  readonly clientPort?: number;
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** Holds a directory for each server. A temporary one, removed at the end, unless given. */
  readonly dataDir?: string;
  /**
   * An admin server for each, on free ports unless a port is given: then the first server's, and
   * the others follow. None unless given.
   */
  readonly admin?: boolean | Partial<AdminSettings>;
  /** Settings that differ from ZooKeeper's defaults. */
  readonly config?: Partial<Omit<EnsembleConfig, 'servers' | 'startTime'>>;
  /** Snapshots to keep, 3 unless given; null to keep all. */
  readonly snapRetainCount?: number | null;
  /** False is faster and forgets what a loss of power interrupts. */
  readonly forceSync?: boolean;
  readonly log?: LogSink;
  /** A server ended itself: its disk failed, or what it found there cannot be. */
  readonly onExit?: (sid: number, code: number, reason: string) => void;
}

export interface Ensemble {
  /** `127.0.0.1:2181,127.0.0.1:2182,127.0.0.1:2183` */
  readonly connectString: string;
  readonly dataDir: string;
  /** As they are now. */
  readonly members: readonly MemberStatus[];
  /** The leader's sid, or null while there is none. */
  leader(): number | null;
  /** When every server that is up serves. Rejects where that takes longer, in milliseconds. */
  ready(timeout?: number): Promise<void>;
  /**
   * As kill -9: memory and connections are gone. What was written to files is kept, as it is where
   * a process dies and its machine does not.
   */
  kill(sid: number): Promise<void>;
  /** Starts a server that is down, from its files, on the same port. */
  restart(sid: number): Promise<void>;
  /**
   * Only servers of one group reach each other; one that is in no group is alone. Clients keep
   * their connections. What servers say over a cut waits until it heals or an end gives up.
   */
  partition(groups: readonly (readonly number[])[]): void;
  heal(): void;
  /** Ends all in order. */
  close(): Promise<void>;
}

/** A server, whether it runs or not. */
interface Place {
  readonly sid: Sid;
  readonly clientPort: number;
  /** The same in each life; 0 for any, before the first. Null where there is none. */
  adminPort: number | null;
  lives: number;
  running: ServerProcess | null;
  /** Its latest life: one that has ended by itself may still be closing its files. */
  latest: ServerProcess | null;
}

/** What the servers share. */
interface World {
  readonly options: EnsembleOptions;
  readonly host: string;
  readonly config: EnsembleConfig;
  readonly dataDir: string;
  readonly network: LocalNetwork;
  readonly queue: RunQueue;
  readonly names: ConnNames;
}

const READY_TIMEOUT = 30_000;

/** What a connection's name has room for. */
const MAX_LIVES = 65536;

/** Free ports may be taken by somebody between finding and using them. */
const PORT_TRIES = 5;

export async function startEnsemble(options: EnsembleOptions = {}): Promise<Ensemble> {
  const fixed = (options.clientPort ?? 0) !== 0 || (adminOf(options)?.port ?? 0) !== 0;
  for (let tries = 1; ; tries++) {
    try {
      return await tryStart(options);
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || fixed || tries === PORT_TRIES) throw error;
    }
  }
}

async function tryStart(options: EnsembleOptions): Promise<Ensemble> {
  const host = options.host ?? '127.0.0.1';
  const specs = await planServers(options, host);
  const temporary = options.dataDir === undefined;
  const world: World = {
    options,
    host,
    config: configOf(options, specs),
    dataDir: options.dataDir ?? (await mkdtemp(join(tmpdir(), 'zookeeper-'))),
    network: new LocalNetwork(),
    queue: new RunQueue(),
    names: createConnNames(),
  };
  const admin = adminOf(options);
  const places: Place[] = specs.map(({ sid, clientPort }, i) => {
    const port = admin === null || admin.port === 0 ? 0 : admin.port + i;
    const adminPort = admin === null ? null : port;
    return { sid, clientPort, adminPort, lives: 0, running: null, latest: null };
  });
  const close = async (): Promise<void> => {
    await Promise.all(places.map((place) => endPlace(place, 'stop')));
    if (temporary) await rm(world.dataDir, { recursive: true, force: true });
  };
  const started = await Promise.allSettled(places.map((place) => startPlace(world, place)));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed === undefined) return ensembleOf(world, places, close);
  await close();
  throw failed.reason;
}

function ensembleOf(world: World, places: readonly Place[], close: () => Promise<void>): Ensemble {
  const { host, dataDir, network } = world;
  const members = (): readonly MemberStatus[] => places.map(statusOf);
  return {
    connectString: places.map(({ clientPort }) => `${host}:${String(clientPort)}`).join(','),
    dataDir,
    get members() {
      return members();
    },
    leader: () => members().find(({ state }) => state === 'leading')?.sid ?? null,
    ready: (timeout = READY_TIMEOUT) => untilReady(members, timeout),
    kill: (sid) => endPlace(placeOf(places, sid), 'kill'),
    restart: async (sid) => {
      const place = placeOf(places, sid);
      if (place.running !== null) throw new Error(`server ${String(sid)} is running`);
      await startPlace(world, place);
    },
    partition: (groups) => {
      network.partition(groups as readonly (readonly Sid[])[]);
    },
    heal: () => {
      network.heal();
    },
    close,
  };
}

async function startPlace(world: World, place: Place): Promise<void> {
  const { options, host, config, dataDir, network, queue, names } = world;
  const { sid, clientPort, adminPort } = place;
  const admin = adminOf(options);
  const directory = join(dataDir, String(sid));
  await place.latest?.kill();
  await writeMyId(directory, sid);
  let exited = false;
  const hasExited = (): boolean => exited;
  const server = await startServer({
    sid,
    config,
    seed: Math.trunc(Math.random() * 0x7fff_ffff),
    incarnation: place.lives++ % MAX_LIVES,
    place: { dataDir: directory, dataLogDir: directory },
    forceSync: options.forceSync ?? true,
    snapRetainCount: options.snapRetainCount === undefined ? 3 : options.snapRetainCount,
    clients: { host, port: clientPort },
    admin: admin === null || adminPort === null ? null : { ...admin, port: adminPort },
    names,
    queue,
    log: options.log ?? quiet,
    connectPeers: ({ deliver }) => {
      const close = (): Promise<void> => {
        network.leave(sid);
        return Promise.resolve();
      };
      return Promise.resolve({ ...network.join(sid, deliver), close });
    },
    onExit: (code, reason) => {
      exited = true;
      place.running = null;
      options.onExit?.(sid, code, reason);
    },
  });
  place.latest = server;
  if (!hasExited()) place.running = server;
  if (admin !== null) place.adminPort = server.adminPort;
}

function adminOf({ admin = false }: EnsembleOptions): AdminSettings | null {
  if (admin === false) return null;
  const given = admin === true ? {} : admin;
  const settings = { ...DEFAULT_ADMIN, enabled: true, port: 0, ...given };
  return settings.enabled ? settings : null;
}

interface PlannedServer extends ServerSpec {
  readonly clientPort: number;
}

async function planServers(options: EnsembleOptions, host: string): Promise<PlannedServer[]> {
  const { servers = 3, observers = 0, clientPort = 0 } = options;
  if (!Number.isInteger(servers) || servers < 1 || servers + observers > 254) {
    throw new RangeError(`an ensemble has 1 to 254 servers, not ${String(servers + observers)}`);
  }
  const count = servers + observers;
  const free = clientPort === 0 ? await freePorts(host, count) : null;
  return Array.from({ length: count }, (_, i) => {
    const port = free?.[i] ?? clientPort + i;
    const type = i < servers ? 'participant' : 'observer';
    // Inside one process nobody listens on the other two: they only tell the servers apart.
    const peerPorts = `${String(2888 + i)}:${String(3888 + i)}`;
    const address = `${host}:${peerPorts};${host}:${String(port)}`;
    return { sid: (i + 1) as Sid, type, address, clientPort: port };
  });
}

function configOf(options: EnsembleOptions, specs: readonly PlannedServer[]): EnsembleConfig {
  const tickTime = options.config?.tickTime ?? SERVED_CONFIG.tickTime;
  return {
    ...SERVED_CONFIG,
    minSessionTimeout: (tickTime * 2) as Millis,
    maxSessionTimeout: (tickTime * 20) as Millis,
    fourLetterWords: ['*'],
    ...options.config,
    servers: specs.map(({ sid, type, address }) => {
      return address === undefined ? { sid, type } : { sid, type, address };
    }),
  };
}

async function writeMyId(directory: string, sid: Sid): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'myid'), `${String(sid)}\n`);
}

function placeOf(places: readonly Place[], sid: number): Place {
  const place = places.find((p) => p.sid === sid);
  if (place === undefined) throw new RangeError(`there is no server ${String(sid)}`);
  return place;
}

async function endPlace(place: Place, how: 'kill' | 'stop'): Promise<void> {
  const { running } = place;
  place.running = null;
  await running?.[how]();
}

function statusOf({ sid, clientPort, adminPort, running }: Place): MemberStatus {
  return { sid, clientPort, adminPort, state: stateOf(running) };
}
