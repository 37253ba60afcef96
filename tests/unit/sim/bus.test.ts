/** The bus, seen by two or three toy processes. Latency is 1000 µs each way unless said. */
import { describe, expect, test } from 'vitest';
import type { Micros, Sid } from '../../../src/core/units.ts';
import {
  act,
  conn,
  createToy,
  dial,
  diaryOf,
  id,
  runTo,
  send,
  timer,
  type Behaviour,
  type Toy,
  type ToyEffect,
  type ToyOptions,
} from './toy.ts';

const C = conn(1);

/** 1 dials 2 when it boots; 2 accepts; then each does what `more` says. */
function pair(more: Behaviour, options: ToyOptions = {}): Toy {
  return createToy((self, event, at) => {
    const first: ToyEffect[] = [];
    if (self === 1 && event.kind === 'boot') first.push(dial(C, 2));
    if (event.kind === 'dialled') first.push({ kind: 'accept', conn: event.conn });
    return [...first, ...more(self, event, at)];
  }, options);
}

const quiet: Behaviour = () => [];

/** 1 says `count` numbers, 10 µs apart, from the moment the connection is open. */
function talker(count: number, gap = 10): Behaviour {
  let next = 0;
  return (self, event) => {
    if (self !== 1) return [];
    if (event.kind === 'opened' || event.kind === 'timer') {
      if (next >= count) return [];
      return [send(C, next++), timer('talk', gap)];
    }
    return [];
  };
}

const crash = (sid: number, silent = false) =>
  ({ kind: 'crash', sid: sid as Sid, tail: 'chance', silent }) as const;
const restart = (sid: number) => ({ kind: 'restart', sid: sid as Sid }) as const;
const cut = (from: number, to: number, bothWays = false) =>
  ({ kind: 'cut', from: id(from), to: id(to), bothWays }) as const;
const heal = (from: number, to: number, bothWays = false) =>
  ({ kind: 'heal', from: id(from), to: id(to), bothWays }) as const;
const got = (toy: Toy, process: number) =>
  diaryOf(toy, process)
    .filter((page) => page.includes('got'))
    .map((page) => Number(page.split(' ')[3]));

describe('dialling', () => {
  test('takes a latency there, and one back', () => {
    const toy = pair(quiet);
    runTo(toy, 10_000);
    expect(toy.diary).toEqual(['0 1 boot', '0 2 boot', '1000 2 dialled', '2000 1 opened']);
  });

  test('is refused by whoever refuses', () => {
    const toy = createToy((self, event) => {
      if (self === 1 && event.kind === 'boot') return [dial(C, 2)];
      return event.kind === 'dialled' ? [{ kind: 'refuse', conn: C }] : [];
    });
    runTo(toy, 10_000);
    expect(diaryOf(toy, 1)).toEqual(['2000 1 refused']);
    expect(toy.world.connections.size).toBe(0);
  });

  test('is refused, after a round trip, where the server is down', () => {
    const toy = createToy((self, event) => {
      return self === 1 && event.kind === 'timer' ? [dial(C, 2)] : bootTimer(self, event.kind);
    });
    runTo(toy, 1000);
    act(toy, crash(2));
    runTo(toy, 100_000);
    expect(diaryOf(toy, 1)).toEqual(['5000 1 timer dial', '7000 1 refused']);
  });

  test('is refused where nobody is', () => {
    const toy = createToy((self, event) =>
      self === 1 && event.kind === 'boot' ? [dial(C, 77)] : [],
    );
    runTo(toy, 10_000);
    expect(diaryOf(toy, 1)).toEqual(['2000 1 refused']);
  });

  test('gets no answer from a machine without power, until TCP gives up', () => {
    const toy = createToy(
      (self, event) => {
        return self === 1 && event.kind === 'timer' ? [dial(C, 2)] : bootTimer(self, event.kind);
      },
      { tcpTimeout: 50_000 },
    );
    runTo(toy, 1000);
    act(toy, crash(2, true));
    runTo(toy, 100_000);
    expect(diaryOf(toy, 1)).toEqual(['5000 1 timer dial', '55000 1 refused']);
  });

  test('in flight when the server goes down, it is refused', () => {
    const toy = pair(quiet);
    runTo(toy, 400);
    act(toy, crash(2));
    runTo(toy, 100_000);
    expect(diaryOf(toy, 1)).toEqual(['2000 1 refused']);
  });

  test('in flight when the power fails, it arrives after the restart', () => {
    const toy = pair(quiet);
    runTo(toy, 400);
    act(toy, crash(2, true));
    runTo(toy, 20_000);
    act(toy, restart(2));
    runTo(toy, 100_000);
    expect(diaryOf(toy, 1)).toEqual(['22000 1 opened']);
  });

  test('given up before the answer, the dialler hears nothing more', () => {
    const toy = pair((self, event) => {
      if (self !== 1) return [];
      if (event.kind === 'boot') return [timer('giveUp', 500)];
      return event.kind === 'timer' ? [{ kind: 'close', conn: C }] : [];
    });
    runTo(toy, 10_000);
    expect(diaryOf(toy, 1)).toEqual(['500 1 timer giveUp']);
    expect(diaryOf(toy, 2)).toEqual(['1000 2 dialled', '1500 2 closed']);
    expect(toy.world.connections.size).toBe(0);
  });
});

function bootTimer(self: number, kind: string): readonly ToyEffect[] {
  return self === 1 && kind === 'boot' ? [timer('dial', 5000)] : [];
}

describe('a connection', () => {
  test('keeps the order, whatever the latencies', () => {
    const toy = pair(talker(200), { latency: [100, 5000] });
    runTo(toy, 100_000);
    expect(got(toy, 2)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  test('closes behind what was sent', () => {
    const toy = pair(
      (self, event) =>
        self === 1 && event.kind === 'opened'
          ? [send(C, 1), send(C, 2), { kind: 'close', conn: C }, send(C, 3)]
          : [],
      { latency: [100, 5000] },
    );
    runTo(toy, 100_000);
    expect(diaryOf(toy, 2).map((page) => page.split(' ').slice(2).join(' '))).toEqual([
      'dialled',
      'got 1',
      'got 2',
      'closed',
    ]);
    expect(toy.world.connections.size).toBe(0);
  });

  test('brings nothing more to the end that closed it, even within one window', () => {
    const toy = pair((self, event) => {
      if (self === 2 && event.kind === 'dialled') return [1, 2, 3].map((n) => send(C, n));
      return event.kind === 'packet' ? [{ kind: 'close', conn: C }] : [];
    });
    runTo(toy, 10_000);
    expect(diaryOf(toy, 1)).toEqual(['2000 1 opened', '2001 1 got 1']);
  });

  test('of a process that dies: what it sent arrives, then `closed`', () => {
    const toy = pair(talker(3));
    runTo(toy, 2030);
    act(toy, crash(1));
    runTo(toy, 100_000);
    expect(diaryOf(toy, 2)).toEqual([
      '1000 2 dialled',
      '3000 2 got 0',
      '3010 2 got 1',
      '3020 2 got 2',
      '3030 2 closed',
    ]);
  });

  test('of a process that ends itself: likewise', () => {
    const toy = pair((self, event) =>
      self === 1 && event.kind === 'opened'
        ? [send(C, 1), { kind: 'exit', code: 10, reason: 'enough' }]
        : [],
    );
    runTo(toy, 10_000);
    expect(diaryOf(toy, 2)).toEqual(['1000 2 dialled', '3000 2 got 1', '3001 2 closed']);
    expect(toy.world.byId.get(id(1))).toMatchObject({ status: 'down', reason: 'enough' });
  });

  test('broken by hand: both ends know at once, and what is in flight is lost', () => {
    const toy = pair(talker(3));
    runTo(toy, 2500);
    expect(act(toy, { kind: 'breakConnection', conn: C })).toEqual({ ok: true });
    runTo(toy, 10_000);
    expect(diaryOf(toy, 1).at(-1)).toBe('2500 1 closed');
    expect(diaryOf(toy, 2)).toEqual(['1000 2 dialled', '2500 2 closed']);
  });
});

describe('a machine without power', () => {
  test('says nothing; who speaks to it finds out when TCP gives up', () => {
    const toy = pair(talker(1000, 1000), { tcpTimeout: 100_000 });
    runTo(toy, 10_500);
    act(toy, crash(2, true));
    runTo(toy, 300_000);
    // The packet in flight at the crash was the first without an answer.
    expect(diaryOf(toy, 1).at(-2)).toMatch(/ timer talk$/);
    expect(diaryOf(toy, 1).filter((page) => page.includes('closed'))).toEqual(['110500 1 closed']);
  });

  test('once it is back, it answers the old connection with a reset', () => {
    const toy = pair(talker(1000, 1000));
    runTo(toy, 10_500);
    act(toy, crash(2, true));
    runTo(toy, 50_000);
    act(toy, restart(2));
    runTo(toy, 90_000);
    expect(diaryOf(toy, 1).filter((page) => page.includes('closed'))).toEqual(['52000 1 closed']);
    expect(diaryOf(toy, 2).filter((page) => Number(page.split(' ')[0]) >= 50_000)).toEqual([]);
  });

  test('a peer that was silent meanwhile finds out when it speaks', () => {
    const toy = pair((self, event) => {
      if (self !== 1) return [];
      if (event.kind === 'opened') return [timer('late', 98_000)];
      return event.kind === 'timer' ? [send(C, 1)] : [];
    });
    runTo(toy, 10_000);
    act(toy, crash(2, true));
    runTo(toy, 50_000);
    act(toy, restart(2));
    runTo(toy, 200_000);
    expect(diaryOf(toy, 1).slice(1)).toEqual(['100000 1 timer late', '102000 1 closed']);
  });
});

test('a goodbye that waits at a cut is lost with the power', () => {
  const toy = pair((self, event) => {
    if (self === 1 && event.kind === 'opened') return [timer('late', 198_000)];
    if (self === 2 && event.kind === 'dialled') return [timer('bye', 5000)];
    if (event.kind !== 'timer') return [];
    return self === 1 ? [send(C, 1)] : [{ kind: 'close', conn: C }];
  });
  runTo(toy, 3000);
  act(toy, cut(2, 1));
  runTo(toy, 10_000);
  act(toy, crash(2, true));
  runTo(toy, 20_000);
  act(toy, restart(2));
  act(toy, heal(2, 1));
  runTo(toy, 300_000);
  expect(diaryOf(toy, 1).slice(1)).toEqual(['200000 1 timer late', '202000 1 closed']);
});

describe('a cut', () => {
  test('delays; healed, all goes on in order', () => {
    const toy = pair(talker(20, 100), { latency: [500, 3000] });
    runTo(toy, 6000);
    const before = got(toy, 2).length;
    act(toy, cut(1, 2));
    runTo(toy, 60_000);
    expect(got(toy, 2)).toHaveLength(before);
    act(toy, heal(1, 2));
    runTo(toy, 70_000);
    expect(got(toy, 2)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(before).toBeLessThan(20);
  });

  test('in one direction leaves the other alone', () => {
    const toy = pair((self, event) => {
      if (event.kind === 'dialled' || event.kind === 'opened') return [timer('say', 5000)];
      return event.kind === 'timer' ? [send(C, self)] : [];
    });
    runTo(toy, 3000);
    act(toy, cut(1, 2));
    runTo(toy, 20_000);
    expect(got(toy, 1)).toEqual([2]);
    expect(got(toy, 2)).toEqual([]);
  });

  test('longer than TCP bears: the sender is told, the other end when it speaks', () => {
    const toy = pair(
      (self, event) => {
        if (event.kind === 'opened') return [timer('say', 5000)];
        if (event.kind === 'dialled') return [timer('say', 200_000)];
        return event.kind === 'timer' ? [send(C, self)] : [];
      },
      { tcpTimeout: 50_000 },
    );
    runTo(toy, 3000);
    act(toy, cut(1, 2));
    runTo(toy, 100_000);
    expect(diaryOf(toy, 1)).toEqual(['2000 1 opened', '7000 1 timer say', '57000 1 closed']);
    act(toy, heal(1, 2));
    runTo(toy, 300_000);
    expect(diaryOf(toy, 2)).toEqual(['1000 2 dialled', '201000 2 timer say', '203000 2 closed']);
    expect(toy.world.connections.size).toBe(0);
  });

  test('shorter than that breaks nothing', () => {
    const toy = pair(talker(1000, 1000), { tcpTimeout: 50_000 });
    runTo(toy, 10_000);
    act(toy, cut(1, 2));
    runTo(toy, 55_000);
    act(toy, heal(1, 2));
    runTo(toy, 200_000);
    expect(toy.diary.filter((page) => page.includes('closed'))).toEqual([]);
  });

  test('a partition cuts what crosses it, and only that', () => {
    const toy = createToy(quiet, { processes: 4 });
    runTo(toy, 100);
    act(toy, { kind: 'partition', group: [id(1), id(2)] });
    const cuts = [...toy.world.links.byKey.values()].filter((link) => link.cut);
    expect(cuts.map((link) => `${String(link.from)}${String(link.to)}`).sort()).toEqual(
      ['13', '31', '14', '41', '23', '32', '24', '42'].sort(),
    );
    act(toy, { kind: 'healAll' });
    expect([...toy.world.links.byKey.values()].some((link) => link.cut)).toBe(false);
  });
});

describe('a paused process', () => {
  test('handles what waited, in order and its late timers too, when it goes on', () => {
    const talk = talker(3, 1000);
    const toy = pair((self, event, at) => {
      if (self === 2 && event.kind === 'dialled') return [timer('own', 3500)];
      return talk(self, event, at);
    });
    runTo(toy, 1500);
    act(toy, { kind: 'pause', process: id(2) });
    runTo(toy, 50_000);
    expect(diaryOf(toy, 2)).toEqual(['1000 2 dialled']);
    act(toy, { kind: 'resume', process: id(2) });
    runTo(toy, 60_000);
    expect(diaryOf(toy, 2).slice(1)).toEqual([
      '50000 2 got 0',
      '50000 2 got 1',
      '50000 2 timer own',
      '50000 2 got 2',
    ]);
  });
});

describe('a packet in hand', () => {
  function held(): Toy {
    const toy = pair(talker(3));
    runTo(toy, 2050);
    const item = toy.world.connections.get(C)?.there.queue.at(1);
    expect(act(toy, { kind: 'hold', conn: C, from: id(1), index: item?.index ?? -1 })).toEqual({
      ok: true,
    });
    return toy;
  }

  test('is held, and with it what is behind it', () => {
    const toy = held();
    runTo(toy, 50_000);
    expect(got(toy, 2)).toEqual([0]);
    act(toy, { kind: 'release', conn: C, from: id(1), index: 2 });
    runTo(toy, 60_000);
    expect(diaryOf(toy, 2).slice(-2)).toEqual(['51000 2 got 1', '51001 2 got 2']);
  });

  test('is delayed, and with it what is behind it', () => {
    const toy = pair(talker(3));
    runTo(toy, 2050);
    act(toy, { kind: 'delay', conn: C, from: id(1), index: 2, by: 7000 as Micros });
    runTo(toy, 60_000);
    expect(diaryOf(toy, 2).slice(1)).toEqual(['3000 2 got 0', '10010 2 got 1', '10011 2 got 2']);
  });

  test('that has arrived is no longer there', () => {
    const toy = pair(talker(3));
    runTo(toy, 20_000);
    expect(act(toy, { kind: 'hold', conn: C, from: id(1), index: 1 })).toEqual({
      ok: false,
      reason: 'that packet is no longer on its way',
    });
  });

  test('vanishes, and those behind it arrive as before', () => {
    const toy = pair(talker(3));
    runTo(toy, 2050);
    expect(toy.world.beyondTcp).toBe(false);
    expect(act(toy, { kind: 'drop', conn: C, from: id(1), index: 2 })).toEqual({ ok: true });
    runTo(toy, 60_000);
    expect(got(toy, 2)).toEqual([0, 2]);
    expect(toy.world.beyondTcp).toBe(true);
  });

  test('overtakes those ahead of it, also where the first of them is held', () => {
    const toy = pair(talker(3));
    runTo(toy, 2050);
    expect(act(toy, { kind: 'overtake', conn: C, from: id(1), index: 3 })).toEqual({ ok: true });
    runTo(toy, 60_000);
    expect(got(toy, 2)).toEqual([2, 0, 1]);

    const other = held();
    expect(act(other, { kind: 'overtake', conn: C, from: id(1), index: 3 })).toEqual({ ok: true });
    runTo(other, 60_000);
    expect(got(other, 2)).toEqual([2, 0]);
  });

  test('does not overtake nobody, a dial, or out of a cut', () => {
    const toy = pair(talker(3));
    runTo(toy, 2050);
    const overtake = (index: number) => act(toy, { kind: 'overtake', conn: C, from: id(1), index });
    expect(overtake(1)).toEqual({ ok: false, reason: 'no packet is ahead of it' });
    expect(overtake(9)).toEqual({ ok: false, reason: 'that packet is no longer on its way' });
    act(toy, { kind: 'cut', from: id(1), to: id(2), bothWays: true });
    expect(overtake(2)).toEqual({ ok: false, reason: 'that packet waits at a cut' });
    expect(toy.world.beyondTcp).toBe(false);
  });
});
