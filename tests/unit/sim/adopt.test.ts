/** How an operator ends a session that is not his: a second client with its id and password. */
import { expect, test } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { firstViolation } from '../../../src/sim/check/checker.ts';
import { act, clientView, replay, recordOf, runFor, traceHash } from '../../../src/sim/local.ts';
import { addClient, clientId, quickStart, quietWorld } from '../../../src/sim/scenarios.ts';

const SECOND = 1_000_000 as Micros;

test('a client that adopts a session and closes it makes its owner find it expired', () => {
  const run = quickStart(quietWorld(7, 3), { keepTrace: true });
  runFor(run, SECOND);
  act(run, addClient(0, [], true));
  runFor(run, SECOND);
  act(run, { kind: 'line', process: clientId(0), line: 'create -e /mine' });
  runFor(run, SECOND);
  const { sessionId } = clientView(run, clientId(0));

  const second = addClient(1, [], true);
  if (second.kind !== 'addClient') throw new Error('it is a client');
  expect(act(run, { ...second, adopts: clientId(0) })).toEqual({ ok: true });
  act(run, { kind: 'line', process: clientId(1), line: 'close' });
  runFor(run, SECOND);
  expect(clientView(run, clientId(1))).toMatchObject({ sessionId, state: 'CLOSED' });

  runFor(run, (20 * SECOND) as Micros);
  expect(clientView(run, clientId(0)).state).toBe('CLOSED');
  const printed = run.world.byId.get(clientId(0))?.transcript.map(({ text }) => text) ?? [];
  expect(printed.join('\n')).toMatch(/Expired/);
  const { checker } = run.world;
  expect(checker === null ? 'unchecked' : firstViolation(checker)).toBeNull();
  expect(traceHash(replay(recordOf(run)))).toBe(traceHash(run));
});

test('of nobody no session can be adopted', () => {
  const run = quickStart(quietWorld(7, 3));
  const second = addClient(1);
  if (second.kind !== 'addClient') throw new Error('it is a client');
  expect(act(run, { ...second, adopts: clientId(0) })).toEqual({
    ok: false,
    reason: 'there is no client process 1001',
  });
});
