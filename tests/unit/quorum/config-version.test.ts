/** Which of two servers has the later configuration, where they meet. */
import { describe, expect, test } from 'vitest';
import { withVersion } from '../../../src/core/quorum/config-text.ts';
import type { Message } from '../../../src/core/quorum/peer-io.ts';
import type { Notification, ServerState } from '../../../src/core/quorum/vote.ts';
import { stepServer, type Server } from '../../../src/core/server.ts';
import type { Effects, ServerEvent } from '../../../src/core/quorum/peer-io.ts';
import { makeConnId, type ProcessId, type Sid } from '../../../src/core/units.ts';
import { makeZxid, ZXID_ZERO } from '../../../src/core/zxid.ts';
import { leaderOf, quickStart, quietWorld } from '../../../src/sim/scenarios.ts';

/** The leader of three, in its first epoch. */
function leader(): Server {
  const run = quickStart(quietWorld(1, 3, 0, { reconfigEnabled: true }));
  const host = run.hosts.get((leaderOf(run) ?? 0) as number as ProcessId);
  if (host?.kind !== 'member') throw new Error('there is no leader');
  return host.server;
}

const FROM = 9 as ProcessId;
const CONN = makeConnId(FROM, 0, 1);

function step(server: Server, event: ServerEvent): Effects {
  const out: Effects = [];
  stepServer(server, server.now, event, out);
  return out;
}

function sent(effects: Effects): readonly Message[] {
  return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.message] : []));
}

describe('a learner with', () => {
  test.each<[version: number, refused: boolean]>([
    [0, false],
    [1, true],
  ])('version 1.%i at a leader with 1.0: refused %s', (counter, refused) => {
    const server = leader();
    expect(server.quorumVerifier.version).toBe(makeZxid(1, 0));
    const dialled = {
      kind: 'dialled',
      conn: CONN,
      from: FROM,
      address: '',
      port: 'quorum',
    } as const;
    step(server, dialled);
    const effects = step(server, {
      kind: 'packet',
      conn: CONN,
      message: {
        type: 'FOLLOWERINFO',
        zxid: ZXID_ZERO,
        sid: 9 as Sid,
        configVersion: makeZxid(1, counter),
      },
    });
    expect(effects.some((effect) => effect.kind === 'close' && effect.conn === CONN)).toBe(refused);
    expect(sent(effects).length).toBe(refused ? 0 : 1);
  });
});

describe('a vote that tells of a later configuration', () => {
  function notified(state: ServerState, config: (server: Server) => string): Server {
    const server = leader();
    if (state === 'LOOKING') {
      server.state = 'LOOKING';
      server.role = { name: 'looking' };
    }
    const dialled = {
      kind: 'dialled',
      conn: CONN,
      from: FROM,
      address: '',
      port: 'election',
    } as const;
    step(server, dialled);
    const message: Notification = {
      kind: 'notification',
      sid: 9 as Sid,
      state: 'LOOKING',
      leader: 9 as Sid,
      zxid: ZXID_ZERO,
      electionEpoch: 1,
      peerEpoch: 0,
      config: config(server),
    };
    step(server, { kind: 'packet', conn: CONN, message });
    return server;
  }

  const later = (server: Server): string =>
    withVersion(server.quorumVerifier, makeZxid(1, 7)).text.replace(/server.1=.*\n/, '');

  test('is taken over while looking for a leader, and the round is the first again', () => {
    const server = notified('LOOKING', later);
    expect([server.quorumVerifier.version, server.quorumVerifier.voters]).toEqual([
      makeZxid(1, 7),
      [2, 3],
    ]);
    expect(server.election.logicalclock).toBe(1);
    expect([...server.conns.values()].some((conn) => conn.conn === CONN)).toBe(false);
  });

  test('is let be by who leads', () => {
    expect(notified('LEADING', later).quorumVerifier.version).toBe(makeZxid(1, 0));
  });

  test('is let be where it is not later, or no configuration', () => {
    for (const text of ['', 'version=5', 'rubbish\nversion=900000000']) {
      expect(notified('LOOKING', () => text).quorumVerifier.version).toBe(makeZxid(1, 0));
    }
  });

  test('under a new version with the same members it does not stop the election', () => {
    const same = (server: Server): string =>
      withVersion(server.quorumVerifier, makeZxid(1, 7)).text;
    const server = notified('LOOKING', same);
    expect(server.quorumVerifier.version).toBe(makeZxid(1, 7));
    expect(server.conns.has(CONN)).toBe(true);
  });
});
