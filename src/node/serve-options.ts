/** The command line of `npm run serve`. */
import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';
import type { CfgText } from './zoo-cfg.ts';

export const HELP = `ZooKeeper servers on this machine, for real ZooKeeper clients.

  npm run serve -- [options]

  --servers N          voters of the ensemble (3)
  --observers N        observers beside them (0)
  --one                one server that stands alone
  --client-port PORT   of the first server; the others follow (2181); 0 for free ports
  --host ADDRESS       where clients connect (127.0.0.1)
  --data-dir DIR       holds a directory for each server; a temporary one unless given
  --config FILE        one server as zoo.cfg says: its dataDir, its myid, its peers
  --processes          a process for each server, linked by TCP
  --set KEY=VALUE      any line of zoo.cfg; may be given more than once
  --quiet              no log lines but errors
  --help               this text
`;

export interface ServeOptions {
  readonly servers: number;
  readonly observers: number;
  readonly clientPort: number | null;
  readonly host: string | null;
  readonly dataDir: string | null;
  readonly config: string | null;
  readonly processes: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
  /** The lines of --set. */
  readonly settings: CfgText;
}

/** @throws ConfigError */
export function parseServeOptions(args: readonly string[]): ServeOptions {
  const { values } = parse(args);
  const one = values.one === true;
  if (one && (values.servers ?? values.observers ?? values.processes) !== undefined) {
    throw new ConfigError('--one is a server that stands alone: leave the other servers out');
  }
  if (values.config !== undefined && (one || values.servers !== undefined)) {
    throw new ConfigError('--config is one server, and says itself who its peers are');
  }
  const servers = one ? 1 : count('--servers', values.servers ?? '3', 1);
  const observers = count('--observers', values.observers ?? '0', 0);
  if (servers + observers > 254) {
    throw new ConfigError('an ensemble has at most 254 servers, observers included');
  }
  if (observers > 0 && servers === 1) {
    throw new ConfigError('--observers need an ensemble to observe: give --servers 3');
  }
  for (const line of values.set ?? []) {
    if (!/^[^=]+=/.test(line)) throw new ConfigError(`--set ${line} is not of the form key=value`);
  }
  const text = (values.set ?? []).join('\n');
  const port = values['client-port'];
  return {
    servers,
    observers,
    clientPort: port === undefined ? null : portNumber(port, servers + observers),
    host: values.host ?? null,
    dataDir: values['data-dir'] ?? null,
    config: values.config ?? null,
    processes: values.processes === true,
    quiet: values.quiet === true,
    help: values.help === true,
    settings: { name: '--set', text },
  };
}

interface Values {
  readonly servers?: string;
  readonly observers?: string;
  readonly one?: boolean;
  readonly 'client-port'?: string;
  readonly host?: string;
  readonly 'data-dir'?: string;
  readonly config?: string;
  readonly processes?: boolean;
  readonly set?: string[];
  readonly quiet?: boolean;
  readonly help?: boolean;
}

function parse(args: readonly string[]): { readonly values: Values } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        servers: { type: 'string' },
        observers: { type: 'string' },
        one: { type: 'boolean' },
        'client-port': { type: 'string' },
        host: { type: 'string' },
        'data-dir': { type: 'string' },
        config: { type: 'string' },
        processes: { type: 'boolean' },
        set: { type: 'string', multiple: true },
        quiet: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    const what = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new ConfigError(`${what ?? ''}; --help lists the options`);
  }
}

function count(option: string, text: string, least: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(number) || number < least) {
    throw new ConfigError(`${option} ${text} is not a number from ${String(least)} on`);
  }
  return number;
}

function portNumber(text: string, servers: number): number {
  const port = count('--client-port', text, 0);
  if (port + servers - 1 > 0xffff) {
    throw new ConfigError(`--client-port ${text} leaves no ports: they end at 65535`);
  }
  return port;
}
