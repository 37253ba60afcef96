import { describe, expect, test } from 'vitest';
import type { Micros, Sid } from '../../../src/core/units.ts';
import { eventsOf, storyOf } from '../../../src/sim/chronicle/chronicle.ts';
import {
  EVENT_ACTION,
  EVENT_INTERESTING,
  EVENT_KINDS,
  EVENT_PHASE,
  FAMILIES,
  NO_FAMILY,
  type EventColumns,
} from '../../../src/sim/chronicle/model.ts';
import { seek } from '../../../src/sim/chronicle/seek.ts';
import { frameOf } from '../../../src/sim/local-frame.ts';
import { createLocalRun, runUntil, stepHandled, stepOne } from '../../../src/sim/local.ts';
import { describeMessage, viewPackets } from '../../../src/sim/packet-view.ts';
import { settleTime } from '../../../src/sim/world.ts';
import { branchIn, catchUp, dice, mustAct, playScript, script, startRig } from './rig.ts';
import { scriptedWorld } from './rig.ts';

const UNTIL = 8_500_000 as Micros;
const rig = startRig();
const { live, chronicle, branch } = rig;
playScript(live, script, UNTIL, dice(1), 1e9);
catchUp(rig, 300);
const all = eventsOf(chronicle, branchIn(chronicle, branch), 0, Infinity);

const typeAt = (columns: EventColumns, n: number): string =>
  columns.names[columns.type[n] ?? -1] ?? '?';

describe('the columns of a run', () => {
  test('hold every event', () => {
    expect(all.first).toBe(0);
    expect(all.count).toBe(live.world.events);
    expect(all.at.length).toBe(all.count);
    expect(all.zxid.length).toBe(all.count);
    expect(all.count).toBeGreaterThan(1000);
  });

  test('say what single steps of the same run say', () => {
    const run = createLocalRun(scriptedWorld, { hash: false, check: false });
    let n = 0;
    const upTo = (until: number): void => {
      for (;;) {
        const handled = stepHandled(run, until as Micros);
        if (handled === null) return;
        const { process, event, turn } = handled;
        expect([all.process[n], all.at[n]]).toEqual([process, turn.at]);
        const kind = EVENT_KINDS[all.kind[n] ?? -1];
        if (event?.kind === 'packet') {
          const { type, code, family, epoch, zxid } = describeMessage(event.message);
          expect([kind, typeAt(all, n)]).toEqual(['packet', type]);
          expect(all.names[all.code[n] ?? -1]).toBe(code);
          expect(FAMILIES[all.family[n] ?? -1]).toBe(family);
          expect(all.epoch[n]).toBe(epoch ?? -1);
          expect(all.zxid[n]).toBe(zxid ?? 0n);
        } else {
          expect(all.family[n]).toBe(NO_FAMILY);
        }
        if (event === null && turn.own?.kind === 'timer') expect(kind).toBe('timer');
        if (event === null && turn.own?.kind === 'durable') expect(kind).toBe('disk');
        if (event === null && turn.own?.kind === 'boot') expect(kind).toBe('boot');
        n++;
      }
    };
    for (const { at, action } of script) {
      if (at >= UNTIL) break;
      upTo(at);
      mustAct(run, action);
    }
    upTo(UNTIL);
    expect(n).toBe(all.count);
  });

  test('a stretch is a part of the whole', () => {
    const part = eventsOf(chronicle, branchIn(chronicle, branch), 500, 300);
    expect([part.first, part.count]).toEqual([500, 300]);
    expect(part.at).toEqual(all.at.slice(500, 800));
    expect(part.cause).toEqual(all.cause.slice(500, 800));
    const end = eventsOf(chronicle, branchIn(chronicle, branch), all.count - 5, 500);
    expect(end.count).toBe(5);
    expect(eventsOf(chronicle, branchIn(chronicle, branch), all.count + 5, 500).count).toBe(0);
  });

  test('causes come before what they cause, and packets are sent by them', () => {
    let packets = 0;
    for (let n = 0; n < all.count; n++) {
      const cause = all.cause[n] ?? -1;
      expect(cause).toBeLessThan(n);
      if (EVENT_KINDS[all.kind[n] ?? -1] !== 'packet') continue;
      // What says that a connection is refused or closed may come from a machine without a server.
      if (cause < 0 || all.family[n] === NO_FAMILY) continue;
      packets++;
      expect(all.process[cause]).toBe(all.src[n]);
      expect(all.at[cause]).toBe(all.sentAt[n]);
    }
    expect(packets).toBeGreaterThan(400);
  });

  test('timers and disks have the event that armed or asked them', () => {
    let known = 0;
    for (let n = 0; n < all.count; n++) {
      const kind = EVENT_KINDS[all.kind[n] ?? -1];
      if (kind !== 'timer' && kind !== 'disk') continue;
      const cause = all.cause[n] ?? -1;
      expect(cause).toBeGreaterThanOrEqual(0);
      expect(all.process[cause]).toBe(all.process[n]);
      known++;
    }
    expect(known).toBeGreaterThan(150);
    const types = new Set(Array.from({ length: all.count }, (_, n) => typeAt(all, n)));
    for (const type of ['fsync', 'currentEpoch', 'acceptedEpoch', 'tick', 'dial', 'boot', 'line']) {
      expect([...types]).toContain(type);
    }
  });

  test('flags mark phases, what is worth a look, and the work of actions', () => {
    const count = (flag: number): number => all.flags.filter((flags) => (flags & flag) > 0).length;
    expect(count(EVENT_PHASE)).toBeGreaterThan(10);
    expect(count(EVENT_INTERESTING)).toBeGreaterThanOrEqual(count(EVENT_PHASE));
    // Each line and each submit has its delivery, each client its start.
    const inputs = live.world.actions.filter(({ action }) =>
      ['line', 'submit', 'addClient', 'restart'].includes(action.kind),
    );
    expect(count(EVENT_ACTION)).toBeGreaterThanOrEqual(inputs.length);
    expect(count(EVENT_ACTION)).toBeLessThanOrEqual(live.world.actions.length);
  });
});

describe('the story of a run', () => {
  const story = storyOf(branchIn(chronicle, branch));

  test('says of each process what it was, as frames do', () => {
    const roll = dice(4);
    for (let n = 0; n < 25; n++) {
      const at = roll(UNTIL) as Micros;
      const moment = { events: Infinity, actions: Infinity, at };
      const frame = frameOf(seek(chronicle, { branch, moment }));
      for (const { sid, status, server } of frame.members) {
        const span = story.spans.findLast(
          ({ process, from }) => process === (sid as number) && from <= frame.now,
        );
        expect(span?.to ?? Infinity).toBeGreaterThan(frame.now);
        const { state = null, zabState = null, syncMode = null } = server ?? {};
        expect(span).toMatchObject({ status, state, zabState, syncMode });
        expect(span?.epoch).toBe(server?.currentEpoch ?? null);
      }
    }
  });

  test('has the faults', () => {
    const kinds = story.faults.map(({ kind, processes }) => `${kind} ${processes.join(' ')}`);
    expect(kinds).toContain('down 3');
    expect(kinds).toContain('cut 1 2');
    const down = story.faults.find(({ kind }) => kind === 'down');
    expect([down?.from, down?.to]).toEqual([3_200_000, 6_000_000]);
    expect(story.faults.find(({ kind }) => kind === 'cut')?.to).toBeNull();
  });

  test('has the actions, each where it took place', () => {
    expect(story.actions.map(({ timed }) => timed)).toEqual(live.world.actions);
    for (const { index, timed, events } of story.actions) {
      const moment = { events, actions: index, at: timed.at };
      const { world } = seek(chronicle, { branch, moment });
      expect([world.events, world.actions.length, world.now]).toEqual([events, index, timed.at]);
    }
  });

  test('has the packets that a crash lost', () => {
    const other = startRig();
    const { world } = other.live;
    playScript(other.live, script, 3_150_000 as Micros, dice(6), 1e9);
    const coming = () => viewPackets(world).filter(({ to }) => to === 3);
    for (let n = 0; n < 500 && coming().length < 2; n++) stepOne(other.live);
    const inFlight = coming().map(({ from, type, sentAt }) => ({ from, type, sentAt }));
    runUntil(other.live, settleTime(world));
    mustAct(other.live, { kind: 'crash', sid: 3 as Sid, tail: 'lost', silent: false });
    const { now } = world;
    runUntil(other.live, 3_400_000 as Micros);
    catchUp(other);
    const b = branchIn(other.chronicle, other.branch);
    const columns = eventsOf(other.chronicle, b, 0, Infinity);
    const { lost } = storyOf(b);
    const atCrash = lost.filter(({ at }) => at === now);
    expect(inFlight.length).toBeGreaterThan(1);
    expect(atCrash.map(({ from, type, sentAt }) => ({ from, type, sentAt }))).toEqual(
      expect.arrayContaining(inFlight.slice(1)),
    );
    for (const { from, cause, sentAt } of lost) {
      expect(columns.process[cause]).toBe(from);
      expect(columns.at[cause]).toBe(sentAt);
    }
  });
});
