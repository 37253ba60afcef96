/** A run in which nothing breaks until its faults stop, and after which nobody ever serves. */
import type { Micros, Sid } from '../../src/core/units.ts';
import { create, smallWorld } from '../../src/lessons/gallery/words.ts';
import type { Action, RunRecord } from '../../src/sim/actions.ts';
import { addClient, clientId } from '../../src/sim/scenarios.ts';

/** Two of three have logs that cannot be read: no fault that stops. */
export function neverServing(more: readonly Action[] = []): RunRecord {
  const write: Action = { kind: 'submit', process: clientId(0), tag: 1, request: create('/a') };
  const crashed = ([1, 2] as Sid[]).flatMap((sid): Action[] => [
    { kind: 'crash', sid, tail: 'kept', silent: false },
    { kind: 'damage', sid, what: 'logMiddle' },
  ]);
  const deeds = [addClient(0), write, ...more, ...crashed];
  const actions = deeds.map((action, i) => ({ at: (2_000_000 + i * 300_000) as Micros, action }));
  return { version: 1, world: smallWorld(3), actions, until: 9_000_000 as Micros };
}
