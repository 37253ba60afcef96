/**
 * The twelve captured scenarios, staged one after the other in one simulated ensemble, as they
 * were with the real one: what a scenario leaves on the disks is where the next begins.
 */
import { createHostProvider } from '../../src/core/client/host-provider.ts';
import { OPEN_ACL_UNSAFE } from '../../src/core/jute/data.ts';
import type { Request } from '../../src/core/jute/proto.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../src/core/units.ts';
import { clientId, quietWorld } from '../../src/sim/scenarios.ts';
import * as stages from '../datadriven/stage.ts';
import type { Packet, Stage, StageClient } from '../datadriven/stage.ts';

const SEED = 1;
const SESSION_TIMEOUT = 20_000;

/** By the number of the scenario: '1' … '9', '9b' … */
export type Staged = ReadonlyMap<string, readonly Packet[]>;

export function stageAll(): { readonly staged: Staged; readonly stage: Stage } {
  const stage = stages.createStage({
    ...quietWorld(SEED, 3, 0, { tickTime: 2000 as Millis, snapshotSizeFactor: -1 }),
    latency: { min: 250 as Micros, max: 250 as Micros },
    diskLatency: { min: 3000 as Micros, max: 5000 as Micros },
  });
  const staged = new Map<string, readonly Packet[]>();
  const scenario = (name: string, play: (stage: Stage) => void): void => {
    const from = stage.packets.length;
    play(stage);
    stages.runFor(stage, 150);
    staged.set(name, stage.packets.slice(from));
  };
  scenario('1', freshStart);
  scenario('2', writeAtFollower);
  scenario('3', writeAtLeader);
  scenario('4', pipelined);
  missThreeCreates(stage);
  scenario('5', (s) => {
    comeBack(s, 2);
  });
  missManyWrites(stage);
  scenario('6', (s) => {
    comeBack(s, 2);
  });
  scenario('7', leaderKilled);
  scenario('8', (s) => {
    comeBack(s, 3);
  });
  loseProposal(stage, 2, '/lost');
  start(stage, 1, 3);
  scenario('9', (s) => {
    comeBack(s, 2);
    visit(s, 2);
  });
  loseProposal(stage, 3, '/lost2');
  start(stage, 1, 2);
  writeAfterTrunc(stage);
  scenario('9b', (s) => {
    comeBack(s, 3);
    visit(s, 3);
  });
  loseProposal(stage, 2, '/survivor', '/before-survivor');
  scenario('10', survivor);
  comeBack(stage, 3);
  waitForTick(stage);
  scenario('11', sessionMove);
  return { staged, stage };
}

const encoder = new TextEncoder();

function create(path: string, data = 'x'): Request {
  return {
    op: 'create',
    path,
    data: encoder.encode(data),
    acl: OPEN_ACL_UNSAFE,
    flags: 0,
    ttl: 0,
  };
}

function setData(path: string, data: string): Request {
  return { op: 'setData', path, data: encoder.encode(data), version: -1 };
}

function clientAt(stage: Stage, ...servers: readonly number[]): StageClient {
  const name = String(stage.clients.size);
  const client = stages.newClient(stage, name, servers, SESSION_TIMEOUT);
  connected(stage, client);
  return client;
}

function connected(stage: Stage, client: StageClient): void {
  const { zk } = stages.hostOfClient(stage, client).client;
  stages.runUntilDone(stage, 'a client connected', () => zk.state === 'CONNECTED');
}

function close(stage: Stage, client: StageClient): void {
  stages.ask(stage, client, { op: 'closeSession' });
}

/** Not `tail=kept`: what is not synced is what the capture's kill -9 would have kept, too. */
function kill(stage: Stage, ...sids: readonly number[]): void {
  for (const sid of sids) {
    stages.doAct(stage, { kind: 'crash', sid: sid as Sid, tail: 'kept', silent: false });
  }
}

function restart(stage: Stage, sid: number): void {
  stages.doAct(stage, { kind: 'restart', sid: sid as Sid });
}

function latency(stage: Stage, from: number, to: number, micros: number | null): void {
  const range = micros === null ? null : { min: micros as Micros, max: micros as Micros };
  const [a, b] = [from as ProcessId, to as ProcessId];
  stages.doAct(stage, { kind: 'latency', from: a, to: b, latency: range });
}

function serving(stage: Stage, ...sids: readonly number[]): void {
  stages.runUntilDone(stage, `serving: ${sids.join()}`, () =>
    sids.every((sid) => stages.isServing(stage, sid)),
  );
}

function comeBack(stage: Stage, sid: number): void {
  restart(stage, sid);
  serving(stage, 1, 2, 3);
  stages.runFor(stage, 50);
}

function start(stage: Stage, ...sids: readonly number[]): void {
  for (const sid of sids) {
    restart(stage, sid);
    stages.runFor(stage, 30);
  }
  serving(stage, ...sids);
  stages.runFor(stage, 50);
}

function freshStart(stage: Stage): void {
  serving(stage, 1, 2, 3);
}

function writeAtFollower(stage: Stage): void {
  const client = clientAt(stage, 1);
  stages.ask(stage, client, create('/w1'));
  stages.ask(stage, client, create('/w1', ''));
  stages.ask(stage, client, { op: 'sync', path: '/w1' });
  close(stage, client);
}

function writeAtLeader(stage: Stage): void {
  const client = clientAt(stage, 3);
  stages.ask(stage, client, create('/w2'));
  stages.ask(stage, client, setData('/w2', 'y'));
  close(stage, client);
}

function pipelined(stage: Stage): void {
  const client = clientAt(stage, 3);
  for (let i = 0; i < 5; i++) stages.submit(stage, client, setData('/w2', String(i)));
  stages.settle(stage, client);
  close(stage, client);
}

function missThreeCreates(stage: Stage): void {
  kill(stage, 2);
  const client = clientAt(stage, 3);
  for (let i = 0; i < 3; i++) stages.ask(stage, client, create(`/diff${String(i)}`));
  close(stage, client);
}

function missManyWrites(stage: Stage): void {
  kill(stage, 2);
  const client = clientAt(stage, 3);
  for (let batch = 0; batch < 8; batch++) {
    for (let i = 0; i < 100; i++) stages.submit(stage, client, setData('/w2', `snap ${String(i)}`));
    stages.settle(stage, client);
  }
  close(stage, client);
  // The capture begins when all is quiet.
  stages.runFor(stage, 100);
}

/** Server 2 hears of it later than server 1, whose first vote so finds it FOLLOWING. */
function leaderKilled(stage: Stage): void {
  latency(stage, 3, 2, 5000);
  kill(stage, 3);
  stages.runUntilDone(stage, 'a new leader', () => stages.leaderOn(stage) === 2);
  serving(stage, 1, 2);
  latency(stage, 3, 2, null);
}

/** A leader alone logs a create; then all are down. */
function loseProposal(stage: Stage, leader: number, path: string, before = `${path}-before`): void {
  const client = clientAt(stage, leader);
  stages.ask(stage, client, create(before));
  stages.runFor(stage, 100);
  kill(stage, ...[1, 2, 3].filter((sid) => sid !== leader));
  stages.submit(stage, client, create(path, 'never committed'));
  stages.runFor(stage, 20);
  kill(stage, leader);
  stages.doAct(stage, { kind: 'killClient', process: client.process });
}

function visit(stage: Stage, sid: number): void {
  const client = clientAt(stage, sid);
  stages.ask(stage, client, { op: 'getChildren', path: '/', watch: false });
  close(stage, client);
}

function writeAfterTrunc(stage: Stage): void {
  const client = clientAt(stage, 1);
  stages.ask(stage, client, create('/after-trunc'));
  close(stage, client);
}

function survivor(stage: Stage): void {
  restart(stage, 2);
  stages.runFor(stage, 5);
  restart(stage, 1);
  serving(stage, 1, 2);
  stages.runFor(stage, 50);
  visit(stage, 1);
}

/** Scenario 11 begins 155 ms before a ping. */
function waitForTick(stage: Stage): void {
  const tick = stages.memberOf(stage, 2)?.server.timers.get('tick');
  const { now } = stage.run.world;
  stages.runFor(stage, ((tick?.until ?? now) - now) / 1000 + 1000 - 155);
}

/** The client asks once a second, and moves after the fifth. */
function sessionMove(stage: Stage): void {
  const from = stage.packets.length;
  // A client whose shuffled connect string begins with server 1.
  const servers = [1, 3] as Sid[];
  if (firstHost(servers, stage.clients.size) !== 1) throw new Error('another seed is needed');
  const client = clientAt(stage, ...servers);
  stages.ask(stage, client, create('/mv'));
  for (let second = 0; second < 5; second++) {
    stages.ask(stage, client, { op: 'exists', path: '/mv', watch: false });
    stages.runFor(stage, second < 4 ? 1000 : 150);
  }
  const { conn } = stages.hostOfClient(stage, client).client.zk;
  if (conn === null) throw new Error('the client is connected');
  stages.doAct(stage, { kind: 'breakConnection', conn });
  const { zk } = stages.hostOfClient(stage, client).client;
  stages.runUntilDone(stage, 'the client left', () => zk.state !== 'CONNECTED');
  connected(stage, client);
  stages.ask(stage, client, setData('/mv', 'moved'));
  close(stage, client);
  // Six from the leader to each follower, and as many back.
  stages.runUntilDone(stage, 'the last ping', () => pings(stage, from) >= 24);
}

function pings(stage: Stage, from: number): number {
  const said = stage.packets.slice(from);
  return said.filter(({ message }) => 'type' in message && message.type === 'PING').length;
}

function firstHost(servers: readonly Sid[], n: number): number {
  return createHostProvider(servers, SEED, clientId(n), 0).servers[0] ?? 0;
}
