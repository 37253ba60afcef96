/** What a disk keeps, when it says so, and what a crash leaves. Every operation takes 10 µs. */
import { describe, expect, test } from 'vitest';
import type { DiskEffect, DiskOp } from '../../../src/core/quorum/peer-io.ts';
import { EMPTY_DISK, type DiskImage } from '../../../src/core/txn-log/disk-image.ts';
import type { Micros, Millis, SessionId, Sid } from '../../../src/core/units.ts';
import { makeZxid, type Zxid } from '../../../src/core/zxid.ts';
import type { CrashTail, DiskFaults } from '../../../src/sim/actions.ts';
import { createAgenda, firstOwn, takeOwn, type Agenda } from '../../../src/sim/agenda.ts';
import {
  applyDiskEffect,
  completeOperation,
  crashImage,
  createDisk,
  damageImage,
  type Disk,
} from '../../../src/sim/disk.ts';

const LATENCY = { min: 10 as Micros, max: 10 as Micros };

interface Bench {
  readonly disk: Disk;
  readonly agenda: Agenda;
  /** `at event op`, as the process heard them. */
  readonly heard: string[];
  now: number;
  ops: number;
}

function bench(image: DiskImage = EMPTY_DISK, incarnation = 0): Bench {
  const disk = createDisk(1 as Sid, 7, incarnation, LATENCY, image);
  return { disk, agenda: createAgenda(incarnation), heard: [], now: 0, ops: 0 };
}

function zxid(counter: number): Zxid {
  return makeZxid(1, counter);
}

function apply(b: Bench, effect: DiskEffect): void {
  applyDiskEffect(b.disk, b.agenda, b.now as Micros, effect);
}

function append(b: Bench, counter: number, startsFile = false): void {
  const time = 0 as Millis;
  const header = { clientId: 1n as SessionId, cxid: counter, zxid: zxid(counter), time };
  const txn = { type: 'delete', path: `/n${String(counter)}` } as const;
  const record = { header, txn, digest: null };
  apply(b, { kind: 'append', record, startsFile });
}

function op(b: Bench): DiskOp {
  return ++b.ops as DiskOp;
}

function sync(b: Bench): void {
  apply(b, { kind: 'syncLog', op: op(b) });
}

function snapshot(b: Bench, counter: number): void {
  const content = { zxid: zxid(counter), sessions: [], nodes: [] };
  apply(b, { kind: 'saveSnapshot', op: op(b), snapshot: content });
}

function run(b: Bench, until: number): void {
  for (let own = firstOwn(b.agenda); own !== null && own.at < until; own = firstOwn(b.agenda)) {
    b.now = own.at;
    const event = takeOwn(b.agenda, own);
    completeOperation(b.disk);
    const { kind } = event;
    b.heard.push(`${String(b.now)} ${kind} ${'op' in event ? String(event.op) : ''}`);
  }
  b.now = until;
}

/** Counters of the log, `T` for a torn entry, `D` for a damaged one. */
function logOf(image: DiskImage): string {
  return image.log
    .map((entry) => {
      if (entry.kind === 'record') return String(entry.record.header.zxid & 0xffffn);
      return entry.kind === 'torn' ? 'T' : 'D';
    })
    .join(' ');
}

function crashed(b: Bench, tail: CrashTail): string {
  return logOf(crashImage(b.disk, tail, false));
}

function faulty(b: Bench, faults: Partial<DiskFaults>): void {
  b.disk.faults = { slowness: 1, lying: false, full: false, ...faults };
}

describe('a log', () => {
  test('is safe up to where it was when the sync began', () => {
    const b = bench();
    append(b, 1);
    append(b, 2);
    sync(b);
    append(b, 3);
    expect(crashed(b, 'lost')).toBe('');
    run(b, 100);
    expect(b.heard).toEqual(['10 durable 1']);
    expect(crashed(b, 'lost')).toBe('1 2');
    expect(crashed(b, 'kept')).toBe('1 2 3');
  });

  test('operations run one after the other', () => {
    const b = bench();
    sync(b);
    snapshot(b, 1);
    apply(b, { kind: 'writeEpoch', op: op(b), file: 'acceptedEpoch', epoch: 4 });
    run(b, 15);
    expect(crashImage(b.disk, 'lost', false).snapshots).toHaveLength(0);
    run(b, 100);
    expect(b.heard).toEqual(['10 durable 1', '20 durable 2', '30 durable 3']);
    expect(crashImage(b.disk, 'lost', false)).toMatchObject({ acceptedEpoch: 4 });
    expect(crashImage(b.disk, 'lost', false).snapshots).toHaveLength(1);
  });

  test('a slow disk takes so many times longer', () => {
    const b = bench();
    faulty(b, { slowness: 7 });
    sync(b);
    run(b, 1000);
    expect(b.heard).toEqual(['70 durable 1']);
  });

  test('outlives its process when only the process ends', () => {
    const b = bench();
    append(b, 1);
    expect(logOf(crashImage(b.disk, 'lost', true))).toBe('1');
  });
});

describe('a crash', () => {
  test('tears the last record where that is asked for', () => {
    const b = bench();
    for (const counter of [1, 2, 3]) append(b, counter);
    expect(crashed(b, 'torn')).toBe('1 2 T');
    sync(b);
    run(b, 100);
    expect(crashed(b, 'torn')).toBe('1 2 3');
  });

  test('leaves to chance a beginning of what was not synced, and sometimes a torn record', () => {
    const seen = new Set<string>();
    for (let incarnation = 0; incarnation < 300; incarnation++) {
      const b = bench(EMPTY_DISK, incarnation);
      append(b, 1);
      sync(b);
      run(b, 100);
      append(b, 2);
      append(b, 3);
      const once = crashed(b, 'chance');
      expect(crashed(b, 'chance')).toBe(once);
      seen.add(once);
    }
    expect([...seen].sort()).toEqual(['1', '1 2', '1 2 3', '1 2 T', '1 T']);
  });

  test('what it kept is on the platter at the next start', () => {
    const b = bench();
    append(b, 1);
    const next = bench(crashImage(b.disk, 'kept', false), 1);
    expect(crashed(next, 'lost')).toBe('1');
  });
});

describe('a truncation', () => {
  function truncated(): Bench {
    const b = bench();
    for (const counter of [1, 2, 3, 4]) append(b, counter);
    snapshot(b, 3);
    snapshot(b, 1);
    sync(b);
    run(b, 100);
    apply(b, { kind: 'truncate', op: op(b), zxid: zxid(2) });
    return b;
  }

  test('removes what is behind it, and newer snapshots', () => {
    const b = truncated();
    run(b, 200);
    expect(crashed(b, 'lost')).toBe('1 2');
    const { snapshots } = crashImage(b.disk, 'lost', false);
    expect(snapshots.map((s) => (s.kind === 'snapshot' ? s.snapshot.zxid : 0n))).toEqual([zxid(1)]);
    append(b, 3);
    sync(b);
    run(b, 300);
    expect(crashed(b, 'lost')).toBe('1 2 3');
  });

  test('has not happened if the crash comes before it is done', () => {
    const b = truncated();
    append(b, 9);
    expect(crashed(b, 'kept')).toBe('1 2 3 4');
  });
});

describe('a purge', () => {
  test('removes old snapshots, and the log files before the one that the oldest kept needs', () => {
    const b = bench();
    for (let counter = 1; counter <= 9; counter++) append(b, counter, counter % 3 === 1);
    for (const counter of [2, 5, 8]) snapshot(b, counter);
    sync(b);
    run(b, 100);
    append(b, 10, true);
    apply(b, { kind: 'purge', snapshot: zxid(5) });
    expect(crashed(b, 'lost')).toBe('4 5 6 7 8 9');
    expect(crashed(b, 'kept')).toBe('4 5 6 7 8 9 10');
    expect(crashImage(b.disk, 'lost', false).snapshots).toHaveLength(2);
    sync(b);
    run(b, 200);
    expect(crashed(b, 'lost')).toBe('4 5 6 7 8 9 10');
  });

  test('during a sync leaves the sync what it was', () => {
    const b = bench();
    for (let counter = 1; counter <= 6; counter++) append(b, counter, counter % 3 === 1);
    snapshot(b, 5);
    run(b, 100);
    sync(b);
    append(b, 7);
    apply(b, { kind: 'purge', snapshot: zxid(5) });
    run(b, 200);
    expect(crashed(b, 'lost')).toBe('4 5 6');
    expect(crashed(b, 'kept')).toBe('4 5 6 7');
  });
});

describe('a lying disk', () => {
  test('says durable, and a crash shows the truth', () => {
    const b = bench();
    append(b, 1);
    sync(b);
    run(b, 100);
    faulty(b, { lying: true });
    append(b, 2);
    sync(b);
    apply(b, { kind: 'writeEpoch', op: op(b), file: 'currentEpoch', epoch: 2 });
    run(b, 200);
    expect(b.heard).toEqual(['10 durable 1', '110 durable 2', '120 durable 3']);
    expect(crashed(b, 'lost')).toBe('1');
    expect(crashImage(b.disk, 'lost', false).currentEpoch).toBeNull();
    expect(crashImage(b.disk, 'kept', true).currentEpoch).toBe(2);
  });

  test('honest again, its next sync makes all of the log safe', () => {
    const b = bench();
    faulty(b, { lying: true });
    append(b, 1);
    sync(b);
    run(b, 100);
    faulty(b, {});
    append(b, 2);
    sync(b);
    run(b, 200);
    expect(crashed(b, 'lost')).toBe('1 2');
    expect(b.disk.writes).toMatchObject([{ kind: 'append', op: 2, entries: [{}, {}] }]);
    expect(b.disk.completed).toEqual([2]);
  });
});

describe('a full disk', () => {
  test('fails every write, and keeps what it had', () => {
    const b = bench();
    append(b, 1);
    sync(b);
    run(b, 100);
    faulty(b, { full: true });
    append(b, 2);
    sync(b);
    snapshot(b, 2);
    run(b, 200);
    expect(b.heard.slice(1)).toEqual(['110 diskFailed 2', '120 diskFailed 3']);
    expect(crashed(b, 'kept')).toBe('1');
    expect(crashImage(b.disk, 'kept', false).snapshots).toHaveLength(0);
  });

  test('a log that missed a record takes no more, though there is room again', () => {
    const b = bench();
    faulty(b, { full: true });
    append(b, 1);
    faulty(b, {});
    append(b, 2);
    sync(b);
    run(b, 100);
    expect(b.heard).toEqual(['10 diskFailed 1']);
    expect(crashed(b, 'kept')).toBe('');
  });
});

describe('what is to be kept elsewhere', () => {
  test('is handed over when its operation starts, in order, once', () => {
    const b = bench();
    append(b, 1);
    append(b, 2);
    sync(b);
    append(b, 3);
    apply(b, { kind: 'writeEpoch', op: op(b), file: 'acceptedEpoch', epoch: 5 });
    sync(b);
    apply(b, { kind: 'truncate', op: op(b), zxid: zxid(1) });
    append(b, 4);
    sync(b);
    const words = b.disk.writes.map((write) => {
      const { kind } = write;
      return kind === 'append' ? `append ${logOf({ ...EMPTY_DISK, log: write.entries })}` : kind;
    });
    expect(words).toEqual(['append 1 2', 'epoch', 'append 3', 'truncate', 'append 4']);
  });
});

describe('damage', () => {
  test('hits the middle of the log, its last record, or the last snapshot', () => {
    const b = bench();
    for (const counter of [1, 2, 3]) append(b, counter);
    snapshot(b, 3);
    sync(b);
    run(b, 100);
    const image = crashImage(b.disk, 'lost', false);
    expect(logOf(damageImage(image, 'logMiddle'))).toBe('1 D 3');
    expect(logOf(damageImage(image, 'logTail'))).toBe('1 2 T');
    expect(damageImage(image, 'snapshot').snapshots).toMatchObject([
      { kind: 'damaged', zxid: zxid(3) },
    ]);
    expect(logOf(image)).toBe('1 2 3');
  });

  test('finds nothing on an empty disk', () => {
    expect(damageImage(EMPTY_DISK, 'logMiddle')).toEqual(EMPTY_DISK);
    expect(damageImage(EMPTY_DISK, 'snapshot')).toEqual(EMPTY_DISK);
  });
});
