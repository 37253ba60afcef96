/**
 * One life of one server in this process: its core, its disk, its client port and its links, from
 * the start to the end. What a kill leaves behind is what is in the files.
 */
import { answerFourLetterWord } from '../core/admin/four-letter-words.ts';
import type { HostFacts } from '../core/admin/host-facts.ts';
import type { EnsembleConfig } from '../core/config.ts';
import type { LogLevel, ServerEvent } from '../core/quorum/peer-io.ts';
import type { Server } from '../core/server.ts';
import type { Sid } from '../core/units.ts';
import { adminFacts } from './admin-facts.ts';
import { AdminServer } from './admin-server.ts';
import type { AdminSettings } from './admin-settings.ts';
import { ClientPort, type AnswerWord } from './client-port.ts';
import type { ConnNames } from './conn-ids.ts';
import { lockDirectory } from './data-dir-lock.ts';
import type { DiskPlace } from './disk-files.ts';
import { FileDisk } from './file-disk.ts';
import { hostFacts } from './host-facts.ts';
import type { LogSink } from './log-sink.ts';
import { Member, type Transport } from './member.ts';
import { readDisk } from './read-disk.ts';
import type { RunQueue } from './run-queue.ts';

/** A server's end of the network of servers. */
export interface PeerTransport extends Transport {
  close(): Promise<void>;
}

/** The server that is to be connected. */
export interface PeerContext {
  readonly server: () => Server;
  readonly deliver: (event: ServerEvent) => void;
  readonly log: (level: LogLevel, logger: string, message: string) => void;
}

export interface ServerOptions {
  readonly sid: Sid;
  readonly config: EnsembleConfig;
  readonly seed: number;
  /** Counts the lives of this server: 0, then 1 after the first restart … */
  readonly incarnation: number;
  readonly place: DiskPlace;
  /** forceSync of zoo.cfg. */
  readonly forceSync: boolean;
  /** autopurge.snapRetainCount, or null where nothing is purged. */
  readonly snapRetainCount: number | null;
  /** Where clients connect; null for a server that takes none. */
  readonly clients: { readonly host: string; readonly port: number } | null;
  /** Null where there is none, and so where it is not said. */
  readonly admin?: AdminSettings | null;
  readonly names: ConnNames;
  readonly queue: RunQueue;
  readonly log: LogSink;
  readonly connectPeers: (from: PeerContext) => Promise<PeerTransport>;
  /** It ended itself, with a code of ZooKeeper's. */
  readonly onExit: (code: number, reason: string) => void;
}

export interface ServerProcess {
  readonly member: Member;
  /** The port that clients connect to; 0 where there is none. */
  readonly clientPort: number;
  /** Of the admin server; 0 where there is none. */
  readonly adminPort: number;
  /** Ends it at once, as kill -9: what it had not handed to its files is gone. */
  kill(): Promise<void>;
  /** Ends it in order: clients get what was said to them, the log is synced. */
  stop(): Promise<void>;
}

/** Rejects where the directory is in use or unreadable, or a port is taken. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { sid, config, place, queue } = options;
  const locks = await lockAll(place);
  const log = (level: LogLevel, logger: string, message: string): void => {
    options.log(level, sid, logger, message);
  };
  const member = new Member(options, queue);
  const deliver = member.deliver.bind(member);
  const { preAllocSize, release } = config;
  const { forceSync, snapRetainCount } = options;
  const files = { place, release, preAllocSize, forceSync, snapRetainCount };
  const disk = new FileDisk({ ...files, log, deliver });
  const facts = factsOf(options, () => port);
  const port = clientPortOf(options, facts, log, deliver);
  const settled = (): Promise<void> => disk.settled();
  const admin = adminOf(options, { facts, settled, log, deliver });
  let peers: PeerTransport | null = null;
  const end = async (abrupt: boolean): Promise<void> => {
    member.stop();
    await Promise.all([port?.close(abrupt), admin?.close(), peers?.close()]);
    await disk.close(abrupt);
    await Promise.all(locks.map((unlock) => unlock()));
  };
  let ending: Promise<void> | null = null;
  const onExit = (code: number, reason: string): void => {
    ending ??= end(true);
    options.onExit(code, reason);
  };
  try {
    const image = await readDisk(place, config);
    const clientPort = (await port?.listen()) ?? 0;
    const adminPort = (await admin?.listen()) ?? 0;
    peers = await options.connectPeers({ server: () => member.server, deliver, log });
    member.start({ disk, peers, clients: port ?? NO_CLIENTS, log: options.log, onExit });
    member.deliver({ kind: 'boot', image });
    return {
      member,
      clientPort,
      adminPort,
      kill: () => (ending ??= end(true)),
      stop: () => (ending ??= end(false)),
    };
  } catch (error) {
    await end(true);
    throw error;
  }
}

const NO_CLIENTS: Transport = {
  carryOut: () => undefined,
  setReading: () => undefined,
  flush: () => undefined,
};

type Log = (level: LogLevel, logger: string, message: string) => void;

function factsOf({ config, place }: ServerOptions, port: () => ClientPort | null): HostFacts {
  return hostFacts({
    config,
    place,
    addressOf: (conn) => port()?.addressOf(conn) ?? '/unknown:0',
    clientPort: () => port()?.port ?? 0,
  });
}

function clientPortOf(
  { clients, names, config }: ServerOptions,
  facts: HostFacts,
  log: Log,
  deliver: Member['deliver'],
): ClientPort | null {
  if (clients === null) return null;
  const answerWord: AnswerWord = (server, word, tail, asker) =>
    answerFourLetterWord(server, word, tail, facts, asker);
  const { maxBuffer, release } = config;
  return new ClientPort({ ...clients, maxBuffer, release, names, answerWord, log, deliver });
}

interface AdminParts {
  readonly facts: HostFacts;
  readonly settled: () => Promise<void>;
  readonly log: Log;
  readonly deliver: Member['deliver'];
}

function adminOf(options: ServerOptions, { facts, ...parts }: AdminParts): AdminServer | null {
  const { admin: settings = null, config, place } = options;
  if (settings?.enabled !== true) return null;
  const { maxBuffer } = config;
  const told = adminFacts({ host: facts, config, place });
  return new AdminServer({ ...parts, settings, facts: told, place, maxBuffer });
}

async function lockAll({ dataDir, dataLogDir }: DiskPlace): Promise<(() => Promise<void>)[]> {
  const unlock = await lockDirectory(dataDir);
  if (dataLogDir === dataDir) return [unlock];
  try {
    return [unlock, await lockDirectory(dataLogDir)];
  } catch (error) {
    await unlock();
    throw error;
  }
}
