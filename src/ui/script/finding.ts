/** Scenarios that have the words which a person typed, in either language. */
import {
  SCENARIO_KINDS,
  type Scenario,
  type ScenarioKind,
} from '../../lessons/scenarios/scenario.ts';

export interface Shelf {
  readonly kind: ScenarioKind;
  readonly scenarios: readonly Scenario[];
}

export function findScenarios(all: readonly Scenario[], query: string): readonly Scenario[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((scenario) => {
    const text = textOf(scenario);
    return words.every((word) => text.includes(word));
  });
}

function textOf({ id, script, words }: Scenario): string {
  const said = [words.en, words['zh-CN']].flatMap(({ title, summary, see }) => [
    title,
    summary,
    ...see,
  ]);
  return [id, script, ...said].join('\n').toLowerCase();
}

/** By kind; kinds of which there are none are left out. */
export function shelvesOf(scenarios: readonly Scenario[]): readonly Shelf[] {
  return SCENARIO_KINDS.map((kind) => ({
    kind,
    scenarios: scenarios.filter((scenario) => scenario.kind === kind),
  })).filter((shelf) => shelf.scenarios.length > 0);
}
