/** What a leader says to a reconfiguration, as real ZooKeeper 3.8.0 said it to the same one. */
import { beforeAll, describe, expect, test } from 'vitest';
import { SUPER_DIGEST } from '../../datadriven/reconfig-words.ts';
import { ensembleOf } from '../../../src/core/config.ts';
import { ErrorCode, errorName } from '../../../src/core/error-code.ts';
import type { ReconfigRequest } from '../../../src/core/jute/proto.ts';
import { reconfigTxn } from '../../../src/core/processor/prep-reconfig.ts';
import { RequestError } from '../../../src/core/processor/request-error.ts';
import { newRequest, type Server } from '../../../src/core/server-context.ts';
import { NO_SESSION, type Micros, type ProcessId } from '../../../src/core/units.ts';
import { makeZxid } from '../../../src/core/zxid.ts';
import { runFor } from '../../../src/sim/local.ts';
import { leaderOf, quickStart, quietWorld } from '../../../src/sim/scenarios.ts';

let leader: Server;

beforeAll(() => {
  const run = quickStart(
    quietWorld(1, 3, 0, {
      servers: ensembleOf(4, 0),
      reconfigEnabled: true,
      standaloneEnabled: false,
      superDigest: SUPER_DIGEST,
    }),
  );
  runFor(run, 1_000_000 as Micros);
  const host = run.hosts.get((leaderOf(run) ?? 0) as number as ProcessId);
  if (host?.kind !== 'member') throw new Error('there is no leader');
  leader = host.server;
});

const NONE = { joiningServers: null, leavingServers: null, newMembers: null, curConfigId: -1n };

function prepare(request: Partial<ReconfigRequest>, server: Server = leader): string {
  const whole: ReconfigRequest = { op: 'reconfig', ...NONE, ...request };
  const { zks } = server;
  if (zks === null) throw new Error('the leader does not serve');
  const from = { sessionId: NO_SESSION, cxid: 1, conn: null, owner: 'me', authInfo: [] } as const;
  const r = newRequest(server, { ...from, request: whole });
  try {
    const txn = reconfigTxn(server, zks, r, whole, makeZxid(1, 5));
    if (txn.type !== 'reconfig') return txn.type;
    expect([txn.path, txn.version]).toEqual(['/zookeeper/config', -1]);
    return new TextDecoder().decode(txn.data ?? new Uint8Array(0));
  } catch (error) {
    if (error instanceof RequestError) return errorName(error.code);
    throw error;
  }
}

const line = (sid: number, type = 'participant'): string =>
  `server.${String(sid)}=server${String(sid)}:2888:3888:${type};0.0.0.0:2181`;

describe('an incremental reconfiguration', () => {
  test('servers leave, join, and change what they are', () => {
    const said = prepare({
      leavingServers: '1',
      joiningServers: `${line(5)},${line(2, 'observer')}`,
    });
    expect(said.split('\n')).toEqual([
      line(2, 'observer'),
      line(3),
      line(4),
      line(5),
      'version=100000005',
    ]);
  });

  test('its lines are in the order of a map that Java has copied', () => {
    const observers = [16, 8].map((sid) => line(sid, 'observer')).join();
    const said = prepare({ leavingServers: '4', joiningServers: observers });
    expect(said.split('\n').map((l) => Number.parseInt(l.slice(7)))).toEqual([8, 16, 1, 2, 3, NaN]);
  });

  test.each<[joining: string | null, leaving: string | null, error: string]>([
    [null, 'abc', 'MARSHALLINGERROR'],
    [null, ' 4 ,zz', 'MARSHALLINGERROR'],
    ['server.9=127.0.0.1:1:2', null, 'BADARGUMENTS'],
    ['server.9=127.0.0.1:70000:2;3', null, 'MARSHALLINGERROR'],
    ['server.9=127.0.0.1:x:2;3', null, 'BADARGUMENTS'],
    ['server.9=a=b', null, 'BADARGUMENTS'],
    ['server.9=127.0.0.1:1:2:boss;3', null, 'BADARGUMENTS'],
    ['server.9=127.0.0.1:2:2:observer;3', null, 'BADARGUMENTS'],
    ['server.x=127.0.0.1:1:2;3', null, 'MARSHALLINGERROR'],
    ['server.9=10.1.1.1:1:2;3,server.10=10.1.1.1:1:3;4', null, 'BADARGUMENTS'],
    ['server.9=127.0.0.1:1:2;3;4', null, 'BADARGUMENTS'],
    [null, '1,2,3,4', 'BADARGUMENTS'],
  ])('joining %j, leaving %j: %s', (joiningServers, leavingServers, error) => {
    expect(prepare({ joiningServers, leavingServers })).toBe(error);
  });
});

describe('one that names all members', () => {
  test('commas stand for line ends, and what else is given is not looked at', () => {
    const said = prepare({ newMembers: [1, 2, 3].map((n) => line(n)).join(), joiningServers: 'x' });
    expect(said.split('\n').slice(0, 3)).toEqual([line(1), line(2), line(3)]);
  });

  test.each<[newMembers: string, error: string]>([
    ['', 'MARSHALLINGERROR'],
    ['foo=1', 'BADARGUMENTS'],
    ['server.q=127.0.0.1:1:2;3', 'MARSHALLINGERROR'],
    [`${line(1)},${line(2)},${line(3)},group.1=1:2`, 'BADARGUMENTS'],
    [line(1, 'observer'), 'MARSHALLINGERROR'],
    [`${line(5)},${line(6)},${line(7)}`, 'NEWCONFIGNOQUORUM'],
  ])('%j: %s', (newMembers, error) => {
    expect(prepare({ newMembers })).toBe(error);
  });
});

describe('before the configuration is looked at', () => {
  test('another version than the last one seen is refused', () => {
    expect(prepare({ newMembers: '', curConfigId: 5n })).toBe('BADVERSION');
    expect(prepare({ leavingServers: '4', curConfigId: makeZxid(1, 0) })).toContain('version=');
  });

  test('a single server has no configuration to change', () => {
    const alone: Server = { ...leader, role: { name: 'standalone' } };
    expect(prepare({ leavingServers: '4' }, alone)).toBe('UNIMPLEMENTED');
  });

  test('one at a time', () => {
    const next = { ...leader.quorumVerifier, version: makeZxid(1, 4) };
    expect(prepare({ newMembers: '' }, { ...leader, lastSeenQuorumVerifier: next })).toBe(
      'RECONFIGINPROGRESS',
    );
    expect(errorName(ErrorCode.RECONFIGINPROGRESS)).toBe('RECONFIGINPROGRESS');
  });

  test('groups are only replaced as a whole', () => {
    const hierarchy = { groups: new Map(), weights: new Map() };
    const grouped = { ...leader.quorumVerifier, hierarchy };
    const server = { ...leader, quorumVerifier: grouped, lastSeenQuorumVerifier: grouped };
    expect(prepare({ leavingServers: '4' }, server)).toBe('BADARGUMENTS');
  });
});
