/**
 * Historic bugs of ZooKeeper as switches, off by default. Each is a guarded line beside the
 * correct code; `story` says what it does, `property` what it is expected to violate first.
 */
export interface Mutant {
  readonly name: string;
  readonly issue: string;
  readonly story: string;
  readonly property: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'epoch-from-last-zxid',
    issue: 'ZOOKEEPER-335, ZOOKEEPER-1081',
    story:
      'A new leader takes the epoch of its last transaction plus one, and nobody keeps accepted epochs: an epoch that left no transaction behind is used twice.',
    property: 'Leadership2',
  },
  {
    name: 'vote-ignores-epoch',
    issue: 'ZOOKEEPER-1082',
    story:
      'Votes are compared by zxid and server id only: a server with a longer log of an older epoch wins, and those who know the later epoch refuse to follow it, for ever.',
    property: 'D.1',
  },
  {
    name: 'no-trunc-in-range',
    issue: 'ZOOKEEPER-1154',
    story:
      'A follower whose last transaction lies inside the range of the committed log, but not in the log itself, gets a DIFF and keeps the transaction that nobody committed.',
    property: 'ProcessConsistency',
  },
  {
    name: 'epoch-at-uptodate',
    issue: 'ZOOKEEPER-1282',
    story:
      'A learner writes currentEpoch at UPTODATE, after it has acknowledged NEWLEADER: a crash in between forgets that it belongs to the epoch.',
    property: 'C.3',
  },
  {
    name: 'ack-before-fsync',
    issue: 'ZOOKEEPER-4646',
    story:
      'A learner acknowledges NEWLEADER before the transactions of the DIFF are on its disk: after a crash a committed transaction is gone.',
    property: 'C.3',
  },
  {
    name: 'acks-survive-resync',
    issue: 'no issue known: found by the swarm of this project',
    story:
      'A follower acknowledges a proposal, loses its connection, comes back to the same leader and is truncated; its old ack still counts, and the leader commits what a majority no longer has on disk. ZooKeeper does so today.',
    property: 'C.5',
  },
];
