/**
 * Runs that do not recover when their faults are over: worlds in which they cannot, servers and
 * clients that somebody has meddled with, and bugs of the gallery.
 */
import { defined } from '../../../src/core/assert.ts';
import type { MutantName } from '../../../src/core/mutants.ts';
import type { Micros, Millis, ProcessId, SessionId, Sid } from '../../../src/core/units.ts';
import { exhibitOf } from '../../../src/lessons/gallery/gallery.ts';
import {
  ask,
  client,
  crash,
  create,
  smallWorld,
  withMutant,
} from '../../../src/lessons/gallery/words.ts';
import type { Action, WorldConfig } from '../../../src/sim/actions.ts';
import { clearAgenda } from '../../../src/sim/agenda.ts';
import { recover, violationOf, type Found } from '../../../src/sim/explore/recovery.ts';
import { runScript } from '../../../src/sim/explore/script.ts';
import { act, createLocalRun, runFor, type LocalRun } from '../../../src/sim/local.ts';
import type { MemberHost } from '../../../src/sim/member.ts';
import { clientId, leaderOf } from '../../../src/sim/scenarios.ts';

export interface LivenessPlant {
  readonly property: string;
  readonly name: string;
  /** In the sentence of the violation. */
  readonly fact: RegExp;
  /** What does not come about when the faults are over. */
  recovers(): Found | null;
}

/** Links on which a packet takes up to so many milliseconds. */
function slowLinks(seed: number, most: number): WorldConfig {
  const latency = { min: 1000 as Micros, max: (most * 1000) as Micros };
  return { ...smallWorld(3, {}, seed), latency, tcpTimeout: seconds(60) };
}

function seconds(count: number): Micros {
  return (count * 1_000_000) as Micros;
}

/** Five seconds for an election, one for every action, and then what somebody does to the run. */
function end(
  world: WorldConfig,
  actions: readonly Action[] = [],
  meddle: (run: LocalRun) => void = () => undefined,
): Found | null {
  // Liveness is asked of the servers themselves; nobody needs to listen to them for that.
  const run = createLocalRun(world, { check: false });
  runFor(run, seconds(5));
  for (const action of actions) {
    act(run, action);
    runFor(run, seconds(1));
  }
  meddle(run);
  return recover(run);
}

function ofScript(mutant: MutantName): Found | null {
  const { script } = defined(exhibitOf(mutant) ?? undefined, 'its exhibit');
  const { run } = runScript(withMutant(script, mutant));
  return violationOf(run) ?? recover(run);
}

function member(run: LocalRun, sid: Sid): MemberHost {
  const host = run.hosts.get(sid as number as ProcessId);
  if (host?.kind !== 'member') throw new Error(`server ${String(sid)} is down`);
  return host;
}

/** This server alone has other limits. */
function withLimit(run: LocalRun, sid: Sid, limit: 'initLimit' | 'syncLimit', to: number): void {
  const { settings } = member(run, sid).server;
  Object.assign(settings, { config: { ...settings.config, [limit]: to } });
}

const ALL = [1, 2, 3].map((sid) => sid as Sid);

export const LIVENESS_PLANTS: readonly LivenessPlant[] = [
  {
    property: 'D.1',
    name: 'links slower than initLimit allows: whoever is elected gives up again',
    fact: /nobody leads: server 1 is .*, server 2 is .*, server 3 is /,
    recovers: () => end(slowLinks(1, 5000)),
  },
  {
    property: 'D.2',
    name: 'a server that has no time to join',
    fact: /server \d leads epoch \d+, but server 1 is/,
    recovers: () =>
      end(smallWorld(), [{ kind: 'partition', group: [1 as ProcessId] }], (run) => {
        runFor(run, seconds(5));
        withLimit(run, 1 as Sid, 'initLimit', 0);
      }),
  },
  {
    property: 'D.2',
    name: 'a server that does not take votes of an earlier round for those of its own',
    fact: /^Server 1 knows from server 3 that it leads, .* and yet it goes on looking/,
    recovers: () => ofScript('strict-vote-equality'),
  },
  {
    property: 'D.3',
    name: 'a client that waits for a moment that never comes to connect again',
    fact: /3 requests of client A, which is CONNECTING, have no answer/,
    recovers: () =>
      end(smallWorld(), [client(0, [1])], (run) => {
        const host = run.hosts.get(clientId(0));
        if (host?.kind !== 'client') throw new Error('client A is gone');
        const { zk } = host.client;
        zk.state = 'CONNECTING';
        zk.link = 'waiting';
        zk.conn = null;
        clearAgenda(host.agenda);
      }),
  },
  {
    property: 'D.3',
    name: 'links on which every connection breaks before the answer: all are told, nothing is done',
    fact: /All requests of client A have an answer, but server 3, which leads, has no \/last-1001/,
    recovers: () => end(slowLinks(1, 1000)),
  },
  {
    property: 'D.4',
    name: 'followers that wait for ever for a leader that is cut off',
    fact: /Server \d has not heard of server \d for .* and still follows it/,
    recovers: () =>
      end({ ...smallWorld(3, {}, 8), tcpTimeout: seconds(600) }, [], (run) => {
        const leader = leaderOf(run);
        for (const sid of ALL) if (sid !== leader) withLimit(run, sid, 'syncLimit', 10_000);
      }),
  },
  {
    property: 'D.5',
    name: 'a session that no tracker knows',
    fact: /Nobody has had session 0x77/,
    recovers: () =>
      end(smallWorld(), [], (run) => {
        for (const sid of ALL) {
          member(run, sid).server.db.sessions.set(0x77n as SessionId, 2000 as Millis);
        }
      }),
  },
  {
    property: 'D.6',
    name: 'an epoch file that a crash leaves half written',
    fact: /Server \d was started \d times and is down again/,
    recovers: () => ofScript('no-epoch-tmp'),
  },
  {
    property: 'D.6',
    name: 'a log that cannot be read',
    fact: /Server 1 was started 3 times and is down again/,
    recovers: () =>
      end(smallWorld(), [
        client(0, [1, 2, 3]),
        ask(0, 1, create('/a')),
        crash(1, 'kept'),
        { kind: 'damage', sid: 1 as Sid, what: 'logMiddle' },
      ]),
  },
  {
    property: 'D.7',
    name: 'links on which the leader hears of its followers too late, now and then',
    fact: /Server 3 led epoch 6 .* later it is LOOKING in epoch 6/,
    recovers: () => end(slowLinks(2, 1400)),
  },
];
