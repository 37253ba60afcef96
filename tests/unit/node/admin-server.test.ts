import { afterEach, describe, expect, test } from 'vitest';
import { digestId } from '../../../src/core/auth/digest-auth.ts';
import type { Millis } from '../../../src/core/units.ts';
import { startEnsemble, type Ensemble, type EnsembleOptions } from '../../../src/node/index.ts';
import { RateLimit } from '../../../src/node/admin-rate-limit.ts';
import { RawClient } from './raw-client.ts';

const QUICK: NonNullable<EnsembleOptions['config']> = {
  tickTime: 500 as Millis,
  preAllocSize: 64 * 1024,
};

const opened: { close(): Promise<void> }[] = [];

async function ensemble(options: EnsembleOptions = {}): Promise<Ensemble> {
  const started = await startEnsemble({ config: QUICK, admin: true, forceSync: false, ...options });
  opened.push(started);
  await started.ready();
  return started;
}

async function client(from: Ensemble, sid: number): Promise<RawClient> {
  const raw = new RawClient(from.members.find((m) => m.sid === sid)?.clientPort ?? 0);
  opened.push({
    close: () => {
      raw.destroy();
      return Promise.resolve();
    },
  });
  await raw.open();
  return raw;
}

function adminUrl(from: Ensemble, sid: number): string {
  const port = from.members.find((m) => m.sid === sid)?.adminPort ?? 0;
  return `http://127.0.0.1:${String(port)}`;
}

type Fields = Record<string, unknown>;

async function ask(from: Ensemble, sid: number, command: string): Promise<Fields> {
  const response = await fetch(`${adminUrl(from, sid)}/commands/${command}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  return (await response.json()) as Fields;
}

const ROOT = { authorization: 'digest root:secret' };

function snapshotOf(from: Ensemble, headers: Record<string, string> = ROOT): Promise<Response> {
  return fetch(`${adminUrl(from, 1)}/commands/snapshot`, { headers });
}

function restoreInto(
  to: Ensemble,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = ROOT,
): Promise<Response> {
  return fetch(`${adminUrl(to, 1)}/commands/restore`, { method: 'POST', body, headers });
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer());
}

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

/** The fields of each command on a server that stands alone, beside `command` and `error`. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  configuration: [
    ...['client_port', 'data_dir', 'data_log_dir', 'tick_time', 'max_client_cnxns'],
    ...['min_session_timeout', 'max_session_timeout', 'server_id', 'client_port_listen_backlog'],
  ],
  connections: ['connections', 'secure_connections'],
  connection_stat_reset: [],
  dirs: ['datadir_size', 'logdir_size'],
  dump: ['expiry_time_to_session_ids', 'session_id_to_ephemeral_paths'],
  get_trace_mask: ['tracemask'],
  hash: ['digests'],
  initial_configuration: ['initial_configuration'],
  is_read_only: ['read_only'],
  last_snapshot: ['zxid', 'timestamp'],
  observer_connection_stat_reset: [],
  observers: ['synced_observers', 'observers'],
  ruok: [],
  server_stats: ['version', 'read_only', 'server_stats', 'client_response', 'node_count'],
  stat_reset: [],
  stats: [
    ...['version', 'read_only', 'server_stats', 'client_response', 'node_count'],
    ...['connections', 'secure_connections'],
  ],
  voting_view: ['current_config'],
  watch_summary: ['num_connections', 'num_paths', 'num_total_watches'],
  watches: ['session_id_to_watched_paths'],
  watches_by_path: ['path_to_session_ids'],
  zabstate: ['voting', 'zabstate'],
};

describe('the admin server', () => {
  test('is off unless it is asked for', async () => {
    const one = await ensemble({ servers: 1, admin: false });
    expect(one.members.map(({ adminPort }) => adminPort)).toEqual([null]);
  });

  test('lists its commands, and answers each with the fields that it has', async () => {
    const one = await ensemble({ servers: 1 });
    const links = await (await fetch(`${adminUrl(one, 1)}/commands`)).text();
    for (const [name, fields] of Object.entries(FIELDS)) {
      expect(links).toContain(`<a href="/commands/${name}">${name}</a>`);
      const answer = await ask(one, 1, name);
      expect(Object.keys(answer), name).toEqual([...fields, 'command', 'error']);
      expect([answer['command'], answer['error']]).toEqual([name, null]);
    }
    expect(links).toContain('/commands/snapshot"');
    expect(links).toContain('/commands/restore"');
    const environment = await ask(one, 1, 'environment');
    expect(Object.keys(environment)).toEqual(
      expect.arrayContaining(['zookeeper.version', 'host.name', 'java.version', 'user.dir']),
    );
    expect(await ask(one, 1, 'leader')).toEqual({
      error: 'server is not initialized',
      command: 'leader',
    });
  });

  test('tells of connections, watches, sessions and ephemerals', async () => {
    const one = await ensemble({ servers: 1 });
    const raw = await client(one, 1);
    await raw.create('/a', 'x');
    await raw.call({
      ...{ op: 'create', path: '/mine', data: null, flags: 1, ttl: 0 },
      acl: [{ perms: 31, id: { scheme: 'world', id: 'anyone' } }],
    });
    await raw.call({ op: 'getData', path: '/a', watch: true });
    const { connections } = (await ask(one, 1, 'cons')) as { connections: Fields[] };
    expect(connections).toHaveLength(1);
    expect(connections[0]).toMatchObject({ interest_ops: 1, session_timeout: 10_000 });
    expect(connections[0]).toMatchObject({ last_operation: 'GETD', packets_received: 4 });
    expect(connections[0]?.['remote_socket_address']).toMatch(/^127\.0\.0\.1:\d+$/);

    const text = await (await fetch(`${adminUrl(one, 1)}/commands/wchp`)).text();
    expect(text).toMatch(
      /^\{\n {2}"path_to_session_ids" : \{\n {4}"\/a" : \[ \d{15,} \]\n {2}\},\n {2}"command" : "watches_by_path",\n {2}"error" : null\n\}$/,
    );
    const { session_id_to_ephemeral_paths: ephemerals } = await ask(one, 1, 'dump');
    expect(Object.values(ephemerals as Fields)).toEqual([['/mine']]);
    expect(await ask(one, 1, 'watch_summary')).toMatchObject({ num_total_watches: 1 });
    expect(await ask(one, 1, 'mntr')).toMatchObject({ server_state: 'standalone', watch_count: 1 });
  });

  test('sets the trace mask, and says what it wants where it is not given', async () => {
    const one = await ensemble({ servers: 1 });
    expect(await ask(one, 1, 'set_trace_mask?traceMask=64')).toMatchObject({ tracemask: 64 });
    expect(await ask(one, 1, 'gtmk')).toMatchObject({ tracemask: 64 });
    expect((await ask(one, 1, 'stmk'))['error']).toBe(
      'setTraceMask requires long traceMask argument',
    );
    expect((await ask(one, 1, 'stmk?traceMask=x'))['error']).toMatch(/, got x$/);
  });

  test('says of an unknown command that it is one, and knows no other paths', async () => {
    const one = await ensemble({ servers: 1 });
    expect(await ask(one, 1, 'nothing')).toEqual({
      command: 'nothing',
      error: 'Unknown command: nothing',
    });
    const url = adminUrl(one, 1);
    expect((await fetch(`${url}/other`)).status).toBe(404);
    expect((await fetch(`${url}/commandsx`)).status).toBe(404);
    expect((await fetch(`${url}/commands/ruok`, { method: 'DELETE' })).status).toBe(405);
    expect((await fetch(`${url}/commands/ruok`, { method: 'POST' })).status).toBe(500);
  });

  test('shows an ensemble its leader, its voters and its observers', async () => {
    const four = await ensemble({ observers: 1 });
    const sid = four.leader() ?? 0;
    const follower = sid === 1 ? 2 : 1;
    expect(await ask(four, sid, 'leader')).toMatchObject({ is_leader: true, leader_id: sid });
    expect(await ask(four, follower, 'leader')).toMatchObject({
      ...{ is_leader: false, leader_id: sid, leader_ip: '127.0.0.1' },
    });
    const { current_config: view } = await ask(four, 4, 'voting_view');
    expect(Object.keys(view as Fields)).toEqual(['1', '2', '3']);
    expect(await ask(four, 4, 'zabstate')).toMatchObject({
      ...{ myid: 4, is_leader: false, voting: false, zabstate: 'broadcast', zab_epoch: 1 },
    });
    await expect.poll(async () => (await ask(four, sid, 'observers'))['synced_observers']).toBe(1);
    expect(await ask(four, sid, 'srvr')).toHaveProperty('proposal_stats.last_buffer_size');
  });

  test('answers while its server does not serve, and on the same port after a restart', async () => {
    const three = await ensemble();
    const url = adminUrl(three, 1);
    await three.kill(2);
    await three.kill(3);
    await expect
      .poll(async () => (await ask(three, 1, 'ruok'))['error'], { timeout: 20_000 })
      .toBe('This ZooKeeper instance is not currently serving requests');
    expect(await ask(three, 1, 'zabstate')).toMatchObject({ voting: false, zabstate: '' });
    await three.kill(1);
    await expect(fetch(url)).rejects.toThrow();
    await three.restart(1);
    expect(adminUrl(three, 1)).toBe(url);
    expect((await fetch(`${url}/commands`)).status).toBe(200);
  });
});

describe('a snapshot that is taken and restored', () => {
  async function filled(options: EnsembleOptions = {}): Promise<Ensemble> {
    const one = await ensemble({ servers: 1, ...options });
    const raw = await client(one, 1);
    for (const path of ['/a', '/a/b', '/c']) await raw.create(path, `of ${path}`);
    return one;
  }

  test('gives a fresh server the same tree, for good', async () => {
    const from = await filled({ admin: { snapshotInterval: 0 } });
    const response = await snapshotOf(from);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('last_zxid')).toBe('0x4');
    const file = await bytesOf(response);
    expect(response.headers.get('snapshot_size')).toBe(String(file.length));
    expect((await ask(from, 1, 'last_snapshot'))['zxid']).toBe('4');

    const to = await ensemble({ servers: 1, admin: { snapshotInterval: 0, restoreInterval: 0 } });
    const early = await client(to, 1);
    const answer = await restoreInto(to, file);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ last_zxid: 4, command: 'restore', error: null });
    const raw = await client(to, 1);
    expect(await raw.get('/a/b')).toBe('of /a/b');
    // Nothing of what the session before the restore asks is answered: it is not in the snapshot.
    const unanswered = early.get('/c');
    await to.kill(1);
    expect(await unanswered).toBe(null);
    await to.restart(1);
    await to.ready();
    const later = await client(to, 1);
    expect(await later.get('/a/b')).toBe('of /a/b');
    expect((await later.create('/later', 'written'))?.zxid).toBeGreaterThan(4n);

    await restoreInto(to, file);
    const again = await client(to, 1);
    expect(await again.get('/later')).toBe(-101);
    expect(await again.get('/a')).toBe('of /a');
  });

  test('has the same digest on both sides', async () => {
    const from = await filled();
    const before = (await ask(from, 1, 'mntr'))['approximate_data_size'];
    const file = await bytesOf(await snapshotOf(from));
    const to = await ensemble({ servers: 1 });
    expect((await restoreInto(to, file)).status).toBe(200);
    expect(await ask(to, 1, 'mntr')).toMatchObject({
      ...{ approximate_data_size: before, digest_mismatches_count: 0 },
    });
    expect(await ask(to, 1, 'srvr')).toMatchObject({
      server_stats: { last_processed_zxid: 4 },
      node_count: 8,
    });
  });

  test('may be had without the file itself', async () => {
    const from = await filled();
    const url = `${adminUrl(from, 1)}/commands/snap?streaming=false`;
    const response = await fetch(url, { headers: ROOT });
    expect(response.headers.get('last_zxid')).toBe('0x4');
    expect(await response.json()).toEqual({ command: 'snapshot', error: null });
  });

  test('is refused without all permissions on the root', async () => {
    const one = await filled({ admin: { snapshotInterval: 0, restoreInterval: 0 } });
    const raw = await client(one, 1);
    const acl = [
      { perms: 31, id: { scheme: 'digest', id: digestId('root', 'secret') } },
      { perms: 1, id: { scheme: 'world', id: 'anyone' } },
    ];
    expect((await raw.call({ op: 'setACL', path: '/', acl, version: -1 }))?.err).toBe(0);
    const tries: [Record<string, string>, number, string | null][] = [
      [{}, 401, 'Auth info is missing for the command'],
      [{ authorization: 'digest' }, 401, 'Not authenticated'],
      [{ authorization: 'sasl root' }, 401, 'Not authenticated'],
      [{ authorization: 'digest root:secret more' }, 401, 'Not authenticated'],
      [{ authorization: 'digest root:wrong' }, 403, 'Not authorized'],
      [{ authorization: 'ip' }, 403, 'Not authorized'],
    ];
    for (const [headers, status, error] of tries) {
      const response = await snapshotOf(one, headers);
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ command: 'snapshot', error });
      const restore = await restoreInto(one, new Uint8Array(10), headers);
      expect([restore.status, await restore.json()]).toEqual([
        status,
        { command: 'restore', error },
      ]);
    }
    expect((await snapshotOf(one)).status).toBe(200);
  });

  test('is refused more than once in an interval, and where it is switched off', async () => {
    const one = await filled();
    const file = await bytesOf(await snapshotOf(one));
    const second = await snapshotOf(one);
    expect([second.status, await second.json()]).toEqual([
      429,
      { command: 'snapshot', error: null },
    ]);
    expect((await restoreInto(one, file)).status).toBe(200);
    expect((await restoreInto(one, file)).status).toBe(429);
    const off = await ensemble({
      servers: 1,
      admin: { snapshotEnabled: false, restoreEnabled: false },
    });
    expect((await snapshotOf(off)).status).toBe(503);
    expect((await restoreInto(off, file)).status).toBe(503);
  });

  test('is refused where it is damaged, and changes nothing', async () => {
    const one = await filled({ admin: { snapshotInterval: 0, restoreInterval: 0 } });
    const file = await bytesOf(await snapshotOf(one));
    const broken = file.slice();
    broken[60] = (broken[60] ?? 0) ^ 1;
    for (const bytes of [broken, new Uint8Array(0), file.slice(0, -30)]) {
      const answer = await restoreInto(one, bytes);
      expect([answer.status, await answer.json()]).toEqual([
        500,
        { command: 'restore', error: null },
      ]);
    }
    const raw = await client(one, 1);
    expect(await raw.get('/c')).toBe('of /c');
  });

  test('of a later epoch is refused by an ensemble', async () => {
    const from = await ensemble({ config: { ...QUICK, tickTime: 200 as Millis } });
    const old = from.leader() ?? 0;
    await from.kill(old);
    await from.ready();
    await from.restart(old);
    await from.ready();
    const raw = await client(from, 1);
    await raw.create('/later', 'epoch');
    const file = await bytesOf(await snapshotOf(from));
    const to = await ensemble();
    expect((await restoreInto(to, file)).status).toBe(500);
    const alone = await ensemble({ servers: 1 });
    expect((await restoreInto(alone, file)).status).toBe(200);
    const reader = await client(alone, 1);
    expect(await reader.get('/later')).toBe('epoch');
  });
});

test('a rate limit lets one through in an interval', () => {
  const limit = new RateLimit(100, 0);
  const allowed = [0, 1, 100, 101, 150, 201, 202].map((now) => limit.allow(now));
  expect(allowed).toEqual([true, false, false, true, false, false, true]);
});
