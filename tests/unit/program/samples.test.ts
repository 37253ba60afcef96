/** What each sample promises: undisturbed, and while the leader of the ensemble crashes. */
import { describe, expect, test } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { SAMPLES } from '../../../src/lessons/samples/samples.ts';
import { stage as stageOf } from '../../../src/lessons/scenarios/world.ts';
import { createLocalRun, recordOf, replay, runUntil, traceHash } from '../../../src/sim/local.ts';
import { viewMember } from '../../../src/sim/member.ts';
import {
  begin,
  createStage,
  perform,
  runStage,
  runToEnd,
  type LocalProgram,
  type Stage,
} from '../../support/local-program.ts';

const seconds = (n: number): Micros => Math.round(n * 1_000_000) as Micros;

/** A line, and which of those started together said it. */
interface Said {
  readonly at: Micros;
  readonly who: number;
  readonly text: string;
}

type Disturb = (stage: Stage) => Promise<void>;

const BEGIN = 3;

function started(id: string, seed = 1): Stage {
  const sample = SAMPLES.find((one) => one.id === id);
  if (sample === undefined) throw new Error(`there is no sample ${id}`);
  const run = createLocalRun({ ...stageOf(3), seed });
  runUntil(run, seconds(BEGIN));
  const stage = createStage(run);
  begin(stage, sample.text, sample.copies);
  return stage;
}

const saidBy = ({ programs }: Stage): readonly Said[] =>
  programs
    .flatMap(({ lines }, n) => lines.map((line) => ({ ...line, who: n + 1 })))
    .sort((a, b) => a.at - b.at);

const resultsOf = ({ programs }: Stage): readonly LocalProgram['result'][] =>
  programs.map(({ result }) => result);

async function played(id: string, disturb: Disturb, seed?: number): Promise<readonly Said[]> {
  const stage = started(id, seed);
  await disturb(stage);
  await runToEnd(stage, 120);
  expect(resultsOf(stage)).toEqual(stage.programs.map(() => ({ kind: 'done' })));
  return saidBy(stage);
}

function leaderOf({ run }: Stage): Sid {
  for (const host of run.hosts.values()) {
    if (host.kind !== 'member') continue;
    if (viewMember(host).server?.state === 'LEADING') return host.self as number as Sid;
  }
  throw new Error('nobody leads');
}

const nothing: Disturb = () => Promise.resolve();

/** The leader dies in the middle, and comes back two seconds later. */
const leaderCrash: Disturb = async (stage) => {
  await runStage(stage, seconds(BEGIN + 1));
  const sid = leaderOf(stage);
  await perform(stage, { kind: 'crash', sid, tail: 'chance', silent: false });
  await runStage(stage, seconds(BEGIN + 3));
  await perform(stage, { kind: 'restart', sid });
};

const having = (said: readonly Said[], text: RegExp): readonly Said[] =>
  said.filter((line) => text.test(line.text));

const firstAt = (said: readonly Said[], text: RegExp): number =>
  having(said, text)[0]?.at ?? Infinity;
const lastAt = (said: readonly Said[], text: RegExp): number =>
  having(said, text).at(-1)?.at ?? -Infinity;

/** @returns how many were inside at most, of those that go in and out by these words. */
function mostInside(said: readonly Said[], enters: RegExp, leaves: RegExp): number {
  const inside = new Set<number>();
  let most = 0;
  for (const { who, text } of said) {
    if (enters.test(text)) inside.add(who);
    if (leaves.test(text)) inside.delete(who);
    most = Math.max(most, inside.size);
  }
  return most;
}

/** What holds with the ensemble's leader, and without. */
const PROMISES: Readonly<Record<string, (said: readonly Said[]) => void>> = {
  lock: (said) => {
    expect(mostInside(said, /^has the lock/, /^gives it back/)).toBe(1);
    const tokens = having(said, /^has the lock/).map(({ text }) => Number(text.split(' ').at(-1)));
    expect(tokens).toHaveLength(9);
    expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
  },
  election: (said) => {
    expect(mostInside(said, /^leads$/, /^leads no more/)).toBe(1);
    expect(new Set(having(said, /^leads$/).map(({ who }) => who))).toEqual(new Set([1, 2, 3]));
  },
  barrier: (said) => {
    expect(having(said, /passes/)).toHaveLength(3);
    expect(lastAt(said, /waits/)).toBeLessThan(firstAt(said, /opens/));
    expect(firstAt(said, /passes/)).toBeGreaterThan(firstAt(said, /opens/));
  },
  'double-barrier': (said) => {
    expect(having(said, /^begins/)).toHaveLength(3);
    expect(firstAt(said, /^begins/)).toBeGreaterThan(lastAt(said, /^arrives/));
    expect(having(said, /^goes/)).toHaveLength(3);
    expect(firstAt(said, /^goes/)).toBeGreaterThan(lastAt(said, /^is done/));
  },
  queue: (said) => {
    const items = ['item1', 'item2', 'item3', 'item4', 'item5', 'item6'];
    const done = having(said, /^has done/).map(({ text }) => text.split(' ').at(-1));
    expect(done.toSorted()).toEqual(items);
    expect(new Set(having(said, /^takes/).map(({ who }) => who))).toEqual(new Set([2, 3]));
  },
  discovery: (said) => {
    const calls = having(said, /^calls/);
    expect(calls).toHaveLength(24);
    const missed = lastAt(said, /^knows web-1 web-3$/);
    expect(missed).toBeLessThan(Infinity);
    const inVain = having(said, /in vain/);
    expect(inVain.length).toBeGreaterThan(0);
    expect(inVain.every(({ text }) => text.includes('web-2'))).toBe(true);
    expect(lastAt(said, /in vain/)).toBeLessThan(missed);
    // Turn by turn: nobody is called twice in a row.
    const names = calls.map(({ text }) => text.split(' ')[1]);
    expect(names.filter((name, n) => n > 0 && name === names[n - 1]).length).toBeLessThan(2);
  },
  configuration: (said) => {
    const uses = having(said, /uses/);
    for (const { text } of uses) expect(text).toMatch(/ uses (\d) db-\1:500\1$/);
    for (const reader of ['reader-1', 'reader-2']) {
      const versions = uses
        .filter(({ text }) => text.startsWith(reader))
        .map(({ text }) => Number(text.split(' ')[2]));
      expect(versions.at(-1)).toBe(5);
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    }
  },
  members: (said) => {
    const died = firstAt(said, /^dies/);
    const missed = having(said, /^sees member-1 member-3$/)[0]?.at ?? Infinity;
    expect(missed).toBeLessThan(Infinity);
    // Its session ends no sooner than it may.
    expect(missed - died).toBeGreaterThan(seconds(1.5));
  },
  'read-write-lock': (said) => {
    expect(having(said, /^begins to write/)).toHaveLength(3);
    expect(having(said, /^begins to read/)).toHaveLength(9);
    const writing = new Set<number>();
    for (const { who, text } of said) {
      if (text === 'begins to write') writing.add(who);
      if (text === 'has done its write') writing.delete(who);
      if (text === 'begins to read') expect(writing.size).toBe(0);
    }
    expect(mostInside(said, /^begins to read/, /^has done its read/)).toBeGreaterThan(1);
    const readers = new Set<number>();
    for (const { who, text } of said) {
      if (text === 'begins to read') readers.add(who);
      if (text === 'has done its read') readers.delete(who);
      if (text === 'begins to write') expect(readers.size).toBe(0);
    }
  },
  counter: (said) => {
    expect(having(said, /too late/).length).toBeGreaterThan(0);
    const sums = having(said, /^sees/).map(({ text }) => Number(text.split(' ')[1]));
    expect(sums).toHaveLength(3);
    expect(Math.max(...sums)).toBe(30);
  },
};

test('there are eight samples at least, each with a promise and words', () => {
  expect(SAMPLES.length).toBeGreaterThanOrEqual(8);
  expect(SAMPLES.map(({ id }) => id).toSorted()).toEqual(Object.keys(PROMISES).toSorted());
});

describe.each(SAMPLES.map(({ id }) => id))('%s', (id) => {
  const promise = PROMISES[id];
  test('keeps what it promises', async () => promise?.(await played(id, nothing)));
  test.each([1, 2, 3])('keeps it while the leader crashes, seed %i', async (seed) =>
    promise?.(await played(id, leaderCrash, seed)),
  );
});

describe('what a person breaks', () => {
  test('whoever holds the lock is paused for too long: the next one has it, the late one is refused', async () => {
    const stage = started('lock');
    while (having(saidBy(stage), /^has the lock/).length === 0) {
      await runStage(stage, (stage.run.world.now + 10_000) as Micros);
    }
    const holder = (saidBy(stage)[0]?.who ?? 1) - 1;
    const process = stage.programs[holder]?.seat.program.sessions[0]?.process ?? (0 as ProcessId);
    await perform(stage, { kind: 'pause', process });
    await runStage(stage, (stage.run.world.now + 12_000_000) as Micros);
    await perform(stage, { kind: 'resume', process });
    await runToEnd(stage, 60);
    const results = resultsOf(stage);
    expect(results[holder]).toMatchObject({ kind: 'failed', name: 'SESSIONEXPIRED' });
    expect(results.filter((result) => result?.kind === 'done')).toHaveLength(2);
    const others = saidBy(stage).filter(({ who }) => who !== holder + 1);
    expect(having(others, /^has the lock/)).toHaveLength(6);
  });

  test('whoever has taken an item is killed: another one does it', async () => {
    const stage = started('queue');
    while (having(saidBy(stage), /^takes/).length === 0) {
      await runStage(stage, (stage.run.world.now + 10_000) as Micros);
    }
    const [first] = having(saidBy(stage), /^takes/);
    const taker = (first?.who ?? 2) - 1;
    const process = stage.programs[taker]?.seat.program.sessions[0]?.process ?? (0 as ProcessId);
    await perform(stage, { kind: 'killClient', process });
    await runToEnd(stage, 60);
    expect(stage.programs[taker]?.end).toBe('killed');
    const item = first?.text.split(' ').at(-1);
    const done = having(saidBy(stage), /^has done/).filter(({ who }) => who !== taker + 1);
    expect(done.map(({ text }) => text.split(' ').at(-1))).toContain(item);
    expect(done).toHaveLength(6);
  });
});

test('a run with programs and a crash is the same from its record, without them', async () => {
  const stage = started('lock', 5);
  await leaderCrash(stage);
  await runToEnd(stage, 60);
  const record = recordOf(stage.run);
  expect(record.actions.filter(({ action }) => action.kind === 'submit').length).toBeGreaterThan(
    30,
  );
  expect(traceHash(replay(record))).toBe(traceHash(stage.run));
});
