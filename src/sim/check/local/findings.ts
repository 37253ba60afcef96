/** How a look at one member says what it found. */
import type { Sid } from '../../../core/units.ts';
import type { Property } from '../ghosts.ts';
import type { Look } from './look.ts';

/** What looks are written to, with the member that is looked at. */
export interface Findings {
  readonly sid: Sid;
  readonly looks: Look[];
}

export function find(findings: Findings, property: Property, fact: string): void {
  findings.looks.push({ what: 'broken', property: property.name, fact });
}
