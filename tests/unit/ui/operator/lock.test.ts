/** One rule says what a drill keeps from being seen and done. */
import { afterEach, describe, expect, it } from 'vitest';
import { drillLock, type Wanted } from '../../../../src/ui/operator/lock.svelte.ts';

const LOCKED: readonly Wanted[] = [
  { kind: 'crash' },
  { kind: 'heal' },
  { kind: 'bugs' },
  { kind: 'scenarios' },
  { kind: 'ensemble' },
  { kind: 'share' },
  { kind: 'properties' },
  { kind: 'otherCode' },
  { kind: 'goal' },
  { kind: 'step', step: 'interesting' },
  { kind: 'step', step: 'phase' },
  { kind: 'back', step: 'interesting' },
];
const OPEN: readonly Wanted[] = [
  { kind: 'toggle' },
  { kind: 'step', step: 'event' },
  { kind: 'console' },
  { kind: 'lessons' },
  { kind: 'undo' },
  { kind: 'palette' },
];

afterEach(() => {
  drillLock.isOn = false;
  drillLock.reason = () => '';
});

describe('while a drill is unsolved', () => {
  it.each(LOCKED)('$kind $step is locked, with a reason', (wanted) => {
    drillLock.reason = () => 'because';
    expect(drillLock.why(wanted)).toBeNull();
    drillLock.isOn = true;
    expect(drillLock.why(wanted)).toBe('because');
  });

  it.each(OPEN)('$kind $step is open', (wanted) => {
    drillLock.isOn = true;
    expect(drillLock.why(wanted)).toBeNull();
  });

  it('only operators’ panes are shown', () => {
    expect(drillLock.hides('ensemble')).toBe(false);
    drillLock.isOn = true;
    expect(drillLock.hides('ensemble')).toBe(true);
    expect(drillLock.hides('operator')).toBe(false);
  });
});
