/**
 * zoo.cfg as this server understands it: every key that changes what it does, with ZooKeeper's
 * names, defaults and refusals. What it does not know it names, with the line and what may have
 * been meant.
 *
 * Source: quorum.QuorumPeerConfig.parseProperties, setupQuorumPeerConfig (3.9).
 */
import { nearest } from '../core/client/near-miss.ts';
import type { EnsembleConfig, ServerSpec } from '../core/config.ts';
import { parseJavaProperties } from '../core/quorum/java-text.ts';
import type { Millis, Sid } from '../core/units.ts';
import { isServerKey, parseServers } from './server-lines.ts';
import { IGNORED_KEYS, REFUSED_KEYS, SETTINGS, type Draft } from './settings.ts';
import { DEFAULT_ADMIN, type AdminSettings } from './admin-settings.ts';
import { ConfigError } from './config-error.ts';
import { SERVED_CONFIG } from './served-config.ts';

/** What zoo.cfg says, beside the settings of the ensemble, about the one server that reads it. */
export interface ZooCfg {
  readonly config: EnsembleConfig;
  /** Null where it is not said. */
  readonly dataDir: string | null;
  readonly dataLogDir: string | null;
  readonly clientPort: number | null;
  readonly clientPortAddress: string | null;
  /** Where the lines server.N are, if not in this file. */
  readonly dynamicConfigFile: string | null;
  readonly forceSync: boolean;
  /** Null: nothing is purged. */
  readonly snapRetainCount: number | null;
  readonly admin: AdminSettings;
  /** Whole sentences. */
  readonly warnings: readonly string[];
}

/** A text of settings, and how it is to be called: a path, or `--set`. */
export interface CfgText {
  readonly name: string;
  readonly text: string;
}

/** Later texts go over earlier ones. @throws ConfigError */
export function parseZooCfg(texts: readonly CfgText[]): ZooCfg {
  const draft = newDraft();
  const servers = new Map<string, string>();
  for (const { name, text } of texts) {
    for (const [key, value] of parseJavaProperties(text)) {
      const where = `${name}, ${lineOf(text, key)}`;
      if (isServerKey(key)) servers.set(key, value.trim());
      else if (key === 'version') {
        throw new ConfigError(`${where}: dynamic file shouldn't have version inside`);
      } else set(draft, where, key, value.trim());
    }
  }
  if (draft.dynamicConfigFile !== null && texts.length === 1 && servers.size > 0) {
    const [key = ''] = servers.keys();
    const name = texts[0]?.name ?? '';
    throw new ConfigError(
      `${name}: parameter: ${key} must be in a separate dynamic config file, as dynamicConfigFile is set`,
    );
  }
  return finish(draft, parseServers(servers, texts[0]?.name ?? '', draft.warnings));
}

function newDraft(): Draft {
  return {
    config: {},
    admin: {},
    adminInterval: null,
    dataDir: null,
    dataLogDir: null,
    clientPort: null,
    clientPortAddress: null,
    dynamicConfigFile: null,
    forceSync: true,
    snapRetainCount: 3,
    purgeInterval: 0,
    warnings: [],
  };
}

/** Settings that ZooKeeper takes as Java properties are known with and without the prefix. */
function set(draft: Draft, where: string, rawKey: string, value: string): void {
  const key = rawKey.startsWith('zookeeper.') ? rawKey.slice('zookeeper.'.length) : rawKey;
  const setting = SETTINGS[key];
  if (setting !== undefined) {
    setting(draft, value, `${where}: ${rawKey}=${value}`);
    return;
  }
  const refused = REFUSED_KEYS.find(({ pattern }) => pattern.test(key));
  if (refused !== undefined && value !== 'false') {
    throw new ConfigError(`${where}: ${rawKey} is not supported: ${refused.why}`);
  }
  if (refused !== undefined || IGNORED_KEYS.some((pattern) => pattern.test(key))) {
    draft.warnings.push(`${where}: ${rawKey} has no effect on this server`);
    return;
  }
  const meant = nearest(key, Object.keys(SETTINGS));
  const hint = meant === null ? '' : `; did you mean ${meant}?`;
  draft.warnings.push(`${where}: ${rawKey} is not known and is ignored${hint}`);
}

function finish(draft: Draft, servers: readonly ServerSpec[]): ZooCfg {
  const tickTime = draft.config.tickTime ?? SERVED_CONFIG.tickTime;
  const least = draft.config.minSessionTimeout ?? -1;
  const most = draft.config.maxSessionTimeout ?? -1;
  const minSessionTimeout = (least === -1 ? tickTime * 2 : least) as Millis;
  const maxSessionTimeout = (most === -1 ? tickTime * 20 : most) as Millis;
  if (minSessionTimeout > maxSessionTimeout) {
    const limits = `${String(minSessionTimeout)} and ${String(maxSessionTimeout)} ms`;
    throw new ConfigError(`minSessionTimeout must not be larger than maxSessionTimeout: ${limits}`);
  }
  if (draft.clientPortAddress !== null && draft.clientPort === null) {
    throw new ConfigError('clientPortAddress is set but clientPort is not set');
  }
  const { dataDir, dataLogDir, clientPort, clientPortAddress, dynamicConfigFile } = draft;
  return {
    config: {
      ...SERVED_CONFIG,
      ...draft.config,
      minSessionTimeout,
      maxSessionTimeout,
      commitLogCount: Math.max(draft.config.commitLogCount ?? 500, 500),
      servers,
    },
    dataDir,
    dataLogDir,
    clientPort,
    clientPortAddress,
    dynamicConfigFile,
    forceSync: draft.forceSync,
    snapRetainCount: draft.purgeInterval > 0 ? Math.max(draft.snapRetainCount, 3) : null,
    admin: adminOf(draft),
    warnings: draft.warnings,
  };
}

function adminOf({ admin, adminInterval }: Draft): AdminSettings {
  const interval = adminInterval ?? DEFAULT_ADMIN.snapshotInterval;
  const both = { snapshotInterval: interval, restoreInterval: interval };
  return { ...DEFAULT_ADMIN, ...both, ...admin };
}

/** What an ensemble asks beyond a server that stands alone. @throws ConfigError */
export function checkDistributed(cfg: ZooCfg, name: string, isSet: (key: string) => boolean): void {
  for (const key of ['initLimit', 'syncLimit']) {
    if (!isSet(key) || cfg.config[key as 'initLimit' | 'syncLimit'] === 0) {
      throw new ConfigError(`${name}: ${key} is not set; an ensemble needs it, in ticks`);
    }
  }
}

/** The content of the file myid. @throws ConfigError */
export function parseMyId(path: string, text: string): Sid {
  const line = text.split(/\r?\n/)[0]?.trim() ?? '';
  if (!/^\d+$/.test(line)) throw new ConfigError(`${path}: serverid ${line} is not a number`);
  const sid = Number(line);
  if (sid < 1 || sid > 254) {
    throw new ConfigError(`${path}: serverid ${line} is not between 1 and 254`);
  }
  return sid as Sid;
}

function lineOf(text: string, key: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  const index = lines.findLastIndex((line) => {
    const rest = line.trimStart();
    return rest.startsWith(key) && /^\s*([=:\s]|$)/.test(rest.slice(key.length));
  });
  return index < 0 ? 'one line' : `line ${String(index + 1)}`;
}
