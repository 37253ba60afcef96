/** What a person takes away is what a real server, and this page, start from. */
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf, type EnsembleConfig } from '../../../src/core/config.ts';
import { readDataDir } from '../../../src/core/txn-log/data-dir.ts';
import type { DiskImage } from '../../../src/core/txn-log/disk-image.ts';
import type { Sid } from '../../../src/core/units.ts';
import { filesEn } from '../../../src/i18n/files.en.ts';
import { filesZhCN } from '../../../src/i18n/files.zh-CN.ts';
import { archiveFiles } from '../../../src/ui/files/take-away.ts';
import { worldOf } from '../../../src/ui/state/default-world.ts';
import type { MemberFiles } from '../../../src/worker/api.ts';
import { createFilesHost } from '../../../src/worker/files/host.ts';
import { directory } from '../txn-log/real-files.ts';

function member(sid: number, more: Partial<MemberFiles> = {}): MemberFiles {
  const files = directory(`ensemble-s${String(sid)}`);
  return { sid: sid as Sid, files, dynamicConfig: null, ...more };
}

const three = [1, 2, 3].map((sid) => member(sid));

function textOf(members: readonly MemberFiles[], path: string, config?: EnsembleConfig): string {
  const world = worldOf(members.length, 0, 1);
  const files = archiveFiles(
    config === undefined ? world : { ...world, ensemble: config },
    members,
    filesEn.readme,
  );
  const file = files.find((f) => f.path === `zookeeper-ensemble/${path}`);
  return new TextDecoder().decode(file?.bytes ?? new TextEncoder().encode(`no ${path}`));
}

function imageOf(files: readonly { name: string; bytes: Uint8Array }[]): DiskImage {
  return readDataDir(files, { release: '3.9' }).image;
}

describe('the archive', () => {
  it('holds each member’s directory as it was, and reads back as the same', async () => {
    const host = createFilesHost();
    const zip = await host.pack(archiveFiles(worldOf(3, 0, 1), three, filesEn.readme));
    const unpacked = unzipSync(zip);
    expect(Object.keys(unpacked)).toContain('zookeeper-ensemble/server2/data/version-2/');
    expect(Object.keys(unpacked)).toContain('zookeeper-ensemble/docker-compose.yml');
    const reading = await host.read([{ path: 'z.zip', blob: new Blob([zip]) }]);
    expect(reading.refused).toEqual([]);
    expect(reading.dirs.map(({ path }) => path)).toEqual(
      [1, 2, 3].map((sid) => `zookeeper-ensemble/server${String(sid)}/data`),
    );
    for (const [i, { sid, verdict, files }] of reading.dirs.entries()) {
      expect(sid).toBe(i + 1);
      expect(verdict).toMatchObject({
        starts: true,
        znodes: 66,
        acceptedEpoch: 2,
        currentEpoch: 2,
      });
      expect(files.every(({ damage }) => damage === null)).toBe(true);
      // What a new member begins with has the same tree.
      const disk = imageOf(await host.diskOf(i));
      const whole = imageOf(three[i]?.files ?? []);
      expect(disk.log.at(-1)).toEqual(whole.log.at(-1));
      expect(disk.snapshots).toEqual(whole.snapshots.slice(-1));
    }
  });

  it('says in two languages how to start it', () => {
    const readme = textOf(three, 'README.md');
    expect(readme).toContain('docker compose up -d');
    expect(readme).toContain('zkServer.sh start "$PWD/server3/local.cfg"');
    expect(readme).toContain('127.0.0.1:2181,127.0.0.1:2182,127.0.0.1:2183');
    expect(readme).not.toContain('undefined');
    const chinese = archiveFiles(worldOf(3, 0, 1), three, filesZhCN.readme)[0];
    expect(new TextDecoder().decode(chinese?.bytes)).toContain('docker compose up -d');
  });

  it('names the servers as the compose file does', () => {
    const cfg = textOf(three, 'server2/zoo.cfg').split('\n');
    expect(cfg).toContain('dataDir=/data');
    expect(cfg).toContain('server.3=server3:2888:3888:participant;2181');
    expect(cfg.some((line) => line.startsWith('standaloneEnabled'))).toBe(false);
    const compose = textOf(three, 'docker-compose.yml');
    expect(compose).toContain('  server3:\n    image: zookeeper:3.9\n');
    expect(compose).toContain('- "127.0.0.1:2183:2181"');
    expect(compose).toContain('- ./server3/data:/data');
  });

  it('gives members on one machine ports of their own', () => {
    const cfg = textOf(three, 'server2/local.cfg').split('\n');
    expect(cfg).toContain('dataDir=./server2/data');
    expect(cfg).toContain('server.2=127.0.0.1:2889:3889:participant;127.0.0.1:2182');
    expect(cfg).toContain('admin.enableServer=false');
  });

  it('tells a server alone of no servers, and one voter with observers that it is an ensemble', () => {
    const alone = textOf([member(1)], 'server1/zoo.cfg');
    expect(alone).toContain('clientPort=2181\n');
    expect(alone).not.toContain('server.1');
    const config = { ...DEFAULT_CONFIG, servers: ensembleOf(1, 2) };
    const observer = textOf(three, 'server3/zoo.cfg', config);
    expect(observer).toContain('standaloneEnabled=false\n');
    expect(observer).toContain('peerType=observer\n');
    expect(observer).toContain('server.3=server3:2888:3888:observer;2181\n');
  });

  it('asks for what the data need', () => {
    const config = { ...DEFAULT_CONFIG, servers: ensembleOf(3, 0), extendedTypesEnabled: true };
    expect(textOf(three, 'server2/zoo.cfg', config)).toContain('extendedTypesEnabled=true\n');
    expect(textOf(three, 'server2/zoo.cfg')).not.toContain('extendedTypesEnabled');
    const logs = member(2).files.filter(({ name }) => name.startsWith('log.'));
    const members = [member(1), member(2, { files: logs }), member(3, { files: [] })];
    expect(textOf(members, 'server1/zoo.cfg')).not.toContain('trust.empty');
    expect(textOf(members, 'server2/zoo.cfg')).toContain('snapshot.trust.empty=true\n');
    expect(textOf(members, 'server3/zoo.cfg')).not.toContain('trust.empty');
  });

  it('goes by the latest reconfiguration', () => {
    const dynamicConfig = [
      'server.1=server1:2888:3888:participant;0.0.0.0:2181',
      'server.2=server2:2888:3888:observer;0.0.0.0:2181',
      'version=200000005',
    ].join('\n');
    const members = [member(1, { dynamicConfig }), member(2), member(3)];
    const cfg = textOf(members, 'server1/zoo.cfg');
    expect(cfg).toContain('server.2=server2:2888:3888:observer;2181');
    expect(cfg).not.toContain('server.3');
    expect(textOf(members, 'server3/zoo.cfg')).toBe('no server3/zoo.cfg');
  });
});
