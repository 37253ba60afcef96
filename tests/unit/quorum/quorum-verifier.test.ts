import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/core/quorum/config-text.ts';
import {
  containsQuorum,
  hasAllQuorums,
  isSameConfig,
  isVoterOfAny,
  weightOf,
  type QuorumVerifier,
} from '../../../src/core/quorum/quorum-verifier.ts';
import type { Sid } from '../../../src/core/units.ts';

/** `1 2 3o / 1:2 3 / 3=0`: the servers, the groups, the weights. */
function verifier(said: string): QuorumVerifier {
  const [servers = '', groups = '', weights = ''] = said.split('/').map((part) => part.trim());
  const words = (part: string): string[] => part.split(' ').filter((word) => word !== '');
  const lines = words(servers).map((word) => {
    const type = word.endsWith('o') ? 'observer' : 'participant';
    return `server.${String(Number.parseInt(word))}=host${word}:1:2:${type}`;
  });
  words(groups).forEach((sids, i) => lines.push(`group.${String(i + 1)}=${sids}`));
  for (const word of words(weights)) lines.push(`weight.${word}`);
  return parseConfig(lines.join('\n'), false);
}

const sids = (...numbers: number[]): Sid[] => numbers as Sid[];

describe('groups and weights', () => {
  // Three groups of three: a quorum is two of each of two of them.
  const nine = '1 2 3 4 5 6 7 8 9 / 1:2:3 4:5:6 7:8:9';
  test.each<[said: string, acks: readonly number[], quorum: boolean, why: string]>([
    [nine, [1, 2, 4, 5], true, 'four of nine, in the right places'],
    [nine, [1, 2, 3, 4, 7], false, 'five of nine in the wrong ones'],
    [nine, [1, 4, 7], false, 'one of each'],
    [nine, [], false, 'nobody'],
    ['1 2 3 / 1:2:3 / 1=3', [1], true, 'more than half of the weight'],
    ['1 2 3 / 1:2:3 / 1=3', [2, 3], false, 'less than half of it'],
    ['1 2 3 4 / 1:2:3:4', [1, 2], false, 'half is not more than half'],
    ['1 2 3 4 5 / 1:2:3 4:5 / 4=0 5=0', [1, 2], true, 'a group of no weight does not count'],
    ['1 2 3 4 5 / 1:2:3 4:5 / 4=0 5=0', [1, 4, 5], false, 'nor does it help'],
    ['1 2 3 4 / 1:2 3:4', [1, 2], false, 'of two groups both are needed'],
    ['1 2 3 4o / 1:2:3', [1, 4], false, 'an observer has no weight'],
  ])('%s, acks %j: %s, %s', (said, acks, quorum) => {
    expect(containsQuorum(verifier(said), sids(...acks))).toBe(quorum);
  });

  test('who has no weight cannot win', () => {
    const v = verifier('1 2 3 / 1:2:3 / 2=0 3=5');
    expect(sids(1, 2, 3).map((sid) => weightOf(v, sid))).toEqual([1, 0, 5]);
    expect(weightOf(verifier('1 2 3'), 7 as Sid)).toBe(1);
  });
});

describe('while a reconfiguration is under way', () => {
  const both = [verifier('1 2 3'), verifier('3 4 5 6o')];
  test.each<[acks: readonly number[], agreed: boolean]>([
    [[1, 2], false],
    [[4, 5], false],
    [[1, 2, 4, 5], true],
    [[1, 3, 4], true],
    [[1, 3, 6], false],
  ])('acks %j: %s', (acks, agreed) => {
    expect(hasAllQuorums(both, sids(...acks))).toBe(agreed);
  });

  test('a voter of one of both counts', () => {
    expect([1, 3, 5, 6, 7].map((sid) => isVoterOfAny(both, sid as Sid))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

test.each<[a: string, b: string, same: boolean]>([
  ['1 2 3', '1 2 3', true],
  ['1 2 3', '1 2 3o', false],
  ['1 2 3', '1 2', false],
  ['1 2 3 / 1:2:3', '1 2 3', false],
  ['1 2 3 / 1:2:3 / 1=1', '1 2 3 / 1:2:3', true],
  ['1 2 3 / 1:2:3 / 1=2', '1 2 3 / 1:2:3', false],
  ['1 2 3 / 1:2 3', '1 2 3 / 1 2:3', false],
])('%s and %s: same %s', (a, b, same) => {
  const one = { ...verifier(a), version: 1n as QuorumVerifier['version'] };
  expect(isSameConfig(one, verifier(b))).toBe(same);
  expect(isSameConfig(one, { ...verifier(b), version: one.version })).toBe(true);
});
