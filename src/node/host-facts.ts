/** What four-letter words tell of the machine. Each fact is looked up when somebody asks for it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { arch, homedir, hostname, release, tmpdir, totalmem } from 'node:os';
import { type as systemType, userInfo } from 'node:os';
import { join } from 'node:path';
import type { HostFacts } from '../core/admin/host-facts.ts';
import { versionLine } from '../core/admin/versions.ts';
import type { EnsembleConfig } from '../core/config.ts';
import type { ConnId } from '../core/units.ts';
import { logDirOf, snapDirOf, type DiskPlace } from './disk-files.ts';

export interface FactSources {
  readonly config: EnsembleConfig;
  readonly addressOf: (conn: ConnId) => string;
  readonly clientPort: () => number;
  readonly place: DiskPlace;
}

export function hostFacts({ config, addressOf, clientPort, place }: FactSources): HostFacts {
  return {
    addressOf,
    get clientPort() {
      return clientPort();
    },
    dataDir: snapDirOf(place),
    dataLogDir: logDirOf(place),
    get dataDirSize() {
      return sizeOf(snapDirOf(place));
    },
    get dataLogDirSize() {
      return sizeOf(logDirOf(place));
    },
    get environment() {
      return environment(config);
    },
    get fileDescriptors() {
      return fileDescriptors();
    },
  };
}

/** Of the files in it, in bytes. */
function sizeOf(directory: string): number {
  let size = 0;
  for (const name of readdirSync(directory)) {
    size += statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return size;
}

/** The keys of ZooKeeper's list; what Java says of itself there is what Node says here. */
function environment(config: EnsembleConfig): [string, string][] {
  const mb = 1024 * 1024;
  const { heapUsed, heapTotal } = process.memoryUsage();
  return [
    ['zookeeper.version', versionLine(config)],
    ['host.name', hostname()],
    ['java.version', `Node.js ${process.version}`],
    ['java.vendor', process.release.name],
    ['java.home', process.execPath],
    ['java.class.path', process.argv[1] ?? ''],
    ['java.io.tmpdir', tmpdir()],
    ['java.compiler', `V8 ${process.versions.v8}`],
    ['os.name', systemType()],
    ['os.arch', arch()],
    ['os.version', release()],
    ['user.name', userName()],
    ['user.home', homedir()],
    ['user.dir', process.cwd()],
    ['os.memory.free', `${String(Math.floor((heapTotal - heapUsed) / mb))}MB`],
    ['os.memory.max', `${String(Math.floor(totalmem() / mb))}MB`],
    ['os.memory.total', `${String(Math.floor(heapTotal / mb))}MB`],
  ];
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '<NA>'; // A user id without a name, as in some containers.
  }
}

function fileDescriptors(): HostFacts['fileDescriptors'] {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const max = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
    return max === undefined
      ? null
      : { open: readdirSync('/proc/self/fd').length, max: Number(max) };
  } catch {
    return null; // Not on Linux.
  }
}
