/** A client process as the world sees it: a client with its timers, and perhaps a load on top. */
import {
  clientStatus,
  createClientProcess,
  stepClientProcess,
  type ClientProcess,
} from '../core/client/client-process.ts';
import type { ClientEffect, ClientEvent, ClientSettings } from '../core/client/client-io.ts';
import type { ClientStatus } from '../core/client/client-io.ts';
import type { ConnId, Micros, ProcessId } from '../core/units.ts';
import { armTimer, clearAgenda, clearTimer, createAgenda, type Agenda } from './agenda.ts';
import type { Batch, Inbound, Outbound, StepResult } from './host.ts';
import { nextSubmit, noteLoadEffect, type Load } from './load.ts';
import { runBatch } from './process-loop.ts';

/** Plain data. */
export interface ClientHost {
  readonly kind: 'client';
  readonly self: ProcessId;
  readonly agenda: Agenda;
  readonly client: ClientProcess;
  readonly load: Load | null;
  readonly gone: ConnId[];
  ended: boolean;
}

/** A client process has one life. */
export function createClientHost(
  settings: ClientSettings,
  process: ProcessId,
  load: Load | null = null,
): ClientHost {
  return {
    kind: 'client',
    self: process,
    agenda: createAgenda(0),
    client: createClientProcess(settings, process),
    load,
    gone: [],
    ended: false,
  };
}

/**
 * It begins with the session of another process, as a program does that was given the session's id
 * and password. Source: the constructor of org.apache.zookeeper.ZooKeeper that takes both.
 */
export function adoptSession({ client }: ClientHost, { client: other }: ClientHost): void {
  client.zk.sessionId = other.zk.sessionId;
  client.zk.passwd = other.zk.passwd;
  client.zk.seenRwServer = true;
}

export function stepClientHost(
  host: ClientHost,
  batch: Batch,
  after?: (host: ClientHost) => void,
): StepResult {
  return runBatch(host, batch, react, after);
}

export function killClientHost(host: ClientHost): void {
  host.ended = true;
  clearAgenda(host.agenda);
}

export function viewClientHost(host: ClientHost): ClientStatus {
  return clientStatus(host.client);
}

function react(host: ClientHost, at: Micros, event: Inbound): readonly Outbound[] {
  const effects: Outbound[] = [];
  switch (event.kind) {
    case 'start':
    case 'opened':
    case 'refused':
    case 'closed':
    case 'packet':
    case 'timer':
    case 'line':
    case 'submit':
      step(host, at, event, effects);
      break;
    default:
      return effects;
  }
  if (host.load === null) return effects;
  for (let next = nextSubmit(host.load); next !== null; next = nextSubmit(host.load)) {
    step(host, at, next, effects);
  }
  return effects;
}

function step(host: ClientHost, at: Micros, event: ClientEvent, effects: Outbound[]): void {
  const out: ClientEffect[] = [];
  stepClientProcess(host.client, at, event, out);
  for (const effect of out) {
    switch (effect.kind) {
      case 'setTimer':
        armTimer(host.agenda, effect.name, (at + effect.after) as Micros);
        continue;
      case 'clearTimer':
        clearTimer(host.agenda, effect.name);
        continue;
      case 'close':
      case 'refuse':
        host.gone.push(effect.conn);
        break;
      case 'result':
      case 'session':
        if (host.load !== null) noteLoadEffect(host.load, effect);
        break;
      default:
    }
    effects.push(effect);
  }
}
