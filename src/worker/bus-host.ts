/**
 * The loop of the bus worker: commands of the page, windows of the world, frames for the page, in
 * turn and never at the same time. A command is carried out between two windows, at the virtual
 * time up to which everything has been delivered.
 */
import type { Micros, Sid } from '../core/units.ts';
import type { Action, ActionOutcome } from '../sim/actions.ts';
import { packetBytes } from '../sim/packet-bytes.ts';
import type { LocalRun } from '../sim/local.ts';
import type { OpenOptions, OpenResult, StepKind } from './api.ts';
import type { BusApi, FrameSink } from './bus-api.ts';
import { completeFor } from './complete-for.ts';
import { hasBroken, setMonkey } from './duties.ts';
import { filesOfMembers, stateOf } from './ensemble.ts';
import { createPace, forgive, targetOf } from './pace.ts';
import { yieldToMessages } from './macrotask.ts';
import { FRAME_EVERY, publish } from './publisher.ts';
import { closeRun, openRun, recordOf, settle, type Run, type RunGround } from './run.ts';
import { finishInstant, perform, runSlice, stepRun } from './slice.ts';

/** How far a slice goes at unlimited speed, in microseconds: its end is looked at in between. */
const SLICE_SPAN = 1_000_000;

interface Command {
  readonly run: () => Promise<void>;
  readonly fail: (reason: Error) => void;
}

interface Goal {
  readonly until: Micros;
  readonly end: () => void;
}

interface BusHost {
  readonly ground: RunGround;
  run: Run | null;
  readonly commands: Command[];
  goal: Goal | null;
  /** Ends the rest that the loop takes. */
  wake: () => void;
  loop: Promise<void>;
}

export function createBusHost(ground: RunGround): BusApi {
  const host: BusHost = {
    ground,
    run: null,
    commands: [],
    goal: null,
    wake: () => undefined,
    loop: Promise.resolve(),
  };
  return {
    open: (options, onFrame) => open(host, options, onFrame),
    act: (action) => command(host, (run) => act(run, action)),
    play: () => command(host, (run) => play(run)),
    pause: () => command(host, (run) => pause(host, run)),
    step: (kind) => command(host, (run) => step(host, run, kind)),
    setSpeed: (speed) => command(host, (run) => setSpeed(run, speed)),
    focus: (sid) => command(host, (run) => focus(run, sid)),
    runTo: (until) => runTo(host, until),
    complete: (process, line) => command(host, (run) => completeFor(run, process, line)),
    packetBytes: (packet) =>
      command(host, (run) => Promise.resolve(packetBytes(run.world, packet))),
    record: () => command(host, (run) => Promise.resolve(recordOf(run))),
    actionsFrom: (from) => command(host, (run) => Promise.resolve(run.world.actions.slice(from))),
    setMonkey: (intensity) => command(host, (run) => sendMonkey(run, intensity)),
    checkpoint: () => command(host, checkpoint),
    dataDirs: () => command(host, (run) => filesOfMembers(run.ensemble)),
    close: (wipe) => close(host, wipe),
  };
}

async function open(host: BusHost, options: OpenOptions, onFrame: FrameSink): Promise<OpenResult> {
  await close(host, false, true);
  const run = await openRun(host.ground, options, onFrame);
  if (run === null) return { kind: 'locked' };
  host.run = run;
  host.loop = live(host, run);
  return { kind: 'open', recovered: run.ensemble.foundDisk };
}

async function close(host: BusHost, wipe: boolean, workersStay = false): Promise<void> {
  const { run } = host;
  if (run === null) return;
  host.run = null;
  endGoal(host);
  host.wake();
  await host.loop;
  await closeRun(run, wipe, workersStay);
}

/** Queues what is to be done between two windows. */
function command<T>(host: BusHost, carry: (run: Run) => Promise<T>): Promise<T> {
  return new Promise((resolve, fail) => {
    const { run } = host;
    if (run === null) return fail(new Error('no ensemble is open'));
    host.commands.push({ run: () => carry(run).then(resolve), fail });
    host.wake();
  });
}

async function live(host: BusHost, run: Run): Promise<void> {
  while (host.run === run) {
    try {
      const before = run.world.now;
      const changed = await obey(host);
      const behind = await move(host, run);
      await publish(run, changed || run.world.now !== before, () => host.wake());
      if (behind) await yieldToMessages();
      else await rest(host, run);
    } catch (reason) {
      if (run.failure === null) stop(host, run, reason);
      else await rest(host, run);
    }
  }
  for (const { fail } of host.commands.splice(0)) fail(new Error('the ensemble was closed'));
}

async function obey(host: BusHost): Promise<boolean> {
  const commands = host.commands.splice(0);
  for (const { run, fail } of commands) {
    await run().catch((reason: unknown) => {
      fail(reason instanceof Error ? reason : new Error(String(reason)));
    });
  }
  return commands.length > 0;
}

/** True when virtual time is behind where it should be. */
async function move(host: BusHost, run: Run): Promise<boolean> {
  const { world, ground } = run;
  const { goal } = host;
  if (run.failure !== null || (!run.running && goal === null)) return false;
  const wall = ground.wall();
  if (goal === null) run.pace = forgive(run.pace, wall, world.now);
  const target = goal?.until ?? targetOf(run.pace, wall);
  if (target > world.now) {
    const until = Math.min(target, world.now + SLICE_SPAN) as Micros;
    const deadline = wall + FRAME_EVERY;
    const enough = (): boolean => host.commands.length > 0 || ground.wall() >= deadline;
    if ((await runSlice(run, until, enough)) === 'broken') {
      await pause(host, run);
      return false;
    }
  }
  if (goal !== null && world.now >= goal.until) endGoal(host);
  return world.now < target;
}

function endGoal(host: BusHost): void {
  host.goal?.end();
  host.goal = null;
}

/** Until the next frame is due, or for as long as nothing runs; a command ends it. */
async function rest(host: BusHost, run: Run): Promise<void> {
  if (host.commands.length > 0 || host.run !== run) return;
  await new Promise<void>((resolve) => {
    host.wake = resolve;
    if (!run.running && host.goal === null) return;
    if (run.failure === null) setTimeout(resolve, FRAME_EVERY / 4);
  });
  host.wake = () => undefined;
}

/** A bug of ours, or a worker that the browser ended: the page shows it, the world stands still. */
function stop(host: BusHost, run: Run, reason: unknown): void {
  run.failure ??= reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  run.running = false;
  endGoal(host);
}

async function act(run: Run, action: Action): Promise<ActionOutcome> {
  if (run.failure !== null) return { ok: false, reason: run.failure };
  const outcome = await perform(run, action);
  if (hasBroken(run.duties, run.world)) run.running = false;
  return outcome;
}

async function sendMonkey(run: Run, intensity: number | null): Promise<void> {
  await finishInstant(run);
  setMonkey(run.duties, run.world, intensity);
}

/** Everything is a copy: the members made theirs, and the rest is copied as it crosses. */
async function checkpoint(run: Run): Promise<LocalRun> {
  await finishInstant(run);
  const { hosts, images } = await stateOf(run.ensemble);
  return { world: run.world, hosts, images, loads: new Map(), limit: Infinity };
}

function play(run: Run): Promise<void> {
  run.running = run.failure === null;
  run.pace = createPace(run.pace.speed, run.ground.wall(), run.world.now);
  return Promise.resolve();
}

function pause(host: BusHost, run: Run): Promise<void> {
  run.running = false;
  endGoal(host);
  return settle(run);
}

async function step(host: BusHost, run: Run, kind: StepKind): Promise<void> {
  await pause(host, run);
  if (run.failure === null) await stepRun(run, kind);
}

function setSpeed(run: Run, speed: number): Promise<void> {
  run.pace = createPace(speed, run.ground.wall(), run.world.now);
  return Promise.resolve();
}

function focus(run: Run, sid: Sid | null): Promise<void> {
  run.focus = sid;
  return Promise.resolve();
}

/** Resolves when virtual time is there, or when something stopped it. */
async function runTo(host: BusHost, until: Micros): Promise<void> {
  await new Promise<void>((end, fail) => {
    const begin = (run: Run): Promise<void> => {
      endGoal(host);
      const reached = (): void => {
        run.pace = createPace(run.pace.speed, run.ground.wall(), run.world.now);
        end();
      };
      if (run.failure !== null || until <= run.world.now) reached();
      else host.goal = { until, end: reached };
      return Promise.resolve();
    };
    command(host, begin).catch(fail);
  });
}
