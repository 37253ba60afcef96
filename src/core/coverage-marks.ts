/**
 * Coverage marks: every rare branch of the protocol has a name, which the server notes when it
 * takes the branch. The simulator says which marks its seeds have hit; one that none hits is a
 * branch that nothing tests.
 */
export interface Mark {
  readonly name: string;
  /** What happens there. */
  readonly what: string;
}

export const MARKS = [
  { name: 'sync.same-zxid', what: 'A learner has all that the leader has: an empty DIFF.' },
  {
    name: 'sync.trunc-beyond-max',
    what: 'A learner is ahead of all that is committed: TRUNC to the newest commit.',
  },
  {
    name: 'sync.from-committed-log',
    what: 'A learner within the committed log is served from memory.',
  },
  { name: 'sync.snap', what: 'A learner is too far behind: SNAP.' },
  {
    name: 'sync.writes-during-snap',
    what: 'There are proposals for a learner while its SNAP goes out: they wait behind it.',
  },
  {
    name: 'sync.snap-after-all',
    what: 'Neither DIFF nor TRUNC fits a learner within the log: SNAP after all.',
  },
  {
    name: 'sync.no-log-on-disk',
    what: 'The log on disk does not reach back to a learner, or is too large to send.',
  },
  {
    name: 'sync.gap-to-committed-log',
    what: 'The log on disk ends before the committed log begins: no DIFF across the gap.',
  },
  { name: 'sync.from-disk', what: 'A learner gets the log on disk first, then the committed log.' },
  { name: 'sync.diff', what: 'A learner has the transaction from which its DIFF begins.' },
  {
    name: 'sync.diff-from-epoch-start',
    what: 'A learner stands at the start of an epoch, which is no transaction: a DIFF all the same.',
  },
  {
    name: 'sync.no-trunc-across-epochs',
    what: 'A learner has a transaction that nobody committed, and the next one is of another epoch: SNAP.',
  },
  {
    name: 'sync.trunc-within-log',
    what: 'A learner has a transaction that nobody committed, within the range of the log: TRUNC before it.',
  },
  {
    name: 'sync.diff-of-nothing',
    what: 'A learner at the start of an epoch has nothing to get: an empty DIFF to the newest commit.',
  },
  {
    name: 'sync.hole-in-log',
    what: 'The log has a hole that a SNAP has left, and is not used across it.',
  },
  {
    name: 'leader.refuses-later-config',
    what: 'A learner knows a later configuration than its leader, and is sent away.',
  },
  {
    name: 'leader.refuses-follower-ahead',
    what: 'A learner is ahead of its leader, and is sent away.',
  },
  { name: 'forward.nothing', what: 'Nothing was proposed behind what a learner is sent.' },
  { name: 'forward.to-be-applied', what: 'A learner joins between a commit and its application.' },
  {
    name: 'forward.outstanding',
    what: 'A learner joins while a proposal waits for its quorum, and gets it.',
  },
  {
    name: 'forward.acked-before',
    what: 'A learner acknowledged an open proposal on an earlier connection: that ack no longer counts.',
  },
  {
    name: 'leader.transaction-timeout',
    what: 'A follower answers pings and does not acknowledge proposals for syncLimit.',
  },
  { name: 'leader.learner-silent', what: 'A learner that serves is not heard for syncLimit.' },
  { name: 'leader.learner-slow-to-join', what: 'A learner that joins is not heard for initLimit.' },
  {
    name: 'leader.epoch-above-own',
    what: 'A follower has accepted a higher epoch than its leader: the new one is above it.',
  },
  {
    name: 'leader.late-ack-epoch',
    what: 'A learner acknowledges an epoch that a quorum has acknowledged before.',
  },
  {
    name: 'leader.ack-epoch-not-counted',
    what: 'A follower had accepted the epoch before: its ACKEPOCH does not count.',
  },
  {
    name: 'leader.gives-up-behind-write',
    what: 'A leader runs out of time while it writes an epoch file, and gives up when that is done.',
  },
  { name: 'leader.no-quorum-for-epoch', what: 'No quorum says FOLLOWERINFO within initLimit.' },
  {
    name: 'leader.no-quorum-acks-epoch',
    what: 'No quorum acknowledges the epoch within initLimit.',
  },
  {
    name: 'leader.no-quorum-synchronized',
    what: 'No quorum acknowledges NEWLEADER within initLimit.',
  },
  {
    name: 'leader.lost-quorum',
    what: 'A leader has not heard of a quorum for syncLimit, and gives up.',
  },
  {
    name: 'leader.not-designated',
    what: 'A new leader finds a configuration that it does not belong to, and hands over.',
  },
  {
    name: 'leader.roll-over',
    what: 'The counter of zxids is used up: the leader gives up, and a new epoch begins.',
  },
  {
    name: 'leader.quorum-out-of-turn',
    what: 'An ack comes for a proposal whose predecessor is still open.',
  },
  {
    name: 'leader.may-not-commit',
    what: 'An ack reaches a leader that a reconfiguration has deposed.',
  },
  {
    name: 'leader.deposes-itself',
    what: 'A leader commits a configuration in which another one leads.',
  },
  {
    name: 'leader.sync-waits',
    what: 'A sync waits for the commit of what was proposed before it.',
  },
  {
    name: 'learner.leader-refuses',
    what: 'The elected leader does not take the connection, five times.',
  },
  { name: 'learner.dials-again', what: 'The elected leader does not listen yet: once more.' },
  {
    name: 'learner.hung-up-while-writing',
    what: 'The connection breaks while a learner waits for its disk.',
  },
  {
    name: 'learner.leader-does-not-answer',
    what: 'Nothing answers the dial to the elected leader for initLimit.',
  },
  { name: 'learner.leader-silent', what: 'A follower does not hear of its leader for syncLimit.' },
  { name: 'learner.join-times-out', what: 'A learner that joins waits too long for its leader.' },
  { name: 'learner.packets-wait', what: 'Packets come while a learner waits for its disk.' },
  {
    name: 'learner.epoch-accepted-before',
    what: 'A learner joins in an epoch that it has accepted before.',
  },
  {
    name: 'learner.leader-behind',
    what: 'The leader proposes an epoch below the one that a learner has accepted.',
  },
  { name: 'learner.diff', what: 'A learner takes a DIFF.' },
  { name: 'learner.trunc', what: 'A learner takes a TRUNC.' },
  {
    name: 'learner.trunc-out-of-reach',
    what: 'A learner is to be cut back into what came to it by SNAP.',
  },
  { name: 'learner.snap', what: 'A learner takes a SNAP.' },
  { name: 'learner.snap-cuts-log', what: 'The log of a learner goes beyond the SNAP it takes.' },
  { name: 'learner.snap-replaces-newer', what: 'A learner has a newer snapshot than its SNAP.' },
  {
    name: 'learner.proposal-before-uptodate',
    what: 'A proposal comes between NEWLEADER and UPTODATE.',
  },
  {
    name: 'learner.commit-before-uptodate',
    what: 'A commit comes between NEWLEADER and UPTODATE.',
  },
  {
    name: 'learner.inform-in-sync',
    what: 'An observer hears of a commit while it is brought up to date.',
  },
  {
    name: 'learner.reconfig-in-sync',
    what: 'A reconfiguration is committed while a follower is brought up to date.',
  },
  {
    name: 'learner.reconfig-at-uptodate',
    what: 'The configuration of a new leader changes what its learner is.',
  },
  {
    name: 'learner.uncommitted-at-newleader',
    what: 'At NEWLEADER a learner holds proposals that are not committed: they are not logged yet.',
  },
  {
    name: 'election.better-vote-at-the-end',
    what: 'A better vote comes when a quorum has agreed already.',
  },
  {
    name: 'election.other-vote-at-the-end',
    what: 'Another vote comes when a quorum has agreed: it is dropped, and the wait starts over.',
  },
  {
    name: 'election.higher-round',
    what: 'A vote of a higher round comes: the round is taken over, what was counted is forgotten.',
  },
  {
    name: 'election.round-of-voter-to-be',
    what: 'A server that a reconfiguration is about to make a voter is in a higher round, and votes for nobody.',
  },
  { name: 'election.lower-round', what: 'A vote of a lower round comes: its sender is told.' },
  {
    name: 'election.leader-of-this-round',
    what: 'Others have decided in the round in which this server still looks.',
  },
  {
    name: 'election.joins-a-leader',
    what: 'A quorum that follows a leader of another round is joined.',
  },
  {
    name: 'election.others-follow-me',
    what: 'A quorum says that it follows this server, which looks for a leader: it leads only in the same round.',
  },
  { name: 'election.notifies-again', what: 'No vote comes in time: the own one is said again.' },
  {
    name: 'election.connects-again',
    what: 'Votes cannot be delivered at all: everybody is dialled again.',
  },
  { name: 'votes.last-one-again', what: 'A new connection for votes carries the last one again.' },
  {
    name: 'votes.connection-replaced',
    what: 'A connection for votes takes the place of an older one.',
  },
  { name: 'votes.dials-back', what: 'A server with a smaller id dials: it is dialled back.' },
  { name: 'votes.dial-timeout', what: 'A dial for votes is not answered for five seconds.' },
  {
    name: 'role.forgets-half-a-sync',
    what: 'A TRUNC or SNAP breaks off: the tree is read from the disk again.',
  },
  {
    name: 'role.drains-its-log',
    what: 'A role ends while records are being synced: the log is finished first.',
  },
  { name: 'role.suggested', what: 'A reconfiguration names the next leader: nobody is elected.' },
  {
    name: 'role.catches-up-with-log',
    what: 'A role ends with more in the log than in the tree, which takes it in.',
  },
  {
    name: 'recovery.torn-record',
    what: 'The last record of a log file is torn: it counts as never written.',
  },
  {
    name: 'recovery.damaged-snapshot',
    what: 'A snapshot does not load: the one before it is tried.',
  },
  {
    name: 'recovery.epoch-tmp',
    what: 'currentEpoch is older than the log, and currentEpoch.tmp beside it makes up for it.',
  },
  {
    name: 'recovery.epoch-of-log',
    what: 'The log holds an epoch that was accepted and is not in currentEpoch: the server crashed as it joined.',
  },
  { name: 'recovery.empty-disk', what: 'An empty data directory: the first snapshot is written.' },
  {
    name: 'recovery.no-epoch-file',
    what: 'There is no epoch file: the epoch of the last transaction counts.',
  },
  {
    name: 'recovery.refuses',
    what: 'What is on the disk cannot be made sense of: the server does not start.',
  },
  { name: 'log.group-commit', what: 'Several records are made durable by one sync.' },
  {
    name: 'snapshot.too-busy',
    what: 'The next snapshot is due while the last is still being taken.',
  },
  { name: 'snapshot.fuzzy', what: 'Transactions are applied while a snapshot is taken.' },
  { name: 'snapshot.purges', what: 'Old snapshots go, and the log that only they needed.' },
  {
    name: 'learner.takes-over-proposals',
    what: 'What came between NEWLEADER and UPTODATE goes through the processors at UPTODATE.',
  },
  {
    name: 'session.expires',
    what: 'A session is not heard of for its timeout: the leader closes it.',
  },
  {
    name: 'session.client-saw-more',
    what: 'A client has seen more than the server that it connects to, and must try another.',
  },
  { name: 'session.not-read-only', what: 'A client that wants no read-only server meets one.' },
  { name: 'session.invalid', what: 'A client comes back to a session that has expired.' },
  {
    name: 'session.revalidated',
    what: 'A client comes back to its session on another server, which asks the leader.',
  },
  {
    name: 'container.removed',
    what: 'An empty container, or a TTL node past its time, is removed.',
  },
] as const satisfies readonly Mark[];

export type MarkName = (typeof MARKS)[number]['name'];
