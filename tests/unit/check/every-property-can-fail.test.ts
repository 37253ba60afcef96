/**
 * Every property of the lists, those of liveness too, is proven able to fail: each stands in this
 * table with something that breaks it. A property without a row, and a row without a property, are failures too.
 */
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../src/core/error-code.ts';
import { CreateMode } from '../../../src/core/jute/proto.ts';
import type { Sid } from '../../../src/core/units.ts';
import { LIVENESS } from '../../../src/sim/check/liveness/properties.ts';
import { PROPERTIES } from '../../../src/sim/check/properties.ts';
import { create, exists, get, play, set, sync, txnOf, zx, type Play } from './client/play.ts';
import { broken as brokenIn } from './client/play.ts';
import { LIVENESS_PLANTS } from './liveness-plants.ts';
import { harvest, LOCAL_PLANTS } from './local-plants.ts';
import { broken, check, ensemble } from './notation.ts';
import { PLANTED_ROWS } from './planted-rows.ts';

/** One way of breaking it: what is found then, by name. */
interface Proof {
  readonly property: string;
  readonly name: string;
  breaks(): readonly string[];
}

/** What servers note and send, with the mistake in it. */
const written: readonly Proof[] = PLANTED_ROWS.flatMap(([, rows]) => rows).map((row) => ({
  property: row.property,
  name: row.name,
  breaks: () => Object.keys(broken(check(row.lines, ensemble(row.voters ?? 3)))),
}));

/** Living servers that somebody has meddled with. */
const meddled: readonly Proof[] = LOCAL_PLANTS.map((plant) => ({
  property: plant.property,
  name: plant.name,
  breaks: () => Object.keys(harvest(plant)),
}));

/** Runs that do not recover when their faults are over, and what each says of that. */
const stuck: readonly Proof[] = LIVENESS_PLANTS.map(({ property, name, fact, recovers }) => ({
  property,
  name,
  breaks: () => {
    const found = recovers();
    return found !== null && fact.test(found.why) ? [found.name] : [];
  },
}));

/** The simplest history of clients that breaks each of their properties. */
const told: readonly Proof[] = [
  history('C.18', 'a write is acknowledged that was never committed', (p) => {
    const xid = p.ask('A', create('/a'));
    p.answer('A', xid, create('/a'), zx(3));
  }),
  history('C.19', 'an error is answered, but the write was done', (p) => {
    const xid = p.ask('A', create('/a'));
    p.commit('A', xid, zx(3), txnOf(p.history, create('/a')));
    p.answer('A', xid, create('/a'), zx(3), {}, ErrorCode.NODEEXISTS);
  }),
  history('C.20', 'replies in another order than the requests', (p) => {
    p.ask('A', exists('/a'));
    const second = p.ask('A', exists('/b'));
    p.answer('A', second, exists('/b'), zx(2), {}, ErrorCode.NONODE);
  }),
  history('C.21', 'the next server shows less than the one before', (p) => {
    p.write('B', create('/a', 'x'), zx(3));
    p.write('B', set('/a', 'y'), zx(4));
    p.read('A', get('/a'), zx(4));
    p.lose('A');
    p.reopen('A', 2);
    p.read('A', get('/a'), zx(3));
  }),
  history('C.22', 'the next server does not show the own write', (p) => {
    p.write('A', create('/a'), zx(3));
    p.lose('A');
    p.reopen('A', 2);
    p.read('A', exists('/a'), zx(2));
  }),
  history('C.23', 'a stale read after a sync', (p) => {
    p.write('A', create('/a'), zx(3));
    const xid = p.ask('B', sync);
    p.answer('B', xid, sync, zx(3), { path: '/' });
    const read = p.ask('B', exists('/a'));
    p.answer('B', read, exists('/a'), zx(2), {}, ErrorCode.NONODE);
  }),
  history('C.24', 'an event is lost', (p) => {
    p.write('B', create('/a', 'x'), zx(3));
    p.read('A', get('/a', true), zx(3));
    p.write('B', set('/a', 'y'), zx(4));
    p.read('A', exists('/elsewhere'), zx(4));
  }),
  history('C.25', 'a session is closed for no reason', (p) => {
    p.close('A', zx(3));
  }),
  history('C.26', 'an ephemeral is read after its session was closed', (p) => {
    p.write('A', create('/e', 'x', CreateMode.EPHEMERAL), zx(3));
    const before = p.shown('/e', zx(3));
    p.tell({ kind: 'expired', server: 1 as Sid, sessionId: p.id('A') });
    p.close('A', zx(4), ['/e']);
    const xid = p.ask('B', get('/e'));
    p.answer('B', xid, get('/e'), zx(4), before);
  }),
];

function history(property: string, name: string, happen: (p: Play) => void): Proof {
  return {
    property,
    name,
    breaks: () => {
      const p = play();
      p.open('A', 1, zx(1));
      p.open('B', 2, zx(2));
      happen(p);
      return brokenIn(p);
    },
  };
}

const TABLE = new Map<string, readonly Proof[]>();
for (const proof of [...written, ...meddled, ...told, ...stuck]) {
  TABLE.set(proof.property, [...(TABLE.get(proof.property) ?? []), proof]);
}

/** Names of the table that are none: reports of servers under a name that nobody has listed. */
const UNLISTED: readonly string[] = ['C.99'];

test('the table has every property, and nothing else', () => {
  const names = [...PROPERTIES, ...LIVENESS].map(({ name }) => name);
  expect(names.filter((name) => !TABLE.has(name))).toEqual([]);
  expect([...TABLE.keys()].filter((name) => !names.includes(name))).toEqual(UNLISTED);
});

describe.each([...TABLE])('%s', (property, proofs) => {
  test('breaks where it was planted', () => {
    const missed = proofs.filter((proof) => !proof.breaks().includes(property));
    expect(missed.map(({ name }) => name)).toEqual([]);
  });
});
