/** Running an action script: what its lines wait for, whom its words mean, and how it fails. */
import { describe, expect, test } from 'vitest';
import { EXHIBITS } from '../../../src/lessons/gallery/gallery.ts';
import { smallWorld, withMutant } from '../../../src/lessons/gallery/words.ts';
import type { MutantName } from '../../../src/core/mutants.ts';
import { createLocalRun, recordOf, replay } from '../../../src/sim/local.ts';
import { violationOf } from '../../../src/sim/explore/recovery.ts';
import { stepsOfScript } from '../../../src/sim/script-text/from-script.ts';
import { parseScript } from '../../../src/sim/script-text/parse.ts';
import { printActions, printSteps } from '../../../src/sim/script-text/print.ts';
import { runSteps, timedActions, type TextRun } from '../../../src/sim/script-text/run.ts';

function run(text: string, voters = 3): TextRun & { readonly hash: string } {
  const { steps, errors } = parseScript(text);
  expect(errors).toEqual([]);
  const world = createLocalRun(smallWorld(voters), { hash: false, check: true });
  return { ...runSteps(world, steps), hash: printActions(recordOf(world).actions) };
}

describe('whom a line means', () => {
  test('leader, follower and last are found when the line takes place', () => {
    const { actions, failure } = run(
      'when leader serves: crash leader\nafter 2s restart last\nwhen 1, 2, 3 serve: pause follower',
    );
    expect(failure).toBeNull();
    const sids = actions.map(({ action }) => ('sid' in action ? action.sid : null));
    expect(sids[0]).toBe(3);
    expect(sids[1]).toBe(3);
    expect(actions[2]?.action.kind).toBe('pause');
    // The server that came back follows, and so does one of the others: the lesser is meant.
    expect([{ process: 1 }, { process: 2 }]).toContainEqual({
      process: actions[2]?.action.kind === 'pause' ? actions[2].action.process : null,
    });
    expect((actions[1]?.at ?? 0) - (actions[0]?.at ?? 0)).toBe(2_000_000);
  });

  test('expire freezes a client until its session is over', () => {
    const { actions, failure } = run(
      'when leader serves: new client A timeout=2s\nwhen A is connected: expire A\nwait 1s',
    );
    expect(failure).toBeNull();
    expect(actions.map(({ action }) => action.kind)).toEqual(['addClient', 'pause', 'resume']);
    expect((actions[2]?.at ?? 0) - (actions[1]?.at ?? 0)).toBeGreaterThan(1_500_000);
  });

  test('a packet on its way by its type', () => {
    const { actions, failure } = run(
      'when leader serves: new client A servers=3\nwhen A is connected: A: create /a x\n' +
        'when 3 sends PROPOSAL where zxid=0x100000002: hold PROPOSAL 3 -> 1\n' +
        'wait until znode /a exists\nrelease PROPOSAL 3 -> 1',
    );
    expect(failure).toBeNull();
    expect(actions.map(({ action }) => action.kind).slice(-2)).toEqual(['hold', 'release']);
  });
});

describe('how it fails', () => {
  const rows: readonly (readonly [string, number, object])[] = [
    ['restart 3', 1, { kind: 'refused', reason: 'server 3 is running' }],
    ['wait 1s\nat 500ms heal', 2, { kind: 'past' }],
    ['restart last', 1, { kind: 'nobody', who: 'last' }],
    ['crash leader', 1, { kind: 'nobody', who: 'leader' }],
    ['hold PROPOSAL 3 -> 1', 1, { kind: 'noPacket' }],
    ['crash 1\ncrash 2\nwait until leader serves', 3, { kind: 'never' }],
  ];
  test.each(rows)('%j in line %i', (text, line, why) => {
    expect(run(text).failure).toMatchObject({ line, why });
  });

  test('try passes over it', () => {
    expect(run('try restart 3\ntry crash leader\ncrash 3').failure).toBeNull();
  });

  test('whoever has had enough stops it', () => {
    const { steps } = parseScript('wait 5s\n\nwait until znode /never exists');
    const world = createLocalRun(smallWorld(), { hash: false });
    const { failure } = runSteps(world, steps, { stop: () => true });
    expect(failure).toEqual({ line: 3, why: { kind: 'stopped' } });
  });
});

test('what took place, written down, is the same run again', () => {
  const first = createLocalRun(smallWorld(), { check: true });
  const text =
    'when leader serves: new client A\nafter 1s crash leader silent tail=torn\nafter 4s restart last\nwait 3s';
  runSteps(first, parseScript(text).steps);
  const record = recordOf(first);
  const read = timedActions(parseScript(printActions(record.actions)).steps);
  expect(read).toEqual(record.actions);
  const again = replay({ ...record, actions: read ?? [] });
  expect(again.world.events).toBe(first.world.events);
});

const SHOWN = ['diff-sets-zxid-early', 'no-trunc-in-range', 'partial-trunc-retained'] as const;

test.each<MutantName>([...SHOWN])('the script of %s shows its bug as a text, too', (name) => {
  const exhibit = EXHIBITS[name];
  if (exhibit === undefined) throw new Error('no exhibit');
  const { steps, errors } = parseScript(printSteps(stepsOfScript(exhibit.script)));
  expect(errors).toEqual([]);
  const world = createLocalRun(withMutant(exhibit.script, name).world, {
    hash: false,
    check: true,
  });
  expect(runSteps(world, steps).failure).toBeNull();
  expect(violationOf(world)?.name).toBe(exhibit.shows);
});
