/** Bugs between the end of one role and the first ack of the next: 20 to 32, and one of our own finding. */
import type { Mutant } from './mutant.ts';

export const HANDOVER = [
  {
    name: 'partial-snap-retained',
    entry: 20,
    title: 'Half a SNAP is kept',
    issue: 'ZOOKEEPER-3642',
    versions: 'before 3.6.3, 3.7.0',
    story:
      'A learner whose SNAP breaks off keeps the half that came as its tree, and tells the next leader a zxid from its old log.',
    property: 'C.7',
    present: false,
  },
  {
    name: 'trunc-failure-ignored',
    entry: 21,
    title: 'A failed TRUNC counts as done',
    issue: 'ZOOKEEPER-3701',
    versions: 'before 3.5.7, 3.6.0',
    story: 'Cutting the log fails on a full disk, and the learner goes on as if it had been cut.',
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
      'A learner acknowledges NEWLEADER although the transactions of the DIFF are only in its memory.',
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
      'A learner writes currentEpoch before the transactions of the DIFF: a crash in between makes it win elections with a shorter log.',
    property: 'C.3',
    present: false,
  },
  {
    name: 'ack-before-fsync',
    entry: 24,
    title: 'NEWLEADER is acknowledged before the sync',
    issue: 'ZOOKEEPER-4646',
    versions: 'before 3.8.5, 3.9.2',
    story:
      'A learner acknowledges NEWLEADER before the transactions of the DIFF are on its disk: after a crash a committed transaction is gone.',
    property: 'C.3',
    present: false,
  },
  {
    name: 'log-all-at-newleader',
    entry: 25,
    title: 'COMMIT finds no proposal',
    issue: 'ZOOKEEPER-4394',
    versions: '3.7.1 to 3.9.2',
    story:
      'At NEWLEADER a learner logs uncommitted proposals too and forgets that they wait: the COMMIT that follows finds nothing.',
    property: 'commitConsistent',
    present: false,
  },
  {
    name: 'proposal-ack-first',
    entry: 26,
    title: 'The ack of a proposal overtakes that of NEWLEADER',
    issue: 'ZOOKEEPER-4685',
    versions: 'before 3.9.3',
    story:
      'A learner lets its log acknowledge a proposal before it has acknowledged NEWLEADER: the leader, which waits for that, gives it up.',
    property: 'ackConsistent',
    present: false,
  },
  {
    name: 'syncproc-not-joined',
    entry: 27,
    title: 'The log thread outlives its role',
    issue: 'ZOOKEEPER-4712',
    versions: '3.6.3 to 3.9.2',
    story:
      'A role ends while records wait to be logged: the tree is brought up to the log first, and then the records are written all the same.',
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
      'What a learner gets in a DIFF does not enter its committed log: once it leads, it sends others a DIFF with a hole.',
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
      'The log of a server fails, and it looks for a leader with a tree that its disk does not have.',
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
      'After TRUNC the transactions that follow are only in the tree until NEWLEADER; if the connection breaks, the tree is kept and the disk lacks them.',
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
      'The log is cut behind the first record that is not before the zxid: if the zxid came by SNAP, that is a later one, which stays.',
    property: 'C.9',
    present: true,
  },
  {
    name: 'ro-pollutes-committedlog',
    entry: 32,
    title: 'A read-only server spoils the committed log',
    issue: 'ZOOKEEPER-3526',
    versions: 'all, to this day',
    story:
      'A server that serves reads without a quorum closes sessions under zxids of its own, which enter its committed log: later, as a leader, it cuts the logs of others.',
    property: 'CommittedLogDurability',
    present: true,
  },
  {
    name: 'acks-survive-resync',
    entry: null,
    title: 'Acks of an old connection count',
    issue: 'no issue known: found by the simulator of this project',
    versions: 'all, to this day',
    story:
      'A follower acknowledges a proposal, loses its connection, comes back to the same leader and is truncated; its old ack still counts, and the leader commits what a majority no longer has on disk.',
    property: 'C.5',
    present: true,
  },
] as const satisfies readonly Mutant[];
