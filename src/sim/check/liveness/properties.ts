/**
 * Part D: what must come about once the faults have stopped, and within what time. A run is asked
 * for it at its end; see recovery.ts.
 */
import type { Property } from '../ghosts.ts';
import { ENSEMBLE_SERVES } from './d1-ensemble-serves.ts';
import { MEMBER_JOINS } from './d2-member-joins.ts';
import { REQUESTS_ANSWERED } from './d3-requests-answered.ts';
import { QUORUM_LOSS_NOTICED } from './d4-quorum-loss-noticed.ts';
import { DEAD_SESSIONS_END } from './d5-dead-sessions-end.ts';
import { SERVER_STARTS } from './d6-server-starts.ts';
import { LEADER_STAYS } from './d7-leader-stays.ts';

export const LIVENESS: readonly Property[] = [
  ENSEMBLE_SERVES,
  MEMBER_JOINS,
  REQUESTS_ANSWERED,
  QUORUM_LOSS_NOTICED,
  DEAD_SESSIONS_END,
  SERVER_STARTS,
  LEADER_STAYS,
];
