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
      'TRUNC cuts the log but keeps a snapshot that holds what was cut; the database is read from that snapshot again.',
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
      'acceptedEpoch is taken over in memory although its file could not be written, and currentEpoch overtakes it on disk.',
    property: 'C.1',
    present: false,
  },
  {
    name: 'no-epoch-tmp',
    entry: 12,
    title: 'A half-written epoch file stops the start',
    issue: 'ZOOKEEPER-1653',
    versions: 'before 3.4.6',
    story:
      'A server that crashed between the snapshot of a new epoch and its currentEpoch file does not look at currentEpoch.tmp, and refuses to start.',
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
      'A learner takes over the zxid of a DIFF before its transactions have come; if the connection breaks, it never asks for them again.',
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
      'A leader whose log on disk ends before its committed log begins sends both as one DIFF, without what is missing between.',
    property: 'proposalConsistent',
    present: false,
  },
  {
    name: 'retain-db-no-fastforward',
    entry: 15,
    title: 'The tree lags behind the log after a role ends',
    issue: 'ZOOKEEPER-2678, ZOOKEEPER-2845',
    versions: '3.4.10, 3.5.3',
    story:
      'A server keeps its tree when it looks for a leader, and forgets that its log holds transactions besides: nobody tells it to cut them.',
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
      'A learner saves the snapshot that its leader sent and keeps log records that are later than it: the next start plays them back.',
    property: 'C.10',
    present: false,
  },
  {
    name: 'snap-not-synced',
    entry: 17,
    title: 'The snapshot of a SNAP is not synced',
    issue: 'ZOOKEEPER-2872',
    versions: 'before 3.6.0',
    story:
      'A learner acknowledges NEWLEADER with the received snapshot only in the page cache: a loss of power leaves a hole in its history.',
    property: 'C.3',
    present: false,
  },
  {
    name: 'newleader-before-snap',
    entry: 18,
    title: 'NEWLEADER is queued before the snapshot is read',
    issue: 'ZOOKEEPER-3104',
    versions: 'before 3.5.5, 3.6.0',
    story:
      'Transactions that come while the snapshot is sent follow NEWLEADER: a learner acknowledges a snapshot that catches half of them.',
    property: 'C.8',
    present: false,
  },
  {
    name: 'zxid-after-first-subop',
    entry: 19,
    title: 'A multi counts as applied after its first operation',
    issue: 'ZOOKEEPER-3127',
    versions: 'before 3.6.0',
    story:
      'The last zxid of the tree moves on with the first operation of a multi: a snapshot taken between two of them loses the others.',
    property: 'C.17',
    present: false,
  },
  {
    name: 'close-without-paths',
    entry: 19,
    title: 'closeSession does not name its ephemerals',
    issue: 'ZOOKEEPER-3145',
    versions: 'before 3.6.0',
    story:
      'Played back on a snapshot that lacks the ephemerals already, closeSession does not touch their parents, whose pzxid stays old.',
    property: 'C.13',
    present: false,
  },
  {
    name: 'replay-skips-pzxid',
    entry: 19,
    title: 'Playing back sets a parent back',
    issue: 'ZOOKEEPER-3249',
    versions: 'before 3.6.0',
    story:
      'Playing back creations and deletions sets cversion and pzxid of the parent back to what they were.',
    property: 'C.13',
    present: false,
  },
] as const satisfies readonly Mutant[];
