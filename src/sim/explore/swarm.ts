/**
 * A swarm: runs in which a seed decides everything, from the size of the ensemble to the moment of
 * each fault. Every run first draws which kinds of fault it has at all, so that some runs crash
 * servers only and others do nothing but cut links. At its end the faults stop, and the ensemble
 * must come together again.
 *
 * Whatever the driver does is an action in the run's record, so the record replays without it.
 */
import { Purpose } from '../../core/chance.ts';
import type { Request } from '../../core/jute/proto.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import type { Action } from '../actions.ts';
import { act, createLocalRun, runFor, traceHash, type LocalRun } from '../local.ts';
import { addClient, clientId } from '../scenarios.ts';
import { ambush } from './ambush.ts';
import { mendAction, pick, type Chooser } from './faults.ts';
import { PROFILES, type Profile, type ProfileName, type SwarmKind } from './profiles.ts';
import { openConfig, reconfigRequest } from './reconfig-swarm.ts';
import { recover, violationOf, type Found } from './recovery.ts';
import { ambushDeed, commit, isMendable, swarmFault, type Driver } from './swarm-faults.ts';
import { plot } from './swarm-plots.ts';
import { chooserOf, swarmWorld } from './swarm-world.ts';
import { randomRequest, randomWrite, unlikeWrite } from './workload.ts';

/** What is not given is drawn from the seed, or comes from the profile. */
export interface SwarmOptions {
  readonly profile?: ProfileName;
  readonly voters?: number;
  readonly observers?: number;
  /** How long faults go on, in virtual microseconds. */
  readonly duration?: Micros;
  readonly mutants?: readonly string[];
  /** Servers that wait to join; with some, the ensemble is reconfigured now and then. */
  readonly joiners?: number;
  /** Also check that the ensemble serves again when the faults are over. Default true. */
  readonly liveness?: boolean;
  /** All checkers on. Default true. */
  readonly check?: boolean;
  /** Keep the latest trace entries for people. Default false. */
  readonly keepTrace?: boolean;
}

export interface SwarmResult {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly actions: number;
  /** What could happen in this run at all. */
  readonly kinds: readonly SwarmKind[];
  /** The first property that did not hold, and why; null where all held. */
  readonly violation: Found | null;
  readonly run: LocalRun;
}

interface Swarm extends Driver {
  readonly profile: Profile;
  readonly clients: ProcessId[];
  /** Of clients that know one server only. */
  readonly homes: Map<ProcessId, Sid>;
  added: number;
  tag: number;
}

/** Runs one seed to its end, or to the first violation. */
export function runSwarm(seed: number, options: SwarmOptions = {}): SwarmResult {
  const name = options.profile ?? 'mixed';
  const { voters, observers, joiners } = options;
  const mutants = options.mutants ?? [];
  const world = swarmWorld(seed, { profile: name, voters, observers, joiners, mutants });
  const check = options.check ?? true;
  const run = createLocalRun(world, { check, keepTrace: options.keepTrace ?? false });
  const swarm = startSwarm(run, name, chooserOf(seed, name, Purpose.fault));
  const until = options.duration ?? swarm.profile.duration;
  if (world.ensemble.reconfigEnabled) openConfig(run, clientId(0));
  while (run.world.now < until && violationOf(run) === null) doSomething(swarm, until);
  const violation = violationOf(run) ?? ((options.liveness ?? true) ? recover(run) : null);
  return {
    seed,
    hash: traceHash(run),
    events: run.world.events,
    actions: run.world.actions.length,
    kinds: swarm.kinds,
    violation,
    run,
  };
}

function startSwarm(run: LocalRun, name: ProfileName, choose: Chooser): Swarm {
  const profile: Profile = PROFILES[name];
  const kinds = profile.kinds.filter(() => choose.between(0, 1) === 0);
  const swarm: Swarm = {
    run,
    choose,
    profile,
    kinds,
    liars: new Set(),
    clients: [],
    homes: new Map(),
    added: 0,
    tag: 0,
  };
  while (swarm.clients.length < profile.clients) newClient(swarm);
  return swarm;
}

function doSomething(swarm: Swarm, until: Micros): void {
  const { run, choose, profile } = swarm;
  const pause = choose.between(0, 2 ** choose.between(7, profile.longestPause));
  runFor(run, Math.min(pause, Math.max(0, until - run.world.now)) as Micros);
  const { weights } = profile;
  const doings = [
    [weights.request, () => submitSome(swarm)],
    [weights.fault, () => doFault(swarm)],
    [weights.ambush, () => layAmbush(swarm, until)],
    [weights.mend, () => mendSomething(swarm)],
    [weights.reconfig, () => reconfigure(swarm)],
    [weights.plot, () => layPlot(swarm, until)],
  ] as const;
  let drawn = choose.between(
    1,
    doings.reduce((sum, [weight]) => sum + weight, 0),
  );
  for (const [weight, doing] of doings) {
    if (drawn <= weight) return doing();
    drawn -= weight;
  }
}

function doFault(swarm: Swarm): void {
  const kind = pick(swarm.choose, swarm.kinds);
  if (kind === null) return;
  if (kind === 'client') churn(swarm);
  else swarmFault(swarm, kind);
}

function layAmbush(swarm: Swarm, until: Micros): void {
  const { run, choose } = swarm;
  if (choose.between(0, 1) === 0) submitSome(swarm);
  const ambushed = ambush(run, choose, until);
  if (ambushed === null || violationOf(run) !== null) return;
  if (choose.between(0, 2) === 0) runFor(run, choose.between(0, 5_000) as Micros);
  ambushDeed(swarm, ambushed);
}

function layPlot(swarm: Swarm, until: Micros): void {
  const { choose, profile } = swarm;
  const name = pick(choose, profile.plots);
  if (name === null) return;
  const clientsOf = (sid: Sid): readonly ProcessId[] =>
    swarm.clients.filter((process) => swarm.homes.get(process) === sid);
  const write = (at: Sid | null, count: number): void => {
    const there = at === null ? [] : clientsOf(at);
    for (let n = count; n > 0; n--) {
      const process = pick(choose, there.length > 0 ? there : swarm.clients);
      if (process !== null) submit(swarm, process, unlikeWrite(choose, swarm.tag + 1));
    }
  };
  const churnAt = (sid: Sid): void => {
    const there = clientsOf(sid);
    if (there.length < 2 || choose.between(0, 1) === 0) newClient(swarm, sid);
    else leave(swarm, swarm.clients.indexOf(pick(choose, there) ?? clientId(0)));
  };
  plot({ ...swarm, until, write, clientsOf }, name, churnAt);
}

/** One thing out of all that is broken; with nothing broken, nothing. */
function mendSomething(swarm: Swarm): void {
  const { run, choose } = swarm;
  const mends = swarm.profile.kinds
    .filter(isMendable)
    .map((kind) => mendAction(run.world, choose, kind));
  const mend = pick(
    choose,
    mends.filter((action) => action !== null),
  );
  if (mend !== null) commit(swarm, mend);
}

/** @param home the only server that it knows; drawn if it is not given. */
function newClient(swarm: Swarm, home: Sid | null = null): void {
  const { choose, profile, run } = swarm;
  const [least, most] = profile.sessionTimeout;
  const n = swarm.added++;
  const { readOnlyEnabled } = run.world.config.ensemble;
  const only = home ?? drawHome(swarm, n);
  const timeout = choose.between(least, most);
  const plain = addClient(n, only === null ? [] : [only], false, timeout);
  const readOnly = readOnlyEnabled && (home !== null || choose.between(0, 2) > 0);
  commit(swarm, readOnly && plain.kind === 'addClient' ? { ...plain, readOnly } : plain);
  swarm.clients.push(clientId(n));
  if (only !== null) swarm.homes.set(clientId(n), only);
}

/** Null: it knows all servers. */
function drawHome({ choose, profile, run }: Swarm, n: number): Sid | null {
  const { servers } = run.world.config.ensemble;
  if (profile.isEachAtHome) return servers[n % servers.length]?.sid ?? null;
  const single = pick(choose, servers);
  return single === null || choose.between(0, 3) > 0 ? null : single.sid;
}

/** The most clients that are alive, besides those that a profile begins with. */
const MORE_CLIENTS = 2;

function churn(swarm: Swarm): void {
  const { choose, clients, profile } = swarm;
  const isRoom = clients.length < profile.clients + MORE_CLIENTS;
  if (isRoom && choose.between(0, 1) === 0) return newClient(swarm);
  // The first one may reconfigure, and stays.
  if (clients.length >= 2) leave(swarm, choose.between(1, clients.length - 1));
}

function leave(swarm: Swarm, index: number): void {
  const { choose, clients } = swarm;
  const [process] = clients.splice(index, 1);
  if (process === undefined) return;
  if (choose.between(0, 2) > 0) commit(swarm, { kind: 'killClient', process });
  else submit(swarm, process, { op: 'closeSession' });
}

function submitSome(swarm: Swarm): void {
  const { choose, clients, profile } = swarm;
  for (let n = choose.between(1, profile.burst); n > 0; n--) {
    const process = pick(choose, clients);
    if (process === null) return;
    const serial = swarm.tag + 1;
    const draw = profile.writesOnly ? randomWrite : randomRequest;
    submit(swarm, process, draw(choose, serial));
  }
}

function reconfigure(swarm: Swarm): void {
  const { choose, run } = swarm;
  const { servers } = run.world.config.ensemble;
  const process = pick(choose, swarm.clients);
  if (process === null) return;
  submit(
    swarm,
    process,
    reconfigRequest(servers, (min, max) => choose.between(min, max)),
  );
}

function submit(swarm: Swarm, process: ProcessId, request: Request): void {
  const action: Action = { kind: 'submit', process, tag: ++swarm.tag, request };
  act(swarm.run, action);
}
