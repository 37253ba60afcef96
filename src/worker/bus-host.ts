/**
 * The loop of the bus worker: commands of the page, windows of the world, frames for the page, in
 * turn and never at the same time. A command is carried out between two windows, at the virtual
 * time up to which everything has been delivered.
 */
import type { Micros, ProcessId, Sid } from '../core/units.ts';
import type { Action, ActionOutcome } from '../sim/actions.ts';
import { packetBytes } from '../sim/packet-bytes.ts';
import type { LocalRun } from '../sim/local.ts';
import type { ProgramEnd } from '../sim/program/model.ts';
import {
  GOAL_SPAN_MAX,
  type Goal,
  type GoalEnd,
  type OpenOptions,
  type OpenResult,
  type StepKind,
} from './api.ts';
import type { BusApi, FrameSink } from './bus-api.ts';
import { completeFor } from './complete-for.ts';
import { hasBroken, setMonkey } from './duties.ts';
import { filesOfMembers, logPartsOf, stateOf } from './ensemble.ts';
import { createGoalWatch, isMet, type GoalWatch } from './goals.ts';
import { createPace, forgive, targetOf } from './pace.ts';
import { yieldToMessages } from './macrotask.ts';
import { openProgramPort } from './program-port.ts';
import { endProgram, leavePrograms, seatProgram } from './programs.ts';
import { FRAME_EVERY, publish } from './publisher.ts';
import { closeRun, openRun, recordOf, settle, type Run, type RunGround } from './run.ts';
import { finishInstant, perform, runSlice, stepRun, type SliceEnd } from './slice.ts';

/** Who opens on disks that no quorum can come from is not kept waiting: virtual microseconds. */
const FIRST_LEADER_MAX = 20_000_000;

/** How far a slice goes at unlimited speed, in microseconds: its end is looked at in between. */
const SLICE_SPAN = 1_000_000;

interface Command {
  readonly run: () => Promise<void>;
  readonly fail: (reason: Error) => void;
}

/** What time runs to, as fast as possible. */
interface Aim {
  /** How far at most. */
  readonly until: Micros;
  /** Null where that is all. */
  readonly watch: GoalWatch | null;
  readonly end: (how: GoalEnd) => void;
}

interface BusHost {
  readonly ground: RunGround;
  run: Run | null;
  readonly commands: Command[];
  aim: Aim | null;
  /** Ends the rest that the loop takes. */
  wake: () => void;
  loop: Promise<void>;
}

export function createBusHost(ground: RunGround): BusApi {
  const host: BusHost = {
    ground,
    run: null,
    commands: [],
    aim: null,
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
    runUntil: (goal) => runUntil(host, goal),
    complete: (process, line) => command(host, (run) => completeFor(run, process, line)),
    packetBytes: (packet) =>
      command(host, (run) => Promise.resolve(packetBytes(run.world, packet))),
    admin: (sid, word) => command(host, (run) => admin(run, sid, word)),
    logParts: (from, to) => command(host, (run) => logPartsOf(run.ensemble, from, to)),
    record: () => command(host, (run) => Promise.resolve(recordOf(run))),
    actionsFrom: (from) => command(host, (run) => Promise.resolve(run.world.actions.slice(from))),
    setMonkey: (intensity) => command(host, (run) => sendMonkey(run, intensity)),
    runProgram: (id, port) => runProgram(host, id, port),
    stopProgram: (id) => stopProgram(host, id),
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
  const { cruise } = options;
  // A copy already here: the run goes on before the answer crosses.
  const base = cruise === undefined ? null : structuredClone(await checkpoint(run));
  if (cruise !== undefined) setOff(host, run, cruise);
  host.loop = live(host, run);
  const recovered = run.ensemble.foundDisk;
  return base === null ? { kind: 'open', recovered } : { kind: 'open', recovered, base };
}

/** To the first leader that serves, as fast as it goes, and on at that speed. */
function setOff(host: BusHost, run: Run, cruise: number): void {
  run.running = true;
  run.pace = createPace(cruise, run.ground.wall(), run.world.now);
  const until = (run.world.now + FIRST_LEADER_MAX) as Micros;
  const end = (): void => {
    resumePace(run);
  };
  host.aim = { until, watch: createGoalWatch({ kind: 'serves' }), end };
}

async function close(host: BusHost, wipe: boolean, workersStay = false): Promise<void> {
  const { run } = host;
  if (run === null) return;
  host.run = null;
  endAim(host, 'stopped');
  // The loop may wait for one of them.
  leavePrograms(run.programs);
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
  const { aim } = host;
  if (run.failure !== null || (!run.running && aim === null)) return false;
  const wall = ground.wall();
  if (aim === null) run.pace = forgive(run.pace, wall, world.now);
  const target = aim?.until ?? targetOf(run.pace, wall);
  if (target > world.now) {
    const until = Math.min(target, world.now + SLICE_SPAN) as Micros;
    const deadline = wall + FRAME_EVERY;
    const enough = (): boolean => host.commands.length > 0 || ground.wall() >= deadline;
    const end = await runSlice(run, until, enough, aim?.watch);
    if (end === 'broken') {
      endAim(host, 'violated');
      await pause(host, run);
      return false;
    }
    const how = aim === null ? null : await endOf(run, aim, end);
    if (how !== null) {
      endAim(host, how);
      return false;
    }
  }
  return world.now < target;
}

/** Null while it goes on. */
async function endOf(run: Run, aim: Aim, end: SliceEnd): Promise<GoalEnd | null> {
  const { world, ensemble } = run;
  if (end === 'met') return 'reached';
  const isFar = world.now >= aim.until;
  if (aim.watch === null) return isFar ? 'reached' : null;
  // What came about without anybody having told of it.
  if (await isMet(aim.watch, world, ensemble)) return 'reached';
  return isFar ? 'tooFar' : null;
}

function endAim(host: BusHost, how: GoalEnd): void {
  host.aim?.end(how);
  host.aim = null;
}

/** Until the next frame is due, or for as long as nothing runs; a command ends it. */
async function rest(host: BusHost, run: Run): Promise<void> {
  if (host.commands.length > 0 || host.run !== run) return;
  await new Promise<void>((resolve) => {
    host.wake = resolve;
    if (!run.running && host.aim === null) return;
    if (run.failure === null) setTimeout(resolve, FRAME_EVERY / 4);
  });
  host.wake = () => undefined;
}

/** A bug of ours, or a worker that the browser ended: the page shows it, the world stands still. */
function stop(host: BusHost, run: Run, reason: unknown): void {
  run.failure ??= reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  run.running = false;
  endAim(host, 'stopped');
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

/** Resolves when the program is asked no more. */
function runProgram(host: BusHost, id: number, port: MessagePort): Promise<ProgramEnd> {
  return new Promise<ProgramEnd>((end, fail) => {
    command(host, ({ programs, world }) => {
      programs.push(seatProgram(world, id, openProgramPort(port), end));
      return Promise.resolve();
    }).catch(fail);
  });
}

async function stopProgram(host: BusHost, id: number): Promise<void> {
  const { run } = host;
  const seat = run?.programs.find((one) => one.id === id);
  if (run === null || seat === undefined) return;
  // The loop may be waiting for it.
  seat.program.end = 'stopped';
  seat.port.hangUp();
  await command(host, ({ programs, world }) =>
    endProgram(programs, world, seat, 'stopped', (action) => perform(run, action)),
  );
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
  endAim(host, 'stopped');
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
      endAim(host, 'stopped');
      const over = (): void => {
        resumePace(run);
        end();
      };
      if (run.failure !== null || until <= run.world.now) over();
      else host.aim = { until, watch: null, end: over };
      return Promise.resolve();
    };
    command(host, begin).catch(fail);
  });
}

/** Time stands still where the goal was met, or where it was given up. */
function runUntil(host: BusHost, goal: Goal): Promise<GoalEnd> {
  return new Promise<GoalEnd>((end, fail) => {
    const begin = async (run: Run): Promise<void> => {
      await pause(host, run);
      const { world, ensemble } = run;
      const watch = createGoalWatch(goal);
      const until = goal.kind === 'moment' ? goal.at : ((world.now + GOAL_SPAN_MAX) as Micros);
      const over = (how: GoalEnd): void => {
        // What breaks while that is waited for is what was waited for.
        end(how === 'violated' && goal.kind === 'violated' ? 'reached' : how);
      };
      if (run.failure !== null) over('stopped');
      else if (await isMet(watch, world, ensemble)) over('reached');
      else host.aim = { until, watch, end: over };
    };
    command(host, begin).catch(fail);
  });
}

function resumePace(run: Run): void {
  run.pace = createPace(run.pace.speed, run.ground.wall(), run.world.now);
}

async function admin({ ensemble, world }: Run, sid: Sid, word: string): Promise<string | null> {
  // One that is paused answers nobody, either.
  const process = world.byId.get(sid as number as ProcessId);
  const port = process?.status === 'running' ? ensemble.seats.get(sid)?.port : null;
  return (await port?.admin(word, world.now)) ?? null;
}
