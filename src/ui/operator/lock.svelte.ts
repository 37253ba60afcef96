/**
 * Whether a drill hides what no operator sees, and what it keeps from being done. It is known to the
 * whole page before anything of the drills is loaded; who opens a drill sets it. Whatever shows a
 * pane, obeys a key or offers a button asks here.
 */
import type { Command } from '../shell/shortcuts.ts';
import type { PaneId } from '../shell/layout-model.ts';

/** What an operator has. */
const OPERATORS: ReadonlySet<PaneId> = new Set(['lesson', 'operator', 'console', 'metrics']);

/** What is reached without a key: safety properties, the same run on other code, goals, exports. */
type Way = 'properties' | 'otherCode' | 'goal' | 'copyMoment' | 'takeAway' | 'reset';

/** What a person wants: by a key, a button or the palette. */
export type Wanted = Command | { readonly kind: Way };

const GODS: ReadonlySet<Wanted['kind']> = new Set([
  ...(['crash', 'power', 'restart', 'pause', 'cut', 'disk', 'partition', 'heal'] as const),
  ...(['monkey', 'menu', 'packet', 'bugs', 'scenarios', 'ensemble', 'share'] as const),
  ...(['properties', 'otherCode', 'goal', 'copyMoment', 'takeAway', 'reset'] as const),
]);

class DrillLock {
  isOn = $state(false);
  /** Set by the drill. */
  giveUp: () => void = () => undefined;
  /** Says why a key does nothing; set by the drill. */
  refuse: () => void = () => undefined;
  /** Why, and when it opens, in a sentence; set by the drill. */
  reason: () => string = () => '';

  hides(pane: PaneId): boolean {
    return this.isOn && !OPERATORS.has(pane);
  }

  /** What no operator can do, or would tell what nobody has found out. */
  forbids(wanted: Wanted): boolean {
    if (!this.isOn) return false;
    if (wanted.kind === 'step' || wanted.kind === 'back') {
      return wanted.step === 'interesting' || wanted.step === 'phase';
    }
    return GODS.has(wanted.kind);
  }

  /** Of a control that is disabled. Null where it is not. */
  why(wanted: Wanted): string | null {
    return this.forbids(wanted) ? this.reason() : null;
  }
}

export const drillLock = new DrillLock();
