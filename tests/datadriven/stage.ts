/** A simulated ensemble for stories and goldens: what its servers said to each other is kept. */
import { errorName } from '../../src/core/error-code.ts';
import type { Request, ReplyBody } from '../../src/core/jute/proto.ts';
import type { ElectionMessage, QuorumPacket } from '../../src/core/quorum/packet.ts';
import type { Message } from '../../src/core/quorum/peer-io.ts';
import type { Micros, ProcessId, Sid } from '../../src/core/units.ts';
import type { Zxid } from '../../src/core/zxid.ts';
import type { Action, WorldConfig } from '../../src/sim/actions.ts';
import type { ClientHost } from '../../src/sim/client-host.ts';
import { act, createLocalRun, runWhile, type LocalRun } from '../../src/sim/local.ts';
import type { MemberHost } from '../../src/sim/member.ts';
import { addClient, clientId } from '../../src/sim/scenarios.ts';
import { TRACE_MAX, type TraceEntry } from '../../src/sim/trace.ts';

/** A packet between two servers, when it arrived. */
export interface Packet {
  readonly at: Micros;
  readonly from: Sid;
  readonly to: Sid;
  readonly message: ElectionMessage | QuorumPacket;
}

export interface Answer {
  readonly request: Request;
  /** OK, NONODE, CONNECTIONLOSS … */
  readonly err: string;
  readonly zxid: Zxid;
  readonly body: ReplyBody | null;
}

export interface StageClient {
  readonly name: string;
  readonly process: ProcessId;
  /** Submitted and not answered, oldest first. */
  readonly asked: Request[];
  readonly answers: Answer[];
}

export interface Stage {
  readonly run: LocalRun;
  readonly packets: Packet[];
  readonly entries: TraceEntry[];
  readonly clients: Map<string, StageClient>;
  /** The first entry of the trace that was not looked at. */
  next: number;
}

export function createStage(config: WorldConfig): Stage {
  const run = createLocalRun(config, { keepTrace: true });
  return { run, packets: [], entries: [], clients: new Map(), next: 0 };
}

export function doAct(stage: Stage, action: Action): void {
  const outcome = act(stage.run, action);
  if (!outcome.ok) throw new Error(`${action.kind}: ${outcome.reason}`);
  look(stage);
}

export function runFor(stage: Stage, millis: number): void {
  const until = (stage.run.world.now + Math.round(millis * 1000)) as Micros;
  runWhile(stage.run, () => (look(stage), true), until);
  look(stage);
}

/** Runs on until `done`, for a minute at most. */
export function runUntilDone(stage: Stage, what: string, done: () => boolean): void {
  const until = (stage.run.world.now + 60_000_000) as Micros;
  const finished = runWhile(stage.run, () => (look(stage), !done()), until);
  look(stage);
  if (!finished) throw new Error(`a minute has passed without: ${what}`);
}

export function memberOf(stage: Stage, sid: number): MemberHost | null {
  const host = stage.run.hosts.get(sid as ProcessId);
  return host?.kind === 'member' && !host.ended ? host : null;
}

/** Whether a server answers clients: 4lw `srvr` would. */
export function isServing(stage: Stage, sid: number): boolean {
  const server = memberOf(stage, sid)?.server;
  return server?.zabState === 'broadcast' && server.zks !== null;
}

export function leaderOn(stage: Stage): Sid | null {
  for (const { sid } of stage.run.world.config.ensemble.servers) {
    if (isServing(stage, sid) && memberOf(stage, sid)?.server.state === 'LEADING') return sid;
  }
  return null;
}

export function newClient(
  stage: Stage,
  name: string,
  servers: readonly number[],
  timeout: number,
): StageClient {
  const n = stage.clients.size;
  doAct(stage, addClient(n, servers as Sid[], false, timeout));
  const client = { name, process: clientId(n), asked: [], answers: [] };
  stage.clients.set(name, client);
  return client;
}

export function hostOfClient(stage: Stage, client: StageClient): ClientHost {
  const host = stage.run.hosts.get(client.process);
  if (host?.kind !== 'client') throw new Error(`no client ${client.name}`);
  return host;
}

export function submit(stage: Stage, client: StageClient, request: Request): void {
  client.asked.push(request);
  doAct(stage, { kind: 'submit', process: client.process, tag: 0, request });
}

/** Submits, and runs on until it is answered. */
export function ask(stage: Stage, client: StageClient, request: Request): Answer {
  submit(stage, client, request);
  return settle(stage, client);
}

/** Runs on until everything asked is answered; returns the last answer. */
export function settle(stage: Stage, client: StageClient): Answer {
  runUntilDone(stage, `an answer to ${client.name}`, () => {
    takeLosses(stage, client);
    return client.asked.length === 0;
  });
  const last = client.answers.at(-1);
  if (last === undefined) throw new Error(`${client.name} asked nothing`);
  return last;
}

/** What a client holds no longer, and no server has answered, is lost with its connection. */
export function takeLosses(stage: Stage, client: StageClient): void {
  if (hostOfClient(stage, client).ended) return;
  const { zk } = hostOfClient(stage, client).client;
  const held = [...zk.pending, ...zk.outgoing].filter((p) => p.requester === 'program').length;
  const err = zk.state === 'CLOSED' ? 'SESSIONEXPIRED' : 'CONNECTIONLOSS';
  // The submit itself is an event that has still to reach the client.
  const submitted = stage.run.world.lines.get(client.process);
  if (submitted !== undefined && submitted.head < submitted.queue.length) return;
  while (client.asked.length > held) {
    const request = client.asked.shift();
    if (request === undefined) break;
    client.answers.push({ request, err, zxid: -1n as Zxid, body: null });
  }
}

function look(stage: Stage): void {
  const { trace } = stage.run.world;
  if (trace.next - stage.next > TRACE_MAX) throw new Error('the trace was not looked at in time');
  for (; stage.next < trace.next; stage.next++) {
    const entry = trace.ring[stage.next % TRACE_MAX];
    if (entry !== undefined) take(stage, entry);
  }
}

function take(stage: Stage, entry: TraceEntry): void {
  const { subject, at, process } = entry;
  if (subject.kind !== 'delivery') {
    if (subject.kind !== 'own') stage.entries.push(entry);
    return;
  }
  const { event, src } = subject;
  if (event.kind !== 'packet') return;
  const { message } = event;
  if (isBetweenServers(message)) {
    const from = src as number as Sid;
    stage.packets.push({ at, from, to: process as number as Sid, message });
    return;
  }
  if (message.kind !== 'reply' || message.xid < 0) return;
  const client = [...stage.clients.values()].find((c) => c.process === process);
  const request = client?.asked.shift();
  if (client === undefined || request === undefined) return;
  const { err, zxid, body } = message;
  client.answers.push({ request, err: errorName(err), zxid, body });
}

function isBetweenServers(message: Message): message is ElectionMessage | QuorumPacket {
  if (!('kind' in message)) return true;
  return message.kind === 'hello' || (message.kind === 'notification' && 'sid' in message);
}
