/** What each property means for those who use ZooKeeper, and what it would look like broken. */
export const meaningsEn: Readonly<Record<string, string>> = {
  Leadership1:
    'Two leaders of one epoch would hand out the same zxids for different writes. An old leader that has not noticed its end yet is no contradiction: its epoch is older.',
  Leadership2:
    'An epoch is used once. If a second server led it later, the same zxid could name two transactions, one in an old log and one in a new.',
  PrefixConsistency:
    'Lay two servers’ committed histories side by side: one is the beginning of the other. Broken, the servers answer the same question differently, for ever.',
  Integrity:
    'Nothing comes from nowhere. Broken, a server has committed what no client asked of any leader.',
  Agreement:
    'Servers may be behind each other, but not apart: two of them that each committed something of their own can never be brought together.',
  TotalOrder:
    'Everybody counts a before b, or everybody b before a. Locks and queues built on ZooKeeper rest on this.',
  LocalPrimaryOrder:
    'What a leader proposes first is committed first, with nothing left out between: a later write may rest on an earlier one.',
  GlobalPrimaryOrder:
    'When the lead has passed on, what the old leader left comes before all that the new one does.',
  PrimaryIntegrity:
    'A leader that serves knows everything that was committed before its time. Otherwise it would build on a past that is not the others’.',
  CommittedLogMonotonicity:
    'Committed is for good. Broken, a client was told “done” and the write is gone, or is another.',
  CommittedLogDurability:
    'To bring a server into line, its leader may cut its log or replace its tree, but never at the cost of what is committed.',
  LeaderLogCompleteness:
    'Who is elected must have all that is committed, since it makes the others like itself. This fires as soon as a bad leader is elected, before anything is lost.',
  ProcessConsistency:
    'After synchronisation a follower holds nothing that its leader does not. Broken, it keeps a transaction that nobody else knows.',
  TypeOK:
    'A net for nonsense: a server that elects while it broadcasts, a vote for nobody, an epoch below zero.',
  stateConsistent:
    'In the handshake each side checks what the other says of epoch and history. Real ZooKeeper logs an error there, or ends the process.',
  proposalConsistent:
    'A follower sees the zxids of an epoch one by one. A gap means that a proposal was never sent to it, and its log has a hole.',
  commitConsistent:
    'COMMIT names no transaction by content: it means the oldest one that waits. If it names another, real ZooKeeper ends the process.',
  ackConsistent:
    'A follower acknowledges in order, and NEWLEADER before any proposal. A leader that gets them otherwise counts wrong, or gives up.',
  messageLegal:
    'Each phase has its packets: DIFF, TRUNC and SNAP before broadcast, COMMIT after. A packet out of place is dropped, or is fatal.',
  'C.1':
    'acceptedEpoch ≥ currentEpoch ≥ the epoch of the last record, on disk and at all times. Otherwise the server would refuse to start, or promise twice.',
  'C.2':
    'Like a vote that is cast: promised once, and written down before it is said, so that a crash does not free the server to promise again.',
  'C.3':
    'This acknowledgement makes a leader. If what it stands for is only in memory, two crashes are enough to lose a committed write.',
  'C.4':
    'An ack says: it is on my platter. Sent earlier, a power failure turns “committed” into “lost”.',
  'C.5':
    'Committed means that any majority of the future contains somebody who has it on disk. That is the whole idea of a quorum.',
  'C.6':
    'No hole between two records, nor between snapshot and log. A server with a hole starts without complaint and is wrong from then on.',
  'C.7':
    'A server votes with the zxid of its memory, and restarts from its disk. If the two differ, its vote is a lie.',
  'C.8':
    'Whatever the moment of the crash: what comes back is the history up to some zxid, whole, and nothing else. It is tried out after every turn.',
  'C.9':
    'After TRUNC the cut transactions are in no log, no tree and no snapshot that a restart could load. Otherwise they rise again.',
  'C.10':
    'A tree that came by SNAP must also be what a restart finds. A stale log behind it would be replayed on top.',
  'C.11':
    'Same zxid, same tree: data, ACLs, sessions and ephemerals. ZooKeeper itself compares a digest that leaves some of these out.',
  'C.12':
    'An ephemeral without its session would never be deleted: a lock that nobody holds and nobody can take.',
  'C.13':
    'Counters in Stat follow from the children. Clients use them for versions, and servers to catch up on watches.',
  'C.14':
    'Sequential names decide who is first in a lock or a queue. Given twice, or backwards, two clients hold one lock.',
  'C.15': 'A transaction that is applied twice, or behind a later one, changes the tree wrongly.',
  'C.16':
    'A leader checks requests against the tree as it will be. What is applied already must be gone from that picture.',
  'C.17': 'A multi is one transaction. Nobody sees half of it, in no tree and in no snapshot.',
  'C.18':
    'The promise to writers: an OK means done, once, and before everything that begins later.',
  'C.19':
    'An error such as “node exists” was true at its place in the order. A lost connection leaves only: it was done once, or not at all.',
  'C.20': 'One session is one thread of events: answers and effects come in the order of asking.',
  'C.21':
    'Time runs forwards for a session, also when it moves to a server that is behind: that server must refuse it.',
  'C.22': 'What a session wrote, it can read, whichever server answers.',
  'C.23':
    'Reads may be old; sync brings a server up to date first. Then a read is as fresh as the sync.',
  'C.24':
    'A client that sees new data has been told by its watch before. A watch fires once, for something that did happen, and none is lost.',
  'C.25':
    'Nobody is thrown out early, and after the end nothing is done in that session’s name. After a change of leader every session gets its full time again.',
  'C.26': 'Once a session is closed, its ephemerals are gone in every tree that knows of the end.',
  'C.27':
    'A server that trusts one voice, or one of an old round, leads without having been elected.',
  'C.28':
    'Votes go to the later epoch, then to the longer history. Broken, the winner lacks what others have.',
  'C.29':
    'Every majority shares a member with every other. So a new epoch above all of one majority is above all that were ever in force.',
  'D.1':
    'With a majority alive and connected, ZooKeeper is available again: that is what it is for.',
  'D.2': 'Nobody looks for a leader for ever while one is there.',
  'D.3': 'An accepted request gets its answer: no client waits for ever.',
  'D.4': 'A leader that has lost its majority must stop answering, or it serves the past.',
  'D.5': 'Locks of dead clients are freed.',
  'D.6': 'A crash leaves nothing on disk at which the next start fails.',
  'D.7': 'An election costs seconds of silence: none without need.',
};
