/** The properties in the parts in which a person looks for them. */
import type { PropertyView } from '../../sim/frame.ts';

/** Protocol, legal steps, disks and trees, clients (K), liveness. */
export const GROUPS = ['A', 'B', 'C', 'K', 'D'] as const;
export type GroupName = (typeof GROUPS)[number];

/** What is asked only when the faults of a run are over. */
export const LATE = ['D.1', 'D.2', 'D.3', 'D.4', 'D.5', 'D.6', 'D.7'] as const;

const STEPS: ReadonlySet<string> = new Set([
  'stateConsistent',
  'proposalConsistent',
  'commitConsistent',
  'ackConsistent',
  'messageLegal',
]);

export function groupOf(name: string): GroupName {
  if (STEPS.has(name)) return 'B';
  if (name.startsWith('D.')) return 'D';
  if (!name.startsWith('C.')) return 'A';
  const number = Number(name.slice(2));
  return number >= 18 && number <= 26 ? 'K' : 'C';
}

export interface Group {
  readonly name: GroupName;
  readonly properties: readonly PropertyView[];
}

/** In the order of their names within a part: `C.2` before `C.11`. */
export function groupsOf(properties: readonly PropertyView[]): readonly Group[] {
  return GROUPS.map((name) => ({
    name,
    properties: properties.filter((property) => groupOf(property.name) === name).toSorted(byNumber),
  }));
}

function byNumber(a: PropertyView, b: PropertyView): number {
  return numberOf(a.name) - numberOf(b.name);
}

function numberOf(name: string): number {
  return /^[CD]\.\d+$/.test(name) ? Number(name.slice(2)) : 0;
}
