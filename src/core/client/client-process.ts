/**
 * A client process: a ZooKeeper client, on top of it a console for a person, and beside that
 * requests of programs.
 *
 *        line ──▶ zkcli ─┐                     ┌─▶ print
 *                        ├─▶ ZooKeeperClient ──┤
 *      submit ───────────┘       ▲   │         ├─▶ result, watch
 *                                │   ▼         └─▶ session
 *                         network and timers
 */
import { createZooKeeperClient, hostName, isAlive, isConnected } from './client-state.ts';
import type { ClientIo, ClientSignal, ZooKeeperClient } from './client-state.ts';
import type {
  ClientEffect,
  ClientEvent,
  ClientSettings,
  ClientStatus,
  PendingRequest,
  LineKind,
} from './client-io.ts';
import { defined, unreachable } from '../assert.ts';
import type { Micros, Millis, ProcessId } from '../units.ts';
import { microsToMillis } from '../units.ts';
import { formatTimestamp } from './calendar.ts';
import { addAuthInfo, submitRequest } from './client-requests.ts';
import { listWatches } from './client-watches.ts';
import { closeClient, startClient, stepClient } from './zookeeper-client.ts';
import {
  createZkcli,
  greet,
  onSessionOver,
  printEvent,
  resumeConsole,
  runNextLine,
  typeLine,
} from './zkcli.ts';
import type { ConsolePort, Zkcli } from './zkcli.ts';

/** What a console shows of one line: data of a znode can be a megabyte. */
const SHOWN_MAX = 16 * 1024;

/** Plain data. */
export interface ClientProcess {
  readonly settings: ClientSettings;
  readonly process: ProcessId;
  /** `connect` replaces it: a client is one session. */
  zk: ZooKeeperClient;
  /** Sessions before this one. */
  generation: number;
  readonly cli: Zkcli | null;
}

export function createClientProcess(settings: ClientSettings, process: ProcessId): ClientProcess {
  const readOnly = settings.readOnly ?? false;
  return {
    settings,
    process,
    zk: createZooKeeperClient(settings, settings.servers, process, 0, 0, readOnly),
    generation: 0,
    cli: settings.console ? createZkcli(settings.servers, readOnly) : null,
  };
}

/** Feeds one event to the process. The first must be `start`. */
export function stepClientProcess(
  client: ClientProcess,
  now: Micros,
  event: ClientEvent,
  out: ClientEffect[],
): void {
  const io: ClientIo = { now, out, signals: [] };
  switch (event.kind) {
    case 'start':
      if (client.cli !== null) greet(client.cli, portOf(client, io));
      startClient(client.zk, io);
      break;
    case 'line':
      if (client.cli !== null) typeLine(client.cli, event.line, portOf(client, io));
      break;
    case 'submit':
      submitRequest(client.zk, 'program', event.tag, event.request, io);
      break;
    default:
      stepClient(client.zk, event, io);
  }
  settle(client, io);
}

/**
 * Passes on what the client has to say, which may cause it to say more. A line that waits at the
 * console begins only then, so that its reader has seen all that happened before it.
 */
function settle(client: ClientProcess, io: ClientIo): void {
  let passed = 0;
  do {
    for (; passed < io.signals.length; passed++) {
      onSignal(client, defined(io.signals[passed], 'a signal'), io);
    }
  } while (client.cli !== null && runNextLine(client.cli, portOf(client, io)));
}

function onSignal(client: ClientProcess, signal: ClientSignal, io: ClientIo): void {
  switch (signal.kind) {
    case 'answer': {
      const { packet, answer } = signal;
      if (packet.requester === 'program') {
        const { err, zxid, body } = answer;
        io.out.push({ kind: 'result', tag: packet.tag, err, zxid, body });
      } else if (packet.requester === 'console' && client.cli !== null) {
        resumeConsole(client.cli, answer, portOf(client, io));
      }
      return;
    }
    case 'event':
      io.out.push({ kind: 'watch', event: signal.event });
      if (client.cli !== null) printEvent(client.cli, signal.event, portOf(client, io));
      return;
    case 'over':
      if (client.cli !== null) onSessionOver(client.cli, portOf(client, io));
      return;
    case 'log':
      if (client.cli !== null) printLog(client, signal, io);
      return;
    default:
      return unreachable(signal);
  }
}

/** As the log of zkCli looks, which its user sees between the lines of output. */
function printLog(
  client: ClientProcess,
  signal: Extract<ClientSignal, { kind: 'log' }>,
  io: ClientIo,
): void {
  const at = (client.settings.startTime + microsToMillis(io.now)) as Millis;
  const head = `${formatTimestamp(at)} - ${signal.level.padEnd(5)} [ClientCnxn]`;
  print(io, 'log', `${head} - ${signal.message}`);
}

function portOf(client: ClientProcess, io: ClientIo): ConsolePort {
  return {
    maxBuffer: client.settings.maxBuffer,
    print: (line, text) => print(io, line, text),
    send: (request, local) => submitRequest(client.zk, 'console', 0, request, io, local),
    addAuth: (scheme, auth) => addAuthInfo(client.zk, { scheme, auth }, io),
    prompt: () => promptOf(client) ?? '',
    alive: () => isAlive(client.zk),
    endSession: () => closeClient(client.zk, io),
    newSession: (servers, readOnly) => {
      const { settings, process, zk } = client;
      client.generation++;
      const { generation } = client;
      client.zk = createZooKeeperClient(settings, servers, process, generation, zk.dials, readOnly);
      startClient(client.zk, io);
    },
  };
}

function print(io: ClientIo, line: LineKind, text: string): void {
  const more = text.length - SHOWN_MAX;
  const shown = more > 0 ? `${text.slice(0, SHOWN_MAX)} … (${more} characters more)` : text;
  io.out.push({ kind: 'print', line, text: shown });
}

function promptOf(client: ClientProcess): string | null {
  const { cli, zk } = client;
  if (cli === null) return null;
  const host = hostName(zk.target ?? defined(zk.hosts.servers[0], 'a server to connect to'));
  return `[zk: ${host}(${zk.state}) ${cli.commandCount}] `;
}

export function clientStatus(client: ClientProcess): ClientStatus {
  const { zk, cli } = client;
  return {
    state: zk.state,
    sessionId: zk.sessionId,
    server: isConnected(zk) ? zk.target : null,
    timeOut: zk.negotiatedTimeout,
    lastHeard: zk.lastHeard,
    lastSent: zk.lastSent,
    pending: zk.pending.length + zk.outgoing.length,
    requests: pendingRequests(zk),
    lastZxid: zk.lastZxid,
    watches: listWatches(zk.watches),
    prompt: promptOf(client),
    busy: cli !== null && cli.task !== null,
  };
}

/** The most requests that a picture names. */
const REQUESTS_MAX = 20;

function pendingRequests({ pending, outgoing }: ZooKeeperClient): PendingRequest[] {
  if (pending.length + outgoing.length === 0) return [];
  return [...pending.slice(0, REQUESTS_MAX), ...outgoing.slice(0, REQUESTS_MAX)]
    .slice(0, REQUESTS_MAX)
    .map(({ xid, request }, n) => ({
      xid,
      op: request.op,
      path: 'path' in request ? request.path : null,
      sent: n < pending.length,
    }));
}
