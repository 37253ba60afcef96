/** The console on a whole simulated ensemble: what is typed, and what real servers answer. */
import { describe, expect, it } from 'vitest';
import type { EnsembleConfig } from '../../../src/core/config.ts';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { act, clientView, runFor, runWhile } from '../../../src/sim/local.ts';
import type { LocalRun } from '../../../src/sim/local.ts';
import { addClient, clientId, quickStart, quietWorld } from '../../../src/sim/scenarios.ts';

const A = clientId(0);
const B = clientId(1);
const SECOND = 1_000_000 as Micros;

/** Three servers, and two consoles that are connected. */
function ensemble(settings: Partial<EnsembleConfig> = {}): LocalRun {
  const run = quickStart(quietWorld(3, 3, 0, settings));
  act(run, addClient(0, [], true));
  act(run, addClient(1, [], true));
  runFor(run, (2 * SECOND) as Micros);
  return run;
}

function linesOf(run: LocalRun, process: ProcessId): string[] {
  const { transcript = [] } = run.world.byId.get(process) ?? {};
  return transcript.flatMap(({ kind, text }) =>
    kind === 'prompt' || kind === 'hint' || kind === 'log' || text === '' ? [] : [text],
  );
}

/** @returns what the console says to it within a second. */
function type(run: LocalRun, process: ProcessId, line: string): string[] {
  const before = linesOf(run, process).length;
  act(run, { kind: 'line', process, line });
  runFor(run, SECOND);
  return linesOf(run, process).slice(before);
}

function crash(run: LocalRun, sid: Sid): void {
  act(run, { kind: 'crash', sid, tail: 'chance', silent: false });
}

/** @returns the server that the client was attached to. */
function crashServerOf(run: LocalRun, process: ProcessId): Sid {
  const { server } = clientView(run, process);
  if (server === null) throw new Error('the client is attached nowhere');
  crash(run, server);
  return server;
}

function watched(eventType: string, path: string): RegExp {
  return new RegExp(`^WatchedEvent state:SyncConnected type:${eventType} path:${path} zxid: `);
}

describe('two consoles on one ensemble', () => {
  it('an ACL keeps others out until they say who they are', () => {
    const run = ensemble();
    expect(type(run, A, 'addauth digest ben:secret')).toEqual([]);
    expect(type(run, A, 'create /mine x')).toEqual(['Created /mine']);
    expect(type(run, A, 'setAcl /mine auth::cdrwa')).toEqual([]);
    expect(type(run, B, 'get /mine')).toEqual(['Insufficient permission : /mine']);
    expect(type(run, B, 'setAcl /mine world:anyone:r')).toEqual([
      'Insufficient permission : /mine',
    ]);
    expect(type(run, A, 'get /mine')).toEqual(['x']);
    type(run, B, 'addauth digest ben:secret');
    expect(type(run, B, 'get /mine')).toEqual(['x']);
    expect(type(run, B, 'getAcl /mine')).toEqual([
      expect.stringMatching(/^'digest,'ben:[A-Za-z0-9+/]{27}=$/),
      ': cdrwa',
    ]);
    const [heading, ...ids] = type(run, B, 'whoami');
    expect(heading).toBe('Auth scheme: User');
    expect(ids.sort()).toEqual(['digest: ben', expect.stringMatching(/^ip: /)]);
  });

  it('what addauth said is said again to the next server', () => {
    const run = ensemble();
    type(run, A, 'addauth digest ben:secret');
    type(run, A, 'create /mine x auth::cdrwa');
    const server = crashServerOf(run, A);
    runFor(run, (10 * SECOND) as Micros);
    expect(clientView(run, A).server).not.toBe(server);
    expect(type(run, A, 'get /mine')).toEqual(['x']);
  });

  it('auth that is refused ends the session', () => {
    const run = ensemble();
    expect(type(run, A, 'addauth sesame open')).toEqual([
      'WATCHER::',
      'WatchedEvent state:AuthFailed type:None path:null zxid: -1',
    ]);
    expect(clientView(run, A)).toMatchObject({ state: 'AUTH_FAILED', server: null });
    expect(type(run, A, 'ls /')).toEqual(['Not connected']);
    type(run, A, 'connect');
    runFor(run, (2 * SECOND) as Micros);
    expect(type(run, A, 'ls /')).toEqual(['[zookeeper]']);
  });

  it('a recursive watch is told of all below it, until it is removed', () => {
    const run = ensemble();
    type(run, A, 'create /a x');
    expect(type(run, A, 'addWatch /a')).toEqual([]);
    const before = linesOf(run, A).length;
    for (const line of ['create /a/b', 'set /a/b 2', 'delete /a/b', 'set /a 2']) {
      type(run, B, line);
    }
    expect(linesOf(run, A).slice(before)).toEqual([
      'WATCHER::',
      expect.stringMatching(watched('NodeCreated', '/a/b')),
      'WATCHER::',
      expect.stringMatching(watched('NodeDataChanged', '/a/b')),
      'WATCHER::',
      expect.stringMatching(watched('NodeDeleted', '/a/b')),
      'WATCHER::',
      expect.stringMatching(watched('NodeDataChanged', '/a')),
    ]);
    expect(type(run, A, 'removewatches /a -c')).toEqual([
      'KeeperErrorCode = No such watcher for /a',
    ]);
    expect(type(run, A, 'removewatches /a')).toEqual([
      'WATCHER::',
      'WatchedEvent state:SyncConnected type:PersistentWatchRemoved path:/a zxid: -1',
    ]);
    const after = linesOf(run, A).length;
    type(run, B, 'create /a/c');
    expect(linesOf(run, A).length).toBe(after);
  });

  it('a recursive watch follows its client to the next server', () => {
    const run = ensemble();
    type(run, A, 'create /a x');
    type(run, A, 'addWatch /a');
    crashServerOf(run, A);
    runFor(run, (15 * SECOND) as Micros);
    expect(clientView(run, B).state).toBe('CONNECTED');
    type(run, B, 'create /a/b');
    expect(linesOf(run, A).at(-1)).toMatch(watched('NodeCreated', '/a/b'));
  });
});

describe('quotas', () => {
  it('are set, seen, enforced and taken away', () => {
    const run = ensemble({ enforceQuota: true });
    type(run, A, 'create /a x');
    type(run, A, 'create /a/b y');
    expect(type(run, A, 'setquota -N 3 /a')).toEqual([]);
    expect(type(run, A, 'setquota -b 1 /a')).toEqual([
      '[Warning]: the bytes quota you create is less than the existing bytes:2',
    ]);
    expect(type(run, A, 'listquota /a')).toEqual([
      'absolute path is /zookeeper/quota/a/zookeeper_limits',
      'Output quota for /a count=-1,bytes=1=;byteHardLimit=-1;countHardLimit=3',
      'Output stat for /a count=2,bytes=2',
    ]);
    expect(type(run, A, 'setquota -n 1 /a/b')).toEqual(['/a/b has a parent /a which has a quota']);
    expect(type(run, B, 'create /a/c')).toEqual(['Created /a/c']);
    expect(type(run, B, 'create /a/d')).toEqual(['Quota has exceeded : /a/d']);
    expect(type(run, A, 'delquota -N /a')).toEqual([]);
    expect(type(run, B, 'create /a/d')).toEqual(['Created /a/d']);
    expect(type(run, A, 'delquota /a')).toEqual([]);
    expect(type(run, A, 'ls -R /zookeeper/quota')).toEqual(['/zookeeper/quota']);
  });
});

describe('the configuration', () => {
  it('is shown whole, and as a connect string', () => {
    const run = ensemble();
    const config = type(run, A, 'config');
    expect(config.slice(0, 3).every((line) => /^server\.[123]=/.test(line))).toBe(true);
    expect(config[3]).toMatch(/^version=[0-9a-f]+$/);
    expect(type(run, A, 'config -c')[0]).toMatch(/^[0-9a-f]+ \S+:2181,\S+:2181,\S+:2181$/);
    expect(type(run, A, 'reconfig -remove 3')).toEqual(['KeeperErrorCode = Reconfig is disabled']);
  });
});

describe('the whole tree', () => {
  it('is counted, given another ACL, and deleted in batches', () => {
    const run = ensemble();
    for (const path of ['/a', '/a/b', '/a/b/c', '/a/d']) type(run, A, `create ${path} x`);
    type(run, A, 'create -e /a/e');
    expect(type(run, A, 'getAllChildrenNumber /a')).toEqual(['4']);
    expect(type(run, A, 'getEphemerals /a')).toEqual(['[/a/e]']);
    expect(type(run, B, 'getEphemerals')).toEqual(['[]']);
    expect(type(run, A, 'setAcl -R /a world:anyone:cdra')).toEqual([]);
    expect(type(run, B, 'getAcl /a/b/c')).toEqual([`'world,'anyone`, ': cdra']);
    expect(type(run, B, 'set /a/b/c y')).toEqual(['Insufficient permission : /a/b/c']);
    expect(type(run, B, 'deleteall /a -b 2')).toEqual([]);
    expect(type(run, A, 'ls /')).toEqual(['[zookeeper]']);
  });
});

describe('a server without a quorum', () => {
  it('serves those who are content with reads, until there is a quorum again', () => {
    const run = ensemble({
      readOnlyEnabled: true,
      localSessionsEnabled: true,
      localSessionsUpgradingEnabled: true,
    });
    type(run, A, 'create /a x');
    for (const sid of [2, 3] as Sid[]) crash(run, sid);
    // A session that the ensemble knows is refused there: it takes a new one.
    type(run, A, 'connect -r');
    const limit = (run.world.now + 60 * SECOND) as Micros;
    runWhile(run, () => clientView(run, A).state !== 'CONNECTEDREADONLY', limit);
    expect(clientView(run, A)).toMatchObject({ state: 'CONNECTEDREADONLY', server: 1 });
    expect(type(run, A, 'get /a')).toEqual(['x']);
    expect(type(run, A, 'create /b')).toEqual(['Not a read-only call: /b']);
    act(run, { kind: 'restart', sid: 2 as Sid });
    const later = (run.world.now + 90 * SECOND) as Micros;
    runWhile(run, () => clientView(run, A).state !== 'CONNECTED', later);
    expect(clientView(run, A).state).toBe('CONNECTED');
    expect(type(run, A, 'create /b')).toEqual(['Created /b']);
  });
});
