import { describe, expect, test } from 'vitest';
import { parseMyId, parseZooCfg, type ZooCfg } from '../../../src/node/zoo-cfg.ts';

function cfg(...lines: readonly string[]): ZooCfg {
  return parseZooCfg([{ name: 'zoo.cfg', text: lines.join('\n') }]);
}

describe('what zoo.cfg says', () => {
  test('nothing: the defaults of ZooKeeper', () => {
    const { config, snapRetainCount, forceSync, warnings } = cfg();
    expect(config.tickTime).toBe(2000);
    expect([config.minSessionTimeout, config.maxSessionTimeout]).toEqual([4000, 40_000]);
    expect(config.preAllocSize).toBe(64 * 1024 * 1024);
    expect(config.fourLetterWords).toEqual(['srvr']);
    expect(snapRetainCount).toBeNull();
    expect(forceSync).toBe(true);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['tickTime=500', 'tickTime', 500],
    ['tickTime: 500', 'tickTime', 500],
    ['  tickTime 500', 'tickTime', 500],
    ['tickTime=500', 'maxSessionTimeout', 10_000],
    ['initLimit=7', 'initLimit', 7],
    ['syncLimit=3', 'syncLimit', 3],
    ['minSessionTimeout=1', 'minSessionTimeout', 1],
    ['maxSessionTimeout=60000', 'maxSessionTimeout', 60_000],
    ['snapCount=10', 'snapCount', 10],
    ['preAllocSize=64', 'preAllocSize', 65_536],
    ['zookeeper.preAllocSize=64', 'preAllocSize', 65_536],
    ['commitLogCount=10', 'commitLogCount', 500],
    ['commitLogCount=1000', 'commitLogCount', 1000],
    ['jute.maxbuffer=0x1fffff', 'maxBuffer', 0x1fffff],
    ['globalOutstandingLimit=5', 'globalOutstandingLimit', 5],
    ['maxClientCnxns=0', 'maxClientCnxns', 0],
    ['maxCnxns=9', 'maxCnxns', 9],
    ['reconfigEnabled=TRUE', 'reconfigEnabled', true],
    ['standaloneEnabled=false', 'standaloneEnabled', false],
    ['localSessionsEnabled=true', 'localSessionsEnabled', true],
    ['localSessionsUpgradingEnabled=true', 'localSessionsUpgradingEnabled', true],
    ['readonlymode.enabled=true', 'readOnlyEnabled', true],
    ['zookeeper.extendedTypesEnabled=true', 'extendedTypesEnabled', true],
    ['enforceQuota=true', 'enforceQuota', true],
    ['digest.enabled=false', 'digestEnabled', false],
    ['znode.container.checkIntervalMs=500', 'containerCheckInterval', 500],
    ['snapshotSizeFactor=-1', 'snapshotSizeFactor', -1],
    ['release=3.8.0', 'release', '3.8.0'],
    ['4lw.commands.whitelist=stat, ruok', 'fourLetterWords', ['stat', 'ruok']],
  ] as const)('%s', (line, key, value) => {
    const { config, warnings } = cfg(line);
    expect(config[key]).toEqual(value);
    expect(warnings).toEqual([]);
  });

  test('places and ports', () => {
    const said = cfg(
      'dataDir=/var/lib/zookeeper',
      'dataLogDir=/log',
      'clientPort=2181',
      'clientPortAddress=10.0.0.1',
      'forceSync=no',
      'autopurge.snapRetainCount=5',
      'autopurge.purgeInterval=1',
    );
    expect(said).toMatchObject({
      dataDir: '/var/lib/zookeeper',
      dataLogDir: '/log',
      clientPort: 2181,
      clientPortAddress: '10.0.0.1',
      forceSync: false,
      snapRetainCount: 5,
    });
  });

  test('servers, their roles, groups and weights', () => {
    const { config, warnings } = cfg(
      'server.1=a:2888:3888',
      'server.2=b:2888:3888:participant;2181',
      'server.3=[::1]:2888:3888;[::1]:2181',
      'server.4=d:2888:3888:observer',
      'group.1=1:2',
      'group.2=3',
      'weight.2=3',
    );
    expect(warnings).toEqual([]);
    expect(config.servers).toEqual([
      { sid: 1, type: 'participant', address: 'a:2888:3888', group: 1 },
      { sid: 2, type: 'participant', address: 'b:2888:3888;2181', group: 1, weight: 3 },
      { sid: 3, type: 'participant', address: '[::1]:2888:3888;[::1]:2181', group: 2 },
      { sid: 4, type: 'observer', address: 'd:2888:3888' },
    ]);
  });

  test('a later text goes over an earlier one', () => {
    const texts = [
      { name: 'zoo.cfg', text: 'tickTime=500\nsnapCount=5' },
      { name: '--set', text: 'tickTime=700' },
    ];
    const { config } = parseZooCfg(texts);
    expect([config.tickTime, config.snapCount]).toEqual([700, 5]);
  });
});

describe('what cannot be is named, with its line', () => {
  test.each([
    ['tickTime=fast', 'zoo.cfg, line 2: tickTime=fast is not a whole number'],
    ['tickTime=0', 'zoo.cfg, line 2: tickTime=0 is not between 1 and 2147483647'],
    ['reconfigEnabled=yes', "Invalid option yes. Choose 'true' or 'false.'"],
    ['clientPort=70000', 'is not a port: ports go up to 65535'],
    ['clientPortAddress=::1', 'clientPortAddress is set but clientPort is not set'],
    ['electionAlg=1', 'Invalid electionAlg value. Only 3 is supported.'],
    ['secureClientPort=2281', 'clients are served without TLS'],
    ['sslQuorum=true', 'servers speak to each other without TLS'],
    ['quorum.auth.enableSasl=true', 'there is no SASL'],
    ['minSessionTimeout=50000', 'minSessionTimeout must not be larger than maxSessionTimeout'],
    ['server.x=a:1:2', 'zoo.cfg: server.x=a:1:2: For input string: "x"'],
    ['server.1=a', 'does not have the form server_config'],
    ['server.300=a:1:2', "a server's id is between 1 and 254"],
    ['server.1=a:1:2:observer', 'Observers w/o participants is an invalid configuration'],
    ['group.1=1\nserver.1=a:1:2\nserver.2=b:1:2', 'Server 2 is not in a group, and others are'],
    ['server.1=a:1:2\ngroup.1=1\ngroup.2=1', 'Server 1 is in two groups'],
    ['DigestAuthenticationProvider.superDigest=super:secret', 'is not of the form user:base64'],
    ['dynamicConfigFile=x\nserver.1=a:1:2', 'must be in a separate dynamic config file'],
    ['version=0', "dynamic file shouldn't have version inside"],
  ])('%s', (lines, message) => {
    expect(() => cfg('# a comment', lines)).toThrow(message);
  });

  test('a key that nobody knows is passed over, with a hint', () => {
    expect(cfg('tickTme=500').warnings).toEqual([
      'zoo.cfg, line 1: tickTme is not known and is ignored; did you mean tickTime?',
    ]);
    expect(cfg('', 'zebra=1').warnings).toEqual([
      'zoo.cfg, line 2: zebra is not known and is ignored',
    ]);
  });

  test('a key of ZooKeeper without a meaning here is said to have none', () => {
    expect(cfg('admin.httpVersion=11').warnings).toEqual([
      'zoo.cfg, line 1: admin.httpVersion has no effect on this server',
    ]);
  });

  test('an even number of servers is remarked on', () => {
    const lines = [1, 2, 3, 4].map((n) => `server.${String(n)}=h:${String(n)}1:${String(n)}2`);
    expect(cfg(...lines).warnings).toEqual([
      'Non-optimal configuration, consider an odd number of servers.',
    ]);
    expect(cfg(...lines.slice(0, 2)).warnings).toEqual([
      'No server failure will be tolerated. You need at least 3 servers.',
    ]);
  });
});

describe('myid', () => {
  test.each(['7', '7\n', ' 7 \nmore'])('%j is 7', (text) => {
    expect(parseMyId('myid', text)).toBe(7);
  });

  test.each(['', 'x', '-1', '0', '255', '1.5'])('%j is none', (text) => {
    expect(() => parseMyId('myid', text)).toThrow('myid: serverid');
  });
});
