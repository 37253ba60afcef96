/** The action script: whatever can be done can be written down, and is read back as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Micros } from '../../src/core/units.ts';
import type { Action, TimedAction } from '../../src/sim/actions.ts';
import { EXHIBITS } from '../../src/lessons/gallery/gallery.ts';
import { stepsOfScript } from '../../src/sim/script-text/from-script.ts';
import { parseScript } from '../../src/sim/script-text/parse.ts';
import { printActions, printSteps } from '../../src/sim/script-text/print.ts';
import { timedActions } from '../../src/sim/script-text/run.ts';
import { action } from '../support/action-arbitraries.ts';

const timed = fc.array(fc.tuple(fc.nat(1e7), action), { maxLength: 12 }).map((steps) => {
  let now = 0;
  return steps.map(([wait, what]): TimedAction => {
    now += wait;
    return { at: now as Micros, action: what };
  });
});

test('actions come back from their text as they were, of every kind', () => {
  const kinds = new Set<Action['kind']>();
  fc.assert(
    fc.property(timed, (actions) => {
      for (const one of actions) kinds.add(one.action.kind);
      const text = printActions(actions);
      const { steps, errors } = parseScript(text);
      expect(errors, text).toEqual([]);
      expect(timedActions(steps)).toEqual(actions);
      expect(steps.map(({ line }) => line)).toEqual(actions.map((_, index) => index + 1));
      expect(printSteps(steps)).toBe(text);
    }),
    { numRuns: 1000 },
  );
  expect([...kinds].sort()).toEqual(
    [
      ...[
        'addClient',
        'breakConnection',
        'crash',
        'cut',
        'damage',
        'delay',
        'disk',
        'drop',
        'heal',
      ],
      ...['healAll', 'hold', 'killClient', 'latency', 'line', 'overtake', 'partition', 'pause'],
      ...['release', 'restart', 'resume', 'skew', 'submit', 'wipe'],
    ].sort(),
  );
});

test.each(Object.entries(EXHIBITS))('the script of %s can be written down', (_, { script }) => {
  const steps = stepsOfScript(script);
  const text = printSteps(steps);
  const read = parseScript(text);
  expect(read.errors, text).toEqual([]);
  expect(read.steps).toEqual(steps);
});

test('any text at all is read, or its mistakes are told within it', () => {
  const words = fc.constantFrom(
    ...['at', '2s', 'when', 'leader', 'serves', ':', 'crash', '3', '->', '<->', 'A', '"x', '"x"'],
    ...['new', 'client', 'where', 'zxid', '=', '0x1', ',', '|', '#', 'by', '{"op":"ping"}', 'asks'],
  );
  const line = fc.array(words, { maxLength: 8 }).map((said) => said.join(' '));
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), line);
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (lines) => {
      const said = lines.join('\n');
      const all = said.split(/\r\n|\n|\r/);
      const { steps, errors } = parseScript(said);
      for (const { line: at, from, to } of errors) {
        expect(at).toBeLessThanOrEqual(all.length);
        expect(from).toBeGreaterThanOrEqual(1);
        expect(to).toBeGreaterThan(from);
        expect(from).toBeLessThanOrEqual((all[at - 1] ?? '').length + 1);
      }
      // What was understood can be said again.
      expect(parseScript(printSteps(steps)).errors).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
