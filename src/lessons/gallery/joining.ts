/** Scripts for the bugs of `core/mutants/joining.ts`. */
import type { Exhibits } from './exhibit.ts';
import { script as checkWrongSet } from './joining/check-wrong-set.ts';
import { script as epochAtUptodate } from './joining/epoch-at-uptodate.ts';
import { script as epochFromLastZxid } from './joining/epoch-from-last-zxid.ts';
import { script as forwardTooLate } from './joining/forward-too-late.ts';
import { script as leaderAcceptsLate } from './joining/leader-accepts-late.ts';
import { script as noRolloverCheck } from './joining/no-rollover-check.ts';
import { script as noTruncInRange } from './joining/no-trunc-in-range.ts';
import { script as strictVoteEquality } from './joining/strict-vote-equality.ts';
import { script as syncSkipsSessionMap } from './joining/sync-skips-session-map.ts';
import { script as truncateBeforeRecord } from './joining/truncate-before-record.ts';
import { script as trustVotesForSelf } from './joining/trust-votes-for-self.ts';
import { script as voteIgnoresEpoch } from './joining/vote-ignores-epoch.ts';

export const JOINING_EXHIBITS: Exhibits = {
  'epoch-from-last-zxid': { script: epochFromLastZxid, shows: 'C.2', settles: false },
  'vote-ignores-epoch': { script: voteIgnoresEpoch, shows: 'C.28', settles: false },
  'trust-votes-for-self': { script: trustVotesForSelf, shows: 'C.27', settles: false },
  'strict-vote-equality': { script: strictVoteEquality, shows: 'D.2', settles: false },
  'check-wrong-set': { script: checkWrongSet, shows: 'D.2', settles: false },
  'forward-too-late': { script: forwardTooLate, shows: 'proposalConsistent', settles: false },
  'no-trunc-in-range': { script: noTruncInRange, shows: 'C.11', settles: false },
  'truncate-before-record': {
    script: truncateBeforeRecord,
    shows: 'CommittedLogDurability',
    settles: false,
  },
  'epoch-at-uptodate': { script: epochAtUptodate, shows: 'C.3', settles: false },
  'leader-accepts-late': { script: leaderAcceptsLate, shows: 'C.2', settles: false },
  'sync-skips-session-map': { script: syncSkipsSessionMap, shows: 'C.11', settles: false },
  'no-rollover-check': { script: noRolloverCheck, shows: 'C.1', settles: false },
};
