/** `--config FILE`: the one server that a zoo.cfg describes, alone or as one of an ensemble. */
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { EnsembleConfig } from '../core/config.ts';
import type { Sid } from '../core/units.ts';
import { ConfigError } from './config-error.ts';
import { createConnNames } from './conn-ids.ts';
import { stateOf } from './ensemble-status.ts';
import { logToStderr } from './log-sink.ts';
import { RunQueue } from './run-queue.ts';
import type { ServeOptions } from './serve-options.ts';
import type { Serving } from './serve.ts';
import { startServer, type ServerOptions } from './server-process.ts';
import { connectTcp, NO_PEERS } from './tcp-network.ts';
import { checkDistributed, parseMyId, parseZooCfg, type CfgText, type ZooCfg } from './zoo-cfg.ts';

export async function serveConfigFile(
  options: ServeOptions,
  path: string,
  onExit: (code: number) => void,
): Promise<Serving> {
  const cfg = await readCfg(path, options.settings);
  for (const warning of cfg.warnings) console.error(`Warning: ${warning}`);
  const dataDir = options.dataDir ?? cfg.dataDir;
  if (dataDir === null) throw new ConfigError(`${path}: dataDir is not set`);
  const sid = await readSid(dataDir, cfg);
  const names = createConnNames();
  const queue = new RunQueue();
  const config: EnsembleConfig = withServers(cfg.config);
  const log = logToStderr(options.quiet ? 'ERROR' : 'INFO');
  const alone = config.servers.length === 1;
  const serverOptions: ServerOptions = {
    sid,
    config,
    seed: Math.trunc(Math.random() * 0x7fff_ffff),
    incarnation: Math.trunc(Date.now() / 1000) % 65536,
    place: { dataDir, dataLogDir: cfg.dataLogDir ?? dataDir },
    forceSync: cfg.forceSync,
    snapRetainCount: cfg.snapRetainCount,
    clients: clientsOf(options, cfg, sid),
    admin: cfg.admin,
    names,
    queue,
    log,
    connectPeers: (from) =>
      alone ? Promise.resolve(NO_PEERS) : connectTcp({ ...from, sid, names, config }),
    onExit: (code, reason) => {
      console.error(`The server has ended with code ${String(code)}: ${reason}`);
      onExit(code);
    },
  };
  const server = await startServer(serverOptions);
  const port = server.clientPort === 0 ? 'no port' : `port ${String(server.clientPort)}`;
  console.log(`Server ${String(sid)} of ${path} takes clients on ${port}. Ctrl+C stops it.`);
  const watching = setInterval(() => {
    const state = stateOf(server);
    if (state === 'looking') return;
    console.log(`Server ${String(sid)} is ${state}.`);
    clearInterval(watching);
  }, 20);
  return {
    stop: () => {
      clearInterval(watching);
      return server.stop();
    },
  };
}

/** The file, what it points to, and the options over both. */
async function readCfg(path: string, settings: CfgText): Promise<ZooCfg> {
  const texts: CfgText[] = [{ name: path, text: await readText(path) }];
  const first = parseZooCfg(texts);
  if (first.dynamicConfigFile !== null) {
    const name = first.dynamicConfigFile;
    const file = isAbsolute(name) ? name : join(dirname(path), name);
    texts.push({ name, text: await readText(file) });
  }
  const cfg = parseZooCfg([...texts, settings]);
  const isSet = (key: string): boolean =>
    [...texts, settings].some(({ text }) => new RegExp(`^\\s*${key}\\s*[=: ]`, 'm').test(text));
  if (cfg.config.servers.length > 1) checkDistributed(cfg, path, isSet);
  return cfg;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ConfigError(`${path}: there is no such file`);
    }
    throw error;
  }
}

/** A server that stands alone needs no myid, and is server 1. */
async function readSid(dataDir: string, cfg: ZooCfg): Promise<Sid> {
  const path = join(dataDir, 'myid');
  const alone = cfg.config.servers.length <= 1;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (alone) return cfg.config.servers[0]?.sid ?? (1 as Sid);
    throw new ConfigError(`${path}: myid file is missing; it holds this server's number`);
  }
  const sid = parseMyId(path, text);
  if (!alone && !cfg.config.servers.some((server) => server.sid === sid)) {
    throw new ConfigError(
      `${path} says ${String(sid)}, and there is no line server.${String(sid)}`,
    );
  }
  return alone ? (cfg.config.servers[0]?.sid ?? sid) : sid;
}

/** Without lines server.N the server stands alone. */
function withServers(config: EnsembleConfig): EnsembleConfig {
  if (config.servers.length > 0) return config;
  return { ...config, servers: [{ sid: 1 as Sid, type: 'participant' }] };
}

function clientsOf(options: ServeOptions, cfg: ZooCfg, sid: Sid): ServerOptions['clients'] {
  const client = cfg.config.servers.find((s) => s.sid === sid)?.address?.split(';')[1];
  const colon = client?.lastIndexOf(':') ?? -1;
  const dynamicPort = client === undefined ? null : Number(client.slice(colon + 1));
  const dynamicHost = colon > 0 ? (client?.slice(0, colon) ?? null) : null;
  const port = options.clientPort ?? dynamicPort ?? cfg.clientPort;
  if (port === null) return null;
  const host = options.host ?? dynamicHost ?? cfg.clientPortAddress ?? '127.0.0.1';
  return { host: host.replace(/^\[|\]$/g, ''), port };
}
