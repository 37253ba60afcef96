/**
 * The gallery's bugs 1 to 10: each script shows its bug where the bug is switched on, and nothing
 * at all where it is not.
 */
import { describe, expect, test } from 'vitest';
import { JOINING } from '../../src/core/mutants/joining.ts';
import { exhibitOf } from '../../src/lessons/gallery/gallery.ts';
import { withMutant } from '../../src/lessons/gallery/words.ts';
import { recover, violationOf } from '../../src/sim/explore/recovery.ts';
import { runScript, type Script } from '../../src/sim/explore/script.ts';
import { replay, traceHash } from '../../src/sim/local.ts';

/** What a person can follow. */
const ACTIONS_MAX = 12;

function deedsOf(script: Script): number {
  return script.steps.reduce((sum, { then }) => sum + then.length, 0);
}

/** What a script goes on to break, behind what it shows first. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  'epoch-from-last-zxid': ['Leadership2', 'ProcessConsistency', 'PrefixConsistency'],
  'forward-too-late': ['C.6', 'PrefixConsistency'],
  'no-trunc-in-range': ['ProcessConsistency', 'PrefixConsistency'],
  'truncate-before-record': ['C.8', 'PrefixConsistency'],
  'sync-skips-session-map': ['C.12', 'C.7'],
};

describe.each(JOINING)('$name', ({ name, property }) => {
  const exhibit = exhibitOf(name);

  test('the table names what its script shows', () => {
    expect(exhibit?.shows).toBe(property);
  });
  if (exhibit === null) return;
  const { script, shows, settles } = exhibit;
  const broken = withMutant(script, name);

  test(`the script breaks ${shows} first, with few actions`, () => {
    const { run } = runScript(broken);
    const found = violationOf(run) ?? (settles ? recover(run) : null);
    expect(found?.name).toBe(shows);
    expect(deedsOf(script)).toBeLessThanOrEqual(ACTIONS_MAX);
  });

  test('it runs to its end, and breaks more on the way', () => {
    const { run, failure } = runScript(broken);
    expect(failure).toBeNull();
    const names = [...(run.world.checker?.violations.keys() ?? [])];
    expect(names).toEqual(expect.arrayContaining([...(LATER[name] ?? [])]));
  });

  test('the same script without the bug runs to its end and is clean', () => {
    const { run, failure } = runScript(script);
    expect(failure).toBeNull();
    expect(violationOf(run)).toBeNull();
    expect(recover(run)).toBeNull();
  });

  test('its record replays to the same violation', () => {
    const { run, record } = runScript(broken);
    const again = replay(record);
    expect(violationOf(again)).toEqual(violationOf(run));
    expect(traceHash(again)).toBe(traceHash(run));
  });
});
