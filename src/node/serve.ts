/** `npm run serve`: an ensemble, or one server of one, until it is told to stop. */
import { startEnsemble, type Ensemble } from './ensemble.ts';
import type { MemberStatus } from './ensemble-status.ts';
import { ConfigError } from './config-error.ts';
import { DirectoryInUseError } from './data-dir-lock.ts';
import { describeDiskError } from './disk-files.ts';
import { logToStderr } from './log-sink.ts';
import { HELP, parseServeOptions, type ServeOptions } from './serve-options.ts';
import { serveConfigFile } from './serve-config.ts';
import { serveProcesses } from './serve-processes.ts';
import { parseZooCfg } from './zoo-cfg.ts';

const FIRST_PORT = 2181;

/** Exit code for what the person who started it can mend. */
const USAGE = 2;

/** What runs until it is stopped. */
export interface Serving {
  readonly stop: () => Promise<void>;
}

async function serve(options: ServeOptions, onExit: (code: number) => void): Promise<Serving> {
  if (options.config !== null) return serveConfigFile(options, options.config, onExit);
  if (options.processes) return serveProcesses(options, onExit);
  return serveTogether(options, onExit);
}

async function serveTogether(
  options: ServeOptions,
  onExit: (code: number) => void,
): Promise<Serving> {
  const { servers, observers, settings, quiet } = options;
  const cfg = parseZooCfg([settings]);
  for (const warning of cfg.warnings) console.error(`Warning: ${warning}`);
  const dataDir = options.dataDir ?? cfg.dataDir;
  const ensemble = await startEnsemble({
    servers,
    observers,
    clientPort: options.clientPort ?? cfg.clientPort ?? FIRST_PORT,
    host: options.host ?? cfg.clientPortAddress ?? '127.0.0.1',
    ...(dataDir === null ? {} : { dataDir }),
    config: cfg.config,
    forceSync: cfg.forceSync,
    admin: cfg.admin.enabled ? cfg.admin : false,
    log: logToStderr(quiet ? 'ERROR' : 'INFO'),
    onExit: (sid, code, reason) => {
      console.error(`Server ${String(sid)} has ended with code ${String(code)}: ${reason}`);
      if (ensemble.members.every(({ state }) => state === 'down')) onExit(code);
    },
  });
  void announce(ensemble, dataDir);
  return { stop: () => ensemble.close() };
}

async function announce(ensemble: Ensemble, dataDir: string | null): Promise<void> {
  try {
    await ensemble.ready();
  } catch (error) {
    console.error(`Warning: ${error instanceof Error ? error.message : String(error)}`);
  }
  console.log(memberTable(ensemble.members));
  console.log(`\nClients connect to ${ensemble.connectString}`);
  const fate = dataDir === null ? ', removed at the end: --data-dir keeps it' : '';
  console.log(`Data is in ${ensemble.dataDir}${fate}. Ctrl+C stops the servers.`);
}

function memberTable(members: readonly MemberStatus[]): string {
  const hasAdmin = members.some(({ adminPort }) => adminPort !== null);
  const rows = members.map(({ sid, clientPort, adminPort, state }) => {
    const admin = hasAdmin ? String(adminPort ?? '').padEnd(12) : '';
    return `${String(sid).padEnd(8)}${String(clientPort).padEnd(13)}${admin}${state}`;
  });
  return [`server  client port  ${hasAdmin ? 'admin port  ' : ''}role`, ...rows].join('\n');
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DirectoryInUseError) return error.message;
  const { code, port, address } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  const place = `${address ?? 'this machine'}:${String(port ?? 0)}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${place} is taken by another program; choose another --client-port`;
    case 'EACCES':
      if (port === undefined) break;
      return `${place} may not be used: ports below 1024 are for root`;
    case 'EADDRNOTAVAIL':
      return `${address ?? 'the address'} is not an address of this machine; see --host`;
    default:
  }
  if (code !== undefined) return `the data directory cannot be used: ${describeDiskError(error)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** One Ctrl+C reaches a process more than once; a person who means it comes back later. */
const SECOND_SIGNAL = 500;

function stopOnSignals(stop: () => Promise<void>): void {
  let since: number | null = null;
  const onSignal = (): void => {
    if (since !== null && performance.now() - since > SECOND_SIGNAL) process.exit(1);
    if (since !== null) return;
    since = performance.now();
    void stop().then(() => {
      process.exit(0);
    });
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // One of --processes does not outlive the process that started it.
  process.on('disconnect', onSignal);
}

async function main(): Promise<void> {
  try {
    const options = parseServeOptions(process.argv.slice(2));
    if (options.help) {
      console.log(HELP);
      return;
    }
    const serving = await serve(options, (code) => {
      process.exit(code === 0 ? 0 : code);
    });
    stopOnSignals(serving.stop);
  } catch (error) {
    console.error(explain(error));
    process.exitCode = USAGE;
  }
}

await main();
