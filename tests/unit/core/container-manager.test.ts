/** Containers whose children are gone, and TTL nodes past their time, are removed. */
import { describe, expect, test } from 'vitest';
import { OPEN_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { CreateMode, type Request } from '../../../src/core/jute/proto.ts';
import { connectRequest, LittleEnsemble, shortly } from '../../support/little-ensemble.ts';
import type { RawClient } from '../../support/little-ensemble.ts';

const CONFIG = { containerCheckInterval: 500, extendedTypesEnabled: true };

function attach(world: LittleEnsemble): RawClient {
  const client = world.dial(1);
  world.say(client, connectRequest({ timeOut: 40_000 }));
  world.run(20);
  return client;
}

function create(path: string, op: 'create' | 'createContainer' | 'createTTL', ttl = 0): Request {
  const flags = {
    create: CreateMode.PERSISTENT,
    createContainer: CreateMode.CONTAINER,
    createTTL: CreateMode.PERSISTENT_WITH_TTL,
  }[op];
  return { op, path, data: new Uint8Array(1), acl: OPEN_ACL_UNSAFE, flags, ttl };
}

const remove = (path: string): Request => ({ op: 'delete', path, version: -1 });

function has(world: LittleEnsemble, path: string): boolean {
  return [...world.servers.values()].every((server) => server.db.tree.nodes.has(path));
}

function says(world: LittleEnsemble, client: RawClient, ...requests: Request[]): void {
  for (const [i, request] of requests.entries()) world.request(client, 100 + i, request);
  world.run(20);
}

describe.each([1, 3])('in an ensemble of %d', (voters) => {
  function start(more = {}): { world: LittleEnsemble; client: RawClient } {
    const world = new LittleEnsemble(voters, { ...CONFIG, ...more } as object).run(3000);
    return { world, client: attach(world) };
  }

  test('a container goes when its last child has gone, and not before it had one', () => {
    const { world, client } = start();
    says(world, client, create('/c', 'createContainer'), create('/unused', 'createContainer'));
    says(world, client, create('/c/k', 'create'));
    world.run(1500);
    expect(has(world, '/c')).toBe(true);
    says(world, client, remove('/c/k'));
    world.run(600);
    expect(has(world, '/c')).toBe(false);
    expect(has(world, '/unused')).toBe(true);
  });

  test('one that was never used goes after the time that is set for that', () => {
    const { world, client } = start({ containerMaxNeverUsed: 2000 });
    says(world, client, create('/c', 'createContainer'));
    world.run(1400);
    expect(has(world, '/c')).toBe(true);
    world.run(1500);
    expect(has(world, '/c')).toBe(false);
  });

  test('a TTL node goes when its data is older than that and it has no child', () => {
    const { world, client } = start();
    says(world, client, create('/t', 'createTTL', 300), create('/u', 'createTTL', 300));
    says(world, client, create('/u/k', 'create'), create('/long', 'createTTL', 60_000));
    world.run(1500);
    expect(has(world, '/t')).toBe(false);
    expect(has(world, '/u')).toBe(true);
    expect(has(world, '/long')).toBe(true);
    says(world, client, remove('/u/k'));
    world.run(600);
    expect(has(world, '/u')).toBe(false);
  });

  test('no more than so many go in a minute', () => {
    const { world, client } = start({ containerMaxPerMinute: 60 });
    for (const n of [1, 2, 3]) {
      says(world, client, create(`/t${String(n)}`, 'createTTL', 100));
    }
    const left = (): number => [1, 2, 3].filter((n) => has(world, `/t${String(n)}`)).length;
    for (let i = 0; i < 70 && left() === 3; i++) world.run(10);
    expect(left()).toBe(2);
    world.run(900);
    expect(left()).toBe(2);
    world.run(200);
    expect(left()).toBe(1);
    world.run(1000);
    expect(left()).toBe(0);
  });

  test('where there is nothing to look for, nothing is done but to look again', () => {
    const { world } = start();
    const before = world.lines.length;
    const { lastProcessedZxid } = world.server(1).db.tree;
    const fired = world.fired.length;
    world.run(10_000);
    expect(world.lines.length).toBe(before);
    expect(world.server(1).db.tree.lastProcessedZxid).toBe(lastProcessedZxid);
    const looks = world.fired.slice(fired).filter((name) => name.endsWith(' containers'));
    expect(looks).toHaveLength(20);
  });
});

test('a node that was used again in the meantime stays', () => {
  const world = new LittleEnsemble(1, { ...CONFIG, containerMaxPerMinute: 60 } as object).run(10);
  const client = attach(world);
  says(world, client, create('/t1', 'createTTL', 100), create('/t2', 'createTTL', 100));
  world.run(600);
  says(world, client, create('/t2/k', 'create'));
  world.run(2000);
  expect(has(world, '/t1')).toBe(false);
  expect(has(world, '/t2')).toBe(true);
  expect(shortly(client).every((reply) => reply.endsWith(':0'))).toBe(true);
});
