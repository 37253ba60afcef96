/** A scenario: an ensemble, what happens to it, and what there is to be seen. */
import type { WorldConfig } from '../../sim/actions.ts';

export const SCENARIO_KINDS = ['election', 'links', 'sync', 'sessions', 'disks', 'change'] as const;
export type ScenarioKind = (typeof SCENARIO_KINDS)[number];

export interface ScenarioWords {
  readonly title: string;
  /** One sentence: what happens. */
  readonly summary: string;
  /** Where to look, in the order in which it comes. */
  readonly see: readonly string[];
}

export interface Scenario {
  readonly id: string;
  readonly kind: ScenarioKind;
  readonly world: WorldConfig;
  /** In the language of action scripts. */
  readonly script: string;
  readonly words: { readonly en: ScenarioWords; readonly 'zh-CN': ScenarioWords };
}
