/** Real servers and clients in this thread: the life of a member, and the frame of a world. */
import { describe, expect, test } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { firstViolation } from '../../../src/sim/check/checker.ts';
import { frameOf } from '../../../src/sim/local-frame.ts';
import {
  act,
  clientView,
  createLocalRun,
  memberView,
  recordOf,
  runFor,
  runUntil,
  runWhile,
  stepOne,
  traceHash,
  type LocalRun,
} from '../../../src/sim/local.ts';
import {
  addClient,
  clientId,
  leaderOf,
  quickStart,
  quietWorld,
} from '../../../src/sim/scenarios.ts';

const SECOND = 1_000_000 as Micros;
const sid = (n: number): Sid => n as Sid;

function line(run: LocalRun, text: string, client = 0): void {
  const outcome = act(run, { kind: 'line', process: clientId(client), line: text });
  expect(outcome).toEqual({ ok: true });
  runFor(run, SECOND);
}

/** What the console printed since its last prompt. */
function answer(run: LocalRun, client = 0): string {
  const lines = run.world.byId.get(clientId(client))?.transcript ?? [];
  const prompt = lines.findLastIndex((printed) => printed.kind === 'prompt');
  return lines
    .slice(prompt + 1)
    .filter((printed) => printed.kind === 'output' || printed.kind === 'error')
    .map((printed) => printed.text)
    .join('\n');
}

function started(seed = 1): LocalRun {
  const run = quickStart(quietWorld(seed, 3), { keepTrace: true });
  runFor(run, SECOND);
  expect(act(run, addClient(0, [], true))).toEqual({ ok: true });
  runFor(run, SECOND);
  return run;
}

describe('an ensemble in one thread', () => {
  test('keeps what was written through the loss of its leader, and of all its members', () => {
    const run = started();
    line(run, 'create /a one');
    const leader = leaderOf(run) ?? sid(0);
    act(run, { kind: 'crash', sid: leader, tail: 'lost', silent: false });
    runFor(run, (30 * SECOND) as Micros);
    expect(leaderOf(run)).not.toBeNull();
    line(run, 'set /a two');
    act(run, { kind: 'restart', sid: leader });
    runFor(run, (10 * SECOND) as Micros);
    expect(memberView(run, leader).server).toMatchObject({ state: 'FOLLOWING', serving: true });
    for (const n of [1, 2, 3]) act(run, { kind: 'crash', sid: sid(n), tail: 'lost', silent: true });
    runFor(run, (5 * SECOND) as Micros);
    for (const n of [1, 2, 3]) act(run, { kind: 'restart', sid: sid(n) });
    runFor(run, (30 * SECOND) as Micros);
    act(run, addClient(1, [], true));
    runFor(run, SECOND);
    line(run, 'get /a', 1);
    expect(answer(run, 1)).toContain('two');
    expect(run.world.checker && firstViolation(run.world.checker)).toBeNull();
  });

  test('a full disk ends the server, and its reason is known', () => {
    const run = started();
    const faults = { slowness: 1, lying: false, full: true };
    act(run, { kind: 'disk', sid: sid(1), faults });
    line(run, 'create /a one');
    const view = frameOf(run).members.find((member) => member.sid === 1);
    expect(view).toMatchObject({ status: 'down', server: null, disk: { faults } });
    expect(view?.reason).toBeTruthy();
  });

  test('a skewed clock shows in ctime, and breaks no session', () => {
    const run = started();
    const leader = leaderOf(run) ?? sid(0);
    const skew = 3_600_000_000 as Micros;
    act(run, { kind: 'skew', process: leader as number as ProcessId, skew });
    runFor(run, (20 * SECOND) as Micros);
    line(run, 'create /a one');
    line(run, 'stat /a');
    const hour = new Date(run.world.config.ensemble.startTime + 3_600_000).getUTCHours();
    expect(answer(run)).toMatch(new RegExp(`ctime = .* ${String(hour).padStart(2, '0')}:`));
    expect(clientView(run, clientId(0)).state).toBe('CONNECTED');
  });

  test('a wiped member is given everything by its leader', () => {
    const run = started();
    line(run, 'create /a one');
    const follower = leaderOf(run) === 1 ? sid(2) : sid(1);
    act(run, { kind: 'crash', sid: follower, tail: 'kept', silent: false });
    act(run, { kind: 'wipe', sid: follower });
    expect(memberView(run, follower).disk).toMatchObject({ records: 0, currentEpoch: null });
    act(run, { kind: 'restart', sid: follower });
    runFor(run, (10 * SECOND) as Micros);
    const znodes = (n: number) => memberView(run, sid(n)).server?.znodes;
    expect(znodes(1)).toBe(znodes(3));
    expect(znodes(2)).toBe(znodes(3));
  });

  test('the log shows what is synced and what is committed', () => {
    const run = started();
    line(run, 'create /a one');
    const { log, disk } = memberView(run, sid(1));
    expect(log.at(-1)).toMatchObject({ what: 'create /a', synced: true, committed: true });
    expect(disk).toMatchObject({ unsynced: 0, busyWith: null, lastZxid: log.at(-1)?.zxid });
  });
});

describe('a run', () => {
  test('is driven in steps, by a predicate, or to a moment', () => {
    const run = createLocalRun(quietWorld(1, 3));
    expect(stepOne(run)).toBe(true);
    expect(run.world.events).toBe(1);
    expect(runWhile(run, (world) => world.events < 50, SECOND)).toBe(true);
    expect(run.world.events).toBeGreaterThanOrEqual(50);
    expect(runWhile(run, () => true, SECOND)).toBe(false);
    expect(run.world.now).toBe(SECOND);
  });

  test('an action after a single step takes place when its moment is over', () => {
    const run = createLocalRun(quietWorld(1, 3));
    stepOne(run);
    act(run, { kind: 'pause', process: 1 as ProcessId });
    expect(recordOf(run).actions).toMatchObject([{ at: 1 }]);
    expect(run.world.events).toBe(3);
  });

  test('needs neither checks, nor a hash, nor a trace', () => {
    const bare = createLocalRun(quietWorld(1, 3), { hash: false, check: false });
    const full = createLocalRun(quietWorld(1, 3), { keepTrace: true });
    runUntil(bare, SECOND);
    runUntil(full, SECOND);
    expect(bare.world.events).toBe(full.world.events);
    expect(traceHash(bare)).toBe('');
  });
});

describe('a frame', () => {
  test('is complete, and survives cloning', () => {
    const run = started();
    act(run, { kind: 'line', process: clientId(0), line: 'create /a one' });
    runFor(run, 2000 as Micros);
    act(run, { kind: 'cut', from: 1 as ProcessId, to: 2 as ProcessId, bothWays: false });
    const frame = frameOf(run, sid(1));
    expect(structuredClone(frame)).toEqual(frame);
    expect(frame.members.map((member) => member.status)).toEqual(['running', 'running', 'running']);
    expect(frame.clients).toMatchObject([{ name: 'A', status: 'running', console: true }]);
    expect(frame.packets.length).toBeGreaterThan(0);
    expect(frame.links).toEqual([{ from: 1, to: 2, cut: true, latency: null }]);
    expect(frame.trace.at(-1)).toMatchObject({
      kind: 'action',
      text: 'the link server 1 → server 2 is cut',
    });
    expect(frame.trace.some((row) => row.interesting && row.kind === 'state')).toBe(true);
    expect(frame.logLines.length).toBeGreaterThan(0);
    expect(frame.transcripts.get(clientId(0))?.length).toBeGreaterThan(0);
    expect(frame.properties.every((property) => property.holds)).toBe(true);
    expect(frame.tree?.nodes[0]).toMatchObject({ path: '/' });
  });

  test('a held packet holds those behind it: none of them has an arrival', () => {
    const run = started();
    act(run, { kind: 'line', process: clientId(0), line: 'create /a one' });
    runFor(run, 1000 as Micros);
    const [packet] = frameOf(run).packets;
    if (packet === undefined) throw new Error('nothing in flight');
    const { conn, from, index } = packet;
    expect(act(run, { kind: 'hold', conn, from, index })).toEqual({ ok: true });
    const held = frameOf(run).packets.find((p) => p.conn === conn && p.index === index);
    expect(held).toMatchObject({ held: true, arrivesAt: Infinity });
  });
});
