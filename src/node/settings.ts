/** The keys of zoo.cfg, each with what it changes. */
import type { EnsembleConfig } from '../core/config.ts';
import { MAX_BUFFER } from '../core/jute/input-archive.ts';
import type { Millis } from '../core/units.ts';
import type { AdminSettings } from './admin-settings.ts';
import { ConfigError } from './config-error.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What has been read so far. */
export interface Draft {
  readonly config: Partial<Mutable<EnsembleConfig>>;
  readonly admin: Partial<Mutable<AdminSettings>>;
  /** Milliseconds; null where it is not said. */
  adminInterval: number | null;
  dataDir: string | null;
  dataLogDir: string | null;
  clientPort: number | null;
  clientPortAddress: string | null;
  dynamicConfigFile: string | null;
  forceSync: boolean;
  snapRetainCount: number;
  /** Hours; 0 for never. */
  purgeInterval: number;
  readonly warnings: string[];
}

/** @param what the line as it is to be shown, with its place. @throws ConfigError */
export type Setting = (draft: Draft, value: string, what: string) => void;

const INT_MAX = 0x7fff_ffff;

function parseInteger(value: string, what: string, least: number): number {
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : NaN;
  if (Number.isNaN(number)) throw new ConfigError(`${what} is not a whole number`);
  if (number < least || number > INT_MAX) {
    throw new ConfigError(`${what} is not between ${String(least)} and ${String(INT_MAX)}`);
  }
  return number;
}

function parseBoolean(value: string, what: string): boolean {
  const lower = value.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  throw new ConfigError(`${what}: Invalid option ${value}. Choose 'true' or 'false.'`);
}

function parsePort(value: string, what: string): number {
  const port = parseInteger(value, what, 0);
  if (port > 0xffff) throw new ConfigError(`${what} is not a port: ports go up to 65535`);
  return port;
}

type KeysOf<T> = {
  [K in keyof EnsembleConfig]: EnsembleConfig[K] extends T ? K : never;
}[keyof EnsembleConfig];

/** @param least the smallest value that is taken. */
function integer(key: KeysOf<number>, least = 0, unit = 1): Setting {
  return (draft, value, what) => {
    const parsed = (parseInteger(value, what, least) * unit) as Millis;
    (draft.config as Partial<Record<typeof key, number>>)[key] = parsed;
  };
}

function flag(key: KeysOf<boolean>): Setting {
  return (draft, value, what) => {
    draft.config[key] = parseBoolean(value, what);
  };
}

/** Java's Boolean.getBoolean, for what ZooKeeper reads as a property: all but `true` is false. */
function property(key: KeysOf<boolean>): Setting {
  return (draft, value) => {
    draft.config[key] = value.toLowerCase() === 'true';
  };
}

/** Boolean.parseBoolean's counterpart for what is on unless said otherwise. */
function onUnlessFalse(key: KeysOf<boolean>): Setting {
  return (draft, value) => {
    draft.config[key] = value.toLowerCase() === 'true';
  };
}

const containerCheck = integer('containerCheckInterval', 1);
const containerPerMinute = integer('containerMaxPerMinute', 1);
const containerNeverUsed = integer('containerMaxNeverUsed');

export const SETTINGS: Readonly<Record<string, Setting>> = {
  tickTime: integer('tickTime', 1),
  initLimit: integer('initLimit', 1),
  syncLimit: integer('syncLimit', 1),
  minSessionTimeout: integer('minSessionTimeout', -1),
  maxSessionTimeout: integer('maxSessionTimeout', -1),
  snapCount: integer('snapCount', 2),
  commitLogCount: integer('commitLogCount', 1),
  /** Kilobytes in the file. */
  preAllocSize: integer('preAllocSize', 0, 1024),
  'jute.maxbuffer': (draft, value, what) => {
    const size = /^0x[0-9a-f]+$/i.test(value) ? String(Number(value)) : value;
    draft.config.maxBuffer = parseInteger(size, what, 1);
    if (draft.config.maxBuffer < 1024) {
      draft.warnings.push(`${what} is smaller than most requests; ${String(MAX_BUFFER)} is usual`);
    }
  },
  snapshotSizeFactor: (draft, value, what) => {
    const factor = Number(value);
    if (value === '' || Number.isNaN(factor)) throw new ConfigError(`${what} is not a number`);
    draft.config.snapshotSizeFactor = factor;
  },
  globalOutstandingLimit: integer('globalOutstandingLimit'),
  maxClientCnxns: integer('maxClientCnxns'),
  maxCnxns: integer('maxCnxns'),
  reconfigEnabled: flag('reconfigEnabled'),
  standaloneEnabled: flag('standaloneEnabled'),
  localSessionsEnabled: flag('localSessionsEnabled'),
  localSessionsUpgradingEnabled: flag('localSessionsUpgradingEnabled'),
  'readonlymode.enabled': property('readOnlyEnabled'),
  extendedTypesEnabled: property('extendedTypesEnabled'),
  enforceQuota: property('enforceQuota'),
  'digest.enabled': onUnlessFalse('digestEnabled'),
  'DigestAuthenticationProvider.superDigest': (draft, value, what) => {
    if (!/^[^:]+:[A-Za-z0-9+/]{27}=$/.test(value)) {
      throw new ConfigError(`${what} is not of the form user:base64(sha1(user:password))`);
    }
    draft.config.superDigest = value;
  },
  '4lw.commands.whitelist': (draft, value) => {
    const words = value.split(',').map((word) => word.trim());
    draft.config.fourLetterWords = words.filter((word) => word !== '');
  },
  'znode.container.checkIntervalMs': containerCheck,
  'container.checkIntervalMs': containerCheck,
  'znode.container.maxPerMinute': containerPerMinute,
  'container.maxPerMinute': containerPerMinute,
  'znode.container.maxNeverUsedIntervalMs': containerNeverUsed,
  'container.maxNeverUsedIntervalMs': containerNeverUsed,
  /** Of this server, not of ZooKeeper: which release to be like where two differ. */
  release: (draft, value, what) => {
    if (value !== '3.8.0' && value !== '3.9') throw new ConfigError(`${what} is not 3.8.0 or 3.9`);
    draft.config.release = value;
  },
  dataDir: (draft, value, what) => {
    if (value === '') throw new ConfigError(`${what} names no directory`);
    draft.dataDir = value;
  },
  dataLogDir: (draft, value, what) => {
    if (value === '') throw new ConfigError(`${what} names no directory`);
    draft.dataLogDir = value;
  },
  clientPort: (draft, value, what) => {
    draft.clientPort = parsePort(value, what);
  },
  clientPortAddress: (draft, value) => {
    draft.clientPortAddress = value;
  },
  dynamicConfigFile: (draft, value) => {
    draft.dynamicConfigFile = value;
  },
  forceSync: (draft, value) => {
    draft.forceSync = value.toLowerCase() !== 'no';
  },
  'autopurge.snapRetainCount': (draft, value, what) => {
    draft.snapRetainCount = parseInteger(value, what, 0);
    if (draft.snapRetainCount < 3) {
      draft.warnings.push(`${what}: at least 3 snapshots are kept`);
    }
  },
  'autopurge.purgeInterval': (draft, value, what) => {
    draft.purgeInterval = parseInteger(value.replace(/[smhd]$/, ''), what, 0);
  },
  'admin.enableServer': (draft, value) => {
    draft.admin.enabled = value.toLowerCase() === 'true';
  },
  'admin.serverAddress': (draft, value) => {
    draft.admin.host = value;
  },
  'admin.serverPort': (draft, value, what) => {
    draft.admin.port = parsePort(value, what);
  },
  'admin.commandURL': (draft, value, what) => {
    if (!/^\/[^?#]*[^/?#]$/.test(value)) throw new ConfigError(`${what} is not a path: /commands`);
    draft.admin.commandUrl = value;
  },
  'admin.idleTimeout': (draft, value, what) => {
    draft.admin.idleTimeout = parseInteger(value, what, 0);
  },
  'admin.snapshot.enabled': (draft, value) => {
    draft.admin.snapshotEnabled = value.toLowerCase() === 'true';
  },
  'admin.restore.enabled': (draft, value) => {
    draft.admin.restoreEnabled = value.toLowerCase() === 'true';
  },
  /** Of both, but for what the two keys below say. */
  'admin.rateLimiterIntervalInMS': (draft, value, what) => {
    draft.adminInterval = parseInteger(value, what, 0);
  },
  'admin.snapshot.intervalInMS': (draft, value, what) => {
    draft.admin.snapshotInterval = parseInteger(value, what, 0);
  },
  'admin.restore.intervalInMS': (draft, value, what) => {
    draft.admin.restoreInterval = parseInteger(value, what, 0);
  },
  peerType: (draft, value, what) => {
    if (!/^(observer|participant)$/i.test(value)) {
      throw new ConfigError(`${what}: Unrecognised peertype: ${value}`);
    }
    draft.warnings.push(`${what}: the line server.N of this server says what it is`);
  },
  electionAlg: (_draft, value, what) => {
    if (value !== '3') {
      throw new ConfigError(`${what}: Invalid electionAlg value. Only 3 is supported.`);
    }
  },
};

/** What would promise a protection that is not there is refused, unless it is switched off. */
export const REFUSED_KEYS: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /^secureClientPort/, why: 'clients are served without TLS; use clientPort' },
  { pattern: /^sslQuorum$/, why: 'servers speak to each other without TLS' },
  {
    pattern: /^admin\.(forceHttps|portUnification|needClientAuth)$/,
    why: 'the admin server answers without TLS',
  },
  { pattern: /^ssl\.|^ssl$|^client\.secure$/, why: 'there is no TLS' },
  { pattern: /^quorum\.auth\.(enableSasl|.*RequireSasl)$/, why: 'there is no SASL' },
  { pattern: /^sessionRequireClientSASLAuth$|^enforce\.auth\./, why: 'there is no SASL' },
  { pattern: /^multiAddress\.enabled$/, why: 'a server has one address' },
  { pattern: /^oraclePath$/, why: 'quorums are decided by votes alone' },
];

/** Known to ZooKeeper, and of no consequence here. */
export const IGNORED_KEYS: readonly RegExp[] = [
  /^admin\.httpVersion$/,
  /^metricsProvider\./,
  /^jvm\.pause/,
  /^authProvider\./,
  /^quorum\./,
  /^multiAddress\./,
  /^nio\./,
  /^netty\./,
  /^fastleader\./,
  /^audit\./,
  /^leader\./,
  /^observer\./,
  /^snapshot\./,
  /^connection_throttle/,
  /^fsync\.warningthresholdms$/,
  /^(syncEnabled|quorumListenOnAllIPs|clientPortListenBacklog|connectToLearnerMasterLimit)$/,
  /^(portUnification|sslQuorumReloadCertFiles|serverCnxnFactory|cnxTimeout|leaderServes)$/,
  /^(observerMasterPort|skipACL|jmx\.log4j\.disable|request_throttle_|maxBatchSize|flushDelay)/,
  /^(requestThrottle|largeRequest|closeSessionTxn|snapSizeLimitInKb|txnLogSizeLimitInKb)/,
];
