import { describe, expect, test } from 'vitest';
import { DEFAULT_ADMIN, type AdminSettings } from '../../../src/node/admin-settings.ts';
import { ConfigError } from '../../../src/node/config-error.ts';
import { startEnsemble } from '../../../src/node/index.ts';
import { freePorts } from '../../../src/node/free-ports.ts';
import { parseZooCfg } from '../../../src/node/zoo-cfg.ts';

function admin(...lines: string[]): AdminSettings {
  return parseZooCfg([{ name: 'zoo.cfg', text: lines.join('\n') }]).admin;
}

describe('the keys admin.* of zoo.cfg', () => {
  test('are those of an admin server that is off, where nothing is said', () => {
    expect(admin()).toEqual(DEFAULT_ADMIN);
    expect(admin()).toMatchObject({ enabled: false, host: '127.0.0.1', port: 8080 });
  });

  test('say whether, where and how it answers', () => {
    const lines = [
      ...['admin.enableServer=true', 'admin.serverAddress=0.0.0.0', 'admin.serverPort=9999'],
      ...['zookeeper.admin.commandURL=/zk', 'admin.idleTimeout=5'],
      ...['admin.snapshot.enabled=false', 'admin.restore.enabled=no'],
    ];
    expect(admin(...lines)).toEqual({
      ...DEFAULT_ADMIN,
      ...{ enabled: true, host: '0.0.0.0', port: 9999, commandUrl: '/zk', idleTimeout: 5 },
      ...{ snapshotEnabled: false, restoreEnabled: false },
    });
  });

  test('have one interval for both commands, or one for each', () => {
    const both = 'admin.rateLimiterIntervalInMS=70';
    expect(admin(both)).toMatchObject({ snapshotInterval: 70, restoreInterval: 70 });
    const each = admin('admin.snapshot.intervalInMS=1', both, 'admin.restore.intervalInMS=2');
    expect(each).toMatchObject({ snapshotInterval: 1, restoreInterval: 2 });
  });

  test.each(['admin.serverPort=70000', 'admin.commandURL=commands', 'admin.commandURL=/c/'])(
    '%s cannot be',
    (line) => {
      expect(() => admin(line)).toThrow(ConfigError);
    },
  );

  test.each(['admin.forceHttps', 'admin.portUnification', 'admin.needClientAuth'])(
    '%s would promise what there is not',
    (key) => {
      expect(() => admin(`${key}=true`)).toThrow(/the admin server answers without TLS/);
      expect(() => admin(`${key}=false`)).not.toThrow();
    },
  );
});

test('the servers of an ensemble have ports in a row, under the path that is asked for', async () => {
  const [port = 0] = await freePorts('127.0.0.1', 1);
  const settings = { port, commandUrl: '/zk' };
  const two = await startEnsemble({ servers: 2, admin: settings, forceSync: false });
  try {
    expect(two.members.map(({ adminPort }) => adminPort)).toEqual([port, port + 1]);
    const url = `http://127.0.0.1:${String(port + 1)}`;
    expect(await (await fetch(`${url}/zk`)).text()).toContain('<a href="/zk/ruok">ruok</a>');
    const head = await fetch(`${url}/zk/gtmk`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(`${url}/commands/ruok`)).status).toBe(404);
  } finally {
    await two.close();
  }
});
