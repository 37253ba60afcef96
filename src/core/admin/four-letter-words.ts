/**
 * Four-letter words: what an operator asks a server on its client port, and reads as text.
 *
 * Source: server.command.* and CommandExecutor, FourLetterCommands (3.9).
 */
import { stateName } from '../quorum/vote.ts';
import { avgLatency, minLatency, resetCnxnStats, resetServerStats } from '../cnxn-stats.ts';
import { nodeCount } from '../data-tree/data-tree.ts';
import { watchesByConn, watchesByPath, watchSummary } from '../data-tree/watch-manager.ts';
import { configOf, type Server } from '../server-context.ts';
import { formatSessionId, type ConnId } from '../units.ts';
import type { Cnxn, ZooKeeperServer } from '../zookeeper-server.ts';
import { formatZxid } from '../zxid.ts';
import { confLines } from './conf.ts';
import { dumpText } from './dump.ts';
import type { HostFacts } from './host-facts.ts';
import { javaDouble } from './metrics.ts';
import { monitorLines } from './monitor.ts';
import { versionLine } from './versions.ts';

export const FOUR_LETTER_WORDS = [
  ...['conf', 'cons', 'crst', 'dirs', 'dump', 'envi', 'gtmk', 'hash', 'isro', 'mntr'],
  ...['ruok', 'srst', 'srvr', 'stat', 'stmk', 'wchc', 'wchp', 'wchs'],
] as const;

const NOT_SERVING = 'This ZooKeeper instance is not currently serving requests\n';

/**
 * @param asker the connection that the word came on: it is listed as any other.
 * @param tail what followed the word: `stmk` has eight bytes of a mask.
 * @returns null where it is no word: the four letters are then the length of a frame.
 */
export function answerFourLetterWord(
  server: Server,
  word: string,
  tail: Uint8Array,
  facts: HostFacts,
  asker: ConnId,
): string | null {
  if (!FOUR_LETTER_WORDS.some((known) => known === word)) return null;
  if (!isWhitelisted(server, word)) {
    return `${word} is not executed because it is not in the whitelist.\n`;
  }
  switch (word) {
    case 'ruok':
      return 'imok';
    case 'gtmk':
      return String(server.traceMask);
    case 'stmk':
      return setTraceMask(server, tail);
    case 'isro':
      return readOnlyState(server);
    case 'envi':
      return `Environment:\n${lines(facts.environment.map(([key, value]) => `${key}=${value}`))}`;
    default: {
      const { zks } = server;
      if (zks === null || server.role.name === 'leaving') return NOT_SERVING;
      return answerServing(server, zks, word, facts, asker);
    }
  }
}

function answerServing(
  server: Server,
  zks: ZooKeeperServer,
  word: string,
  facts: HostFacts,
  asker: ConnId,
): string {
  zks.stats.received++;
  switch (word) {
    case 'srvr':
      return summary(server, zks, []);
    case 'stat':
      return summary(server, zks, ['Clients:', ...clients(zks, facts, asker, briefly), '']);
    case 'cons':
      return `${lines(clients(zks, facts, asker, fully))}\n`;
    case 'crst':
      for (const { stats } of zks.cnxns.values()) resetCnxnStats(stats);
      return 'Connection stats reset.\n';
    case 'srst':
      resetServerStats(zks.stats);
      return 'Server stats reset.\n';
    case 'conf':
      return confLines(server, facts).join('\n');
    case 'dump':
      return dumpText(server, zks, facts);
    case 'mntr':
      return lines(monitorLines(server, zks, facts));
    case 'dirs':
      return lines([
        `datadir_size: ${String(facts.dataDirSize)}`,
        `logdir_size: ${String(facts.dataLogDirSize)}`,
      ]);
    case 'hash':
      return lines(
        server.db.tree.digestCheck.history.map(({ zxid, digest }) => {
          return `${zxid.toString(16)}: ${String(BigInt.asIntN(64, digest))}`;
        }),
      );
    default:
      return watchWord(server, zks, word);
  }
}

function isWhitelisted(server: Server, word: string): boolean {
  const { fourLetterWords, readOnlyEnabled } = configOf(server);
  if (word === 'isro' && readOnlyEnabled) return true;
  return fourLetterWords.includes('*') || fourLetterWords.includes(word);
}

/** QuorumPeer is asked which of the two it is; a server that serves nobody is neither. */
function readOnlyState({ zks }: Server): string {
  if (zks === null) return 'null';
  return zks.kind === 'readonly' ? 'ro' : 'rw';
}

function setTraceMask(server: Server, tail: Uint8Array): string {
  if (tail.length >= 8) {
    server.traceMask = Number(new DataView(tail.buffer, tail.byteOffset).getBigInt64(0));
  }
  return String(server.traceMask);
}

/** StatCommand and the head of `srvr`. */
function summary(server: Server, zks: ZooKeeperServer, clientLines: readonly string[]): string {
  const { stats } = zks;
  const { latency } = stats;
  const avg = javaDouble(avgLatency(latency));
  const text = [
    `Zookeeper version: ${versionLine(configOf(server))}`,
    ...(zks.kind === 'readonly' ? ['READ-ONLY mode; serving only read-only clients'] : []),
    ...clientLines,
    `Latency min/avg/max: ${String(minLatency(latency))}/${avg}/${String(latency.max)}`,
    `Received: ${String(stats.received)}`,
    `Sent: ${String(stats.sent)}`,
    `Connections: ${String(zks.cnxns.size)}`,
    `Outstanding: ${String(zks.inProcess)}`,
    `Zxid: ${formatZxid(server.db.tree.lastProcessedZxid)}`,
    `Mode: ${stateName(zks.kind)}`,
    `Node count: ${String(nodeCount(server.db.tree))}`,
  ];
  if (server.role.name === 'leading') {
    const { last, min, max } = server.role.leader.proposalSizes;
    text.push(`Proposal sizes last/min/max: ${[last, min, max].map(String).join('/')}`);
  }
  return lines(text);
}

/** The connection that asks has said a word, heard nothing, and is not read any more. */
function clients(
  zks: ZooKeeperServer,
  facts: HostFacts,
  asker: ConnId,
  describe: (cnxn: Cnxn, address: string) => string,
): string[] {
  return [...zks.cnxns.values()].map((cnxn) => {
    const address = facts.addressOf(cnxn.conn);
    if (cnxn.conn === asker) return ` ${address}[0](queued=0,recved=1,sent=0)`;
    return describe(cnxn, address);
  });
}

function briefly(cnxn: Cnxn, address: string): string {
  return ` ${address}[1](${counts(cnxn)})`;
}

function counts({ outstanding, stats }: Cnxn): string {
  const figures = `recved=${String(stats.received)},sent=${String(stats.sent)}`;
  return `queued=${String(Math.max(outstanding, 0))},${figures}`;
}

/** ServerCnxn.dumpConnectionInfo. */
function fully(cnxn: Cnxn, address: string): string {
  if (!cnxn.established) return briefly(cnxn, address);
  const { stats, sessionId, timeOut } = cnxn;
  const { latency } = stats;
  const avg = latency.count === 0 ? 0 : Math.trunc(latency.total / latency.count);
  const facts = [
    counts(cnxn),
    `sid=${formatSessionId(sessionId)}`,
    `lop=${stats.lastOp ?? 'null'}`,
    `est=${String(stats.established)}`,
    `to=${String(timeOut)}`,
    `lcxid=0x${(stats.lastCxid >>> 0).toString(16)}`,
    `lzxid=${formatZxid(stats.lastZxid)}`,
    `lresp=${String(stats.lastResponseTime)}`,
    `llat=${String(stats.lastLatency)}`,
    `minlat=${String(minLatency(latency))}`,
    `avglat=${String(avg)}`,
    `maxlat=${String(latency.max)}`,
  ];
  return ` ${address}[1](${facts.join(',')})`;
}

/** Data watches only: that is all that these words look at. */
function watchWord(server: Server, zks: ZooKeeperServer, word: string): string {
  const { data } = server.db.watches;
  const sessionOf = (conn: ConnId): string =>
    formatSessionId(zks.cnxns.get(conn)?.sessionId ?? (0n as Cnxn['sessionId']));
  if (word === 'wchs') {
    const { connections, paths, watches } = watchSummary(data);
    const who = `${String(connections)} connections watching ${String(paths)} paths`;
    return lines([who, `Total watches:${String(watches)}`]);
  }
  const groups: readonly (readonly [string, readonly string[]])[] =
    word === 'wchc'
      ? watchesByConn(data).map(([conn, paths]) => [sessionOf(conn), paths])
      : watchesByPath(data).map(([path, conns]) => [path, conns.map(sessionOf)]);
  return `${lines(groups.flatMap(([head, members]) => [head, ...members.map((m) => `\t${m}`)]))}\n`;
}

function lines(text: readonly string[]): string {
  return text.map((line) => `${line}\n`).join('');
}
