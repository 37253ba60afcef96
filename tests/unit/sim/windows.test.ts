/** Windows against single steps, on toy processes that gossip, hang up, crash and exit. */
import { describe, expect, test } from 'vitest';
import { draw, drawInt, Purpose } from '../../../src/core/chance.ts';
import { makeConnId, type Micros, type Sid } from '../../../src/core/units.ts';
import type { Action } from '../../../src/sim/actions.ts';
import { hashText } from '../../../src/sim/trace-hash.ts';
import {
  act,
  createToy,
  dial,
  id,
  runTo,
  send,
  timer,
  type Behaviour,
  type ToyEffect,
  type Toy,
} from './toy.ts';

const PROCESSES = 5;

/** What a process does depends on nothing but how often it was woken. */
function gossip(seed: number): Behaviour {
  const woken = new Map<number, number>();
  const open = new Map<number, number[]>();
  return (self, event) => {
    const n = (woken.get(self) ?? 0) + 1;
    woken.set(self, n);
    const pick = (what: number, max: number): number =>
      drawInt(draw(seed, Purpose.scenario, self * 100 + what, n), 0, max);
    const conns = open.get(self) ?? [];
    open.set(self, conns);
    if (event.kind === 'boot') conns.length = 0;
    if (event.kind === 'opened') conns.push(event.conn);
    if (event.kind === 'closed' || event.kind === 'refused') remove(conns, event.conn);
    const effects: ToyEffect[] = [];
    if (event.kind === 'boot' || event.kind === 'timer') {
      effects.push(timer('wake', pick(0, 3) === 0 ? 0 : pick(1, 900)));
    }
    if (event.kind === 'dialled') {
      if (pick(2, 5) === 0) return [{ kind: 'refuse', conn: event.conn }];
      conns.push(event.conn);
      effects.push({ kind: 'accept', conn: event.conn });
    }
    const target = conns[pick(3, Math.max(0, conns.length - 1))];
    switch (pick(4, 9)) {
      case 0:
        effects.push(dial(makeConnId(id(self), 0, n), otherThan(self, pick(5, PROCESSES - 2))));
        break;
      case 1:
        if (target === undefined) break;
        remove(conns, target);
        effects.push({ kind: 'close', conn: target as ReturnType<typeof makeConnId> });
        break;
      case 2:
        if (pick(6, 60) === 0) effects.push({ kind: 'exit', code: 1, reason: 'by chance' });
        break;
      default:
        for (const conn of conns.slice(0, pick(7, 2))) {
          effects.push(send(conn as ReturnType<typeof makeConnId>, n));
        }
    }
    return effects;
  };
}

/** The nth of the others. */
function otherThan(self: number, n: number): number {
  return n + 1 < self ? n + 1 : n + 2;
}

function remove(list: number[], value: number): void {
  const place = list.indexOf(value);
  if (place >= 0) list.splice(place, 1);
}

function fault(seed: number, step: number): Action {
  const pick = (what: number, max: number): number =>
    drawInt(draw(seed, Purpose.fault, what, step), 0, max);
  const sid = (1 + pick(0, PROCESSES - 1)) as Sid;
  const to = id(1 + pick(1, PROCESSES - 1));
  const bothWays = pick(2, 1) === 0;
  switch (pick(3, 8)) {
    case 0:
      return { kind: 'crash', sid, tail: 'chance', silent: bothWays };
    case 1:
    case 2:
      return { kind: 'restart', sid };
    case 3:
      return { kind: 'pause', process: id(sid) };
    case 4:
      return { kind: 'resume', process: id(sid) };
    case 5:
      return { kind: 'cut', from: id(sid), to, bothWays };
    case 6:
      return { kind: 'heal', from: id(sid), to, bothWays };
    case 7:
      return { kind: 'healAll' };
    default:
      return {
        kind: 'latency',
        from: id(sid),
        to,
        latency: bothWays ? { min: 100 as Micros, max: 300 as Micros } : null,
      };
  }
}

function story(seed: number, single: boolean): Toy {
  const toy = createToy(gossip(seed), {
    processes: PROCESSES,
    seed,
    single,
    latency: [200, 260],
    tcpTimeout: 9000,
  });
  for (let step = 0; step < 40; step++) {
    runTo(toy, step * 1000);
    act(toy, fault(seed, step));
  }
  runTo(toy, 60_000);
  return toy;
}

describe.each(Array.from({ length: 25 }, (_, n) => n + 1))('seed %i', (seed) => {
  test('the same turns in the same order', () => {
    const [windows, single] = [story(seed, false), story(seed, true)];
    expect(windows.diary).toEqual(single.diary);
    expect(windows.diary.length).toBeGreaterThan(100);
    const hashes = [windows, single].map(({ world }) => world.hash && hashText(world.hash));
    expect(hashes[0]).toBe(hashes[1]);
  });
});
