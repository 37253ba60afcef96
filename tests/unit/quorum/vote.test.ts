import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf } from '../../../src/core/config.ts';
import { initialVerifier } from '../../../src/core/quorum/config-text.ts';
import { isBetterVote, isSameVote } from '../../../src/core/quorum/fast-leader-election.ts';
import type { CastVote } from '../../../src/core/quorum/fast-leader-election.ts';
import { containsQuorum, isVoter, quorumSize } from '../../../src/core/quorum/quorum-verifier.ts';
import type { QuorumVerifier } from '../../../src/core/quorum/quorum-verifier.ts';
import type { ServerState } from '../../../src/core/quorum/vote.ts';
import type { Sid } from '../../../src/core/units.ts';
import { makeZxid } from '../../../src/core/zxid.ts';

/** `LOOKING 3 1.7 r2 e1`: for leader 3 with zxid 1.7, cast in round 2, peerEpoch 1. */
function vote(text: string): CastVote {
  const [, state, leader, epoch, counter, round, peerEpoch] =
    /^(?:([A-Z]+) )?(-?\d+) (\d+)\.(\d+) r(\d+) e(-?\d+)$/.exec(text) ?? [];
  return {
    state: (state ?? 'LOOKING') as ServerState,
    leader: Number(leader) as Sid,
    zxid: makeZxid(Number(epoch), Number(counter)),
    electionEpoch: Number(round),
    peerEpoch: Number(peerEpoch),
  };
}

describe('the order of votes is (peerEpoch, zxid, sid)', () => {
  test.each<[a: string, b: string, why: string]>([
    ['1 1.1 r1 e2', '3 1.9 r1 e1', 'a later epoch beats zxid and sid'],
    ['1 1.2 r1 e1', '3 1.1 r1 e1', 'a larger zxid beats the sid'],
    ['2 1.1 r1 e1', '1 1.1 r1 e1', 'then the larger sid'],
    ['1 2.1 r1 e2', '3 1.4294967295 r1 e2', 'a zxid of a later epoch is larger'],
    ['1 1.1 r1 e2', '3 1.1 r9 e1', 'the round counts for nothing here'],
    ['1 0.0 r1 e0', '-1 0.0 r1 e-1', 'any vote beats that of an observer'],
  ])('%s beats %s: %s', (a, b) => {
    expect(isBetterVote(vote(a), vote(b))).toBe(true);
    expect(isBetterVote(vote(b), vote(a))).toBe(false);
  });

  test('no vote beats itself', () => {
    expect(isBetterVote(vote('2 1.1 r1 e1'), vote('2 1.1 r5 e1'))).toBe(false);
  });
});

describe('which votes agree', () => {
  test.each<[a: string, b: string, same: boolean]>([
    ['LOOKING 3 1.7 r2 e1', 'LOOKING 3 1.7 r2 e1', true],
    ['LOOKING 3 1.7 r2 e1', 'LOOKING 2 1.7 r2 e1', false],
    ['LOOKING 3 1.7 r2 e1', 'LOOKING 3 1.6 r2 e1', false],
    ['LOOKING 3 1.7 r2 e1', 'LOOKING 3 1.7 r1 e1', false],
    ['LOOKING 3 1.7 r2 e1', 'LOOKING 3 1.7 r2 e2', false],
    // Who serves may have joined at another time: only leader and epoch count between them.
    ['FOLLOWING 3 1.7 r2 e1', 'LEADING 3 1.2 r1 e1', true],
    ['FOLLOWING 3 1.7 r2 e1', 'LEADING 3 1.7 r2 e2', false],
    ['FOLLOWING 3 1.7 r2 e1', 'LEADING 2 1.7 r2 e1', false],
    // One that is still LOOKING is compared in full.
    ['LOOKING 3 1.7 r2 e1', 'LEADING 3 1.2 r1 e1', false],
    ['LOOKING 3 1.7 r2 e1', 'LEADING 3 1.7 r2 e1', true],
  ])('%s and %s: %s', (a, b, same) => {
    expect(isSameVote(vote(a), vote(b))).toBe(same);
    expect(isSameVote(vote(b), vote(a))).toBe(same);
  });
});

function verifierOf(voters: number, observers: number): QuorumVerifier {
  const config = { ...DEFAULT_CONFIG, servers: ensembleOf(voters, observers) };
  return initialVerifier(config, 1 as Sid);
}

describe('a quorum is more than half of the voters', () => {
  test.each<[voters: number, observers: number, acks: readonly number[], quorum: boolean]>([
    [1, 0, [1], true],
    [1, 0, [], false],
    [2, 0, [1], false],
    [2, 0, [1, 2], true],
    [3, 0, [3], false],
    [3, 0, [1, 3], true],
    [4, 0, [1, 2], false],
    [4, 0, [1, 2, 3], true],
    [5, 0, [1, 5], false],
    [5, 0, [1, 2, 5], true],
    // Observers, and whoever is not of the ensemble, do not count.
    [3, 2, [1, 4, 5], false],
    [3, 2, [1, 2, 4], true],
    [3, 0, [1, 9], false],
  ])('%i voters, %i observers, acks %j: %s', (voters, observers, acks, quorum) => {
    expect(containsQuorum(verifierOf(voters, observers), acks as Sid[])).toBe(quorum);
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [7, 4],
  ])('of %i voters it needs %i', (voters, size) => {
    expect(quorumSize(verifierOf(voters, 2))).toBe(size);
  });

  test('an observer is no voter', () => {
    const verifier = verifierOf(3, 1);
    expect([1, 3, 4, 9].map((sid) => isVoter(verifier, sid as Sid))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
