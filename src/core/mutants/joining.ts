/** Bugs of elections, of discovery and of how a learner is brought up to date: 1 to 10. */
import type { Mutant } from './mutant.ts';

export const JOINING = [
  {
    name: 'epoch-from-last-zxid',
    entry: 1,
    title: 'Epochs are reused',
    issue: 'ZOOKEEPER-335, ZOOKEEPER-1081',
    versions: 'before 3.4.0',
    story:
      'A new leader takes the epoch of its last transaction plus one, and nobody keeps accepted epochs: an epoch that left no transaction behind is used twice.',
    property: 'Leadership2',
    present: false,
  },
  {
    name: 'vote-ignores-epoch',
    entry: 2,
    title: 'Votes ignore the epoch',
    issue: 'ZOOKEEPER-1082',
    versions: 'before 3.4.0',
    story:
      'Votes are compared by zxid and server id only: a server with a longer log of an older epoch wins, and those who know the later epoch refuse to follow it, for ever.',
    property: 'D.1',
    present: false,
  },
  {
    name: 'trust-votes-for-self',
    entry: 3,
    title: 'A restarted server trusts old votes',
    issue: 'ZOOKEEPER-975',
    versions: 'before 3.4.0',
    story:
      'A server that restarts hears others say that they follow it, takes that as its election, and leads nobody.',
    property: 'C.27',
    present: false,
  },
  {
    name: 'strict-vote-equality',
    entry: 4,
    title: 'A latecomer wants identical votes',
    issue: 'ZOOKEEPER-1732, ZOOKEEPER-1805',
    versions: 'before 3.4.6',
    story:
      'A server that joins a running ensemble wants a quorum of votes equal in every field; members that joined at different times never give it one.',
    property: 'D.2',
    present: false,
  },
  {
    name: 'check-wrong-set',
    entry: 4,
    title: 'The leader is looked for in the wrong set of votes',
    issue: 'ZOOKEEPER-3537',
    versions: 'before 3.6.0',
    story:
      'A latecomer looks for the word of the leader itself among the votes of its own round, where it never is.',
    property: 'D.2',
    present: false,
  },
  {
    name: 'forward-too-late',
    entry: 5,
    title: 'A proposal falls between DIFF and forwarding',
    issue: 'ZOOKEEPER-962',
    versions: 'before 3.4.0',
    story:
      'A learner is put among those who get proposals after its DIFF was computed, without what was proposed in between.',
    property: 'proposalConsistent',
    present: false,
  },
  {
    name: 'no-trunc-in-range',
    entry: 6,
    title: 'No TRUNC inside the committed log',
    issue: 'ZOOKEEPER-1154',
    versions: 'before 3.4.0',
    story:
      'A follower whose last transaction lies inside the range of the committed log, but not in the log itself, gets a DIFF and keeps the transaction that nobody committed.',
    property: 'ProcessConsistency',
    present: false,
  },
  {
    name: 'truncate-before-record',
    entry: 7,
    title: 'TRUNC cuts one record too many',
    issue: 'ZOOKEEPER-1156',
    versions: 'before 3.4.0',
    story:
      'The log is cut before the record that TRUNC names, not behind it: a committed transaction goes with the rest.',
    property: 'CommittedLogDurability',
    present: false,
  },
  {
    name: 'epoch-at-uptodate',
    entry: 8,
    title: 'currentEpoch is written too late',
    issue: 'ZOOKEEPER-1282',
    versions: 'before 3.4.0',
    story:
      'A learner writes currentEpoch at UPTODATE, after it has acknowledged NEWLEADER: a crash in between forgets that it belongs to the epoch.',
    property: 'C.3',
    present: false,
  },
  {
    name: 'leader-accepts-late',
    entry: 8,
    title: 'A leader proposes an epoch that it has not written down',
    issue: 'ZOOKEEPER-1291',
    versions: 'before 3.4.0',
    story:
      'A leader does not write acceptedEpoch before it proposes the epoch: after a crash it proposes the same epoch again.',
    property: 'C.2',
    present: false,
  },
  {
    name: 'sync-skips-session-map',
    entry: 9,
    title: 'Sessions seen in a synchronisation are forgotten',
    issue: 'ZOOKEEPER-1367',
    versions: 'before 3.4.6',
    story:
      'A learner applies a createSession that comes before UPTODATE to its tree, but not to its sessions: ephemerals stay for ever.',
    property: 'C.12',
    present: false,
  },
  {
    name: 'no-rollover-check',
    entry: 10,
    title: 'The counter runs over into the epoch',
    issue: 'ZOOKEEPER-1277',
    versions: 'before 3.4.6',
    story:
      'Nobody stops a leader at counter 0xffffffff: the next zxid belongs to an epoch that nobody elected.',
    property: 'C.1',
    present: false,
  },
] as const satisfies readonly Mutant[];
