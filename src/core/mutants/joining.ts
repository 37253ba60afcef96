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
      'A new leader takes the epoch of its last transaction plus one, and accepted epochs count for nothing: an epoch that left no transaction behind is led twice, and one zxid names two transactions.',
    property: 'C.2',
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
    property: 'C.28',
    present: false,
  },
  {
    name: 'trust-votes-for-self',
    entry: 3,
    title: 'A restarted server trusts votes of an earlier election',
    issue: 'ZOOKEEPER-975',
    versions: 'before 3.4.0',
    story:
      'A server that restarts hears the others say that they follow it. That was in an earlier round, but it takes it for its election: it leads, and nobody has voted for it.',
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
      'A server that joins a running ensemble wants a quorum of votes that are equal in every field. Members that came to their leader in different rounds never give it one, and it looks for a leader for ever.',
    property: 'D.2',
    present: false,
  },
  {
    name: 'check-wrong-set',
    entry: 4,
    title: 'The word of the leader is looked for in the wrong set',
    issue: 'ZOOKEEPER-3537',
    versions: 'before 3.6.0',
    story:
      'A server that looks for a leader has the votes of a quorum and the word of the leader itself, but looks for that word where it is only put afterwards: it stays out until it has asked everybody again.',
    property: 'D.2',
    present: false,
  },
  {
    name: 'forward-too-late',
    entry: 5,
    title: 'A proposal falls between DIFF and forwarding',
    issue: 'ZOOKEEPER-962',
    versions: 'before 3.3.3, 3.4.0',
    story:
      'A learner is put among those who get proposals only after its DIFF was computed, and what was proposed in between is never sent to it: its log has a hole.',
    property: 'proposalConsistent',
    present: false,
  },
  {
    name: 'no-trunc-in-range',
    entry: 6,
    title: 'No TRUNC inside the committed log',
    issue: 'ZOOKEEPER-1154',
    versions: 'before 3.3.4, 3.4.0',
    story:
      'A follower whose last transaction lies inside the range of the committed log, but not in the log itself, gets a DIFF and keeps the transaction that nobody committed.',
    property: 'C.11',
    present: false,
  },
  {
    name: 'truncate-before-record',
    entry: 7,
    title: 'TRUNC cuts one record too many',
    issue: 'ZOOKEEPER-1156',
    versions: 'before 3.3.4, 3.4.0',
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
    versions: 'none released: in the making of 3.4.0',
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
    versions: 'none released: in the making of 3.4.0',
    story:
      'A leader writes acceptedEpoch while others hear of the epoch already. If it crashes in between, it knows nothing of the epoch that it has proposed, and may propose it again.',
    property: 'C.2',
    present: false,
  },
  {
    name: 'sync-skips-session-map',
    entry: 9,
    title: 'Sessions seen in a synchronisation are forgotten',
    issue: 'ZOOKEEPER-1367',
    versions: 'before 3.3.5, 3.4.3',
    story:
      'A learner applies a createSession that comes before UPTODATE to its tree, but does not enter the session in its list. If it leads later, nobody can expire that session, and its ephemerals stay for ever.',
    property: 'C.11',
    present: false,
  },
  {
    name: 'no-rollover-check',
    entry: 10,
    title: 'The counter runs over into the epoch',
    issue: 'ZOOKEEPER-1277',
    versions: 'before 3.3.5, 3.4.4',
    story:
      'Nobody stops a leader whose counter has reached 0xffffffff: the next zxid is of an epoch that nobody has elected, no ack of it counts, and the ensemble serves no writes any more.',
    property: 'C.1',
    present: false,
  },
] as const satisfies readonly Mutant[];
