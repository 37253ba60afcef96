/**
 * The gallery's bugs 20 to 32, and one of our own finding: each script shows its bug where the bug
 * is switched on, and nothing at all where it is not.
 */
import { describe, expect, test } from 'vitest';
import { HANDOVER } from '../../src/core/mutants/handover.ts';
import type { Micros } from '../../src/core/units.ts';
import { exhibitOf } from '../../src/lessons/gallery/gallery.ts';
import { withMutant } from '../../src/lessons/gallery/words.ts';
import { recover, violationOf } from '../../src/sim/explore/recovery.ts';
import { runScript, type Script } from '../../src/sim/explore/script.ts';
import { replay, traceHash } from '../../src/sim/local.ts';
import { createGround, openBus, type TestBus } from '../support/test-ground.ts';

/** What a person can follow. */
const ACTIONS_MAX = 12;

function deedsOf(script: Script): number {
  return script.steps.reduce((sum, { then }) => sum + then.length, 0);
}

/** What a script goes on to break, behind what it shows first. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  'partial-snap-retained': ['PrefixConsistency'],
  'trunc-failure-ignored': ['C.11', 'ProcessConsistency'],
  'ack-newleader-unlogged': ['LeaderLogCompleteness', 'CommittedLogMonotonicity'],
  'epoch-before-txns': ['CommittedLogDurability', 'LeaderLogCompleteness'],
  'ack-before-fsync': ['LeaderLogCompleteness', 'CommittedLogMonotonicity'],
  'syncproc-not-joined': ['PrefixConsistency', 'LeaderLogCompleteness'],
  'sync-skips-committedlog': ['ProcessConsistency', 'PrefixConsistency'],
  'memory-survives-disk-error': ['C.6', 'PrefixConsistency'],
  'partial-trunc-retained': ['C.6'],
  'truncate-keeps-next': ['C.11', 'ProcessConsistency'],
  'acks-survive-resync': ['LeaderLogCompleteness', 'CommittedLogDurability'],
};

describe.each(HANDOVER)('$name', ({ name, property }) => {
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

/** Time stops wherever a property breaks. */
async function runPast({ bus }: TestBus, until: Micros): Promise<void> {
  while ((await bus.record()).until < until) await bus.runTo(until);
}

describe('members that keep their disks in stores', () => {
  test.each(HANDOVER)('do the same with $name', async ({ name }) => {
    const exhibit = exhibitOf(name);
    if (exhibit === null) throw new Error('no exhibit');
    const { run, record } = runScript(withMutant(exhibit.script, name));
    const page = await openBus(createGround(), record.world);
    for (const { at, action } of record.actions) {
      await runPast(page, at);
      expect(await page.bus.act(action)).toEqual({ ok: true });
    }
    await runPast(page, record.until);
    await expect.poll(() => page.frame().now, { interval: 2 }).toBe(record.until);
    expect(page.frame().failure).toBeNull();
    expect(page.frame().traceHash).toBe(traceHash(run));
    await page.bus.close(true);
  });
});
