/** Undo takes back what a person did, not what programs of clients did since. */
import { expect, test } from 'vitest';
import type { Micros, Millis, ProcessId, Sid } from '../../../src/core/units.ts';
import type { Action } from '../../../src/sim/actions.ts';
import type { FaultSpan } from '../../../src/sim/chronicle/model.ts';
import { isOfProgram, lastDeed, programsOf, withoutEnds } from '../../../src/ui/state/last-deed.ts';

const client = (process: number, console: boolean): Action => ({
  kind: 'addClient',
  process: process as ProcessId,
  name: 'A',
  servers: [],
  sessionTimeout: 4000 as Millis,
  console,
});
const ask = (process: number): Action => ({
  kind: 'submit',
  process: process as ProcessId,
  tag: 1,
  request: { op: 'sync', path: '/' },
});
const crash: Action = { kind: 'crash', sid: 1 as Sid, tail: 'chance', silent: false };
const kill: Action = { kind: 'killClient', process: 1002 as ProcessId };

const marked = (actions: readonly Action[]) =>
  actions.map((action, index) => ({ index, timed: { at: index as Micros, action } }));

test('what programs did behind it is passed over', () => {
  const marks = marked([client(1001, true), crash, client(1002, false), ask(1002), kill]);
  expect(lastDeed(marks)?.timed.action).toBe(crash);
  expect(lastDeed(marks.slice(2))).toBeNull();
  expect(lastDeed([])).toBeNull();
});

test('a console and its requests are a person’s', () => {
  const actions = [client(1001, true), ask(1001), client(1002, false), ask(1002)];
  const programs = programsOf(actions);
  expect(actions.map((action) => isOfProgram(action, programs))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('that a program’s client is down is no fault; of a console and of a server it is', () => {
  const actions = marked([client(1001, true), client(1002, false)]);
  const down = (process: number): FaultSpan => ({
    kind: 'down',
    detail: 'killed',
    from: 1 as Micros,
    to: null,
    processes: [process as ProcessId],
  });
  const faults = [down(1), down(1001), down(1002)];
  expect(withoutEnds({ faults, actions })).toEqual([down(1), down(1001)]);
  expect(withoutEnds(null)).toEqual([]);
});
