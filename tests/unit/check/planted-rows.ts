/**
 * Violations planted by hand: each must be caught, at once, by the invariant that names it and by
 * its exact sentence. Where others follow from the same fault, `also` lists them.
 */
import { boot, callLeader, crash, elect, join, lead } from './stories.ts';
import { propose, write, type Cast } from './stories.ts';

const first: Cast = { leader: 3, followers: [1, 2], epoch: 1 };
const second: Cast = { leader: 2, followers: [1], epoch: 2 };
const started = [boot([1, 2, 3]), elect(first)];
const five: Cast = { leader: 5, followers: [1, 2, 3, 4], epoch: 1 };

export interface Row {
  readonly name: string;
  readonly lines: readonly string[];
  readonly property: string;
  readonly why: string;
  readonly also?: readonly string[];
  readonly voters?: number;
}

/** A follower commits more than its leader told it: what only a faulty server does. */
const commitAlone = (sid: number, zxid: string): string =>
  `${String(sid)}: got COMMIT ${zxid.replace("'", '')}; apply ${zxid}`;

const leadership: readonly Row[] = [
  {
    name: 'two leaders of one epoch at once',
    lines: [...started, '2: leading broadcast 1'],
    property: 'Leadership1',
    why: 'Servers 3 and 2 both lead epoch 1 now.',
  },
  {
    name: 'a second leader that only synchronises yet, while the first is paused',
    lines: [
      boot([1, 2, 3, 4, 5]),
      elect({ ...five, followers: [3, 4] }),
      '3: looking\n4: looking',
      '1: leading discovery 1; accepted 1; leading synchronization 1',
    ],
    property: 'Leadership1',
    why: 'Servers 5 and 1 both lead epoch 1 now.',
    voters: 5,
  },
  {
    name: 'an epoch is led again by somebody else after a crash',
    lines: [
      ...started,
      crash(3),
      '1: looking\n2: looking',
      '2: leading discovery 1',
      '2: current 1; established 1; leading synchronization 1',
    ],
    property: 'Leadership2',
    why: 'Server 2 became the leader of epoch 1, which server 3 had led before.',
  },
  {
    name: 'the same with a later epoch in between',
    lines: [
      ...started,
      crash(3),
      '1: looking\n2: looking',
      elect(second),
      '1: looking; leading discovery 1; established 1',
    ],
    property: 'Leadership2',
    why: 'Server 1 became the leader of epoch 1, which server 3 had led before.',
  },
];

const order: readonly Row[] = [
  {
    name: 'another transaction under the same zxid',
    lines: [
      ...started,
      '3: propose 1.1; send PROPOSAL 1.1; log 1.1; sync 1.1',
      "1: log 1.1'; sync 1.1'; send ACK 1.1",
      '3: commit 1.1 by 1,3; apply 1.1',
      commitAlone(1, "1.1'"),
    ],
    property: 'PrefixConsistency',
    why:
      'Server 3 committed 0x100000001 (delete /a by session 0x1000abc) but server 1 committed ' +
      'another transaction under the same zxid.',
    also: ['Agreement', 'Integrity'],
  },
  {
    name: 'a ghost in the log, found when its server serves again',
    lines: [
      ...started,
      write(first, '1.1'),
      propose(first, '1.2', [3]),
      crash(3),
      '1: looking\n2: looking',
      elect(second, '1.1'),
      write(second, '2.1'),
      '3: boot 1.1 1.2 epochs=1/1; looking; following 2 discovery 2',
      '3: got LEADERINFO 2.0',
      '3: accepted 2; following 2 synchronization 2',
      '3: got DIFF 2.1',
      '3: got COMMIT 2.1',
      '3: got NEWLEADER 2.0',
      '3: log 2.1; sync 2.1; apply 2.1; current 2; following 2 broadcast 2',
    ],
    property: 'PrefixConsistency',
    why:
      'Server 2 committed 0x200000001 (delete /a by session 0x1000abc) after 0x100000001, but ' +
      'server 3 committed 0x100000002 (delete /a by session 0x1000abc) in its place.',
    also: ['PrimaryIntegrity', 'TotalOrder'],
  },
  {
    name: 'a transaction left out, and the next one committed',
    lines: [
      ...started,
      write({ ...first, followers: [1] }, '1.1'),
      '3: propose 1.2; send PROPOSAL 1.2; log 1.2; sync 1.2',
      '1: log 1.2; sync 1.2; send ACK 1.2',
      '3: commit 1.2 by 1,3; apply 1.2',
      '1: got COMMIT 1.2; apply 1.2',
      commitAlone(2, '1.2'),
    ],
    property: 'TotalOrder',
    why:
      'Server 1 committed 0x100000001 (delete /a by session 0x1000abc) before 0x100000002 ' +
      '(delete /a by session 0x1000abc), but server 2 committed the latter without the former.',
    also: ['LocalPrimaryOrder', 'PrefixConsistency'],
  },
  {
    name: 'a transaction committed twice',
    lines: [...started, write(first, '1.1'), write(first, '1.2'), '1: apply 1.1'],
    property: 'TotalOrder',
    why:
      'Server 3 committed 0x100000001 (delete /a by session 0x1000abc) once, but server 1 ' +
      'committed it again after 0x100000002.',
    also: ['C.15', 'LocalPrimaryOrder'],
  },
  {
    name: 'the histories of two servers part',
    lines: [
      boot([1, 2, 3]),
      elect({ ...first, followers: [1] }),
      write({ ...first, followers: [1] }, '1.1'),
      '3: propose 1.2; log 1.2; sync 1.2',
      '1: log 1.2; sync 1.2; send ACK 1.2',
      '3: commit 1.2 by 1,3; apply 1.2',
      commitAlone(1, '1.3'),
    ],
    property: 'Agreement',
    why:
      'Server 1 committed 0x100000003, which server 3 did not, and server 3 committed ' +
      '0x100000002, which server 1 did not.',
    also: ['Integrity', 'LocalPrimaryOrder', 'PrefixConsistency'],
  },
  {
    name: 'commits of an earlier epoch after those of a later one',
    lines: [
      boot([1, 2, 3], '1.1', 'epochs=1/1'),
      elect(second, '1.1'),
      write(second, '2.1'),
      '1: apply 1.1',
    ],
    property: 'GlobalPrimaryOrder',
    why: 'Server 1 committed 0x100000001 of epoch 1 after 0x200000001 of the later epoch 2.',
    also: ['C.15', 'TotalOrder'],
  },
  {
    name: 'a leader of an old epoch goes on committing after it has followed a newer one',
    lines: [
      ...started,
      write(first, '1.1'),
      crash(3),
      '1: looking\n2: looking',
      elect(second, '1.1'),
      write(second, '2.1'),
      '1: log 1.2; apply 1.2',
    ],
    property: 'GlobalPrimaryOrder',
    why: 'Server 1 committed 0x100000002 of epoch 1 after 0x200000001 of the later epoch 2.',
    also: ['C.15', 'C.6', 'Integrity'],
  },
  {
    name: 'a commit out of the middle of what the leader proposed',
    lines: [
      ...started,
      propose(first, '1.1', [1, 2, 3]),
      propose(first, '1.2', [1, 2, 3]),
      '3: commit 1.2 by 1,2,3',
    ],
    property: 'LocalPrimaryOrder',
    why:
      'The leader of epoch 1 proposed 0x100000001 before 0x100000002, but server 3 committed the ' +
      'latter without the former.',
  },
  {
    name: 'a leader starts in the middle of an epoch that it does not know whole',
    lines: [
      ...started,
      '3: propose 1.1; send PROPOSAL 1.1',
      '3: propose 1.2; send PROPOSAL 1.2; log 1.2',
      '1: log 1.2; sync 1.2',
      '2: log 1.2; sync 1.2',
      crash(3),
      '1: looking\n2: looking',
      elect(second, '1.2'),
    ],
    property: 'LocalPrimaryOrder',
    why:
      'The leader of epoch 1 proposed 0x100000001 before 0x100000002, but server 2 committed the ' +
      'latter without the former.',
  },
  {
    name: 'a commit of what nobody proposed',
    lines: [...started, '1: log 1.1', commitAlone(1, '1.1')],
    property: 'Integrity',
    why: 'Server 1 committed 0x100000001, but no leader ever proposed that transaction.',
  },
  {
    name: 'a commit of other content than was proposed',
    lines: [
      ...started,
      '3: propose 1.1; send PROPOSAL 1.1; log 1.1; sync 1.1',
      "1: log 1.1'; sync 1.1",
      commitAlone(1, "1.1'"),
    ],
    property: 'Integrity',
    why:
      'Server 1 committed a transaction under 0x100000001 that is not the one which was proposed ' +
      'under it.',
  },
];

/** Server 2 becomes the leader of epoch 2 without 1.1, which a quorum of 1 and 3 had. */
const badLeader = [
  boot([1, 2, 3]),
  elect({ ...first, followers: [1] }),
  write({ ...first, followers: [1] }, '1.1'),
  crash(3),
  '1: looking\n2: looking',
];

const loss: readonly Row[] = [
  {
    name: 'a leader is made that lacks a committed transaction',
    lines: [...badLeader, lead({ ...second, followers: [] })],
    property: 'LeaderLogCompleteness',
    why:
      'Server 2 became the leader of epoch 2 without 0x100000001 (delete /a by session ' +
      '0x1000abc), which server 3 had committed.',
    also: ['C.29'],
  },
  {
    name: 'an old leader commits what the new one should have had',
    lines: [
      boot([1, 2, 3, 4, 5]),
      elect({ ...five, followers: [1, 2] }),
      propose({ ...five, followers: [] }, '1.1', [1, 2, 5]),
      lead({ leader: 4, followers: [3], epoch: 2 }),
      '5: commit 1.1 by 1,2,5; apply 1.1',
    ],
    property: 'LeaderLogCompleteness',
    why:
      'Server 4 became the leader of epoch 2 without 0x100000001 (delete /a by session ' +
      '0x1000abc), which server 5 had committed.',
    also: ['C.29'],
    voters: 5,
  },
  {
    name: 'a leader serves without a committed transaction',
    lines: [...badLeader, elect({ leader: 2, followers: [], epoch: 2 })],
    property: 'CommittedLogMonotonicity',
    why:
      'Server 3 committed 0x100000001 (delete /a by session 0x1000abc), but the committed ' +
      'history of server 2, leader of epoch 2, goes on without it.',
    also: ['C.29', 'LeaderLogCompleteness'],
  },
  {
    name: 'a leader loses its own commit in a crash, and overwrites it',
    lines: [
      boot([1, 2, 3]),
      elect(first),
      '3: propose 1.1; send PROPOSAL 1.1',
      '1: log 1.1; send ACK 1.1',
      '2: log 1.1; send ACK 1.1',
      '3: commit 1.1 by 1,2; apply 1.1',
      crash(1, 2, 3),
      boot([1, 2, 3], '', 'epochs=1/1'),
      elect({ leader: 3, followers: [1, 2], epoch: 2 }),
    ],
    property: 'CommittedLogMonotonicity',
    why:
      'Server 3 committed 0x100000001 (delete /a by session 0x1000abc), but the committed ' +
      'history of server 3, leader of epoch 2, goes on without it.',
    also: ['C.4', 'C.5', 'LeaderLogCompleteness'],
  },
  {
    name: 'TRUNC cuts off what was committed',
    lines: [
      ...started,
      write(first, '1.1'),
      write(first, '1.2'),
      '1: looking; following 3 synchronization 1',
      '1: got TRUNC 1.1',
      '1: trunc 1.1',
    ],
    property: 'CommittedLogDurability',
    why:
      'Server 3 committed 0x100000002 (delete /a by session 0x1000abc), but TRUNC removed it ' +
      'from the history of server 1.',
  },
  {
    name: 'SNAP takes back what this server never saw committed, though it was',
    lines: [
      ...started,
      write(first, '1.1'),
      '3: propose 1.2; send PROPOSAL 1.2; log 1.2; sync 1.2',
      '2: log 1.2; sync 1.2; send ACK 1.2',
      '1: log 1.2; sync 1.2; send ACK 1.2',
      '3: commit 1.2 by 1,2,3; apply 1.2',
      '2: looking; following 3 synchronization 1',
      '2: got SNAP 1.1',
      '2: snap 1.1 epochs=1/1',
    ],
    property: 'CommittedLogDurability',
    why:
      'Server 3 committed 0x100000002 (delete /a by session 0x1000abc), but SNAP removed it from ' +
      'the history of server 2.',
  },
  {
    name: 'a follower keeps a transaction that its leader lacks',
    lines: [
      boot([1, 2], '1.1', 'epochs=1/1'),
      '3: boot 1.1 1.2 epochs=1/1; looking',
      elect(second, '1.1'),
      `3: ${callLeader(2, 2)}`,
      '3: got LEADERINFO 2.0; accepted 2; send ACKEPOCH 1.2',
      join(second, 3, '1.2'),
    ],
    property: 'ProcessConsistency',
    why:
      'Server 3 acknowledged NEWLEADER of epoch 2 with 0x100000002 in its history, which its ' +
      'leader, server 2, does not have.',
  },
  {
    name: 'a follower has other content in the middle, and the same end',
    lines: [
      boot([1, 2], '1.1 1.2 1.3', 'epochs=1/1'),
      "3: boot 1.1 1.2' 1.3 epochs=1/1; looking",
      lead({ ...second, followers: [1, 3] }, '1.3'),
      join(second, 3, '1.3'),
    ],
    property: 'ProcessConsistency',
    why:
      'Server 3 acknowledged NEWLEADER of epoch 2 with another transaction under 0x100000002 ' +
      'than its leader, server 2, has.',
  },
  {
    name: 'a follower committed more of the old epoch than its leader',
    lines: [
      ...started,
      write(first, '1.1'),
      '3: propose 1.2; send PROPOSAL 1.2; log 1.2; sync 1.2',
      '1: log 1.2; sync 1.2; send ACK 1.2',
      '3: commit 1.2 by 1,3; apply 1.2',
      '1: got COMMIT 1.2; apply 1.2',
      crash(3),
      '1: looking\n2: looking',
      elect(second, '1.2'),
    ],
    property: 'PrimaryIntegrity',
    why:
      'Server 1 follows server 2 in epoch 2 and has committed 0x100000002 (delete /a by session ' +
      '0x1000abc), which its leader has not.',
    also: ['CommittedLogMonotonicity', 'LeaderLogCompleteness', 'ProcessConsistency'],
  },
];

const disks: readonly Row[] = [
  {
    name: 'currentEpoch overtakes acceptedEpoch',
    lines: [...started, '1: current 2'],
    property: 'C.1',
    why: 'On the disk of server 1 currentEpoch is 2, but acceptedEpoch only 1.',
  },
  {
    name: 'an epoch file is older after a restart',
    lines: [...started, write(first, '1.1'), crash(2), '2: boot 1.1 epochs=1/0'],
    property: 'C.1',
    why: 'The currentEpoch of server 2 was 1 on its disk and went back to 0.',
  },
  {
    name: 'the counter runs over into the epoch',
    lines: [...started, '1: log 2.0'],
    property: 'C.1',
    why: 'Server 1 logged 0x200000000 of epoch 2, but its acceptedEpoch file says 1.',
  },
  {
    name: 'a promise before it is on disk',
    lines: [
      boot([1, 2, 3]),
      '3: leading discovery 1',
      `1: ${callLeader(3, 1)}`,
      '3: accepted 1; send LEADERINFO 1.0',
      '1: got LEADERINFO 1.0; send ACKEPOCH 0.0',
    ],
    property: 'C.2',
    why: 'Server 1 promised epoch 1 with ACKEPOCH, but its acceptedEpoch file says 0.',
  },
  {
    name: 'a leader proposes an epoch before it has accepted it itself',
    lines: [
      boot([1, 2, 3]),
      '3: leading discovery 1',
      `1: ${callLeader(3, 1)}`,
      '3: send LEADERINFO 1.0; accepted 1',
    ],
    property: 'C.2',
    why: 'Server 3 proposed epoch 1 with LEADERINFO, but its own acceptedEpoch file says 0.',
  },
  {
    name: 'a promise given twice, over a restart',
    lines: [
      ...started,
      crash(1),
      '1: boot epochs=1/1; looking; following 2 discovery 1',
      '1: got LEADERINFO 1.0; send ACKEPOCH 0.0',
    ],
    property: 'C.2',
    why: 'Server 1 promised epoch 1 to server 3, and then to server 2.',
  },
  {
    name: 'the new epoch is written before the transactions of the synchronisation',
    lines: [
      ...started,
      write({ ...first, followers: [1] }, '1.1'),
      crash(2),
      '2: wipe',
      '2: boot epochs=0/0; looking; accepted 1; following 3 synchronization 1',
      '2: got DIFF 1.1',
      '2: got COMMIT 1.1',
      '2: got NEWLEADER 1.0',
      '2: current 1; log 1.1; sync 1.1',
    ],
    property: 'C.3',
    why:
      'Server 2 wrote currentEpoch 1, but 0x100000001, which its leader had committed by then, ' +
      'is not in its log.',
  },
  {
    name: 'NEWLEADER is acknowledged between write and sync',
    lines: [
      ...started,
      write({ ...first, followers: [1] }, '1.1'),
      '2: looking; following 3 synchronization 1',
      '2: got DIFF 1.1',
      '2: got COMMIT 1.1',
      '2: got NEWLEADER 1.0',
      '2: log 1.1; apply 1.1; synchronized 1.1; send ACK 1.0; sync 1.1',
    ],
    property: 'C.3',
    why:
      'Server 2 acknowledged NEWLEADER of epoch 1, but 0x100000001, which its leader had ' +
      'committed by then, is only in its page cache.',
  },
  {
    name: 'NEWLEADER is acknowledged before its epoch is on disk',
    lines: [
      boot([1, 2, 3]),
      lead(first),
      '1: following 3 synchronization 1',
      '1: got DIFF 0.0',
      '1: got NEWLEADER 1.0',
      '1: synchronized 0.0; send ACK 1.0; current 1',
    ],
    property: 'C.3',
    why: 'Server 1 acknowledged NEWLEADER of epoch 1, but its currentEpoch file says 0.',
  },
  {
    name: 'a proposal is acknowledged from the page cache',
    lines: [
      ...started,
      '3: propose 1.1; send PROPOSAL 1.1; log 1.1; sync 1.1',
      '1: log 1.1; send ACK 1.1; sync 1.1',
    ],
    property: 'C.4',
    why: 'Server 1 acknowledged 0x100000001, which is only in its page cache.',
  },
  {
    name: 'a leader counts itself before its disk',
    lines: [
      boot([1, 2, 3, 4, 5]),
      elect(five),
      propose(five, '1.1', [1, 2, 3]),
      '5: log 1.1; commit 1.1 by 1,2,3,5; apply 1.1',
    ],
    property: 'C.4',
    why: 'Server 5 counted its own ack of 0x100000001, which is only in its page cache.',
    voters: 5,
  },
  {
    name: 'a commit with too few acks',
    lines: [
      boot([1, 2, 3, 4, 5]),
      elect(five),
      propose(five, '1.1', [1, 5]),
      '5: commit 1.1 by 1,5',
    ],
    property: 'C.5',
    why:
      '0x100000001 was committed, but of the voters 1, 2, 3, 4, 5 only 1, 5 had it on disk, ' +
      'which is no majority.',
    voters: 5,
  },
  {
    name: 'a hole between two records',
    lines: [...started, write(first, '1.1'), '1: log 1.3'],
    property: 'C.6',
    why: 'Server 1 logged 0x100000003 right after 0x100000001: its log has a hole.',
  },
  {
    name: 'a hole between the snapshot and the log',
    lines: ['1: boot 1.7 base=1.5 epochs=1/1'],
    property: 'C.6',
    why: 'Server 1 found 0x100000007 right after 0x100000005 on its disk: its log has a hole.',
  },
  {
    name: 'a restart recovers less than was durable',
    lines: [...started, write(first, '1.1'), write(first, '1.2'), crash(2), '2: boot 1.1'],
    property: 'C.8',
    why:
      'Everything up to 0x100000002 was durable on the disk of server 2, but its restart ' +
      'recovered nothing after 0x100000001.',
  },
  {
    name: 'a restart recovers the same history as another tree',
    lines: [...started, write(first, '1.1'), crash(2), '2: boot 1.1 tree=abc; started 1,2,3,4'],
    property: 'C.8',
    why:
      'Server 2 processed everything up to 0x100000001, and so did what is on the disk of server ' +
      '2, but its restart found another tree.',
    also: ['C.11'],
  },
  {
    name: 'a restart would find other sessions than there were',
    lines: [...started, write(first, '1.1'), '1: tree 1.1 1,2,3,4', '2: would 1.1 1,2,7,4'],
    property: 'C.8',
    why:
      'Server 1 processed everything up to 0x100000001, and so did what is on the disk of server ' +
      '2, but a restart now would find other sessions.',
  },
  {
    name: 'a new leader is given the epoch that its majority had accepted already',
    lines: [
      boot([1, 2, 3]),
      elect(first),
      crash(3),
      '1: looking\n2: looking',
      '2: leading discovery 1',
      '1: following 2 discovery 1; send FOLLOWERINFO 1.0',
      '2: send LEADERINFO 1.0',
    ],
    property: 'C.29',
    why:
      'Server 2 proposed epoch 1 as a new leader, but server 1 had accepted epoch 1 and server 2 ' +
      'had accepted epoch 1 before.',
    also: ['C.2'],
  },
  {
    name: 'a new leader proposes an epoch that it has agreed upon with nobody',
    lines: [boot([1, 2, 3]), '3: leading discovery 1; accepted 1; send LEADERINFO 1.0'],
    property: 'C.29',
    why: 'Server 3 proposed epoch 1 as a new leader, but no majority had told it theirs before.',
  },
  {
    name: 'TRUNC leaves a record behind',
    lines: [
      ...started,
      write(first, '1.1'),
      propose(first, '1.2', [1]),
      '1: looking; following 3 synchronization 1',
      '1: got TRUNC 1.1',
      '1: trunc 1.1 1.2 at=1.1',
    ],
    property: 'C.9',
    why: 'Server 1 was told to cut its log after 0x100000001, but 0x100000002 is still in it.',
  },
  {
    name: 'TRUNC reloads a snapshot that is later',
    lines: [
      ...started,
      write(first, '1.1'),
      propose(first, '1.2', [1]),
      '1: looking; following 3 synchronization 1',
      '1: got TRUNC 1.1',
      '1: trunc base=1.2 at=1.1 tree=abc',
    ],
    property: 'C.9',
    why:
      'Server 1 was told to cut its log after 0x100000001, but its database rests on the later ' +
      'snapshot 0x100000002.',
    also: ['C.11'],
  },
];

const trees: readonly Row[] = [
  {
    name: 'two trees differ after the same transaction',
    lines: [
      ...started,
      write({ ...first, followers: [1] }, '1.1'),
      '2: log 1.1; sync 1.1',
      '2: got COMMIT 1.1; apply 1.1 tree=deadbeef00000001',
    ],
    property: 'C.11',
    why:
      'Servers 1 and 2 both processed everything up to 0x100000001, and yet their trees differ: ' +
      'digest feed000003e9 against deadbeef00000001.',
  },
  {
    name: 'a ghost in the tree only, after TRUNC',
    lines: [
      ...started,
      write(first, '1.1'),
      '1: looking; following 3 synchronization 1',
      '1: got TRUNC 1.1',
      '1: trunc 1.1 tree=1',
    ],
    property: 'C.11',
    why:
      'Servers 2 and 1 both processed everything up to 0x100000001, and yet their trees differ: ' +
      'digest feed000003e9 against 1.',
  },
  {
    name: 'a tree received by SNAP at the start of an epoch, whose last change is missing',
    lines: [
      ...started,
      write(first, '1.1'),
      crash(3),
      '1: looking\n2: looking',
      elect(second, '1.1'),
      '3: wipe',
      '3: boot epochs=0/0; looking',
      '3: following 2 synchronization 2',
      '3: got SNAP 2.0',
      '3: snap 2.0 tree=abcdef epochs=2/0',
      '3: got NEWLEADER 2.0',
      '3: synchronized 2.0',
    ],
    property: 'C.11',
    why:
      'Servers 2 and 3 both processed everything up to 0x100000001, and yet their trees differ: ' +
      'digest feed000003e9 against abcdef.',
  },
  {
    name: 'trees with equal digests and other ACLs',
    lines: [...started, write(first, '1.1'), '1: tree 1.1 1,2,3,4', '2: tree 1.1 9,2,3,4'],
    property: 'C.11',
    why:
      'Servers 1 and 2 both processed everything up to 0x100000001, and yet they have different ' +
      'ACLs.',
  },
  {
    name: 'a vote for a longer log of an older epoch',
    lines: ['1: looking; vote 1 1.1 2 5', '1: vote 3 1.2 1 5'],
    property: 'C.28',
    why:
      'Server 1 votes for server 3 with epoch 1 and 0x100000002, though it has epoch 2 and ' +
      '0x100000001 itself.',
  },
  {
    name: 'a vote for a shorter log of the same epoch, in a later round',
    lines: ['1: looking; vote 1 1.2 1 5', '1: vote 2 1.3 1 6', '1: vote 3 1.1 1 6'],
    property: 'C.28',
    why:
      'Server 1 votes for server 3 with epoch 1 and 0x100000001, though it has epoch 1 and ' +
      '0x100000002 itself.',
  },
  {
    name: 'an older transaction reaches the tree behind a later one, as the role ends',
    lines: [
      ...started,
      write(first, '1.1'),
      '1: log 1.2; sync 1.2; send ACK 1.2; log 1.3; sync 1.3; send ACK 1.3',
      '1: apply 1.3; apply 1.2',
    ],
    property: 'C.15',
    why: 'The tree of server 1 had processed everything up to 0x100000003, but it applied 0x100000002 after 0x100000003.',
  },
  {
    name: "a server's own report of an impossible branch",
    lines: [...started, '1: claim commitConsistent Committing 0x2 first, 0x1 is.'],
    property: 'commitConsistent',
    why: 'Committing 0x2 first, 0x1 is.',
  },
  {
    name: 'a report under a name that is not listed',
    lines: [...started, '1: claim C.99 An outstanding change is behind the tree.'],
    property: 'C.99',
    why: 'An outstanding change is behind the tree.',
  },
];

export const PLANTED_ROWS: readonly (readonly [string, readonly Row[]])[] = [
  ['leadership', leadership],
  ['order', order],
  ['loss', loss],
  ['disks', disks],
  ['trees', trees],
];
