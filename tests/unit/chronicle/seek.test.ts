import { describe, expect, test } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { beginChronicle, momentAt } from '../../../src/sim/chronicle/chronicle.ts';
import { copyRun } from '../../../src/sim/chronicle/copy-run.ts';
import { momentOf, type Moment } from '../../../src/sim/chronicle/model.ts';
import { seek } from '../../../src/sim/chronicle/seek.ts';
import { frameOf } from '../../../src/sim/local-frame.ts';
import { checkpoint, createLocalRun, runUntil, stepOne } from '../../../src/sim/local.ts';
import {
  branchIn,
  catchUp,
  dice,
  FOCUS,
  followTo,
  mustAct,
  playScript,
  script,
  scriptedWorld,
  startRig,
} from './rig.ts';

const UNTIL = 9_500_000 as Micros;

describe('the frame of a moment is the one that the live run showed', () => {
  const rig = startRig();
  const { live, chronicle, branch } = rig;
  const album = playScript(live, script, UNTIL, dice(7), 12);
  catchUp(rig);
  const moments = [...album.keys()];

  test('there is something to see', () => {
    expect(moments.length).toBeGreaterThan(8);
    expect(branchIn(chronicle, branch).ladder.length).toBeGreaterThan(1);
  });

  test.each([
    ['going forward', moments],
    ['going back', moments.toReversed()],
    ['here and there', moments.map((_, n) => moments[(n * 7) % moments.length] ?? moments[0])],
  ])('%s', (_, order) => {
    for (const moment of order) {
      if (moment === undefined) continue;
      expect(frameOf(seek(chronicle, { branch, moment }), FOCUS)).toEqual(album.get(moment));
    }
  });

  test('to the event, in the middle of an instant', () => {
    const actions = script.filter(({ at }) => at < 2_000_000);
    expect(actions.length).toBe(2);
    const fresh = createLocalRun(scriptedWorld, { keepTrace: true });
    for (const { at, action } of actions) {
      runUntil(fresh, at);
      mustAct(fresh, action);
    }
    let seen = 0;
    for (stepOne(fresh); fresh.world.now < 2_300_000; stepOne(fresh), seen++) {
      const frame = frameOf(fresh, FOCUS);
      const found = frameOf(seek(chronicle, { branch, moment: momentOf(frame) }), FOCUS);
      expect(found).toEqual(frame);
    }
    expect(seen).toBeGreaterThan(20);
  });

  test('a moment of time is right behind all that happened up to it', () => {
    const b = branchIn(chronicle, branch);
    for (const moment of moments) {
      const found = momentAt(b, moment.at);
      expect(found.at).toBe(moment.at);
      expect(found.events).toBeGreaterThanOrEqual(moment.events);
      expect(seek(chronicle, { branch, moment: found }).world.events).toBe(found.events);
    }
    expect(momentAt(b, 99e9 as Micros)).toEqual(b.end);
    expect(momentAt(b, -5 as Micros)).toEqual(b.fork);
  });
});

describe('actions at the same time', () => {
  const rig = startRig();
  const { live, chronicle, branch } = rig;
  runUntil(live, 1_000_000 as Micros);
  const frames = [frameOf(live, FOCUS)];
  for (const { action } of script.slice(0, 2)) {
    mustAct(live, action);
    frames.push(frameOf(live, FOCUS));
  }
  runUntil(live, 1_200_000 as Micros);
  catchUp(rig);

  test('each has a moment of its own', () => {
    for (const frame of frames.toReversed()) {
      const moment = momentOf(frame);
      expect(frameOf(seek(chronicle, { branch, moment }), FOCUS)).toEqual(frame);
    }
    expect(frames.map(({ actions }) => actions)).toEqual([0, 1, 2]);
  });
});

describe('a chronicle may begin in the middle', () => {
  const live = createLocalRun(scriptedWorld, { keepTrace: true });
  playScript(live, script, 3_500_000 as Micros, dice(3), 1e9);
  const { chronicle, first } = beginChronicle(checkpoint(live), 200);
  const from = live.world.actions.length;
  const rest = script.slice(from);
  const album = playScript(live, rest, 7_000_000 as Micros, dice(5), 20);
  const to = momentOf(frameOf(live));
  followTo(chronicle, first.id, from, live.world.actions.slice(from), to);

  test('its first moment is where it began', () => {
    expect(first.fork.actions).toBe(from);
    expect(first.parent).toBeNull();
    const begin: Moment = { events: 0, actions: 0, at: 0 as Micros };
    expect(seek(chronicle, { branch: first.id, moment: begin }).world.events).toBe(
      first.fork.events,
    );
  });

  test('and the frames are right', () => {
    expect(album.size).toBeGreaterThan(3);
    for (const [moment, frame] of album) {
      expect(frameOf(seek(chronicle, { branch: first.id, moment }), FOCUS)).toEqual(frame);
    }
  });
});

test('a checkpoint goes on as the run did', () => {
  const rig = startRig();
  const { live, chronicle, branch } = rig;
  playScript(live, script, 4_000_000 as Micros, dice(11), 1e9);
  catchUp(rig);
  const moment = momentAt(branchIn(chronicle, branch), 2_345_678 as Micros);
  const run = copyRun(seek(chronicle, { branch, moment }));
  expect(run.world.lost).toBeNull();
  const rest = script.slice(moment.actions);
  playScript(run, rest, 4_000_000 as Micros, dice(12), 1e9);
  expect(frameOf(run, FOCUS)).toEqual(frameOf(live, FOCUS));
  expect(live.world.events).toBeGreaterThan(500);
});
