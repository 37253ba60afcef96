import { describe, expect, it } from 'vitest';
import { clientStatus } from '../../../src/core/client/client-process.ts';
import { createHostProvider, nextHost } from '../../../src/core/client/host-provider.ts';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { EventType } from '../../../src/core/jute/proto.ts';
import type { ClientEffect } from '../../../src/core/client/client-io.ts';
import type { ProcessId, Sid } from '../../../src/core/units.ts';
import * as rigs from './rig.ts';

function printed(effects: readonly ClientEffect[], kind: string): string[] {
  return effects.flatMap((e) => (e.kind === 'print' && e.line === kind ? [e.text] : []));
}

function consoleRig(): rigs.Rig {
  const rig = rigs.createRig({ console: true });
  rigs.feed(rig, { kind: 'start' });
  rigs.attach(rig);
  return rig;
}

describe('a client process', () => {
  it('serves a program and a person side by side', () => {
    const rig = consoleRig();
    rigs.submit(rig, 41, { op: 'getData', path: '/p', watch: true });
    rigs.feed(rig, { kind: 'line', line: 'get /c' });
    expect(clientStatus(rig.client)).toMatchObject({ busy: true, pending: 2 });
    const program = rigs.answer(rig, ErrorCode.OK, { data: new Uint8Array([1]) });
    expect(rigs.results(program)).toEqual(['41:0']);
    expect(printed(program, 'output')).toEqual([]);
    const person = rigs.answer(rig, ErrorCode.OK, { data: new TextEncoder().encode('yes') });
    expect(rigs.results(person)).toEqual([]);
    expect(printed(person, 'output')).toEqual(['yes']);
    expect(clientStatus(rig.client)).toMatchObject({ busy: false, pending: 0 });
    const event = rigs.fire(rig, EventType.NodeDataChanged, '/p');
    expect(rigs.events(event)).toHaveLength(1);
    expect(printed(event, 'watch')).toHaveLength(4);
  });

  it('without a console prints nothing', () => {
    const rig = rigs.createRig();
    rigs.feed(rig, { kind: 'start' });
    rigs.attach(rig);
    rigs.feed(rig, { kind: 'line', line: 'ls /' });
    rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
    expect(rig.effects.filter((e) => e.kind === 'print')).toEqual([]);
    expect(clientStatus(rig.client)).toMatchObject({ prompt: null, busy: false });
  });

  it('shows long data in part, and takes all of it', () => {
    const rig = consoleRig();
    const long = 'x'.repeat(100_000);
    const out = rigs.feed(rig, { kind: 'line', line: `set /a ${long}` });
    expect(printed(out, 'prompt')[0]?.length).toBeLessThan(20_000);
    expect(rig.asked[0]?.request).toMatchObject({ data: new TextEncoder().encode(long) });
    rigs.answer(rig);
    rigs.feed(rig, { kind: 'line', line: 'get /a' });
    const shown = rigs.answer(rig, ErrorCode.OK, { data: new TextEncoder().encode(long) });
    expect(printed(shown, 'output')[0]).toMatch(/ … \(83616 characters more\)$/);
  });

  it('takes no endless line, and no endless list of lines', () => {
    const rig = consoleRig();
    const tooLong = rigs.feed(rig, { kind: 'line', line: 'x'.repeat(5_000_000) });
    expect(printed(tooLong, 'error')).toEqual([
      'The line is longer than 4194304 characters: not taken',
    ]);
    rigs.feed(rig, { kind: 'line', line: 'ls /' });
    for (let i = 0; i < 1000; i++) rig.client.cli?.queue.push('ls /');
    const tooMany = rigs.feed(rig, { kind: 'line', line: 'ls /' });
    expect(printed(tooMany, 'error')).toEqual(['1000 lines are waiting already: not taken']);
  });

  it('numbers its connections on over all its sessions', () => {
    const rig = consoleRig();
    const first = rigs.connOf(rig);
    rigs.feed(rig, { kind: 'line', line: 'connect' });
    rigs.answer(rig);
    expect(rigs.connOf(rig)).toBe(first + 1);
    expect(clientStatus(rig.client)).toMatchObject({ state: 'CONNECTING', sessionId: 0n });
  });

  it('closes only once there is a connection to close on', () => {
    const rig = rigs.createRig({ console: true });
    rigs.feed(rig, { kind: 'start' });
    rigs.feed(rig, { kind: 'line', line: 'close' });
    expect(clientStatus(rig.client)).toMatchObject({ state: 'CONNECTING', busy: true });
    expect(rigs.sends(rigs.attach(rig))).toEqual(['connectRequest', 'closeSession#1']);
    rigs.answer(rig);
    expect(clientStatus(rig.client)).toMatchObject({ state: 'CLOSED', busy: false });
  });

  it('ends a close whose connection breaks', () => {
    const rig = consoleRig();
    rigs.submit(rig, 1, { op: 'getData', path: '/a', watch: false });
    rigs.feed(rig, { kind: 'line', line: 'close' });
    const late = rigs.submit(rig, 2, { op: 'getData', path: '/a', watch: false });
    expect(rigs.results(late)).toEqual([`2:${ErrorCode.CONNECTIONLOSS}`]);
    const out = rigs.feed(rig, { kind: 'closed', conn: rigs.connOf(rig) });
    expect(rigs.results(out)).toEqual([`1:${ErrorCode.CONNECTIONLOSS}`]);
    expect(rigs.events(out)).toEqual(['0:-1:', '7:-1:']);
    expect(clientStatus(rig.client).state).toBe('CLOSED');
    expect(rig.timers.size).toBe(0);
  });
});

describe('the list of hosts', () => {
  const sids = [1, 2, 3, 4, 5] as Sid[];
  const order = (process: number, generation: number): string =>
    createHostProvider(sids, 1, process as ProcessId, generation).servers.join('');

  it('is shuffled, differently for each client and session, and the same for a seed', () => {
    const orders = new Set(Array.from({ length: 40 }, (_, i) => order(1000 + i, 0)));
    expect(orders.size).toBeGreaterThan(20);
    expect(order(1001, 0)).toBe(order(1001, 0));
    expect(order(1001, 0)).not.toBe(order(1001, 1));
    for (const text of orders) expect(Array.from(text).sort().join('')).toBe('12345');
  });

  it('spreads clients over all servers', () => {
    const first = Array.from(
      { length: 500 },
      (_, i) => createHostProvider(sids, 9, (1001 + i) as ProcessId, 0).servers[0],
    );
    for (const sid of sids) expect(first.filter((s) => s === sid).length).toBeGreaterThan(60);
  });

  it('pauses once round, but not before the first round is over', () => {
    const hosts = createHostProvider(sids, 1, 1001 as ProcessId, 0);
    const spins = Array.from({ length: 11 }, () => nextHost(hosts).spin);
    expect(spins.flatMap((spin, i) => (spin ? [i] : []))).toEqual([5, 10]);
  });
});
