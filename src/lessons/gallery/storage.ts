/** Scripts for the bugs of `core/mutants/storage.ts`. */
import type { Exhibits } from './exhibit.ts';
import { script as closeWithoutPaths } from './storage/close-without-paths.ts';
import { script as diffSetsZxidEarly } from './storage/diff-sets-zxid-early.ts';
import { script as epochMemoryFirst } from './storage/epoch-memory-first.ts';
import { script as newleaderBeforeSnap } from './storage/newleader-before-snap.ts';
import { script as noEpochTmp } from './storage/no-epoch-tmp.ts';
import { script as replaySkipsPzxid } from './storage/replay-skips-pzxid.ts';
import { script as retainDbNoFastforward } from './storage/retain-db-no-fastforward.ts';
import { script as skipGapCheck } from './storage/skip-gap-check.ts';
import { script as snapKeepsStaleTail } from './storage/snap-keeps-stale-tail.ts';
import { script as snapNotSynced } from './storage/snap-not-synced.ts';
import { script as truncKeepsNewerSnapshot } from './storage/trunc-keeps-newer-snapshot.ts';
import { script as zxidAfterFirstSubop } from './storage/zxid-after-first-subop.ts';

export const STORAGE_EXHIBITS: Exhibits = {
  'trunc-keeps-newer-snapshot': { script: truncKeepsNewerSnapshot, shows: 'C.9', settles: false },
  'epoch-memory-first': { script: epochMemoryFirst, shows: 'C.1', settles: false },
  'no-epoch-tmp': { script: noEpochTmp, shows: 'D.6', settles: true },
  'diff-sets-zxid-early': { script: diffSetsZxidEarly, shows: 'C.7', settles: false },
  'skip-gap-check': { script: skipGapCheck, shows: 'C.6', settles: false },
  'retain-db-no-fastforward': { script: retainDbNoFastforward, shows: 'C.7', settles: false },
  'snap-keeps-stale-tail': {
    script: snapKeepsStaleTail,
    shows: 'ProcessConsistency',
    settles: false,
  },
  'snap-not-synced': { script: snapNotSynced, shows: 'C.10', settles: false },
  'newleader-before-snap': { script: newleaderBeforeSnap, shows: 'C.11', settles: false },
  'zxid-after-first-subop': { script: zxidAfterFirstSubop, shows: 'C.11', settles: false },
  'close-without-paths': { script: closeWithoutPaths, shows: 'C.11', settles: false },
  'replay-skips-pzxid': { script: replaySkipsPzxid, shows: 'C.11', settles: false },
};
