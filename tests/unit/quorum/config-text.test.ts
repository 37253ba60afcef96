import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf } from '../../../src/core/config.ts';
import {
  ConfigTextError,
  initialVerifier,
  parseConfig,
  versionOfText,
  withVersion,
} from '../../../src/core/quorum/config-text.ts';
import {
  javaCopyCapacity,
  javaMapOrder,
  parseJavaProperties,
} from '../../../src/core/quorum/java-text.ts';
import { isSameConfig } from '../../../src/core/quorum/quorum-verifier.ts';
import type { Sid } from '../../../src/core/units.ts';
import { makeZxid } from '../../../src/core/zxid.ts';

/** As real ZooKeeper 3.8.0 printed it for groups given in another order, and one weight. */
const GROUPS = `server.1=127.0.0.1:32881:33881:participant;127.0.0.1:31811
server.2=127.0.0.1:32882:33882:participant;127.0.0.1:31812
server.3=127.0.0.1:32883:33883:participant;127.0.0.1:31813
server.4=127.0.0.1:32884:33884:participant;127.0.0.1:31814
group.1=1:2
group.2=3:4
weight.1=1
weight.2=1
weight.3=0
weight.4=1
version=10000001a`;

describe('a configuration as text', () => {
  test('zoo.cfg gives the first, of version 0', () => {
    const config = { ...DEFAULT_CONFIG, servers: ensembleOf(2, 1) };
    expect(initialVerifier(config, 1 as Sid).text).toBe(
      [
        'server.1=server1:2888:3888:participant;0.0.0.0:2181',
        'server.2=server2:2888:3888:participant;0.0.0.0:2181',
        'server.3=server3:2888:3888:observer;0.0.0.0:2181',
        'version=0',
      ].join('\n'),
    );
  });

  test('addresses are printed as they were given; a client port of zoo.cfg is left out', () => {
    const servers = [
      { sid: 1 as Sid, type: 'participant', address: '127.0.0.1:22861:23861' },
      { sid: 2 as Sid, type: 'observer', address: '[::1]:1:2;[::]:3' },
    ] as const;
    const { text } = initialVerifier({ ...DEFAULT_CONFIG, servers }, 1 as Sid);
    expect(text.split('\n').slice(0, 2)).toEqual([
      'server.1=127.0.0.1:22861:23861:participant',
      'server.2=[::1]:1:2:observer;[::]:3',
    ]);
  });

  test('a joiner sees itself as an observer, and nobody else sees it', () => {
    const joiner = { sid: 3 as Sid, type: 'participant', joiner: true } as const;
    const config = { ...DEFAULT_CONFIG, servers: [...ensembleOf(2, 0), joiner] };
    const own = initialVerifier(config, 3 as Sid);
    expect([own.voters, own.members.length]).toEqual([[1, 2], 3]);
    expect(initialVerifier(config, 1 as Sid).members.length).toBe(2);
  });

  test('what is printed is read back', () => {
    const verifier = parseConfig(GROUPS, true);
    expect(verifier.text).toBe(GROUPS);
    expect(verifier.version).toBe(makeZxid(1, 0x1a));
    expect(isSameConfig(verifier, parseConfig(verifier.text, true))).toBe(true);
  });

  test('lines may come in any order, with spaces, comments, and short client addresses', () => {
    const given = [
      '# a comment',
      'weight.3 = 0',
      'server.4: 127.0.0.1:32884:33884;127.0.0.1:31814',
      'group.2=3:4',
      'server.3=127.0.0.1:32883:33883:Participant;127.0.0.1:31813',
      'group.1=1:2',
      '  server.1=127.0.0.1:32881:33881:participant;127.0.0.1:31811',
      'server.2=127.0.0.1:32882:33882;127.0.0.1:31812',
      'version=10000001a',
    ];
    expect(parseConfig(given.join('\n'), true).text).toBe(GROUPS);
    expect(parseConfig('server.1=a:1:2;3\nserver.2=b:1:2;3', true).text).toContain(
      'server.1=a:1:2:participant;0.0.0.0:3',
    );
  });

  test('a version can be told without reading the rest', () => {
    expect(versionOfText(GROUPS)).toBe(makeZxid(1, 0x1a));
    expect(versionOfText('server.1=a:1:2')).toBe(0n);
    const again = withVersion(parseConfig(GROUPS, true), makeZxid(2, 0));
    expect(again.text).toBe(GROUPS.replace('10000001a', '200000000'));
  });

  test.each<[text: string, kind: 'config' | 'argument', why: string]>([
    ['foo=1', 'config', 'a key that is none'],
    ['server.1=a:1', 'config', 'two parts'],
    ['server.1=a:1:2:boss', 'config', 'no such role'],
    ['server.1=a:2:2', 'config', 'one port for both'],
    ['server.1=a:x:2', 'config', 'a port that is no number'],
    ['server.1=a:1:2;b:3:4', 'config', 'a client address of three parts'],
    ['server.1=a:1:2|b:1:2', 'config', 'several addresses'],
    ['server.1=[::1:1:2', 'config', 'an open bracket'],
    ['server.1=a:1:2\ngroup.1=2', 'config', 'a voter in no group'],
    ['server.1=a:1:2\ngroup.1=1\ngroup.2=1', 'config', 'a voter in two groups'],
    ['server.1=a:70000:2', 'argument', 'a port out of range'],
    ['server.q=a:1:2', 'argument', 'a server that has no number'],
    ['server.1=a:1:2:observer', 'argument', 'observers of nobody'],
    ['server.1=a:1:2\nserver.2=b:1:2:observer', 'argument', 'observers of a single server'],
    ['server.1=a:1:2\nversion=z', 'argument', 'a version that is no number'],
  ])('%j is a wrong %s: %s', (text, kind) => {
    expect(() => parseConfig(text, true)).toThrow(ConfigTextError);
    try {
      parseConfig(text, true);
    } catch (error) {
      expect((error as ConfigTextError).kind).toBe(kind);
    }
  });
});

describe("Java's order of lines", () => {
  test.each<[keys: readonly number[], capacity: number, order: readonly number[]]>([
    [[3, 1, 2], 16, [1, 2, 3]],
    // Both as real ZooKeeper printed them: a fresh map, and a copy of one with three entries.
    [[1, 2, 3, 4, 16, 8], 16, [16, 1, 2, 3, 4, 8]],
    [[1, 2, 3, 4, 8], javaCopyCapacity(3), [8, 1, 2, 3, 4]],
    [[16, 1, 2, 3, 4, 8, 32], javaCopyCapacity(6), [16, 32, 1, 2, 3, 4, 8]],
    // Beyond three quarters the table doubles.
    [[1, 2, 3, 4, 5, 6, 8], 8, [1, 2, 3, 4, 5, 6, 8]],
  ])('%j in a table of %i: %j', (keys, capacity, order) => {
    expect(javaMapOrder(keys, capacity)).toEqual(order);
  });

  test('properties are read as Java reads them', () => {
    const text = 'a=1\n! no\n#no\nb : 2\nc 3\nd=x\\\n   y\ne\\=f=4\na=5\ng=\\u0041\\t';
    expect([...parseJavaProperties(text)]).toEqual([
      ['a', '5'],
      ['b', '2'],
      ['c', '3'],
      ['d', 'xy'],
      ['e=f', '4'],
      ['g', 'A\t'],
    ]);
  });
});
