/** What stories say about configurations: who is in them, and how they are to change. */
import { digestId } from '../../src/core/auth/digest-auth.ts';
import { ensembleOf, type ServerSpec } from '../../src/core/config.ts';
import type { Request } from '../../src/core/jute/proto.ts';
import type { QuorumVerifier } from '../../src/core/quorum/quorum-verifier.ts';
import type { Sid } from '../../src/core/units.ts';
import { doAct, memberOf, runFor, type Stage, type StageClient } from './stage.ts';

/** Who may reconfigure in a story with `reconfig=on`. */
export const SUPER_DIGEST = digestId('super', 'secret');

/** `joiners=2`: they have the sids behind the others. `groups=1:1:2 weights=1:1:0`: by sid. */
export function serversOf(settings: ReadonlyMap<string, string>): readonly ServerSpec[] {
  const number = (key: string, otherwise: number): number => Number(settings.get(key) ?? otherwise);
  const [voters, observers] = [number('voters', 3), number('observers', 0)];
  const groups = settings.get('groups')?.split(':').map(Number);
  const weights = settings.get('weights')?.split(':').map(Number);
  const specs = ensembleOf(voters, observers).map((spec, i) => {
    const group = groups?.[i];
    return group === undefined ? spec : { ...spec, group, weight: weights?.[i] ?? 1 };
  });
  const joiners = Array.from({ length: number('joiners', 0) }, (_, i): ServerSpec => {
    return { sid: (voters + observers + i + 1) as Sid, type: 'participant', joiner: true };
  });
  return [...specs, ...joiners];
}

/** `reconfig join=4,5:observer leave=1 from=100000000`, or `reconfig members=1,2,4`. */
export function reconfigOf(words: readonly string[]): Request {
  const said = new Map(words.map((word) => word.split('=') as [string, string]));
  const list = (key: string, separator: string): string | null =>
    said.get(key)?.split(',').map(lineOf).join(separator) ?? null;
  const from = said.get('from');
  return {
    op: 'reconfig',
    joiningServers: list('join', ','),
    leavingServers: said.get('leave') ?? null,
    newMembers: list('members', '\n'),
    curConfigId: from === undefined ? -1n : BigInt(`0x${from}`),
  };
}

/** A server's line, as addressOf has it. */
function lineOf(word: string): string {
  const [sid = '', type = 'participant'] = word.split(':');
  return `server.${sid}=server${sid}:2888:3888:${type};0.0.0.0:2181`;
}

/** `auth A`: the client becomes the super user; nothing is answered to the story. */
export function proveSuper(stage: Stage, client: StageClient): void {
  const auth = new TextEncoder().encode('super:secret');
  const request: Request = { op: 'auth', type: 0, scheme: 'digest', auth };
  doAct(stage, { kind: 'submit', process: client.process, tag: 0, request });
  runFor(stage, 20);
}

/** What each server goes by, what it has seen beyond that, and what it is itself. */
export function configLines(stage: Stage): readonly string[] {
  return stage.run.world.config.ensemble.servers.map(({ sid }) => {
    const server = memberOf(stage, sid)?.server;
    if (server === undefined) return `server ${String(sid)} down`;
    const { quorumVerifier, lastSeenQuorumVerifier, state } = server;
    const next =
      lastSeenQuorumVerifier.version > quorumVerifier.version
        ? `, next ${configText(lastSeenQuorumVerifier)}`
        : '';
    return `server ${String(sid)} ${state}: ${configText(quorumVerifier)}${next}`;
  });
}

function configText({ version, members }: QuorumVerifier): string {
  const who = members.map((m) => `${String(m.sid)}${m.type === 'observer' ? 'o' : ''}`);
  return `version ${version.toString(16)} (${who.join(' ')})`;
}
