import { describe, expect, test } from 'vitest';
import type { Micros, Sid } from '../../../src/core/units.ts';
import { accountOf } from '../../../src/sim/chronicle/account.ts';
import { eventsOf } from '../../../src/sim/chronicle/chronicle.ts';
import { EVENT_KINDS } from '../../../src/sim/chronicle/model.ts';
import { act, runFor, runUntil } from '../../../src/sim/local.ts';
import {
  addClient,
  clientId,
  leaderOf,
  quickStart,
  quietWorld,
} from '../../../src/sim/scenarios.ts';
import { branchIn, catchUp, rigOf } from './rig.ts';

function serving(outstanding: number) {
  const spec = { outstanding, writesPercent: 100, paths: 3, valueBytes: 5 };
  const loads = outstanding === 0 ? new Map() : new Map([[clientId(1), spec]]);
  const live = quickStart(quietWorld(5), { loads, keepTrace: true });
  runFor(live, 1_000_000 as Micros);
  return rigOf(live, 500);
}

describe('why a follower has a COMMIT', () => {
  const rig = serving(0);
  const { live, chronicle, branch } = rig;
  const leader = leaderOf(live) ?? (0 as Sid);
  act(live, addClient(0, [leader], true));
  runFor(live, 1_000_000 as Micros);
  act(live, { kind: 'line', process: clientId(0), line: 'create /a one' });
  runFor(live, 400_000 as Micros);
  catchUp(rig);
  const b = branchIn(chronicle, branch);
  const all = eventsOf(chronicle, b, 0, Infinity);
  const nameOf = (n: number): string => all.names[all.type[n - all.first] ?? -1] ?? '';
  const commit = all.first + all.type.findLastIndex((_, n) => nameOf(all.first + n) === 'COMMIT');
  const account = accountOf(b, chronicle.names, commit);

  test('the chain leads back to the line that a person typed', () => {
    const types = account.why.map(({ event }) => (event < 0 ? 'action' : nameOf(event)));
    expect(types).toEqual(['action', 'line', 'create', 'PROPOSAL', 'fsync', 'ACK']);
    const how = account.why.map((link) => link.how);
    expect(how).toEqual(['action', 'sent', 'sent', 'disk', 'sent', 'sent']);
  });

  test('in sentences', () => {
    expect(account.why.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "You: A types: create /a one",
        "A: create /a one; A sent create to server 3",
        "A → server 3: create /a (xid 1); server 3 sent PROPOSAL 0x100000002 to server 1",
        "server 3 → server 1: PROPOSAL 0x100000002 create /a; server 1 asked its disk for fsync",
        "server 1: its log is safe on disk up to 0x100000002; server 1 sent ACK 0x100000002 to server 3",
        "server 1 → server 3: ACK 0x100000002; server 3 sent COMMIT 0x100000002 to server 1",
      ]
    `);
    expect(account.text).toMatch(/^server \d → server \d: COMMIT 0x/);
    expect(account.effects).toMatchInlineSnapshot(`
      [
        "applies 0x100000002 to its tree",
      ]
    `);
  });

  test('an event that is not there has no account', () => {
    expect(() => accountOf(b, chronicle.names, all.first - 1)).toThrow(RangeError);
    expect(() => accountOf(b, chronicle.names, all.first + all.count)).toThrow(RangeError);
  });

  test('every event has one', () => {
    for (let n = all.first; n < all.first + all.count; n += 37) {
      const { text, why } = accountOf(b, chronicle.names, n);
      expect(text.length).toBeGreaterThan(5);
      for (const link of why) expect(link.text).not.toBe('');
    }
  });
});

test('under load, too, an acknowledged transaction is traced to its own request', () => {
  const rig = serving(30);
  const { live, chronicle, branch } = rig;
  act(live, addClient(1));
  runUntil(live, (live.world.now + 250_000) as Micros);
  catchUp(rig);
  const b = branchIn(chronicle, branch);
  const all = eventsOf(chronicle, b, 0, Infinity);
  let checked = 0;
  for (let n = all.count - 1; n > 0 && checked < 10; n--) {
    if (all.names[all.type[n] ?? -1] !== 'COMMIT') continue;
    const { why } = accountOf(b, chronicle.names, all.first + n);
    const rows = why.filter(({ event }) => event >= 0).map(({ event }) => event - all.first);
    const proposals = rows.filter((row) => all.names[all.type[row] ?? -1] === 'PROPOSAL');
    const first = proposals.at(-1) ?? -1;
    // Of the transaction itself, not of the one before it whose sync kept the disk busy.
    if (first >= 0) expect(all.zxid[first]).toBe(all.zxid[n]);
    const disks = rows.filter((row) => EVENT_KINDS[all.kind[row] ?? -1] === 'disk');
    expect(disks.length).toBeGreaterThan(0);
    checked++;
  }
  expect(checked).toBe(10);
});
