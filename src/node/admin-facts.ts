/** What the admin server's answers tell of the machine and of the files, looked up when asked. */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { delimiter, sep } from 'node:path';
import { EOL } from 'node:os';
import type { AdminFacts } from '../core/admin/admin-facts.ts';
import type { HostFacts } from '../core/admin/host-facts.ts';
import { addressOf, type EnsembleConfig } from '../core/config.ts';
import { snapDirOf, type DiskPlace } from './disk-files.ts';
import { zxidFiles } from './read-disk.ts';

export interface AdminFactSources {
  readonly host: HostFacts;
  readonly config: EnsembleConfig;
  readonly place: DiskPlace;
}

export function adminFacts({ host, config, place }: AdminFactSources): AdminFacts {
  return {
    addressOf: (conn) => host.addressOf(conn),
    get clientPort() {
      return host.clientPort;
    },
    dataDir: resolve(host.dataDir),
    dataLogDir: resolve(host.dataLogDir),
    get dataDirSize() {
      return host.dataDirSize;
    },
    get dataLogDirSize() {
      return host.dataLogDirSize;
    },
    get environment() {
      return host.environment;
    },
    get fileDescriptors() {
      return host.fileDescriptors;
    },
    get lastSnapshot() {
      return lastSnapshot(snapDirOf(place));
    },
    get initialConfig() {
      return configText(config, place, host.clientPort);
    },
    get systemProperties() {
      return systemProperties(host.environment);
    },
  };
}

function lastSnapshot(directory: string): AdminFacts['lastSnapshot'] {
  const newest = zxidFiles('snapshot', readdirSync(directory)).at(-1);
  if (newest === undefined) return null;
  const stats = statSync(join(directory, newest.name), { throwIfNoEntry: false });
  if (stats === undefined) return null;
  return { zxid: newest.zxid, timestamp: Math.floor(stats.mtimeMs / 1000) };
}

/** The lines of a zoo.cfg that says the same: there may have been no such file. */
function configText(config: EnsembleConfig, place: DiskPlace, clientPort: number): string {
  const { tickTime, initLimit, syncLimit, servers } = config;
  const lines = [
    `tickTime=${String(tickTime)}`,
    `initLimit=${String(initLimit)}`,
    `syncLimit=${String(syncLimit)}`,
    `dataDir=${place.dataDir}`,
    ...(place.dataLogDir === place.dataDir ? [] : [`dataLogDir=${place.dataLogDir}`]),
    `clientPort=${String(clientPort)}`,
    ...(servers.length === 1 ? [] : servers.map(serverLine)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function serverLine(spec: EnsembleConfig['servers'][number]): string {
  const [peers = '', client] = addressOf(spec).split(';');
  const end = client === undefined ? '' : `;${client}`;
  return `server.${String(spec.sid)}=${peers}:${spec.type}${end}`;
}

/** Those of Java's properties that have a counterpart here. */
function systemProperties(environment: HostFacts['environment']): [string, string][] {
  const known = environment.filter(([key]) =>
    /^(java\.|user\.|os\.(name|arch|version)$)/.test(key),
  );
  const properties: [string, string][] = [
    ...known.map(([key, value]): [string, string] => [key, value]),
    ['file.separator', sep],
    ['line.separator', EOL],
    ['path.separator', delimiter],
  ];
  return properties.sort(([a], [b]) => (a < b ? -1 : 1));
}
