/**
 * The gallery's bugs 11 to 19: each script shows its bug where the bug is switched on, and nothing
 * at all where it is not.
 */
import { describe, expect, test } from 'vitest';
import { STORAGE } from '../../src/core/mutants/storage.ts';
import { exhibitOf } from '../../src/lessons/gallery/gallery.ts';
import { withMutant } from '../../src/lessons/gallery/words.ts';
import { judge } from '../../src/sim/explore/judge.ts';
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
  'trunc-keeps-newer-snapshot': ['C.10', 'C.11'],
  'skip-gap-check': ['PrefixConsistency', 'TotalOrder'],
  'retain-db-no-fastforward': ['CommittedLogDurability'],
  'snap-keeps-stale-tail': ['C.10'],
  'snap-not-synced': ['C.6', 'PrefixConsistency'],
  'newleader-before-snap': ['C.8'],
  'zxid-after-first-subop': ['C.8', 'C.17'],
  'close-without-paths': ['C.8'],
  'replay-skips-pzxid': ['C.8', 'C.13'],
};

describe.each(STORAGE)('$name', ({ name, property }) => {
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
    expect(judge(record, settles)?.name).toBe(shows);
  });
});
