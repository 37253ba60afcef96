/** Bugs between the end of one role and the first ack of the next: 20 to 32, and one of our own finding. */
import type { Mutant } from './mutant.ts';

export const HANDOVER = [
  {
    name: 'partial-snap-retained',
    entry: 20,
    title: 'A SNAP that was never saved is kept',
    issue: 'ZOOKEEPER-3642',
    versions: 'before 3.5.10, 3.6.3, 3.7.0',
    story:
      'A learner has been sent a whole SNAP and loses its leader before it could save it. It keeps that tree and tells the next leader its zxid, while its disk is still where it was.',
    property: 'C.7',
    present: false,
  },
  {
    name: 'trunc-failure-ignored',
    entry: 21,
    title: 'A failed TRUNC counts as done',
    issue: 'ZOOKEEPER-3701',
    versions: 'before 3.5.7, 3.6.0',
    story:
      'The disk is full, and a learner that is told to cut its log cannot do it. It goes on as if it could: what nobody else has stays in its log and in its tree.',
    property: 'C.9',
    present: false,
  },
  {
    name: 'ack-newleader-unlogged',
    entry: 22,
    title: 'NEWLEADER is acknowledged without logging the DIFF',
    issue: 'ZOOKEEPER-3911',
    versions: 'before 3.5.9, 3.6.3, 3.7.0',
    story:
      'A learner acknowledges NEWLEADER although the transactions of the DIFF are only in its memory: it logs them after UPTODATE. The leader counts them as held by a majority; after two crashes nobody has them.',
    property: 'C.3',
    present: false,
  },
  {
    name: 'epoch-before-txns',
    entry: 23,
    title: 'The epoch is written before the transactions',
    issue: 'ZOOKEEPER-4643, ZOOKEEPER-4785',
    versions: 'before 3.8.5, 3.9.2',
    story:
      'A learner writes currentEpoch before the transactions of the DIFF. If it crashes in between, it has the newer epoch and the shorter log: it wins an election and cuts what others had committed.',
    property: 'C.3',
    present: false,
  },
  {
    name: 'ack-before-fsync',
    entry: 24,
    title: 'NEWLEADER is acknowledged before the sync',
    issue: 'ZOOKEEPER-4646',
    versions: '3.5.9, 3.6.3 and 3.7.0 to 3.8.4, 3.9.1',
    story:
      'A learner hands the transactions of the DIFF to the thread of its log and acknowledges NEWLEADER without waiting for it. A crash right then takes what counted as committed.',
    property: 'C.3',
    present: false,
  },
  {
    name: 'log-all-at-newleader',
    entry: 25,
    title: 'COMMIT finds no proposal',
    issue: 'ZOOKEEPER-4394',
    versions: '3.5.9, 3.6.3 and 3.7.0 to 3.9.2; all of 3.8',
    story:
      'At NEWLEADER a learner logs the proposals that are not committed as well, and empties the list of those that wait. A COMMIT that comes before UPTODATE finds nothing there, and the learner drops out.',
    property: 'commitConsistent',
    present: false,
  },
  {
    name: 'proposal-ack-first',
    entry: 26,
    title: 'The ack of a proposal overtakes that of NEWLEADER',
    issue: 'ZOOKEEPER-4685',
    versions: '3.5.9, 3.6.3 and 3.7.0 to 3.8.4, 3.9.1',
    story:
      'The log of a learner acknowledges a proposal before the learner acknowledges NEWLEADER. The leader takes the first ack for the other, does not count it, and gives up although everybody is well.',
    property: 'ackConsistent',
    present: false,
  },
  {
    name: 'syncproc-not-joined',
    entry: 27,
    title: 'The log thread outlives its role',
    issue: 'ZOOKEEPER-4712',
    versions: '3.6.3 to 3.9.2; all of 3.7 and 3.8',
    story:
      'A follower leaves its role while proposals wait to be logged. Its tree is brought up to the log first, and then the proposals are written all the same: it votes with less than it has.',
    property: 'C.7',
    present: false,
  },
  {
    name: 'sync-skips-committedlog',
    entry: 28,
    title: 'The committed log has holes',
    issue: 'ZOOKEEPER-4925',
    versions: '3.9.3',
    story:
      'What a learner is sent in a DIFF does not enter its list of committed transactions, what follows does. Once it leads, it sends others a DIFF with a hole.',
    property: 'C.6',
    present: false,
  },
  {
    name: 'memory-survives-disk-error',
    entry: 29,
    title: 'Memory stays ahead of a failed disk',
    issue: 'ZOOKEEPER-4882',
    versions: 'all, to this day',
    story:
      'A server cannot write its log once, and looks for a leader with the tree that it has. What the others committed meanwhile is in that tree and will never be in its log: a restart loses it.',
    property: 'C.7',
    present: true,
  },
  {
    name: 'partial-trunc-retained',
    entry: 30,
    title: 'An interrupted TRUNC is kept',
    issue: 'ZOOKEEPER-5094',
    versions: 'all, to this day',
    story:
      'After TRUNC a learner applies commits to its tree only, and saves the tree at NEWLEADER. If the connection breaks before that, it keeps the tree, and its disk lacks what was committed.',
    property: 'C.7',
    present: true,
  },
  {
    name: 'truncate-keeps-next',
    entry: 31,
    title: 'TRUNC to a zxid that is not in the log keeps the next record',
    issue: 'no issue known',
    versions: 'all, to this day',
    story:
      'The log is cut behind the first record that is not before the zxid. If the zxid itself is not in the log, because it came by SNAP, that is a later record: it stays, and comes back.',
    property: 'C.9',
    present: true,
  },
  {
    name: 'ro-pollutes-committedlog',
    entry: 32,
    title: 'A read-only server spoils the committed log',
    issue: 'ZOOKEEPER-3526',
    versions: 'before 3.7.0',
    story:
      'A server without a quorum serves reads, and opens and closes sessions there under zxids that count from 0. They enter its list of committed transactions: later, as a leader, it cuts the logs of others back to nearly nothing.',
    property: 'CommittedLogDurability',
    present: false,
  },
  {
    name: 'acks-survive-resync',
    entry: null,
    title: 'Acks of an old connection count',
    issue: 'no issue known: found by the simulator of this project',
    versions: 'all, to this day',
    story:
      'A follower acknowledges a proposal, loses its connection, comes back to the same leader and is truncated. Its old ack still counts, and the leader commits what a majority no longer has on disk.',
    property: 'C.5',
    present: true,
  },
] as const satisfies readonly Mutant[];
