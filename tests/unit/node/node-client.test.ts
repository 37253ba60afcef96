/** The npm client node-zookeeper-client, against our servers over TCP. */
import zookeeper from 'node-zookeeper-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEnsemble, type Ensemble } from '../../../src/node/index.ts';

type Client = ReturnType<typeof zookeeper.createClient>;

let ensemble: Ensemble;
let client: Client;

beforeAll(async () => {
  ensemble = await startEnsemble({ servers: 3 });
  await ensemble.ready();
  client = zookeeper.createClient(ensemble.connectString, { sessionTimeout: 6000, retries: 3 });
  await new Promise<void>((resolve) => {
    client.once('connected', resolve);
    client.connect();
  });
});

afterAll(async () => {
  client.close();
  await ensemble.close();
});

/** Runs one of the client's functions, whose last argument is a callback. */
function ask<T>(start: (done: (error: unknown, value?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      if (error === null || error === undefined) resolve(value as T);
      else reject(error instanceof Error ? error : new Error('the client failed'));
    });
  });
}

test('creates, reads, watches and deletes', async () => {
  const path = await ask<string>((done) => client.create('/app', Buffer.from('one'), done));
  expect(path).toBe('/app');
  const changed = new Promise<string>((resolve) => {
    client.getData(
      '/app',
      (event: { getName: () => string }) => resolve(event.getName()),
      () => undefined,
    );
  });
  await ask((done) => client.setData('/app', Buffer.from('two'), done));
  expect(await changed).toBe('NODE_DATA_CHANGED');
  expect(String(await ask<Buffer>((done) => client.getData('/app', done)))).toBe('two');
  await ask((done) => client.create('/app/member', done));
  expect(await ask<string[]>((done) => client.getChildren('/app', done))).toEqual(['member']);
  await expect(ask((done) => client.remove('/app', done))).rejects.toThrow(/NOT_EMPTY/);
  await ask((done) => client.remove('/app/member', done));
  await ask((done) => client.remove('/app', done));
  expect(await ask((done) => client.exists('/app', done))).toBeNull();
});

test('a transaction is done whole or not at all', async () => {
  const good = client.transaction().create('/both').create('/both/child');
  await ask((done) => good.commit(done));
  const bad = client.transaction().remove('/both/child').check('/nowhere', 0);
  await expect(ask((done) => bad.commit(done))).rejects.toThrow();
  expect(await ask((done) => client.exists('/both/child', done))).not.toBeNull();
});

test('goes on with another server when its own is killed', async () => {
  const leader = ensemble.leader() ?? 1;
  await ensemble.kill(leader);
  await ensemble.ready();
  await expect
    .poll(async () => ask((done) => client.exists('/both', done)).catch(() => null), {
      timeout: 15_000,
    })
    .not.toBeNull();
  await ensemble.restart(leader);
  await ensemble.ready();
});
