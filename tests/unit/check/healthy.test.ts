/** Runs that a correct ensemble makes: no invariant may complain about any of them. */
import { expect, test } from 'vitest';
import { firstViolation, propertyViews } from '../../../src/sim/check/checker.ts';
import { broken, check, continueWith, ensemble } from './notation.ts';
import { boot, crash, elect, join, lead, propose, serve, write, type Cast } from './stories.ts';

const first: Cast = { leader: 3, followers: [1, 2], epoch: 1 };
const second: Cast = { leader: 2, followers: [1], epoch: 2 };
const started = [boot([1, 2, 3]), elect(first)];

interface Row {
  readonly name: string;
  readonly lines: readonly string[];
  readonly voters?: number;
  readonly observers?: number;
}

const rows: readonly Row[] = [
  {
    name: 'a first election and two writes',
    lines: [...started, write(first, '1.1'), write(first, '1.2')],
  },
  {
    name: 'the leader commits before its own disk, and crashes',
    lines: [
      ...started,
      '3: propose 1.1; send PROPOSAL 1.1',
      '1: log 1.1; sync 1.1; send ACK 1.1',
      '2: log 1.1; sync 1.1; send ACK 1.1',
      '3: commit 1.1 by 1,2; apply 1.1; log 1.1',
      '1: got COMMIT 1.1; apply 1.1',
      crash(3),
      '1: looking\n2: looking',
      elect(second, '1.1'),
      write(second, '2.1'),
      // The old leader lost the record; a DIFF brings it back, and the epoch comes last.
      '3: boot epochs=1/1; looking',
      '3: following 2 discovery 2',
      '3: got LEADERINFO 2.0',
      '3: accepted 2; send ACKEPOCH 0.0; following 2 synchronization 2',
      '3: got DIFF 2.1',
      '3: got COMMIT 1.1',
      '3: got COMMIT 2.1',
      '3: got NEWLEADER 2.0',
      '3: log 1.1; log 2.1; apply 1.1; apply 2.1',
      '3: sync 2.1',
      '3: current 2; synchronized 2.1; send ACK 2.0',
      '3: following 2 broadcast 2',
      write({ ...second, followers: [1, 3] }, '2.2'),
    ],
  },
  {
    name: 'an uncommitted transaction of a dead leader is truncated',
    lines: [
      ...started,
      write(first, '1.1'),
      propose(first, '1.2', [3]),
      crash(3),
      '1: looking\n2: looking',
      elect(second, '1.1'),
      write(second, '2.1'),
      '3: boot 1.1 1.2 epochs=1/1; looking',
      '3: following 2 discovery 2',
      '3: got LEADERINFO 2.0',
      '3: accepted 2; send ACKEPOCH 1.2; following 2 synchronization 2',
      '3: got TRUNC 1.1',
      '3: trunc 1.1 epochs=2/1',
      '3: got COMMIT 2.1; apply 2.1',
      '3: got NEWLEADER 2.0',
      '3: current 2; synchronized 2.1; send ACK 2.0',
      '3: following 2 broadcast 2',
      write({ ...second, followers: [1, 3] }, '2.2'),
    ],
  },
  {
    name: 'an uncommitted transaction survives with the next leader, and is committed',
    lines: [
      ...started,
      write(first, '1.1'),
      propose(first, '1.2', [2, 3]),
      crash(3),
      // Shutting down, server 2 replays its log into its tree: nobody committed that.
      '1: looking\n2: apply 1.2; looking',
      lead({ ...second }, '1.1'),
      '1: following 2 synchronization 2',
      '1: got DIFF 1.2',
      '1: got COMMIT 1.2',
      '1: got NEWLEADER 2.0',
      '1: log 1.2; apply 1.2; sync 1.2; current 2; synchronized 1.2; send ACK 2.0',
      serve(second),
      write(second, '2.1'),
    ],
  },
  {
    name: 'the same without a note of the replay',
    lines: [
      ...started,
      write(first, '1.1'),
      propose(first, '1.2', [1, 2, 3]),
      crash(3),
      '1: looking\n2: looking',
      elect(second, '1.2'),
      write(second, '2.1'),
    ],
  },
  {
    name: 'a replayed transaction is truncated: its tree had it, but it was not committed',
    lines: [
      boot([1, 2, 3, 4, 5]),
      elect({ leader: 5, followers: [1, 2, 3, 4], epoch: 1 }),
      write({ leader: 5, followers: [1, 2, 3, 4], epoch: 1 }, '1.1'),
      propose({ leader: 5, followers: [], epoch: 1 }, '1.2', [4, 5]),
      '4: apply 1.2; looking\n1: looking\n2: looking\n3: looking',
      elect({ leader: 3, followers: [1, 2], epoch: 2 }, '1.1'),
      '4: following 3 discovery 2',
      '4: got LEADERINFO 2.0',
      '4: accepted 2; send ACKEPOCH 1.2; following 3 synchronization 2',
      '4: got TRUNC 1.1',
      '4: trunc 1.1 epochs=2/1',
      '4: got NEWLEADER 2.0',
      '4: current 2; synchronized 1.1; send ACK 2.0; following 3 broadcast 2',
      write({ leader: 3, followers: [1, 2, 4], epoch: 2 }, '2.1'),
    ],
    voters: 5,
  },
  {
    name: 'a deposed leader commits late what its successor has',
    lines: [
      boot([1, 2, 3, 4, 5]),
      elect({ leader: 5, followers: [1, 2, 3, 4], epoch: 1 }),
      propose({ leader: 5, followers: [], epoch: 1 }, '1.1', [1, 2, 5]),
      '1: looking\n2: looking\n3: looking',
      lead({ leader: 2, followers: [1, 3], epoch: 2 }, '1.1'),
      // Its acks had been under way; it knows nothing of epoch 2.
      '5: commit 1.1 by 1,2,5; apply 1.1',
      join({ leader: 2, followers: [], epoch: 2 }, 1, '1.1'),
      '3: following 2 synchronization 2',
      '3: got DIFF 1.1',
      '3: got COMMIT 1.1',
      '3: got NEWLEADER 2.0',
      '3: log 1.1; apply 1.1; sync 1.1; current 2; synchronized 1.1; send ACK 2.0',
      serve({ leader: 2, followers: [1, 3], epoch: 2 }),
      write({ leader: 2, followers: [1, 3], epoch: 2 }, '2.1'),
      '5: looking\n4: looking',
    ],
    voters: 5,
  },
  {
    name: 'all start from snapshots of different age, after a reload',
    lines: [
      '1: boot 1.3 1.4 1.5 base=1.2 epochs=1/1; looking',
      '2: boot 1.5 base=1.4 epochs=1/1; looking',
      '3: boot 1.1 1.2 1.3 1.4 1.5 epochs=1/1; looking',
      elect({ leader: 2, followers: [1, 3], epoch: 2 }, '1.5'),
      write({ leader: 2, followers: [1, 3], epoch: 2 }, '2.1'),
    ],
  },
  {
    name: 'a fuzzy snapshot arrives, and its tree is right once it has caught up',
    lines: [
      ...started,
      write(first, '1.1'),
      crash(2),
      write({ ...first, followers: [1] }, '1.2'),
      '2: boot 1.1; looking; following 3 discovery 1',
      '2: got LEADERINFO 1.0',
      '2: send ACKEPOCH 1.1 uncounted; following 3 synchronization 1',
      '2: got SNAP 1.2',
      '2: snap 1.2 tree=abc epochs=1/1',
      '3: propose 1.3; send PROPOSAL 1.3; log 1.3; sync 1.3',
      '1: log 1.3; sync 1.3; send ACK 1.3',
      '3: commit 1.3 by 1,3; apply 1.3',
      '1: got COMMIT 1.3; apply 1.3',
      '2: got COMMIT 1.3; apply 1.3',
      '2: got NEWLEADER 1.0',
      '2: synchronized 1.3; send ACK 1.0; following 3 broadcast 1',
      write(first, '1.4'),
    ],
  },
  {
    name: 'an observer learns by INFORM, and logs after it has acknowledged',
    lines: [
      boot([1, 2, 3, 4]),
      elect(first),
      '4: observing 3 discovery 1',
      '4: got LEADERINFO 1.0',
      '4: accepted 1; send ACKEPOCH 0.0; observing 3 synchronization 1',
      '4: got DIFF 0.0',
      '4: got INFORM 1.1',
      '4: got NEWLEADER 1.0',
      write(first, '1.1'),
      '4: current 1; synchronized 0.0; send ACK 1.0; observing 3 broadcast 1',
      '4: log 1.1; apply 1.1',
      '4: got INFORM 1.2',
      write(first, '1.2'),
      '4: log 1.2; apply 1.2; sync 1.2',
    ],
    observers: 1,
  },
  {
    name: 'votes for equals and betters, and an old one sent again on a new connection',
    lines: [
      '1: looking; vote 1 1.1 1 5; vote 2 1.1 1 5; vote 3 1.2 1 5',
      '1: looking; vote 1 1.2 2 6; vote 3 1.2 1 5; vote 2 2.1 2 6',
      crash(1),
      '1: boot 1.1 epochs=2/2; looking; vote 1 1.1 2 1; vote 3 1.2 2 1',
    ],
  },
  {
    name: 'the epoch that a start has found out reaches its file while it is synchronised again',
    lines: [
      ...started,
      write({ ...first, followers: [1] }, '1.1'),
      write({ ...first, followers: [1] }, '1.2'),
      crash(2),
      '2: boot 1.1 epochs=1/1; looking; following 3 synchronization 1',
      '2: got DIFF 1.2',
      '2: got COMMIT 1.2',
      '2: got NEWLEADER 1.0',
      '2: log 1.2',
      '2: current 1',
      '2: sync 1.2; apply 1.2; synchronized 1.2; send ACK 1.0; following 3 broadcast 1',
    ],
  },
  {
    name: 'a data directory is emptied and filled again by SNAP',
    lines: [
      ...started,
      write(first, '1.1'),
      crash(1),
      '1: wipe',
      '1: boot epochs=0/0; looking; following 3 discovery 1',
      '1: got LEADERINFO 1.0',
      '1: accepted 1; send ACKEPOCH 0.0; following 3 synchronization 1',
      '1: got SNAP 1.1',
      '1: snap 1.1 epochs=1/0',
      '1: got NEWLEADER 1.0',
      '1: current 1; synchronized 1.1; send ACK 1.0; following 3 broadcast 1',
      write(first, '1.2'),
    ],
  },
];

test.each(rows)('$name', ({ lines, voters = 3, observers = 0 }) => {
  expect(broken(check(lines, ensemble(voters, observers)))).toEqual({});
});

test('a checkpoint of the checker goes on like the checker itself', () => {
  const checker = check([...started, write(first, '1.1')]);
  const copy = structuredClone(checker);
  continueWith(copy, [write(first, '1.2'), '1: got COMMIT 1.4; apply 1.4']);
  expect(broken(checker)).toEqual({});
  continueWith(checker, [write(first, '1.2'), '1: got COMMIT 1.4; apply 1.4']);
  expect(broken(copy)).toHaveProperty('Integrity');
  expect(broken(copy)).toEqual(broken(checker));
});

test('every property has a title, holds at first, and is listed once', () => {
  const views = propertyViews(check([]));
  expect(firstViolation(check([]))).toBeNull();
  expect(new Set(views.map((view) => view.name)).size).toBe(views.length);
  for (const view of views) {
    expect(view).toMatchObject({ holds: true, why: null, violatedAt: null, event: null });
    expect(view.title).toMatch(/^[A-Z][^.]+$/);
  }
});
