/**
 * One client and a server alone, step by step, as a real server answered the same script: what
 * each step shows, and which zxid it took.
 */
import { describe, expect, test } from 'vitest';
import { OPEN_ACL_UNSAFE, type Stat } from '../../../src/core/jute/data.ts';
import { CreateMode, type CreateRequest, type Request } from '../../../src/core/jute/proto.ts';
import { errorName } from '../../../src/core/error-code.ts';
import { firstViolation } from '../../../src/sim/check/checker.ts';
import { latestEntries, TRACE_MAX } from '../../../src/sim/trace.ts';
import { quietWorld } from '../../../src/sim/scenarios.ts';
import { ask, createStage, newClient, runFor, settle, submit } from '../../datadriven/stage.ts';
import type { Answer } from '../../datadriven/stage.ts';

const stage = createStage(quietWorld(1, 1));
runFor(stage, 50);
const client = newClient(stage, 'A', [1], 10_000);
runFor(stage, 50);

function create(
  path: string,
  flags: number = CreateMode.PERSISTENT,
  more: Partial<CreateRequest> = {},
): CreateRequest {
  const data = new Uint8Array(1);
  return { op: 'create', path, data, acl: OPEN_ACL_UNSAFE, flags, ttl: 0, ...more };
}

function set(path: string, version: number): Extract<Request, { op: 'setData' }> {
  return { op: 'setData', path, data: new Uint8Array(2), version };
}

function remove(path: string, version = -1): Extract<Request, { op: 'delete' }> {
  return { op: 'delete', path, version };
}

function does(request: Request): Answer {
  return ask(stage, client, request);
}

function errorOf(request: Request): string {
  return does(request).err;
}

function stat(path: string): Stat {
  const found = does({ op: 'exists', path, watch: false }).body?.stat;
  if (found === null || found === undefined) throw new Error(`${path} is not there`);
  return found;
}

/** Types and paths of the watch events, and `reply`, in the order in which they reached the client. */
function arrivals(since: number): readonly string[] {
  return latestEntries(stage.run.world.trace, TRACE_MAX)
    .filter((entry) => entry.index >= since && entry.process === client.process)
    .flatMap(({ subject }) => {
      if (subject.kind !== 'delivery' || subject.event.kind !== 'packet') return [];
      const { message } = subject.event;
      if (!('kind' in message)) return [];
      if (message.kind === 'reply') return ['reply'];
      return message.kind === 'notification' && 'path' in message
        ? [`${String(message.type)} ${message.path}`]
        : [];
    });
}

describe('a script whose zxids follow one another', () => {
  test('a fresh tree was not created by anybody', () => {
    expect(stat('/').cversion).toBe(-1);
    expect(stat('/zookeeper').cversion).toBe(-2);
  });

  test('the session took zxid 1, a create takes 2', () => {
    expect(does(create('/p'))).toMatchObject({ err: 'OK', zxid: 2n });
    expect(stat('/p')).toMatchObject({
      czxid: 2n,
      mzxid: 2n,
      pzxid: 2n,
      version: 0,
      cversion: 0,
      aversion: 0,
      ephemeralOwner: 0n,
      dataLength: 1,
      numChildren: 0,
    });
  });

  test('sequence numbers count creations of any kind', () => {
    const sequential = CreateMode.PERSISTENT_SEQUENTIAL;
    expect(does(create('/p/s-', sequential)).body?.path).toBe('/p/s-0000000000');
    expect(errorOf(create('/p/x'))).toBe('OK');
    expect(does(create('/p/s-', sequential)).body?.path).toBe('/p/s-0000000002');
    expect(stat('/p')).toMatchObject({ pzxid: 5n, cversion: 3, numChildren: 3, mzxid: 2n });
  });

  test('a deletion counts in cversion, not in the sequence', () => {
    expect(errorOf(remove('/p/x'))).toBe('OK');
    expect(stat('/p')).toMatchObject({ pzxid: 6n, cversion: 4, numChildren: 2 });
    const made = does(create('/p/', CreateMode.PERSISTENT_SEQUENTIAL));
    expect(made.body?.path).toBe('/p/0000000003');
  });

  test('setData', () => {
    expect(does(set('/p', 0)).body?.stat).toMatchObject({ version: 1, mzxid: 8n });
  });

  test('a multi sees what it has done before', () => {
    does({ op: 'multi', ops: [set('/p', 1), set('/p', 2)] });
    expect(stat('/p')).toMatchObject({ version: 3, mzxid: 9n });
  });

  test('a multi does all or nothing, and its header says OK', () => {
    const check = { op: 'check', path: '/nope', version: 0 } as const;
    const answer = does({ op: 'multi', ops: [create('/m1'), check, remove('/p')] });
    expect(answer.err).toBe('OK');
    expect(answer.body?.results?.map((result) => errorName(result.err))).toEqual([
      'OK',
      'NONODE',
      'RUNTIMEINCONSISTENCY',
    ]);
    expect(errorOf({ op: 'exists', path: '/m1', watch: false })).toBe('NONODE');
  });

  test('a failed create takes a zxid', () => {
    const first = does(set('/p', -1)).body?.stat?.mzxid ?? 0n;
    expect(errorOf(create('/p'))).toBe('NODEEXISTS');
    expect(does(set('/p', -1)).body?.stat?.mzxid).toBe(first + 2n);
    expect(first).toBe(11n);
  });

  test.each<[what: string, request: Request, error: string]>([
    ['an ephemeral', create('/e', CreateMode.EPHEMERAL), 'OK'],
    ['a child of it', create('/e/x'), 'NOCHILDRENFOREPHEMERALS'],
    ['a missing parent', create('/none/x'), 'NONODE'],
    ['no ACL, and no parent', create('/none/x', 0, { acl: [] }), 'INVALIDACL'],
    ['delete /', remove('/'), 'BADARGUMENTS'],
    ['delete /zookeeper', remove('/zookeeper'), 'BADARGUMENTS'],
    ['delete /zookeeper/config', remove('/zookeeper/config'), 'BADARGUMENTS'],
    ['delete of a parent, wrong version', remove('/p', 77), 'BADVERSION'],
    ['delete of a parent', remove('/p'), 'NOTEMPTY'],
    [
      'a TTL node',
      create('/t', CreateMode.PERSISTENT_WITH_TTL, { op: 'createTTL', ttl: 5000 }),
      'UNIMPLEMENTED',
    ],
    ['a container', create('/k', CreateMode.CONTAINER, { op: 'createContainer' }), 'OK'],
    ['create /zookeeper/foo', create('/zookeeper/foo'), 'OK'],
    ['sync of nothing', { op: 'sync', path: '/nothing' }, 'OK'],
  ])('%s', (_what, request, error) => {
    expect(errorOf(request)).toBe(error);
  });

  test('a container shows no owner, an ephemeral its session', () => {
    expect(stat('/k').ephemeralOwner).toBe(0n);
    expect(stat('/e').ephemeralOwner >> 56n).toBe(1n);
  });

  test('the children of a multi have its zxid', () => {
    does(create('/c'));
    does({ op: 'multi', ops: [create('/c/m'), create('/c/m/n')] });
    const { czxid } = stat('/c/m');
    expect(stat('/c/m')).toMatchObject({ pzxid: czxid, cversion: 1 });
    expect(stat('/c/m/n').czxid).toBe(czxid);
  });
});

describe('watches', () => {
  test('the event of the client’s own write comes before its answer', () => {
    does({ op: 'getData', path: '/p', watch: true });
    const since = stage.run.world.trace.next;
    submit(stage, client, set('/p', -1));
    settle(stage, client);
    expect(arrivals(since)).toEqual(['3 /p', 'reply']);
  });

  test('a node with two watches of one connection is told to be gone once', () => {
    does(create('/w'));
    does({ op: 'getData', path: '/w', watch: true });
    does({ op: 'getChildren', path: '/w', watch: true });
    const since = stage.run.world.trace.next;
    submit(stage, client, remove('/w'));
    settle(stage, client);
    expect(arrivals(since)).toEqual(['2 /w', 'reply']);
  });

  test('a watch on a missing node fires when it is made, once', () => {
    expect(errorOf({ op: 'exists', path: '/later', watch: true })).toBe('NONODE');
    const since = stage.run.world.trace.next;
    does(create('/later'));
    does(set('/later', -1));
    expect(arrivals(since)).toEqual(['1 /later', 'reply', 'reply']);
  });

  test('a read that fails leaves no watch', () => {
    expect(errorOf({ op: 'getData', path: '/never', watch: true })).toBe('NONODE');
    const since = stage.run.world.trace.next;
    does(create('/never'));
    expect(arrivals(since)).toEqual(['reply']);
  });
});

test('no invariant is broken', () => {
  const { checker } = stage.run.world;
  expect(checker).not.toBeNull();
  expect(checker === null ? null : firstViolation(checker)).toBeNull();
});
