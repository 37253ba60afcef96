/** Bugs of logs, snapshots and epoch files: 11 to 19. */
import type { Mutant } from './mutant.ts';

export const STORAGE = [
  {
    name: 'trunc-keeps-newer-snapshot',
    entry: 11,
    title: 'TRUNC leaves a newer snapshot',
    issue: 'ZOOKEEPER-1549, ZOOKEEPER-1558, ZOOKEEPER-4837',
    versions: 'all, to this day',
    story:
      'A server that is about to lead saves a snapshot, and in it what nobody has committed. If it is told to cut its log later, it does, and reads its database from that snapshot again.',
    property: 'C.9',
    present: true,
  },
  {
    name: 'epoch-memory-first',
    entry: 12,
    title: 'The epoch changes in memory before the file',
    issue: 'ZOOKEEPER-2307',
    versions: 'before 3.5.8, 3.6.3',
    story:
      'A server takes over acceptedEpoch in memory although its file could not be written. On disk currentEpoch overtakes it, and after a restart the server refuses such files.',
    property: 'C.1',
    present: false,
  },
  {
    name: 'no-epoch-tmp',
    entry: 12,
    title: 'A crash on the way into an epoch is for ever',
    issue: 'ZOOKEEPER-1653',
    versions: 'before 3.4.6',
    story:
      'A server crashes when it has saved what belongs to a new epoch, and currentEpoch not yet. It takes its own files for damaged, and never starts again.',
    property: 'D.6',
    present: false,
  },
  {
    name: 'diff-sets-zxid-early',
    entry: 13,
    title: 'DIFF counts as received when it is announced',
    issue: 'ZOOKEEPER-2355',
    versions: 'before 3.4.11, 3.5.4',
    story:
      'A learner takes over the zxid of a DIFF before its transactions have come. If the connection breaks then, it takes itself for complete, and never asks for them again.',
    property: 'C.7',
    present: false,
  },
  {
    name: 'skip-gap-check',
    entry: 14,
    title: 'A DIFF across a hole',
    issue: 'ZOOKEEPER-2418',
    versions: 'before 3.6.0',
    story:
      'A leader whose log has a hole before its committed log sends what it has on both sides as one DIFF: the learner never hears of what is missing between.',
    property: 'C.6',
    present: false,
  },
  {
    name: 'retain-db-no-fastforward',
    entry: 15,
    title: 'The tree lags behind the log after a role ends',
    issue: 'ZOOKEEPER-2678, ZOOKEEPER-2845',
    versions: '3.4.10, 3.4.11, 3.5.3',
    story:
      'A server keeps its tree when it looks for a leader, and forgets that its log holds a transaction more. It votes and is brought up to date without it, until a restart plays it back.',
    property: 'C.7',
    present: false,
  },
  {
    name: 'snap-keeps-stale-tail',
    entry: 16,
    title: 'SNAP leaves a stale end of the log',
    issue: 'ZOOKEEPER-2832',
    versions: '3.4.9',
    story:
      'A leader without committed transactions in memory sends a snapshot to a learner that is ahead of it. What the learner had logged behind that zxid stays, and the next start plays it back.',
    property: 'ProcessConsistency',
    present: false,
  },
  {
    name: 'snap-not-synced',
    entry: 17,
    title: 'The snapshot of a SNAP is not synced',
    issue: 'ZOOKEEPER-2872',
    versions: 'before 3.6.0',
    story:
      'A learner acknowledges NEWLEADER with the snapshot that it was sent only in the page cache. What it logs afterwards survives a loss of power, the snapshot does not: its history has a hole.',
    property: 'C.10',
    present: false,
  },
  {
    name: 'newleader-before-snap',
    entry: 18,
    title: 'NEWLEADER is queued before the snapshot has gone out',
    issue: 'ZOOKEEPER-3104',
    versions: 'before 3.5.5, 3.6.0',
    story:
      'A snapshot goes out while transactions go on, and catches some of them half. What would mend that comes behind NEWLEADER, so the learner saves and acknowledges a tree that never was.',
    property: 'C.11',
    present: false,
  },
  {
    name: 'zxid-after-first-subop',
    entry: 19,
    title: 'A multi counts as applied after its first operation',
    issue: 'ZOOKEEPER-3127',
    versions: 'before 3.5.5, 3.6.0',
    story:
      'The last zxid of the tree moves on with the first operation of a multi. A snapshot that begins between two of them has the zxid of the whole and lacks the rest, which no start plays back.',
    property: 'C.11',
    present: false,
  },
  {
    name: 'close-without-paths',
    entry: 19,
    title: 'closeSession does not name its ephemerals',
    issue: 'ZOOKEEPER-3145',
    versions: 'before 3.6.0',
    story:
      'A snapshot may have a parent from before the end of a session and lack the ephemeral below it. Played back on that, closeSession does not know what to delete, and pzxid of the parent stays old.',
    property: 'C.11',
    present: false,
  },
  {
    name: 'replay-skips-pzxid',
    entry: 19,
    title: 'Playing back sets a parent back',
    issue: 'ZOOKEEPER-3249',
    versions: 'before 3.6.0',
    story:
      'A snapshot may have a parent from after what is played back on it. Creations and deletions of children then set its cversion and pzxid back to what they were.',
    property: 'C.11',
    present: false,
  },
] as const satisfies readonly Mutant[];
