/** The checkers where the configuration changes: a quorum is one of what is in force. */
import { describe, expect, test } from 'vitest';
import { broken, check, ensemble } from './notation.ts';
import * as story from './stories.ts';

const cast = { leader: 3, followers: [1, 2, 4, 5], epoch: 1 };
const started = [story.boot([1, 2, 3, 4, 5]), story.elect(cast)];

/** The leader proposes, these have it on disk, the leader commits. */
function committed(zxid: string, holders: readonly number[]): readonly string[] {
  return [story.propose(cast, zxid, holders), `3: commit ${zxid} by ${holders.join(',')}`];
}

describe('C.5: a transaction is committed with a quorum of the configuration in force', () => {
  test.each<[why: string, lines: readonly string[], broken: string | null]>([
    ['both have a quorum', [...committed('1.1', [1, 3, 4]), '3: config 1.1 3,4,5'], null],
    [
      'the next one has none',
      [...committed('1.1', [1, 2, 3]), '3: config 1.1 3,4,5'],
      'of the voters 3, 4, 5 only 3 had it on disk',
    ],
    [
      'the one before had none',
      committed('1.1', [3, 4, 5]),
      'of the voters 1, 2, 3 only 3 had it on disk',
    ],
    [
      'what follows is for the next one alone',
      [...committed('1.1', [1, 3, 4]), '3: config 1.1 3,4,5', ...committed('1.2', [4, 3])],
      null,
    ],
    [
      'and the one before does not help',
      [...committed('1.1', [1, 3, 4]), '3: config 1.1 3,4,5', ...committed('1.2', [1, 2, 3])],
      'of the voters 3, 4, 5 only 3 had it on disk',
    ],
    [
      'a follower may hear of it later',
      [...committed('1.1', [1, 3, 4]), '3: config 1.1 3,4,5', '1: config 1.1 3,4,5'],
      null,
    ],
    [
      'a learner that joins goes by the one to come before it is committed',
      [
        '3: propose 1.1; send PROPOSAL 1.1; propose 1.2; send PROPOSAL 1.2',
        '5: config 1.2 3,4,5',
        '3: log 1.1; sync 1.1\n1: log 1.1; sync 1.1\n3: commit 1.1 by 1,3',
      ],
      null,
    ],
    ['a version alone changes nothing', ['3: config 1.0 1,2,3', ...committed('1.1', [1, 3])], null],
  ])('%s', (_, lines, why) => {
    const found = broken(check([...started, ...lines], ensemble(3, 2)));
    if (why === null) expect(found).toEqual({});
    else expect(found['C.5']).toContain(why);
  });
});

test('C.28: who has no vote any more is not held to what it once proposed', () => {
  const lines = ['1: boot 1.1 1.2; looking; vote 1 1.2 1 5', '1: vote 2 1.1 1 5'];
  expect(broken(check(lines))).toHaveProperty('C.28');
  const removed = ['1: boot 1.1 1.2; looking; vote 1 1.2 1 5', '1: config 1.2 2,3; vote 2 1.1 1 5'];
  expect(broken(check(removed))).toEqual({});
});

describe('CommittedLogDurability: a leader answers for what was committed when it sent TRUNC', () => {
  const lone = { leader: 3, followers: [1, 2], epoch: 1 };
  const before = [
    story.boot([1, 2, 3]),
    story.elect(lone),
    story.write(lone, '1.1'),
    story.propose(lone, '1.2', [1, 2, 3]),
    '1: looking; following 3 synchronization 1',
  ];
  const cut = ['1: got TRUNC 1.1', '1: trunc 1.1'];
  test.each<[lines: readonly string[], holds: boolean]>([
    [['3: send TRUNC 1.1', '3: commit 1.2 by 2,3', ...cut], true],
    [['3: commit 1.2 by 2,3', '3: send TRUNC 1.1', ...cut], false],
  ])('%j: holds %s', (lines, holds) => {
    const found = broken(check([...before, ...lines]));
    expect('CommittedLogDurability' in found).toBe(!holds);
  });
});
