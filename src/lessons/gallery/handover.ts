/** Scripts for the bugs of `core/mutants/handover.ts`. */
import type { Exhibits } from './exhibit.ts';
import { script as ackBeforeFsync } from './handover/ack-before-fsync.ts';
import { script as ackNewleaderUnlogged } from './handover/ack-newleader-unlogged.ts';
import { script as acksSurviveResync } from './handover/acks-survive-resync.ts';
import { script as epochBeforeTxns } from './handover/epoch-before-txns.ts';
import { script as logAllAtNewleader } from './handover/log-all-at-newleader.ts';
import { script as memorySurvivesDiskError } from './handover/memory-survives-disk-error.ts';
import { script as partialSnapRetained } from './handover/partial-snap-retained.ts';
import { script as partialTruncRetained } from './handover/partial-trunc-retained.ts';
import { script as proposalAckFirst } from './handover/proposal-ack-first.ts';
import { script as roPollutesCommittedlog } from './handover/ro-pollutes-committedlog.ts';
import { script as syncSkipsCommittedlog } from './handover/sync-skips-committedlog.ts';
import { script as syncprocNotJoined } from './handover/syncproc-not-joined.ts';
import { script as truncFailureIgnored } from './handover/trunc-failure-ignored.ts';
import { script as truncateKeepsNext } from './handover/truncate-keeps-next.ts';

export const HANDOVER_EXHIBITS: Exhibits = {
  'partial-snap-retained': { script: partialSnapRetained, shows: 'C.7', settles: false },
  'trunc-failure-ignored': { script: truncFailureIgnored, shows: 'C.9', settles: false },
  'ack-newleader-unlogged': { script: ackNewleaderUnlogged, shows: 'C.3', settles: false },
  'epoch-before-txns': { script: epochBeforeTxns, shows: 'C.3', settles: false },
  'ack-before-fsync': { script: ackBeforeFsync, shows: 'C.3', settles: false },
  'log-all-at-newleader': { script: logAllAtNewleader, shows: 'commitConsistent', settles: false },
  'proposal-ack-first': { script: proposalAckFirst, shows: 'ackConsistent', settles: false },
  'syncproc-not-joined': { script: syncprocNotJoined, shows: 'C.7', settles: false },
  'sync-skips-committedlog': { script: syncSkipsCommittedlog, shows: 'C.6', settles: false },
  'memory-survives-disk-error': {
    script: memorySurvivesDiskError,
    shows: 'C.7',
    settles: false,
  },
  'partial-trunc-retained': { script: partialTruncRetained, shows: 'C.7', settles: false },
  'truncate-keeps-next': { script: truncateKeepsNext, shows: 'C.9', settles: false },
  'ro-pollutes-committedlog': {
    script: roPollutesCommittedlog,
    shows: 'CommittedLogDurability',
    settles: false,
  },
  'acks-survive-resync': { script: acksSurviveResync, shows: 'C.5', settles: false },
};
