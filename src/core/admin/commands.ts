/**
 * The commands of the admin server: what an operator's HTTP request asks a server, and the fields
 * of the answer. Some are the four-letter words in another form.
 *
 * Source: server.admin.Commands, CommandBase, CommandResponse (3.9). Differs: snapshot and restore
 * came with 3.9; here they are there whatever release the server is to be like.
 */
import { resetCnxnStats, resetServerStats } from '../cnxn-stats.ts';
import type { Server } from '../server-context.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { refuseAdmin, type AdminCredentials } from './admin-auth.ts';
import type { AdminFacts } from './admin-facts.ts';
import { jsonObject, type Entries, type Json, type JsonObject } from './json-text.ts';
import { leader, observers, readOnly, votingView, zabState } from './quorum-commands.ts';
import { configuration, connections, monitor, serverStats, stats } from './service-commands.ts';
import { dump, hash, lastSnapshot, summaryOfWatches } from './tree-commands.ts';
import { watches, watchesOfPaths } from './tree-commands.ts';

export interface AdminAnswer {
  /** Of HTTP. */
  readonly status: number;
  readonly body: JsonObject;
}

export interface AdminCommand {
  /** By which it may be called, the one that the answer names first. */
  readonly names: readonly [string, ...string[]];
  readonly method: 'GET' | 'POST';
  /** Every permission on the root is asked for. */
  readonly isRestricted?: true;
  /** Only while the server serves. */
  readonly needsServer: boolean;
  /** Null where the host does it: it has to do with files. */
  readonly run: ((server: Server, facts: AdminFacts, query: Query) => Entries) | null;
}

/** The parameters of the request. */
export type Query = ReadonlyMap<string, string>;

type OfServing = (server: Server, zks: ZooKeeperServer, facts: AdminFacts) => Entries;

/** Answered only while the server serves. */
function serving(names: AdminCommand['names'], run: OfServing): AdminCommand {
  return {
    names,
    method: 'GET',
    needsServer: true,
    run: (server, facts) => (server.zks === null ? [] : run(server, server.zks, facts)),
  };
}

function always(names: AdminCommand['names'], run: NonNullable<AdminCommand['run']>): AdminCommand {
  return { names, method: 'GET', needsServer: false, run };
}

export const SNAPSHOT: AdminCommand = {
  names: ['snapshot', 'snap'],
  method: 'GET',
  isRestricted: true,
  needsServer: true,
  run: null,
};

export const RESTORE: AdminCommand = { ...SNAPSHOT, names: ['restore', 'rest'], method: 'POST' };

const COMMANDS: readonly AdminCommand[] = [
  serving(['configuration', 'conf', 'config'], configuration),
  serving(['connections', 'cons'], connections),
  serving(['connection_stat_reset', 'crst'], (_server, zks) => {
    for (const cnxn of zks.cnxns.values()) resetCnxnStats(cnxn.stats);
    return [];
  }),
  serving(['dirs'], (_server, _zks, { dataDirSize, dataLogDirSize }) => [
    ['datadir_size', dataDirSize],
    ['logdir_size', dataLogDirSize],
  ]),
  serving(['dump'], dump),
  always(['environment', 'env', 'envi'], (_server, { environment }) => environment),
  always(['get_trace_mask', 'gtmk'], ({ traceMask }) => [['tracemask', traceMask]]),
  serving(['hash'], hash),
  serving(['initial_configuration', 'icfg'], (_server, _zks, { initialConfig }) => [
    ['initial_configuration', initialConfig],
  ]),
  serving(['is_read_only', 'isro'], readOnly),
  serving(['last_snapshot', 'lsnp'], lastSnapshot),
  serving(['leader', 'lead'], leader),
  // ZooKeeper means it to answer always, and fails where there is nothing to look at.
  serving(['monitor', 'mntr'], monitor),
  serving(['observers', 'obsr'], observers),
  serving(['observer_connection_stat_reset', 'orst'], () => []),
  serving(['ruok'], () => []),
  serving(['server_stats', 'srvr'], serverStats),
  always(['set_trace_mask', 'stmk'], (server, _facts, query) => setTraceMask(server, query)),
  serving(['stats', 'stat'], stats),
  serving(['stat_reset', 'srst'], (_server, zks) => {
    resetServerStats(zks.stats);
    return [];
  }),
  always(['system_properties', 'sysp'], (_server, { systemProperties }) => systemProperties),
  serving(['voting_view'], votingView),
  serving(['watches', 'wchc'], watches),
  serving(['watches_by_path', 'wchp'], watchesOfPaths),
  serving(['watch_summary', 'wchs'], summaryOfWatches),
  always(['zabstate'], zabState),
  SNAPSHOT,
  RESTORE,
];

/** For the list of links: sorted. */
export function adminCommandNames(): readonly string[] {
  return COMMANDS.map(({ names }) => names[0]).sort((a, b) => (a < b ? -1 : 1));
}

export interface AdminRequest extends AdminCredentials {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly query: Query;
}

/**
 * Runs a command. A state of the server may change (counters are reset, the trace mask is set),
 * but never the database.
 *
 * @returns the command itself where it may run, and is for the host to carry out.
 */
export function runAdminCommand(
  server: Server,
  request: AdminRequest,
  facts: AdminFacts,
): AdminAnswer | AdminCommand {
  const { name, query } = request;
  const command = COMMANDS.find(({ names }) => names.includes(name));
  // Neither of these is an error to HTTP.
  if (command === undefined) return answerError(name, 200, `Unknown command: ${name}`);
  if (command.needsServer && !isServing(server)) return answerError(name, 200, NOT_SERVING);
  if (command.isRestricted === true) {
    const refusal = refuseAdmin(server, request);
    if (refusal !== null) return answerError(name, refusal.status, refusal.error);
  }
  if (command.method !== request.method) {
    return answerError(name, 500, `The command ${name} is a ${command.method} request`);
  }
  if (command.run === null) return command;
  return answerAdmin(command, 200, command.run(server, facts, query));
}

export const NOT_SERVING = 'This ZooKeeper instance is not currently serving requests';

function isServing(server: Server): boolean {
  return server.zks !== null && server.role.name !== 'leaving';
}

/** CommandResponse.toMap: what the command says of itself goes over what every answer has. */
export function answerAdmin(command: AdminCommand, status: number, entries: Entries): AdminAnswer {
  const body = new Map<string, Json>(entries);
  body.set('command', command.names[0]);
  if (!body.has('error')) body.set('error', null);
  return { status, body };
}

function answerError(name: string, status: number, error: string): AdminAnswer {
  const body = jsonObject([
    ['command', name],
    ['error', error],
  ]);
  return { status, body };
}

function setTraceMask(server: Server, query: Query): Entries {
  const asked = query.get('traceMask');
  const wanted = 'setTraceMask requires long traceMask argument';
  if (asked === undefined) return [['error', wanted]];
  const mask = /^[+-]?\d+$/.test(asked) ? BigInt(asked.replace('+', '')) : null;
  if (mask === null || BigInt.asIntN(64, mask) !== mask) {
    return [['error', `${wanted}, got ${asked}`]];
  }
  server.traceMask = Number(mask);
  return [['tracemask', mask]];
}
