/**
 * Whether a drill hides what no operator sees. It is known to the whole page before anything of the
 * drills is loaded; who opens a drill sets it.
 */
import type { Command } from '../shell/shortcuts.ts';
import type { PaneId } from '../shell/layout-model.ts';

/** What an operator has. */
const OPERATORS: ReadonlySet<PaneId> = new Set(['lesson', 'operator', 'console', 'metrics']);

const GODS: ReadonlySet<Command['kind']> = new Set([
  ...(['crash', 'power', 'restart', 'pause', 'cut', 'disk', 'partition', 'heal'] as const),
  ...(['monkey', 'menu', 'packet', 'bugs', 'scenarios', 'ensemble'] as const),
]);

class DrillLock {
  isOn = $state(false);
  /** Set by the drill. */
  giveUp: () => void = () => undefined;
  /** Says why a key does nothing; set by the drill. */
  refuse: () => void = () => undefined;

  hides(pane: PaneId): boolean {
    return this.isOn && !OPERATORS.has(pane);
  }

  /** What a key would do that no operator can, or would tell what nobody has found out. */
  forbids(command: Command): boolean {
    if (!this.isOn) return false;
    if (command.kind === 'step' || command.kind === 'back') return command.step === 'interesting';
    return GODS.has(command.kind);
  }
}

export const drillLock = new DrillLock();
