/**
 * Every rare branch that has a name is taken: by few seeds of the swarm, which find-marks.ts has
 * found, by a run that once failed, or, where no run of a correct core leads there, by hand.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf } from '../../src/core/config.ts';
import { MARKS, type MarkName } from '../../src/core/coverage-marks.ts';
import type { TxnRecord } from '../../src/core/jute/txn.ts';
import type { Effects } from '../../src/core/quorum/peer-io.ts';
import { planSync } from '../../src/core/quorum/sync-plan.ts';
import { createServer } from '../../src/core/server.ts';
import { appendCommitted } from '../../src/core/txn-log/committed-log.ts';
import { EMPTY_DISK, type DiskImage } from '../../src/core/txn-log/disk-image.ts';
import type { Micros, Millis, ProcessId, SessionId, Sid } from '../../src/core/units.ts';
import { makeZxid } from '../../src/core/zxid.ts';
import type { WorldConfig } from '../../src/sim/actions.ts';
import { judgeRun } from '../../src/sim/explore/judge.ts';
import type { ProfileName } from '../../src/sim/explore/profiles.ts';
import { runSwarm } from '../../src/sim/explore/swarm.ts';
import { act, createLocalRun, runFor, stepOne } from '../../src/sim/local.ts';
import { recordFromText } from '../../src/sim/run-text.ts';
import { quickStart, quietWorld } from '../../src/sim/scenarios.ts';

const SEEDS: readonly (readonly [profile: ProfileName, seed: number])[] = [
  ['sync', 100018],
  ['disks', 100283],
  ['reconfig', 100612],
  ['elections', 100153],
  ['rollover', 100518],
  ['disks', 100731],
  ['elections', 100033],
  ['disks', 100059],
  ['elections', 100657],
  ['sync', 100402],
  ['rollover', 100510],
  ['readonly', 100207],
  ['reconfig', 100540],
  ['mixed', 100200],
  ['reconfig', 100404],
  ['reconfig', 100788],
];

const hit = new Map<MarkName, number>();

/** Of once-failed.test.ts: where the plots of few seeds lead. */
const RECORDS = ['handover-7202744', 'sync-9307463'];

function add(marks: Iterable<readonly [MarkName, number]>): void {
  for (const [name, count] of marks) hit.set(name, (hit.get(name) ?? 0) + count);
}

function marksOf(out: Effects): readonly (readonly [MarkName, number])[] {
  return out.flatMap((effect) =>
    effect.kind === 'note' && effect.note.note === 'mark' ? [[effect.note.name, 1] as const] : [],
  );
}

test.each(SEEDS)('%s, seed %i', { timeout: 60_000 }, (profile, seed) => {
  const { run, violation } = runSwarm(seed, { profile });
  expect(violation).toBeNull();
  add(run.world.marks);
});

test.each(RECORDS)('the run %s', { timeout: 60_000 }, (name) => {
  const text = readFileSync(new URL(`../fixtures/swarm/${name}.txt`, import.meta.url), 'utf8');
  const { found, run } = judgeRun(recordFromText(text), false);
  expect(found).toBeNull();
  add(run.world.marks);
});

/** What every server of a fresh ensemble has on its disk after its first epoch. */
function firstImages(config: WorldConfig): Map<Sid, DiskImage> {
  const before = quickStart(config);
  runFor(before, 2_000_000 as Micros);
  const images = new Map<Sid, DiskImage>();
  for (const { sid } of config.ensemble.servers) {
    act(before, { kind: 'crash', sid, tail: 'kept', silent: false });
    images.set(sid, before.images.get(sid) ?? EMPTY_DISK);
  }
  return images;
}

/** It has promised epochs to leaders of which nobody else has heard. */
test('a server whose accepted epoch is above that of its leader', () => {
  const config = quietWorld(1, 3);
  const images = firstImages(config);
  const first = 1 as Sid;
  images.set(first, { ...(images.get(first) ?? EMPTY_DISK), acceptedEpoch: 9 });
  const run = createLocalRun(config, { images });
  act(run, { kind: 'crash', sid: first, tail: 'kept', silent: false });
  runFor(run, 10_000_000 as Micros);
  act(run, { kind: 'restart', sid: first });
  runFor(run, 5_000_000 as Micros);
  add(run.world.marks);
  expect(hit.has('learner.leader-behind')).toBe(true);
});

/** Others have gone on without it, from an older configuration than it has on its disk. */
test('a server that knows a later configuration than its leader', () => {
  const config = quietWorld(1, 3, 0, { reconfigEnabled: true, standaloneEnabled: false });
  const images = firstImages(config);
  const first = 1 as Sid;
  const lines = config.ensemble.servers.map(
    ({ sid }) => `server.${String(sid)}=server${String(sid)}:2888:3888:participant;0.0.0.0:2181`,
  );
  const dynamicConfig = [...lines, 'version=1000000ff'].join('\n');
  images.set(first, { ...(images.get(first) ?? EMPTY_DISK), dynamicConfig });
  const run = createLocalRun(config, { images, check: false });
  act(run, { kind: 'crash', sid: first, tail: 'kept', silent: false });
  runFor(run, 10_000_000 as Micros);
  act(run, { kind: 'restart', sid: first });
  runFor(run, 5_000_000 as Micros);
  add(run.world.marks);
  expect(hit.has('leader.refuses-later-config')).toBe(true);
});

/** The simulated disk renames in no time, a real one does not. */
test('a crash between the writing of currentEpoch.tmp and its renaming', () => {
  const config = quietWorld(1, 3);
  const images = firstImages(config);
  for (const [sid, image] of images) {
    const { currentEpoch } = image;
    if (currentEpoch === null) continue;
    images.set(sid, { ...image, currentEpoch: 0, currentEpochTmp: currentEpoch });
  }
  const run = createLocalRun(config, { images });
  runFor(run, 5_000_000 as Micros);
  add(run.world.marks);
  expect(hit.has('recovery.epoch-tmp')).toBe(true);
});

/** A committed log of a correct server has no hole inside an epoch. */
test('TRUNC inside the committed log', () => {
  const ensemble = { ...DEFAULT_CONFIG, servers: ensembleOf(3, 0) };
  const server = createServer({ config: ensemble, sid: 3 as Sid, seed: 1, incarnation: 0 });
  for (const counter of [1, 2, 5]) {
    const zxid = makeZxid(1, counter);
    const header = { clientId: 1n as SessionId, cxid: 1, zxid, time: 0 as Millis };
    const record: TxnRecord = { header, txn: { type: 'delete', path: '/x' }, digest: null };
    appendCommitted(server.db.committedLog, record);
    server.db.tree.lastProcessedZxid = zxid;
  }
  const plan = planSync(server, makeZxid(1, 3), '1');
  expect(plan).toMatchObject({ mode: 'TRUNC', zxid: makeZxid(1, 2) });
  add(marksOf(server.out));
});

/** Here a commit is applied in the turn in which it is made, so nothing comes in between. */
test('a learner that joins between a commit and its application', () => {
  const run = quickStart(quietWorld(2, 3));
  runFor(run, 2_000_000 as Micros);
  const leader = [...run.hosts.values()].find(
    (host) => host.kind === 'member' && host.server.role.name === 'leading',
  );
  if (leader?.kind !== 'member' || leader.server.role.name !== 'leading') throw new Error('none');
  const { role, settings, db } = leader.server;
  const other = (settings.sid === 1 ? 2 : 1) as Sid;
  act(run, { kind: 'crash', sid: other, tail: 'kept', silent: false });
  const header = {
    clientId: 1n as SessionId,
    cxid: 1,
    zxid: makeZxid(leader.server.acceptedEpoch, 9),
    time: 0 as Millis,
  };
  const record: TxnRecord = { header, txn: { type: 'delete', path: '/x' }, digest: null };
  expect(db.tree.lastProcessedZxid).toBeLessThan(header.zxid);
  role.leader.toBeApplied.push({ record, acks: new Set() } as never);
  role.leader.lastProposed = header.zxid;
  act(run, { kind: 'restart', sid: other });
  for (let i = 0; i < 5_000 && !run.world.marks.has('forward.to-be-applied'); i++) stepOne(run);
  add(run.world.marks);
  expect(run.world.byId.get(other as number as ProcessId)?.status).toBe('running');
  expect(hit.has('forward.to-be-applied')).toBe(true);
});

test('every mark is hit', () => {
  expect(MARKS.filter(({ name }) => !hit.has(name)).map(({ name }) => name)).toEqual([]);
});
