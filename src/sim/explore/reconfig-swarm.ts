/**
 * Reconfigurations for the swarm: who may ask for them, what they ask for, and which servers a
 * reconfiguration has left behind.
 */
import { digestId } from '../../core/auth/digest-auth.ts';
import { addressOf, ensembleOf, type EnsembleConfig, type ServerSpec } from '../../core/config.ts';
import { CONFIG_PATH } from '../../core/data-tree/path.ts';
import { Perms } from '../../core/jute/data.ts';
import type { Request } from '../../core/jute/proto.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import { act, runFor, runWhile, type LocalRun } from '../local.ts';
import { leaderOf } from '../scenarios.ts';

/** The servers of an ensemble with some that wait to join, and what else it takes. */
export function dynamicEnsemble(
  voters: number,
  observers: number,
  joiners: number,
): Partial<EnsembleConfig> {
  const waiting = Array.from({ length: joiners }, (_, i): ServerSpec => {
    return { sid: (voters + observers + i + 1) as Sid, type: 'participant', joiner: true };
  });
  return {
    servers: [...ensembleOf(voters, observers), ...waiting],
    reconfigEnabled: true,
    standaloneEnabled: false,
    superDigest: digestId('super', 'secret'),
  };
}

/** Lets everybody reconfigure: the super user, who loses that with a connection, allows it. */
export function openConfig(run: LocalRun, process: ProcessId): void {
  const until = (run.world.now + 30_000_000) as Micros;
  runWhile(run, () => leaderOf(run) === null, until);
  runFor(run, 3_000_000 as Micros);
  const auth = new TextEncoder().encode('super:secret');
  const anyone = { scheme: 'world', id: 'anyone' };
  const requests: readonly Request[] = [
    { op: 'auth', type: 0, scheme: 'digest', auth },
    { op: 'setACL', path: CONFIG_PATH, acl: [{ perms: Perms.ALL, id: anyone }], version: -1 },
  ];
  for (const request of requests) {
    act(run, { kind: 'submit', process, tag: 0, request });
    runFor(run, 500_000 as Micros);
  }
}

/**
 * A change of one or two servers, or of all.
 *
 * @param between draws a whole number, both ends included.
 */
export function reconfigRequest(
  servers: readonly ServerSpec[],
  between: (min: number, max: number) => number,
): Request {
  const pick = (): ServerSpec | undefined => servers[between(0, servers.length - 1)];
  const plain = { op: 'reconfig', newMembers: null, curConfigId: -1n } as const;
  const joining = pick();
  const leaving = pick();
  switch (between(0, 3)) {
    case 0:
      return {
        ...plain,
        joiningServers: null,
        leavingServers: null,
        newMembers: servers
          .filter(() => between(0, 3) > 0)
          .map((spec) => lineOf(spec, between(0, 4) === 0))
          .join('\n'),
      };
    case 1:
      return { ...plain, joiningServers: null, leavingServers: String(leaving?.sid ?? 1) };
    case 2:
      return {
        ...plain,
        joiningServers: joining === undefined ? null : lineOf(joining, between(0, 3) === 0),
        leavingServers: String(leaving?.sid ?? 1),
      };
    default:
      return {
        ...plain,
        joiningServers: joining === undefined ? null : lineOf(joining, between(0, 3) === 0),
        leavingServers: null,
      };
  }
}

function lineOf(spec: ServerSpec, isObserver: boolean): string {
  const [server = '', client = ''] = addressOf(spec).split(';');
  const type = isObserver ? 'observer' : 'participant';
  return `server.${String(spec.sid)}=${server}:${type};${client}`;
}

/**
 * A server that finds itself in no configuration does not start again, as in ZooKeeper: somebody
 * has to write its files anew. With it a quorum may be gone for good.
 */
export function isLeftBehind(run: LocalRun, sid: Sid): boolean {
  const reason = run.world.byId.get(sid as number as ProcessId)?.reason ?? '';
  return reason.includes('not in the peer list');
}
