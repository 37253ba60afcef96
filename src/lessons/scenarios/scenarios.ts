/** All scenarios, in the order in which they are offered. */
import { SYNC_SCENARIOS } from './catching-up.ts';
import { CHANGE_SCENARIOS, DISK_SCENARIOS } from './disks.ts';
import { ELECTION_SCENARIOS } from './elections.ts';
import { LINK_SCENARIOS } from './links.ts';
import type { Scenario } from './scenario.ts';
import { SESSION_SCENARIOS } from './sessions.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...ELECTION_SCENARIOS,
  ...LINK_SCENARIOS,
  ...SYNC_SCENARIOS,
  ...SESSION_SCENARIOS,
  ...DISK_SCENARIOS,
  ...CHANGE_SCENARIOS,
];
